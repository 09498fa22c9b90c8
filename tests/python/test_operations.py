"""Every operation once against the sandbox, as a program would call it, and what it gives back."""

import datetime
import decimal
import os
import pathlib
import tempfile
from typing import Any, Dict, List, cast

import finaut

from stage import HOST, Case, client, fault, newcomer, people, sandbox


class Operations(Case):
    def test_users_are_created_found_and_changed(self) -> None:
        users = self.client.users
        person = newcomer()
        created = users.create_candidate(schemes=["afr"], **person)
        self.assertEqual(created["first_name"], "Åse")
        self.assertEqual(users.get(persnr=person["persnr"])["id"], created["id"])
        self.assertEqual(users.get(id=created["id"])["persnr"], person["persnr"])
        self.assertEqual(users.get(employee_alias=person["employee_alias"])["id"], created["id"])
        self.assertEqual(users.list(persnr=person["persnr"])["count"], 1)
        self.assertEqual(users.update(id=created["id"], changes={"email": "ase@example.no"})["email"], "ase@example.no")
        self.assertTrue(any("afr_ba" in str(role) for role in users.add_role(id=created["id"], role="afr_ba")["userroles"]))
        self.assertTrue(any("krd_ka" in str(role) for role in users.enroll(id=created["id"], schemes=["krd"])["userroles"]))
        elsewhere = self.client.departments.list(company=person["company"])["results"][-1]
        self.assertEqual(users.move(id=created["id"], department=elsewhere["id"])["work_for"]["department"], elsewhere["id"])
        held = users.hold(id=created["id"], scheme="afr", date=datetime.date(2030, 1, 31), comment="parental leave")
        self.assertEqual((held["status"], held["status_date"]), ("hvilende", "2030-01-31"))
        self.assertEqual(users.withdraw(id=created["id"], scheme="krd")["status"], "utmeldt")

    def test_the_other_ways_to_create_somebody(self) -> None:
        users = self.client.users
        for create, more, role in (
            (users.create, {"roles": ["afr_ka", "krd_ba"]}, "krd_ba"),
            (users.create_ba, {"schemes": ("gos",)}, "gos_ba"),
            (users.create_tl, {"schemes": ["afr"]}, "afr_tl"),
        ):
            with self.subTest(role):
                created = create(**newcomer(**more))
                self.assertTrue(any(role in str(has) for has in created["userroles"]), created["userroles"])

    def test_one_person_as_hr_has_them(self) -> None:
        person = newcomer(schemes=["afr"])
        would = self.client.users.ensure(dry_run=True, **person)
        self.assertEqual((would["did"], would["user"]), ("would_create", None))
        made = self.client.users.ensure(**person)
        self.assertEqual((made["did"], made["changes"]["roles"]), ("created", {"add": ["afr_ka"]}))
        self.assertEqual(self.client.users.ensure(**person)["did"], "nothing")
        changed = self.client.users.ensure(**{**person, "email": "ny@example.no"})
        self.assertEqual((changed["did"], changed["changes"]["email"][1]), ("updated", "ny@example.no"))

    def test_a_profile_is_proposed(self) -> None:
        person = people()[2]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "hr.csv"
            path.write_text(f"Fødselsnr;Etternavn;Avdeling\r\n{person['persnr']};{person['last_name']};Finnes ikke\r\n", encoding="cp1252")
            long_ago = path.stat().st_mtime - 3600
            os.utime(path, (long_ago, long_ago))
            proposed = self.client.sync.init(file=str(path), language="no")
        self.assertEqual(proposed["profile"]["file"]["columns"]["persnr"], "Fødselsnr")
        self.assertEqual((proposed["file"]["encoding"], proposed["counts"]["by_number"]), ("windows-1252", 1))
        self.assertEqual(proposed["fill_in"], ["/file/departments/Finnes ikke"])

    def test_companies_departments_and_schemes(self) -> None:
        companies = self.client.companies.list()["results"]
        self.assertEqual(self.client.companies.get(id=companies[0]["id"]), companies[0])
        departments = self.client.departments.list(company=companies[0]["id"])["results"]
        self.assertEqual(self.client.departments.get(id=departments[0]["id"])["company"], companies[0]["id"])
        self.assertIn("afr", [scheme["appname"] for scheme in self.client.schemes.list()["results"]])

    def test_statuses(self) -> None:
        person = self.client.users.create_candidate(schemes=["afr"], **newcomer())
        status = self.client.userstatus.create(appname="afr", user=person["id"], status="hvilende")
        self.assertEqual(self.client.userstatus.get(id=status["id"])["status"], "hvilende")
        self.assertEqual(self.client.userstatus.latest(id=person["id"], scheme="afr")["results"][0]["status"], "hvilende")
        self.assertIn(status["id"], [row["id"] for row in self.client.userstatus.list(id=person["id"])["results"]])
        self.assertEqual(len(list(self.client.userstatus.iterate_latest(id=person["id"]))), 1)

    def test_results_by_date(self) -> None:
        someone = people()[0]["id"]
        made = sandbox("POST", "results", {"user": someone, "exam_name": "Prøve Å"})
        today = datetime.date.fromisoformat(sandbox("GET", "state")["today"])
        since = self.client.results.list(from_date=today)["results"]
        self.assertIn(made["id"], [row["id"] for row in since])
        self.assertEqual(since, self.client.results.list(from_date=today.isoformat())["results"])
        self.assertEqual(self.client.results.list(from_date=today + datetime.timedelta(days=10))["count"], 0)
        self.assertEqual(self.client.results.get(id=made["id"])["exam_name"], "Prøve Å")

    def test_courses(self) -> None:
        who = people()[1]["encrypted_id"]
        done = self.client.competency_results.create(encrypted_user_id=who, goal=456, passed_date=datetime.date(2026, 1, 31))
        self.assertEqual(self.client.competency_results.get(id=done["id"])["passed_date"], "2026-01-31")
        listed = self.client.competency_results.list(encrypted_user_id=who)["results"]
        self.assertIn(done["id"], [row["id"] for row in listed])

    def test_employment(self) -> None:
        record = self.client.users.get(id=people()[0]["id"])["employment"][0]
        self.assertEqual(self.client.employment.get(id=record)["id"], record)

    def test_the_link(self) -> None:
        with client(link_url="https://finaut.example/link?ext-user-id={ext_user_id}") as linking:
            self.assertEqual(linking.link.url(ext_user_id="E 1"), {"url": "https://finaut.example/link?ext-user-id=E%201"})

    def test_the_account(self) -> None:
        self.assertEqual(self.client.check()["host"], HOST)
        before = self.client.budget(requests=5)
        self.assertEqual(before["requests"], 5)
        self.client.check()
        self.assertEqual(self.client.budget()["used"], before["used"] + 1)

    def test_the_sync(self) -> None:
        someone = people()[2]
        told: List[Any] = []
        with tempfile.TemporaryDirectory() as folder:
            state, page = os.path.join(folder, "finaut.db"), os.path.join(folder, "plan.html")
            with client(state=state, on_event=told.append, progress_s=0) as syncing:
                row = {"persnr": someone["persnr"], "last_name": "Prøve-Berg"}
                work = syncing.users.get(id=someone["id"])["work_for"]
                company = int(str(work["company"]).rstrip("/").rsplit("/", 1)[-1])
                profile = {"name": "hr", "scope": {"companies": [company], "schemes": ["afr"]}}
                plan = syncing.sync.plan(profile=profile, people=[row])
                self.assertEqual((plan["state"], plan["profile"], plan["file"]["rows"]), ("ready", "hr", 1))
                step = plan["steps"][0]
                self.assertEqual((step["kind"], step["changes"]["last_name"][1], step["held"]), ("update", "Prøve-Berg", "first_run"))
                one = syncing.sync.plan(profile=profile, people=[row], only={"id": someone["id"]}, names=False)
                self.assertEqual((one["counts"]["held"], one["steps"][0]["changes"]["last_name"]), (1, ["***", "***"]))
                status = syncing.sync.status(profile="hr")
                self.assertEqual((status["run"], status["state"], status["last_done"]), (one["plan"], "ready", None))
                with self.assertRaises(finaut.StaleError):
                    syncing.sync.status(profile="hr", max_age_h=26)
                report = syncing.sync.report(profile="hr", run=plan["plan"], format="html", language="en", path=page)
                self.assertEqual((report["path"], report["text"]), (page, None))
                self.assertIn("Prøve-Berg", pathlib.Path(page).read_text("utf-8"))
                self.assertIn("Prøve-Berg", syncing.sync.report(profile="hr", run=plan["plan"], format="csv")["text"] or "")
            self.assertEqual({event["state"] for event in told if event["event"] == "sync"}, {"reading", "planning", "ready"})

    def test_who_did_what(self) -> None:
        told: List[Any] = []
        with client(job="nightly", on_event=told.append, progress_s=0) as working:
            someone = people()[3]["id"]
            before = working.journal.list(id=someone)["count"]
            working.users.update(id=someone, changes={"first_name": "Åsa"})
            working.users.update(id=someone, changes={"mobile": "91234567"}, job="by hand")
            listed = working.journal.list(id=someone, since=datetime.date(2020, 1, 1))
            self.assertEqual(listed["count"], before + 2)
            by_hand, nightly = listed["results"][:2]
            self.assertEqual((by_hand["job"], nightly["job"]), ("by hand", "nightly"))
            self.assertEqual((nightly["operation"], nightly["fields"], nightly["outcome"]), ("users.update", ["first_name"], "done"))
            self.assertEqual((nightly["process"], str(nightly["object_id"])), (os.getpid(), str(someone).rstrip("/").rsplit("/", 1)[-1]))
            self.assertEqual([line["id"] for line in working.journal.iterate(id=someone, job="nightly")][:1], [nightly["id"]])
            self.assertEqual({event["job"] for event in told}, {"nightly", "by hand"})
            budget = working.budget(history=True)
            self.assertIn(("nightly", "users.update"), [(by["job"], by["operation"]) for by in budget["by"]])
            self.assertGreaterEqual(sum(hour["requests"] for hour in budget["hours"]), 2)

    def test_any_request(self) -> None:
        role = self.client.request(method="GET", path="user/", query={"persnr": people()[0]["persnr"]})
        self.assertEqual(role["count"], 1)
        someone = role["results"][0]["id"]
        changed = self.client.request(method="PATCH", path=someone, body={"first_name": "Ærlig"})
        self.assertEqual(changed["first_name"], "Ærlig")

    def test_the_same_by_name(self) -> None:
        someone = people()[0]["id"]
        self.assertEqual(self.client.call("users.get", {"id": someone}), self.client.users.get(id=someone))
        self.assertEqual(self.client.call("schemes.list"), self.client.schemes.list())

    def test_none_is_not_given(self) -> None:
        someone = people()[0]["id"]
        self.assertEqual(self.client.users.get(id=someone, persnr=None, max_wait_s=None)["id"][-7:-1], str(someone))

    def test_a_listing_is_fetched_page_by_page(self) -> None:
        def pages() -> int:
            return sum(seen["path"].endswith("/user/") for seen in sandbox("GET", "requests"))

        everybody = self.client.users.list()["results"]
        self.assertGreater(len(everybody), 200)
        sandbox("DELETE", "requests")
        rows = self.client.users.iterate()
        self.assertEqual(pages(), 0)
        found = [next(rows) for _ in range(100)]
        self.assertEqual(pages(), 1)
        found.append(next(rows))
        self.assertEqual(pages(), 2)
        found.extend(rows)
        self.assertEqual([row["id"] for row in found], [row["id"] for row in everybody])
        self.assertEqual([row["id"] for row in self.client.users.iterate(page=3)], [row["id"] for row in everybody[200:]])

    def test_a_row_comes_once_and_none_is_passed_over_while_people_go(self) -> None:
        with client() as alone:
            before = [row["id"] for row in alone.users.list()["results"]]
            gone = int(before[57].rstrip("/").rsplit("/", 1)[1])
            fault("change", path="user/", query="page=2", vanish=[gone])
            found = [row["id"] for row in alone.users.iterate()]
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(before), set(found))

    def test_what_stops_early_asks_for_no_further_page(self) -> None:
        sandbox("DELETE", "requests")
        for row in self.client.users.iterate():
            self.assertTrue(row["id"])
            break
        self.assertEqual(sum(seen["path"].endswith("/user/") for seen in sandbox("GET", "requests")), 1)

    def test_numbers_keep_their_digits_as_far_as_python_lets_them(self) -> None:
        # Of fields that are described nowhere the types do not know.
        rows = cast(List[Dict[str, Any]], self.client.results.list()["results"])
        self.assertIsInstance(rows[0]["weight"], float)
        person = cast(Dict[str, Any], self.client.users.get(id=people()[0]["id"]))
        self.assertGreater(person["revision"], 2**64)
        with client(parse_float=decimal.Decimal) as exact:
            weight = cast(Dict[str, Any], exact.results.get(id=rows[0]["id"]))["weight"]
        self.assertEqual(str(weight), "0.1000000000000000055511151231257827021181583404541015625001")

    def test_a_state_file_may_be_a_path(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "finaut ø.db"
            with client(state=file) as sharing:
                sharing.check()
            self.assertTrue(file.exists())

    def test_identity_numbers_are_checked_without_a_client(self) -> None:
        self.assertTrue(finaut.persnr_check(people()[0]["persnr"])["valid"])
        self.assertIn("11", finaut.persnr_check("123")["problem"] or "")
        self.assertFalse(finaut.persnr_check(people()[0]["persnr"] + "\0")["valid"])
        with self.assertRaises(finaut.ArgumentError):
            finaut.persnr_check(1819010001)  # type: ignore[arg-type]
