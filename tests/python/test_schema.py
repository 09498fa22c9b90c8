"""The JSON Schema in the package is right about what the sandbox answers, and refuses what it does not."""

import copy
import json
import os
import unittest
from typing import Any, Callable, Dict, List

import finaut

from stage import Case, client, fault, newcomer

try:
    import fastjsonschema  # type: ignore[import-not-found,import-untyped,unused-ignore]
except ImportError:
    fastjsonschema = None

FILE = os.path.join(os.path.dirname(os.path.abspath(finaut.__file__)), "finaut.schema.json")


def schema() -> Dict[str, Any]:
    with open(FILE, encoding="utf-8") as file:
        read: Dict[str, Any] = json.load(file)
    return read


def checker(part: Dict[str, Any]) -> Callable[[Any], Any]:
    """Checks a value by a part of the schema; raises ValueError."""
    whole = schema()
    # Beside a reference draft 7 ignores the rest, so the part is one of those that all must hold.
    checks: Callable[[Any], Any] = fastjsonschema.compile(
        {"$schema": whole["$schema"], "definitions": whole["definitions"], "allOf": [part]}
    )
    return checks


@unittest.skipIf(fastjsonschema is None, "fastjsonschema cannot be installed")
class Schema(Case):
    def replies(self) -> Dict[str, List[Any]]:
        """Replies of the sandbox by the operation that gave them."""
        person = newcomer()
        user = self.client.users.create_candidate(schemes=["afr"], **person)
        with client(link_url="https://finaut.example/link?ext-user-id={ext_user_id}") as linking:
            link = linking.link.url(ext_user_id="E1001")
        return {
            "users.list": [self.client.users.list(), self.client.users.list(page=1)],
            "users.get": [self.client.users.get(id=user["id"])],
            "users.create_candidate": [user],
            "users.update": [self.client.users.update(id=user["id"], changes={"other": {"nickname": "x"}})],
            "users.hold": [self.client.users.hold(id=user["id"], scheme="afr")],
            "companies.list": [self.client.companies.list()],
            "departments.list": [self.client.departments.list()],
            "schemes.list": [self.client.schemes.list()],
            "userstatus.list": [self.client.userstatus.list()],
            "userstatus.latest": [self.client.userstatus.latest()],
            "results.list": [self.client.results.list()],
            "competency_results.list": [self.client.competency_results.list()],
            "employment.get": [self.client.employment.get(id=user["employment"][0])],
            "link.url": [link],
            "webhook.parse": [self.client.webhook.parse(body=body) for body in ("{}", "no JSON")],
            "budget": [self.client.budget(), self.client.budget(requests=500)],
            "check": [self.client.check()],
        }

    def test_the_sandboxes_replies_are_valid_by_it(self) -> None:
        operations = schema()["x-operations"]
        self.assertEqual(set(operations), {operation["name"] for operation in finaut.operations()["operations"]})
        for operation, replies in self.replies().items():
            check = checker(operations[operation])
            for reply in replies:
                with self.subTest(operation):
                    check(reply)

    def test_what_is_missing_or_of_another_type_is_refused(self) -> None:
        check = checker(schema()["x-operations"]["users.list"])
        right = self.client.users.list(page=1)
        for place, wrong in (("last_name", 7), ("userroles", "afr_ka"), ("work_for", {"company": 1}), ("id", None)):
            listed: Any = copy.deepcopy(right)
            listed["results"][0][place] = wrong
            with self.subTest(place), self.assertRaises(ValueError):
                check(listed)
        listed = copy.deepcopy(right)
        del listed["results"][0]["persnr"]
        with self.assertRaises(ValueError):
            check(listed)

    def test_errors_and_roles_as_objects_are_valid_by_it(self) -> None:
        definitions = schema()["definitions"]
        fault("status", status=503, times=9)
        with self.assertRaises(finaut.FinAutError) as raised:
            self.client.users.list(page=1, max_wait_s=0)
        error = raised.exception
        told = {"code": error.code, "message": error.message, "operation": error.operation, "http_status": error.http_status}
        checker(definitions["ErrorDetails"])(told)
        role = {"usertype": "ka", "company": "http://x/companies/1/"}
        checker(definitions["Role"])(role)


@unittest.skipIf(fastjsonschema is None, "fastjsonschema cannot be installed")
class ProfileSchema(unittest.TestCase):
    """The JSON Schema of a sync's profile in the package takes the examples, and refuses what the library refuses."""

    def setUp(self) -> None:
        with open(os.path.join(os.path.dirname(FILE), "finaut-sync-profile.schema.json"), encoding="utf-8") as file:
            self.check: Callable[[Any], Any] = fastjsonschema.compile(json.load(file))

    def test_the_examples_and_the_smallest_profile_are_valid(self) -> None:
        for name in ("bank", "insurer"):
            path = os.path.join(os.environ["FINAUT_SOURCE"], "examples", "sync", name + ".json")
            with self.subTest(name), open(path, encoding="utf-8") as file:
                self.check(json.load(file))
        self.check({"name": "hr", "file": "/hr/out/finaut.csv", "scope": {"schemes": ["afr", "gos"]}})

    def test_what_the_library_refuses_is_not_valid(self) -> None:
        wrongs: List[Dict[str, Any]] = [
            {"leavrs": "report"},
            {"leavers": "withdraw"},
            {"leave": "withdraw", "set_by": 1},
            {"leaver_days": -1},
            {"until": "25:00"},
            {"rails": {"creates": "101%"}},
            {"fields": {"status": "never"}},
            {"file": {"colums": {}}},
            {"file": {"columns": {"persnummer": "Fnr"}}},
            {"scope": {"schemes": ["a_b"]}},
        ]
        for wrong in wrongs:
            with self.subTest(wrong), self.assertRaises(ValueError):
                self.check(dict({"scope": {"schemes": ["afr"]}}, **wrong))
