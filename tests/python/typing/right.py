"""Right uses of the package, of which mypy and pyright, both strict, have nothing to say. It is never run."""

# pyright: strict

import datetime
from typing import Any, Dict, List, Optional, cast

import finaut
from finaut.replies import EventKind, InboxEvent, Priority, ProgressEvent, User, UserChanges, UserStatus


def heard(event: ProgressEvent) -> None:
    print(event["event"], event.get("left_s", 0.0) > 1, event.get("for"))


def names(client: finaut.Client) -> List[str]:
    listed = client.users.list(persnr="05905403070", priority="interactive")
    more: Optional[int] = listed.get("missing")
    if listed["next_page"] is not None:
        listed = client.users.list(page=listed["next_page"])
    return [user["last_name"] + str(more) for user in listed["results"]]


def person(client: finaut.Client) -> User:
    user = client.users.get(id=590001, max_wait_s=5, priority="bulk", fresh=True, call_id="one")
    print(user["work_for"]["company"], user["work_for"].get("franchise"), user["employment"][0])
    for role in user["userroles"]:
        print(role if isinstance(role, str) else role["usertype"])
    for warning in user.get("warnings", []):
        print(warning["code"], warning["message"])
    # A field that is described nowhere is there all the same.
    print(cast(Dict[str, Any], user)["revision"])
    return user


def changed(client: finaut.Client, priority: Priority) -> User:
    changes: UserChanges = {"email": "kari@example.no", "department": {"name": "Rådgivning Øst"}, "add_schemes": ["krd"]}
    client.users.update(id=1, changes=changes, priority=priority)
    client.users.enroll(id=1, schemes=("krd", "gos"))
    client.users.create(
        persnr="05905403070", first_name="Kari", last_name="Nordmann", company=1, department={"name": "Øst"}, roles=["afr_ka"]
    )
    return client.users.update(employee_alias="E1001", changes={"mobile": "", "other": {"nickname": "x"}})


def statuses(client: finaut.Client) -> List[UserStatus]:
    held = client.users.hold(id=1, scheme="afr", date=datetime.date(2026, 1, 31))
    client.userstatus.create(appname="afr", user=1, status="utmeldt")
    latest = list(client.userstatus.iterate_latest(scheme="afr"))
    return [held] + [status for status in latest if status["status"] == "afrok"]


def results(client: finaut.Client) -> float:
    total = 0.0
    for result in client.results.iterate(from_date="2026-11-01"):
        if result["passed"] and result["exam_date"] >= "2026-11-01":
            total += result["score"]
    return total


def events(client: finaut.Client, kind: EventKind) -> Optional[InboxEvent]:
    for event in client.inbox.events(wait_s=0, kind="result"):
        if event["kind"] == "link":
            print(event["object"]["ext_user_id"])
    taken = client.inbox.next(kind=kind)
    if taken is not None:
        client.inbox.acknowledge(event=taken["event"])
    for listed in client.inbox.list()["results"]:
        print(listed["state"] == "leased", listed["holder"], listed["lease_ends_in_s"])
    return taken


def others(client: finaut.Client) -> None:
    budget = client.budget(requests=500)
    print(budget["free"] + 1, budget["state"], budget.get("through_at"))
    print(client.check()["host"], client.link.url(ext_user_id="E1001")["url"])
    print(client.employment.get(id=1)["from_date"], client.companies.get(id=1)["navn"])
    print(client.departments.list(company=1)["results"][0]["departmentname"])
    print(client.request(method="GET", path="userrole/afr_ka/")["usertype"])
    print(finaut.persnr_check("05905403070")["valid"], finaut.operations()["operations"][0]["reply_type"])
    with client.receiver(listen="127.0.0.1:0") as receiver:
        print(receiver.status()["accepted"] + 1)


def main() -> None:
    with finaut.Client(on_event=heard, throttle={"requests": 200}) as client:
        names(client)
        person(client)
        changed(client, "bulk")
        statuses(client)
        results(client)
        events(client, "userstatus")
        others(client)


main()
