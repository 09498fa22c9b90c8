"""What the drop-in's resources and verbs send and return, against the sandbox."""

import datetime
import json
import os
import tempfile
from typing import Any, Dict, List

from finaut.finautapi_client import FinAutAPIClient, NotFoundError, RateLimitError, ValidationError, exceptions

from stage import HOST, Case, fault, newcomer, people, sandbox


def drop_in(**settings: Any) -> FinAutAPIClient:
    """A client whose throttle has room for all tests."""
    given: Dict[str, Any] = {"host": HOST, "throttle": {"requests": 100000}, "settle_s": 0.3, "max_wait_s": 120, "set_by": 590002}
    given.update(settings)
    given.setdefault("client_id", os.environ["FINAUT_CLIENT_ID"])
    given.setdefault("client_secret", os.environ.get("FINAUT_CLIENT_SECRET"))
    return FinAutAPIClient(**given)


class DropIn(Case):
    def setUp(self) -> None:
        super().setUp()
        self.finaut = drop_in()
        self.addCleanup(self.finaut.close)
        self.somebody = people()[0]
        self.user_id = self.somebody["id"]
        self.addCleanup(sandbox, "POST", "switches", {"validation_status": 422})

    def apart(self) -> str:
        """A state of its own: slots and pauses that no other test sees."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return os.path.join(folder.name, "finaut.db")

    def url(self, collection: str, number: Any) -> str:
        return "{}{}/{}/".format(self.finaut.base_url, collection, number)

    def new_user(self, **more: Any) -> Dict[str, Any]:
        """What `users.create` takes."""
        user = newcomer()
        work_for = {"company": self.url("companies", user.pop("company"))}
        work_for["department"] = self.url("departments", user.pop("department"))
        roles = [self.url("userrole", "krd_ka"), self.url("userrole", "afr_ka")]
        user.update(work_for=work_for, userroles=roles)
        user.update(more)
        return user

    def seen(self) -> List[str]:
        """Method and path below the API root of each request that was counted, since this was last asked."""
        requests = sandbox("GET", "requests")
        sandbox("DELETE", "requests")
        return ["{} {}".format(r["method"], r["path"].replace("/finautapi/v1/", "")) for r in requests if r["counted"]]


class Resources(DropIn):
    def test_a_list_is_one_page_with_its_next(self) -> None:
        first = self.finaut.users.list()
        self.assertEqual(list(first), ["count", "next", "previous", "results"])
        self.assertEqual((len(first["results"]), first["previous"]), (100, None))
        self.assertEqual(first["count"], len(people()))
        second = self.finaut.users.list(page=2)
        self.assertEqual(self.finaut.get(first["next"]), second)
        self.assertEqual(self.finaut.get(second["previous"]), first)
        pages, page = [first["results"], second["results"]], 2
        while self.finaut.users.list(page=page)["next"]:
            page += 1
            pages.append(self.finaut.users.list(page=page)["results"])
        ids = {user["id"] for results in pages for user in results}
        self.assertEqual(len(ids), first["count"])
        with self.assertRaises(NotFoundError):
            self.finaut.users.list(page=page + 1)

    def test_users_are_found(self) -> None:
        users, somebody = self.finaut.users, self.somebody
        user = users.get(self.user_id)
        self.assertEqual((user["persnr"], user["id"]), (somebody["persnr"], self.url("user", self.user_id)))
        self.assertEqual(users.get(user["id"]), user)
        self.assertEqual(users.get(str(self.user_id)), user)
        for filters in (
            {"persnr": somebody["persnr"]},
            {"employee_alias": somebody["employee_alias"]},
            {"encoded_userid": somebody["encrypted_id"]},
            {"persnr": somebody["persnr"], "employee_alias": ""},
        ):
            with self.subTest(list(filters)):
                self.assertEqual(users.list(**filters)["results"], [user])
        self.assertEqual(users.search_by_persnr(somebody["persnr"]), user)
        self.assertEqual(users.search_by_employee_alias(somebody["employee_alias"]), user)
        self.assertIsNone(users.search_by_employee_alias("nobody æøå &=?/#%"))
        self.assertIsNone(users.search_by_persnr(newcomer()["persnr"]))
        # Whether a number is valid is for the server to judge: it finds nobody.
        self.assertIsNone(users.search_by_persnr("12345678901"))
        for nobody in (5, "abc", None, "a b"):
            with self.subTest(nobody), self.assertRaises(NotFoundError):
                users.get(nobody)  # type: ignore[arg-type]

    def test_users_are_changed(self) -> None:
        created = self.finaut.users.create(self.new_user(email="a@example.no"))
        number = self.finaut.extract_id_from_url(created["id"])
        changed = self.finaut.users.partial_update(number, {"email": "b@example.no"})
        self.assertEqual(changed, dict(created, email="b@example.no"))
        data = {name: changed[name] for name in ("persnr", "first_name", "last_name", "userroles")}
        data["work_for"] = {name: changed["work_for"][name] for name in ("company", "department")}
        replaced = self.finaut.users.update(created["id"], dict(data, first_name="Øystein", mobile="91234567"))
        self.assertEqual((replaced["first_name"], replaced["mobile"]), ("Øystein", "91234567"))
        with self.assertRaises(ValidationError):
            self.finaut.users.update(number, {"first_name": "Kari"})

    def test_companies_departments_and_employments_are_read(self) -> None:
        company, department = self.somebody["company_id"], self.somebody["department_id"]
        found = self.finaut.companies.get(company)
        self.assertIn(found, self.finaut.companies.list(page=1)["results"])
        self.assertEqual(self.finaut.companies.get_departments(company), found["departments"])
        self.assertIn(self.url("departments", department), found["departments"])
        found = self.finaut.departments.get(department)
        self.assertEqual(found["company"], self.url("companies", company))
        self.assertIn(found, self.finaut.departments.list()["results"])
        self.assertEqual(self.finaut.departments.get_franchises(department), found["franchises"])
        employment = self.finaut.users.get(self.user_id)["employment"][0]
        self.assertEqual(self.finaut.employment.get(self.finaut.extract_id_from_url(employment))["id"], employment)
        # As the vendor's: every call asks the server.
        self.seen()
        self.finaut.companies.get(company)
        self.finaut.companies.get(company)
        self.assertEqual(self.seen(), ["GET companies/{}/".format(company)] * 2)

    def test_statuses_are_set_and_listed(self) -> None:
        statuses, by = self.finaut.userstatus, people()[1]["id"]
        today = datetime.date.today().isoformat()
        held = statuses.set_inactive(self.user_id, "afr")
        self.assertEqual((held["status"], held["reason"], held["appname"]), ("hvilende", "hvilende", "afr"))
        self.assertIn(held["status_date"], (today, datetime.date.today().isoformat()))
        self.assertEqual((held["user"], held["status_set_by"]), (self.url("user", self.user_id), self.url("user", 590002)))
        gone = statuses.set_withdrawn(self.url("user", self.user_id), "krd", "2027-01-31", "Sluttet, æøå", by)
        self.assertEqual((gone["status"], gone["status_date"], gone["comment"]), ("utmeldt", "2027-01-31", "Sluttet, æøå"))
        self.assertEqual(gone["status_set_by"], self.url("user", by))
        self.assertEqual(statuses.get(self.finaut.extract_id_from_url(held["id"])), held)
        for filters in ({"persnr": self.somebody["persnr"]}, {"employee_alias": self.somebody["employee_alias"], "page": 1}):
            listed = statuses.list(**filters)["results"]
            self.assertIn(held, listed)
            self.assertIn(gone, listed)
        latest = statuses.get_latest(self.somebody["persnr"])["results"]
        self.assertIn(held["id"], [status["id"] for status in latest])
        self.assertEqual({status["user"] for status in latest}, {held["user"]})
        self.assertGreater(statuses.get_latest()["count"], len(latest))

    def test_nobody_is_said_to_have_withdrawn_themselves(self) -> None:
        self.seen()
        with drop_in(set_by=None) as nobody:
            for set_status in (nobody.userstatus.set_inactive, nobody.userstatus.set_withdrawn):
                with self.assertRaisesRegex(ValidationError, "who sets the status"):
                    set_status(self.user_id, "afr")
        self.assertEqual(self.seen(), [])

    def test_all_results_of_a_person_are_collected_from_all_pages(self) -> None:
        for _ in range(101):
            sandbox("POST", "results", {"user": self.user_id})
        other = people()[1]
        sandbox("POST", "results", {"user": other["id"]})
        results = self.finaut.results
        of_all = results.list(persnr=self.somebody["persnr"])
        self.assertEqual((len(of_all["results"]), of_all["count"] > 100), (100, True))
        self.seen()
        found = results.get_user_results(persnr=self.somebody["persnr"])
        self.assertEqual(self.seen(), ["GET results/"] * (1 + of_all["count"] // 100))
        self.assertEqual(len({result["id"] for result in found}), of_all["count"])
        self.assertEqual({result["user"] for result in found}, {self.url("user", self.user_id)})
        by_number = results.get_user_results(self.user_id)
        self.assertEqual(len(self.seen()), 2 + of_all["count"] // 100, "the person is looked up, not everybody's results read")
        self.assertEqual(by_number, found)
        self.assertEqual(results.get_user_results(employee_alias=self.somebody["employee_alias"]), found)
        self.assertEqual(results.get_user_results(self.user_id, self.somebody["persnr"]), found)
        self.assertEqual(results.get_user_results(other["id"], self.somebody["persnr"]), [])
        self.assertEqual(results.get_user_results(5), [])
        self.assertEqual(results.get_user_results(persnr="1"), [])
        with self.assertRaises(ValueError):
            results.get_user_results()
        self.assertEqual(results.get(found[0]["id"]), found[0])

    def test_recent_results_are_those_since_a_day(self) -> None:
        today = datetime.date.today()
        for days in (40, 20, 0):
            day = (today - datetime.timedelta(days=days)).isoformat()
            sandbox("POST", "results", {"user": self.user_id, "exam_date": day})
        results = self.finaut.results
        of_30 = results.get_recent_results()
        since = results.list(from_date=(today - datetime.timedelta(days=30)).isoformat())
        self.assertEqual(len(of_30), since["count"])
        every = results.get_recent_results(days=4000)
        self.assertEqual(len(every), results.list()["count"])
        self.assertLess(len(of_30), len(every))
        self.assertLess(len(results.get_recent_results(10)), len(of_30))

    def test_completed_courses_are_reported_and_listed(self) -> None:
        courses, person = self.finaut.competency_results, self.somebody["encrypted_id"]
        made = courses.record_completion(person, 456, "2026-01-15", "LMS", "COURSE-789")
        self.assertEqual((made["goal"], made["external_system"], made["external_id"]), (456, "LMS", "COURSE-789"))
        bare = courses.create({"user": person, "goal": 457, "passed_date": "2026-01-16"})
        listed = courses.list(encrypted_userid=person)["results"]
        self.assertIn(made, listed)
        self.assertIn(bare, listed)
        self.assertEqual(courses.get(bare["id"]), bare)
        self.assertGreaterEqual(courses.list(page=1)["count"], len(listed))


class Creations(DropIn):
    """A connection that breaks after the server has acted: whatever was being created is there once."""

    def cut(self, path: str) -> None:
        fault("cut_after_acting", method="POST", path=path)

    def test_a_user_is_created_once(self) -> None:
        self.cut("user/")
        data = self.new_user()
        created = self.finaut.users.create(data)
        self.assertEqual(created["persnr"], data["persnr"])
        self.assertEqual(sorted(created["userroles"]), sorted(data["userroles"]))
        self.assertEqual(len([person for person in people() if person["persnr"] == data["persnr"]]), 1)
        # A new token is fetched on the way: its status is not the creation's.
        sandbox("POST", "tokens/revoke")
        fault("cut_after_acting", method="POST", path="user/", nth=2)
        self.assertEqual(self.finaut.request("POST", "/user", json=self.new_user()).status_code, 201)

    def test_a_status_is_set_once(self) -> None:
        self.cut("userstatus/")
        made = self.finaut.userstatus.set_withdrawn(self.user_id, "gos", "2026-02-03")
        listed = self.finaut.userstatus.list(persnr=self.somebody["persnr"])["results"]
        self.assertEqual([status for status in listed if status["status_date"] == "2026-02-03"], [made])

    def test_a_course_is_reported_once(self) -> None:
        self.cut("competency_result/")
        made = self.finaut.competency_results.record_completion(self.somebody["encrypted_id"], 999, "2026-02-03")
        listed = self.finaut.competency_results.list(self.somebody["encrypted_id"])["results"]
        self.assertEqual([course for course in listed if course["goal"] == 999], [made])

    def test_what_the_library_would_refuse_is_the_servers_to_judge(self) -> None:
        self.seen()
        refused = [
            self.new_user(persnr="12345678901"),
            self.new_user(mobile="+47 91234567"),
            self.new_user(email="nowhere"),
            self.new_user(userroles=[]),
            self.new_user(userroles=["userrole/1/"]),
            self.new_user(userroles=["afr_ka"]),
            self.new_user(work_for={"company": self.somebody["company_id"], "department": self.somebody["department_id"]}),
            {"first_name": "Kari"},
            {},
        ]
        for data in refused:
            with self.assertRaises(ValidationError) as failed:
                self.finaut.users.create(data)
            self.assertEqual(failed.exception.status_code, 422)
        self.assertEqual(self.seen(), ["POST user/"] * len(refused))
        # So is a field that only looks like an argument of the library's.
        within = self.new_user()
        within["work_for"]["fresh"] = True
        for data in (self.new_user(email="", mobile=""), self.new_user(shoe_size=43), self.new_user(priority="bulk"), within):
            sandbox("DELETE", "requests")
            self.assertEqual(self.finaut.users.create(data)["persnr"], data["persnr"])
            # An empty cell is no value, and the library sorts the roles.
            sent = {name: value for name, value in data.items() if value != ""}
            bodies = [json.loads(request["body"]) for request in sandbox("GET", "requests?raw=1")]
            for body in bodies + [sent]:
                body["userroles"] = sorted(body["userroles"])
            self.assertEqual(bodies, [sent])
        status = {"appname": "afr", "user": self.url("user", self.user_id), "status": "hvilende"}
        whole = dict(status, reason="hvilende", status_set_by=status["user"], status_date="2026-01-01")
        for data in (status, dict(whole, status="aktiv"), dict(whole, user=self.user_id)):
            with self.assertRaises(ValidationError) as failed:
                self.finaut.userstatus.create(data)
            self.assertEqual(failed.exception.status_code, 422)
        with self.assertRaises(ValidationError):
            self.finaut.competency_results.create({"user": self.somebody["encrypted_id"], "goal": 1})

    def test_what_has_no_key_is_never_sent_twice(self) -> None:
        fault("cut_after_acting", method="POST", path="user/")
        data = self.new_user(shoe_size=43)
        self.seen()
        with self.assertRaisesRegex(exceptions.ConnectionError, "is not known") as failed:
            self.finaut.users.create(data)
        self.assertEqual((failed.exception.code, self.seen()), ("unknown_outcome", ["POST user/"]))


class Verbs(DropIn):
    def test_what_is_asked_for_is_sent(self) -> None:
        page_2 = self.finaut.users.list(page=2)
        for endpoint, params in (
            ("user/", {"page": 2}),
            ("user/", {"page": "2", "persnr": None}),
            ("user/", [("page", 2)]),
            ("/user/", {"page": [1, 2]}),
            ("user", {"page": 2}),
            ("user/?page=2", None),
            ("user/?page=1", {"page": 2}),
            (self.finaut.base_url + "user/?page=2#here", None),
            ("https://another.example/finautapi/v1/user/?page=2", None),
        ):
            with self.subTest(endpoint):
                self.assertEqual(self.finaut.get(endpoint, params), page_2)
        self.seen()
        self.finaut.get("user")
        self.assertEqual(self.seen(), ["GET user/"], "no request is spent on a redirect")

    def test_a_response_is_returned(self) -> None:
        response = self.finaut.request("get", "companies/", params={"page": 1})
        self.assertEqual((response.status_code, response.ok, response.reason), (200, True, "OK"))
        self.assertEqual(response.json(), self.finaut.companies.list())
        self.assertEqual(response.url, self.finaut.base_url + "companies/")
        self.assertEqual(response.headers["content-type"], "application/json")
        response = self.finaut.request("POST", "user/", json=self.new_user())
        self.assertEqual((response.status_code, response.reason), (201, "Created"))
        # As the vendor's create: a body that no operation of the library sends.
        self.assertEqual(self.finaut.request("POST", "user/", json=self.new_user(x=1)).status_code, 201)

    def test_empty_answers(self) -> None:
        for status in (200, 204):
            fault("status", status=status, body="", path="user/5/", times=4)
            self.assertEqual(self.finaut.patch("user/5/", json={}), {})
            self.assertEqual(self.finaut.put("user/5/", json={}), {})
            self.assertEqual(self.finaut.post("user/5/", json={}), {})
            self.finaut.delete("user/5/")
        fault("status", status=204, body="", path="user/5/")
        response = self.finaut.request("GET", "user/5/")
        self.assertEqual((response.status_code, response.text), (204, ""))
        # One that was cut, more likely: it is asked for again.
        fault("status", status=200, body="", path="user/{}/".format(self.user_id))
        self.assertEqual(self.finaut.request("GET", "user/{}/".format(self.user_id)).json()["id"], self.url("user", self.user_id))

    def test_what_cannot_be_done_is_refused_before_anything_is_sent(self) -> None:
        self.seen()
        for refused in (
            {"data": {"a": 1}},
            {"headers": {"X-Own": "1"}},
            {"headers": {"Accept": "text/html"}},
            {"stream": True},
            {"timeout": 5},
        ):
            with self.subTest(refused), self.assertRaisesRegex(TypeError, list(refused)[0].rstrip("s") + "|X-Own|Accept"):
                self.finaut.request("GET", "user/", **refused)
        for method, endpoint in (("HEAD", "user/"), ("GET", "../o/token/"), ("GET", "https://another.example/user/")):
            with self.subTest(endpoint), self.assertRaises(ValidationError):
                self.finaut.request(method, endpoint)
        self.assertEqual(self.seen(), [])
        headers = {"accept": "application/json", "Content-Type": "application/json"}
        self.assertEqual(self.finaut.request("GET", "user/", headers=headers).status_code, 200)

    def test_a_connection_is_tested(self) -> None:
        self.seen()
        self.assertIs(self.finaut.test_connection(), True)
        self.assertEqual(self.seen(), ["GET "])
        self.assertIs(drop_in(client_secret="wrong, to test a connection").test_connection(), False)

    def test_what_passes_is_tried_again(self) -> None:
        fault("status", status=503, path="companies/")
        fault("cut_before_acting", path="companies/", nth=2)
        self.assertGreater(self.finaut.companies.list()["count"], 0)
        sandbox("POST", "tokens/revoke")
        self.assertGreater(self.finaut.companies.list()["count"], 0)
        fault("status", status=429, path="companies/", headers={"Retry-After": "1"})
        with drop_in(state=self.apart()) as refused:
            self.assertGreater(refused.companies.list()["count"], 0)

    def test_no_request_is_sent_beyond_the_throttle(self) -> None:
        state = self.apart()
        hurried, patient = (drop_in(throttle={"requests": 1}, max_wait_s=wait, state=state) for wait in (0, 9000))
        self.addCleanup(hurried.close)
        self.addCleanup(patient.close)
        hurried.companies.list()
        self.seen()
        for call in (hurried.companies.list, lambda: patient.get("companies/", max_wait_s=0, priority="interactive")):
            with self.assertRaises(RateLimitError) as failed:
                call()
            error = failed.exception
            assert error.response is not None and error.retry_after is not None and error.retry_after_s is not None
            self.assertEqual((error.status_code, error.response.status_code), (429, 429))
            self.assertEqual(error.response.headers["Retry-After"], error.retry_after)
            self.assertTrue(0 <= int(error.retry_after) - error.retry_after_s < 1)
            self.assertTrue(60 < error.retry_after_s < 3602, error.retry_after_s)
        self.assertEqual(self.seen(), [])

    def test_any_operation_of_the_library_can_be_called(self) -> None:
        user = self.finaut.call("users.add_role", {"id": self.user_id, "role": "ink_ka"})
        self.assertIn(self.url("userrole", "ink_ka"), user["userroles"])
        with self.assertRaises(NotFoundError):
            self.finaut.call("users.get", {"employee_alias": "nobody"})
