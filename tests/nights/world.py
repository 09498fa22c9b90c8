"""Made-up worlds and HR files, from a seed: who is in FinAut, whom HR knows, and what HR wants tonight.

Nothing here knows how a night is carried out.
"""

import csv
import datetime
import io
import json
import os
import time

SCHEMES = ["afr", "krd", "gos"]
HEADERS = {
    "persnr": "Fødselsnr",
    "alias": "Ansattnr",
    "first": "Fornavn",
    "last": "Etternavn",
    "email": "E-post",
    "mobile": "Mobil",
    "company": "Selskap",
    "department": "Avdeling",
    "schemes": "Ordninger",
    "status": "Status",
    "end": "Sluttdato",
}
#: The fields whose values are written to FinAut as they stand.
TEXTS = {"first": "first_name", "last": "last_name", "email": "email", "mobile": "mobile", "alias": "employee_alias"}

LAST_NAMES = ["Prøve-Berg", "Åkermoen-Lie", "Næss Prøvestad", "Østby-Test", "Ærlandsen", "Sandkassen-Vik"]


def options(random):
    """How a sandbox is started: its size, what is uncertain about the server, and the seed of its people."""
    people = random.randint(5, 40)
    chosen = ["--users", people, "--companies", random.choice([2, 3]), "--seed", random.randint(1, 999_999)]
    chosen += ["--throttle", "1000000/3600"]
    switches = [
        ["--newest-first"],
        ["--user-order", "newest_first"],
        ["--user-order", "name"],
        ["--user-order", "shuffled"],
        ["--validation-status", "400"],
        ["--roles-as-objects"],
        ["--patching-roles-adds"],
        ["--latest-status-ignores-alias"],
        ["--gzip", "asked"],
    ]
    for switch in random.sample(switches, random.randint(0, 3)):
        if switch[0] not in chosen:
            chosen += switch
    return chosen


class World:
    """Who is in FinAut at the beginning, and what HR knows of them."""

    def __init__(self, people, random, schemes=None):
        self.people = people
        companies = sorted({person["company_id"] for person in people})
        #: At least one company is outside.
        self.companies = companies[: random.randint(1, len(companies) - 1)]
        self.schemes = schemes or SCHEMES[: random.randint(1, 3)]
        self.departments = {}
        for person in people:
            self.departments.setdefault(person["company_id"], set()).add(person["department_id"])
        aliases = [person["employee_alias"] for person in people]
        inside = [person for person in people if person["company_id"] in self.companies]
        # Somebody may be in FinAut whom HR never knew.
        self.unknown = {person["id"] for person in inside[2:] if random.random() < 0.05}
        self.rows = []
        for person in inside:
            if person["id"] in self.unknown:
                continue
            alias = person["employee_alias"]
            self.rows.append(
                {
                    "id": person["id"],
                    "persnr": person["persnr"],
                    "alias": alias if alias and aliases.count(alias) == 1 else "",
                    "first": person["first_name"],
                    "last": person["last_name"],
                    "email": person["email"],
                    "mobile": person["mobile"],
                    "company": "K{}".format(person["company_id"]),
                    "department": str(person["department_id"]),
                    "schemes": [scheme for scheme in self.schemes if scheme + "_ka" in person["roles"]],
                    "status": "aktiv",
                    "end": "",
                }
            )
        self.set_by = next(person["id"] for person in inside if any(role.endswith("_ba") for role in person["roles"]))
        self.leaders = {person["id"] for person in inside if any(role[-3:] in ("_ba", "_tl") for role in person["roles"])}
        self.has_end = random.random() < 0.5
        self.suffix = random.choice(["csv", "csv", "ndjson"])
        self.encoding = random.choice(["utf-8", "utf-8-sig", "windows-1252"]) if self.suffix == "csv" else "utf-8"
        self.delimiter = random.choice([";", ",", "\t", "|"])

    def profile(self, folder, **more):
        """The profile; the HR file is in this folder."""
        file = {
            "path": os.path.join(folder, "hr." + self.suffix),
            "companies": {"K{}".format(company): company for company in self.departments},
            "departments": "finaut",
            "status_values": {"aktiv": "active", "permisjon": "leave", "sluttet": "left"},
        }
        if self.has_end and self.suffix == "csv":
            file["end"] = {"marker": "SLUTT", "count": True}
        profile = {
            "name": "hr",
            "file": file,
            "scope": {"companies": self.companies, "schemes": self.schemes},
            "leavers": "withdraw",
            "leaver_days": 0,
            "set_by": self.set_by,
        }
        profile.update(more)
        return profile

    def write(self, folder, rows):
        """Writes the rows, as an export does that ended a minute ago."""
        path = os.path.join(folder, "hr." + self.suffix)
        cells = [{HEADERS[name]: self._cell(row, name) for name in HEADERS} for row in rows]
        if self.suffix == "csv":
            text = io.StringIO()
            table = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
            table.writerow(HEADERS.values())
            table.writerows(row.values() for row in cells)
            if self.has_end:
                table.writerow(["SLUTT", len(rows)])
            data = text.getvalue().encode(self.encoding)
        else:
            data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in cells).encode()
        with open(path, "wb") as file:
            file.write(data)
        os.utime(path, (time.time() - 60, time.time() - 60))
        return path

    @staticmethod
    def _cell(row, name):
        return ",".join(row[name]).upper() if name == "schemes" else row[name]


def newcomer(world, persnr, n, random):
    """The row of somebody whom FinAut does not know."""
    company = random.choice(world.companies)
    return {
        "id": None,
        "persnr": persnr,
        "alias": "NEW-{:05}".format(n),
        "first": random.choice(["Kari", "Åse", "Ola Bjørn"]),
        "last": random.choice(LAST_NAMES),
        "email": another_email(random),
        "mobile": str(random.randint(40_000_000, 49_999_999)),
        "company": "K{}".format(company),
        "department": str(random.choice(sorted(world.departments[company]))),
        "schemes": random.sample(world.schemes, random.randint(1, len(world.schemes))),
        "status": "aktiv",
        "end": "",
    }


def another_email(random):
    return "ny{}@bank.example".format(random.randint(1, 999_999))


class Wish:
    """What HR wants tonight: the rows, and what each person's row wants of FinAut."""

    def __init__(self, world, unused_persnr, random, is_wild=True):
        self.world = world
        self.rows = [dict(row, schemes=list(row["schemes"])) for row in world.rows]
        #: What the night is made of, by name.
        self.kinds = {}
        #: The rows of people who are new, and of those who leave, by number.
        self.new, self.leaving = [], {}
        #: Numbers in the file that nobody in the scope may get.
        self.foreign = set()
        free = list(self.rows)
        random.shuffle(free)
        self._free = free
        many = len(free)

        def note(kind):
            self.kinds[kind] = self.kinds.get(kind, 0) + 1

        def somebody(fits=lambda row: True):
            found = next((row for row in free if fits(row)), None)
            if found is not None:
                free.remove(found)
            return found

        # People enter.
        for n in range(random.choice([0, 1, 2, 2, 3, 4])):
            row = newcomer(world, unused_persnr(n), n, random)
            self.new.append(row)
            self.rows.append(row)
            note("entered")
        # Some change, in one or several fields.
        for _ in range(random.randint(0, min(6, many // 2))):
            row = somebody()
            if row is None:
                break
            for field in random.sample(["last", "email", "mobile", "department", "schemes", "alias"], random.randint(1, 3)):
                if field == "last":
                    row["last"] = random.choice([name for name in LAST_NAMES if name != row["last"]])
                elif field == "email":
                    row["email"] = another_email(random)
                elif field == "mobile":
                    row["mobile"] = str(random.randint(40_000_000, 49_999_999))
                elif field == "department":
                    row["department"] = str(random.choice(sorted(world.departments[int(row["company"][1:])])))
                elif field == "schemes":
                    row["schemes"] = sorted(set(row["schemes"]) | {random.choice(world.schemes)})
                elif row["alias"] and self.kinds.get("alias", 0) < 2:
                    row["alias"] = "ANS-{:05}".format(random.randint(50_000, 99_999))
                    note("alias")
            note("changed")
        # Some leave: HR says so, the employment has ended, or the file names them no more.
        plain = lambda row: row["id"] not in world.leaders
        missing_at_most = len(self.rows) - -(-len(world.rows) * 9 // 10)
        for _ in range(random.choice([0, 1, 2, 2, 3, 7 if is_wild and random.random() < 0.2 else 2])):
            row = somebody(plain if random.random() < 0.9 else lambda row: row["id"] != world.set_by)
            if row is None:
                break
            how = random.choice(["left", "ended", "absent"])
            if how == "absent" and missing_at_most <= 0:
                how = "left"
            if how == "left":
                row["status"] = "sluttet"
            elif how == "ended":
                row["end"] = (datetime.date.today() - datetime.timedelta(days=random.randint(3, 30))).strftime("%d.%m.%Y")
            else:
                self.rows.remove(row)
                missing_at_most -= 1
            self.leaving[row["id"]] = row
            note(how)
        # A row that is no good; as few as make no damaged file.
        if free and random.random() < 0.4:
            row = somebody()
            how = random.choice(["date", "number", "twice", "name"] if many >= 20 else ["number", "name"])
            if how == "date":
                row["end"] = "31.31.2026"
            elif how == "number":
                row["persnr"] = row["persnr"][:-1] + str((int(row["persnr"][-1]) + 1) % 10)
            elif how == "twice":
                self.rows.append(dict(row, last="Noen-Annen"))
            else:
                row["first"] = "Ni#llas"
            note("bad")
        if random.random() < 0.25 and free:
            somebody()["department"] = "999999"
            note("no such department")
        # Somebody of another company, by number, as HR of this one has them.
        outside = [person for person in world.people if person["company_id"] not in world.companies]
        if outside and random.random() < 0.3:
            person = random.choice(outside)
            company = random.choice(world.companies)
            self.rows.append(
                dict(
                    self.rows[0],
                    id=person["id"],
                    persnr=person["persnr"],
                    alias="",
                    first=person["first_name"],
                    last=person["last_name"],
                    email=another_email(random),
                    mobile="",
                    company="K{}".format(company),
                    department=str(sorted(world.departments[company])[0]),
                    schemes=[world.schemes[0]],
                    status="aktiv",
                    end="",
                )
            )
            self.foreign.add(person["persnr"])
            note("outside")
        random.shuffle(self.rows)
        # An export that was cut.
        if is_wild and random.random() < 0.05:
            del self.rows[len(self.rows) // 2 :]
            note("cut")

    @property
    def numbers(self):
        """Every identity number that anything could betray."""
        return {row["persnr"] for row in self.rows} | {person["persnr"] for person in self.world.people}
