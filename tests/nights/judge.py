"""Judges a night by what it left: the register, the sandbox's own counts, and everything that was written on the way.

Nothing here knows what went wrong during the night.
"""

import hashlib
import json
import os

from stage import check, number, roles

#: What this library sets; every other status comes from FinAut itself.
SETTABLE = ("hvilende", "utmeldt")
WORDS = {"hold": "hvilende", "withdraw": "utmeldt"}


def is_free(step):
    return not step.get("held")


def steps_of(plan):
    """The steps of a plan that nothing holds."""
    return [step for step in plan["steps"] if is_free(step)]


def end_is_wished(plan):
    """A plan that is made afterwards has no step that is not held."""
    left = steps_of(plan)
    check(not left, "the end is not what was wished; left:", json.dumps(left, ensure_ascii=False))


def register_is_as_planned(before, after, steps, foreign=()):
    """What these steps wanted is so, each of it once, and nothing else has changed in a byte. foreign: numbers that the server refuses."""
    users_before, records_before = before
    users, records = after
    numbers = [user["persnr"] for user in users.values()]
    check(len(numbers) == len(set(numbers)), "an identity number is there twice")
    check(users_before.keys() <= users.keys(), "somebody has gone")
    check(all(records.get(id) == record for id, record in records_before.items()), "a record of the history has changed")
    updates = {step["person"]["id"]: step for step in steps if step["kind"] == "update"}
    for id, user in users_before.items():
        if id in updates:
            update_is_done(user, users[id], updates.pop(id)["changes"])
        else:
            check(users[id] == user, "user", id, "was to stay as it is, and has changed:", differing(user, users[id]))
    check(not updates, "updates of nobody:", list(updates))
    creates = {step["person"]["employee_alias"]: step for step in steps if step["kind"] == "create"}
    for id in users.keys() - users_before.keys():
        user = users[id]
        check(user["persnr"] not in foreign, "somebody of another company was created")
        check(user["employee_alias"] in creates, "user", id, "was created, and nobody wanted it:", user["employee_alias"])
        step = creates.pop(user["employee_alias"])
        added = set(step["changes"].get("roles", {}).get("add", ()))
        check(roles(user) == added, "user", id, "has the roles", roles(user), "and not", added)
    # Somebody of another company has no alias here, and is refused.
    missing = [alias for alias in creates if alias or not foreign]
    check(not missing, "not created:", missing)
    statuses_are_set(records, records_before, steps, users)


def differing(one, other):
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def update_is_done(before, after, changes):
    wanted = dict(before)
    for field, change in changes.items():
        if field == "roles":
            union = roles(before) | set(change["add"])
            check(roles(after) == union, "the roles are", roles(after), "and not", union)
            wanted["userroles"] = after["userroles"]
        elif field in ("department", "company", "franchise"):
            place = after["work_for"]
            if field != "franchise":
                check(number(place[field]) == change[1], field, "is", place[field], "and not", change[1])
            wanted["work_for"], wanted["employment"] = place, after["employment"]
        else:
            check(after[field] == change[1], field, "is not as planned")
            wanted[field] = after[field]
    check(after == wanted, "user", before["id"], "has changed in more than was planned:", differing(wanted, after))


def statuses_are_set(records, records_before, steps, users):
    wanted = [(step["person"]["id"], step["scheme"], WORDS[step["kind"]]) for step in steps if step["kind"] in WORDS]
    for id in sorted(records.keys() - records_before.keys()):
        record = records[id]
        one = (number(record["user"]), record["appname"], record["status"])
        if record["status"] not in SETTABLE:
            # FinAut's own, for somebody who was enrolled.
            check(record["status"] == record["appname"] + "new", "who set the status of record", id)
            continue
        check(one in wanted, "a status was set twice, or nobody wanted it:", one)
        wanted.remove(one)
        check(record["comment"].startswith("finaut sync r-"), "the comment of a status says", record["comment"])
    check(not wanted, "statuses that were not set:", wanted)


def rows_are_in_the_register(wish, after):
    """What HR wants of everybody whose row is whole, looked up by the number, whatever a plan says."""
    users = {user["persnr"]: user for user in after[0].values()}
    for row in wish.new:
        user = users.get(row["persnr"])
        check(user is not None, "somebody new is missing:", row["alias"])
        check((user["first_name"], user["last_name"], user["email"]) == (row["first"], row["last"], row["email"]), "names of", row["alias"])
        check({scheme + "_ka" for scheme in row["schemes"]} <= roles(user), "roles of", row["alias"])


def never_refused(sandbox):
    """The sandbox's own count of requests that its throttle refused."""
    refused = sandbox.ask("GET", "state")["throttled"]
    check(refused == 0, refused, "requests were refused by the throttle")


def audit_is_whole(path):
    """Each line has the digest of the one before. Returns the lines."""
    if not os.path.exists(path):
        return []
    with open(path, "rb") as file:
        text = file.read()
    before, lines, is_torn = "0" * 64, [], False
    for raw in text.split(b"\n"):
        if not raw:
            continue
        try:
            line = json.loads(raw)
        except ValueError:
            # A kill in the middle of a line; the next one tells so.
            is_torn = True
            before = hashlib.sha256(raw).hexdigest()
            continue
        check(line["before"] == before, "line", len(lines) + 1, "of the audit does not follow the one before")
        check(not is_torn or line["audit"] == "torn", "a torn line of the audit is not told of")
        is_torn = False
        before = hashlib.sha256(raw).hexdigest()
        lines.append(line)
    return lines


def nothing_betrays(folder, numbers):
    """No identity number is in anything that was written: state, audit, replies, events, what was said."""
    spelled = [text.encode() for number in numbers for text in (number, number[:6] + " " + number[6:], number[:6] + "-" + number[6:])]
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                content = file.read()
            for text in spelled:
                check(text not in content, "an identity number stands in", name)
