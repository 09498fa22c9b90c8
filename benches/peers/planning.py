#!/usr/bin/env python3
"""The plain comparison that a job makes for itself: both tables into dictionaries by number, normalised, and compared field by field.
Without rails, memory, matching by alias or likeness, prices. benches/planning.rs runs it beside the library's plan.

    planning.py FOLDER      with register.csv and hr.csv
"""
import csv
import json
import re
import sys
import time
import unicodedata


def normalised(cell):
    return " ".join(unicodedata.normalize("NFC", cell).split())


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["Fødselsnr."]: {name: normalised(cell) for name, cell in row.items()} for row in csv.DictReader(file, delimiter=";")}


def compared(register, hr):
    new, changed, left = [], [], []
    for number, row in hr.items():
        known = register.get(number)
        if row["Status"] == "left":
            left.append(number)
        elif known is None:
            new.append(row)
        else:
            fields = ["Ansattnr", "Fornavn", "Etternavn", "Mobil", "Avdeling"]
            changes = {field: row[field] for field in fields if row[field] and row[field] != known[field]}
            if row["E-post"].lower() != known["E-post"].lower():
                changes["E-post"] = row["E-post"]
            roles = set(row["Ordninger"].lower().split()) - set(known["Ordninger"].lower().split())
            if changes or roles:
                changed.append((number, changes, roles))
    left += [number for number in register if number not in hr]
    return new, changed, left


def most_memory_mb():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1000


register = read(sys.argv[1] + "/register.csv")
begun = time.process_time()
hr = read(sys.argv[1] + "/hr.csv")
read_s = time.process_time() - begun
begun = time.process_time()
new, changed, left = compared(register, hr)
plan_s = time.process_time() - begun
print(json.dumps({"read_s": read_s, "plan_s": plan_s, "most_mb": most_memory_mb(), "new": len(new), "changed": len(changed), "left": len(left)}))
