"""The drop-in offers what the vendor's client offers: module paths, signatures, attributes, exceptions."""

import importlib
import inspect
import os
import pickle
import unittest
from typing import Any, Dict, List, Tuple
from unittest import mock

import finaut
from finaut.finautapi_client import FinAutAPIClient, FinAutAPIException, exceptions
from finaut.finautapi_client.auth import BasicAuthHandler, OAuth2Handler
from finaut.finautapi_client.persnr import generate_test_persnrs
from finaut.finautapi_client.resources import CompetencyResultResource, UserResource
from finaut.finautapi_client.response import Response

from test_drop_in import drop_in

REQUIRED = inspect.Parameter.empty

#: The vendor's client, as it is published: what is called, and its parameters in order with their defaults.
METHODS: Dict[str, List[Tuple[str, Any]]] = {
    "users.list": [("persnr", None), ("encoded_userid", None), ("employee_alias", None), ("page", None)],
    "users.get": [("user_id", REQUIRED)],
    "users.create": [("user_data", REQUIRED)],
    "users.update": [("user_id", REQUIRED), ("user_data", REQUIRED)],
    "users.partial_update": [("user_id", REQUIRED), ("user_data", REQUIRED)],
    "users.search_by_persnr": [("persnr", REQUIRED)],
    "users.search_by_employee_alias": [("alias", REQUIRED)],
    "companies.list": [("page", None)],
    "companies.get": [("company_id", REQUIRED)],
    "companies.get_departments": [("company_id", REQUIRED)],
    "departments.list": [("page", None)],
    "departments.get": [("department_id", REQUIRED)],
    "departments.get_franchises": [("department_id", REQUIRED)],
    "userstatus.list": [("persnr", None), ("employee_alias", None), ("page", None)],
    "userstatus.get": [("status_id", REQUIRED)],
    "userstatus.create": [("status_data", REQUIRED)],
    "userstatus.set_inactive": [
        ("user_id", REQUIRED),
        ("appname", REQUIRED),
        ("status_date", None),
        ("comment", None),
        ("status_set_by_id", None),
    ],
    "userstatus.set_withdrawn": [
        ("user_id", REQUIRED),
        ("appname", REQUIRED),
        ("status_date", None),
        ("comment", None),
        ("status_set_by_id", None),
    ],
    "userstatus.get_latest": [("persnr", None)],
    "results.list": [("from_date", None), ("persnr", None), ("employee_alias", None), ("page", None)],
    "results.get": [("result_id", REQUIRED)],
    "results.get_user_results": [("user_id", None), ("persnr", None), ("employee_alias", None)],
    "results.get_recent_results": [("days", 30)],
    "competency_results.list": [("encrypted_userid", None), ("page", None)],
    "competency_results.get": [("result_id", REQUIRED)],
    "competency_results.create": [("result_data", REQUIRED)],
    "competency_results.record_completion": [
        ("encrypted_userid", REQUIRED),
        ("goal_id", REQUIRED),
        ("passed_date", REQUIRED),
        ("external_system", None),
        ("external_id", None),
    ],
    "employment.get": [("employment_id", REQUIRED)],
    "request": [
        ("method", REQUIRED),
        ("endpoint", REQUIRED),
        ("params", None),
        ("json", None),
        ("data", None),
        ("headers", None),
        ("kwargs", REQUIRED),
    ],
    "get": [("endpoint", REQUIRED), ("params", None), ("kwargs", REQUIRED)],
    "post": [("endpoint", REQUIRED), ("json", None), ("kwargs", REQUIRED)],
    "put": [("endpoint", REQUIRED), ("json", None), ("kwargs", REQUIRED)],
    "patch": [("endpoint", REQUIRED), ("json", None), ("kwargs", REQUIRED)],
    "delete": [("endpoint", REQUIRED), ("kwargs", REQUIRED)],
    "test_connection": [],
    "extract_id_from_url": [("url", REQUIRED)],
}

CONSTRUCTORS: List[Tuple[Any, List[Tuple[str, Any]]]] = [
    (
        FinAutAPIClient,
        [
            ("client_id", REQUIRED),
            ("client_secret", REQUIRED),
            ("host", None),
            ("timeout", 30),
            ("verify_ssl", True),
            ("debug", False),
        ],
    ),
    (OAuth2Handler, [("client_id", REQUIRED), ("client_secret", REQUIRED), ("token_url", REQUIRED), ("debug", False)]),
    (BasicAuthHandler, [("username", REQUIRED), ("password", REQUIRED)]),
    (exceptions.FinAutAPIException, [("message", REQUIRED), ("response", None), ("status_code", None)]),
    (exceptions.RateLimitError, [("message", REQUIRED), ("response", None), ("retry_after", None)]),
]

#: What scripts import from where, below `finautapi_client`.
IMPORTS = {
    "": "FinAutAPIClient FinAutAPIException AuthenticationError ValidationError NotFoundError ServerError RateLimitError",
    ".client": "FinAutAPIClient",
    ".auth": "OAuth2Handler BasicAuthHandler",
    ".persnr": "generate_test_persnrs",
    ".exceptions": "FinAutAPIException AuthenticationError ValidationError NotFoundError PermissionDeniedError ServerError "
    "RateLimitError WebhookError ConnectionError",
    ".resources": "UserResource CompanyResource DepartmentResource UserStatusResource ResultResource CompetencyResultResource "
    "EmploymentResource",
    ".resources.users": "UserResource",
    ".resources.companies": "CompanyResource",
    ".resources.departments": "DepartmentResource",
    ".resources.userstatus": "UserStatusResource",
    ".resources.results": "ResultResource",
    ".resources.competency_result": "CompetencyResultResource",
    ".resources.employment": "EmploymentResource",
}

ENDPOINTS = {
    "users": "user",
    "companies": "companies",
    "departments": "departments",
    "userstatus": "userstatus",
    "results": "results",
    "competency_results": "competency_result",
    "employment": "employment",
}


def parameters(call: Any) -> List[Tuple[str, Any]]:
    return [(parameter.name, parameter.default) for parameter in inspect.signature(call).parameters.values()]


class Interface(unittest.TestCase):
    def test_every_method_takes_what_the_vendors_takes(self) -> None:
        with drop_in() as client:
            for name, wanted in METHODS.items():
                call: Any = client
                for part in name.split("."):
                    call = getattr(call, part)
                with self.subTest(name):
                    self.assertEqual(parameters(call), wanted)

    def test_every_constructor_takes_what_the_vendors_takes_and_more_by_name_only(self) -> None:
        for kind, wanted in CONSTRUCTORS:
            with self.subTest(kind.__name__):
                self.assertEqual(parameters(kind)[: len(wanted)], wanted)
                for parameter in list(inspect.signature(kind).parameters.values())[len(wanted) :]:
                    self.assertIn(parameter.kind, (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD))

    def test_everything_is_where_scripts_import_it_from(self) -> None:
        for module, names in IMPORTS.items():
            found = importlib.import_module("finaut.finautapi_client" + module)
            for name in names.split():
                with self.subTest(module + " " + name):
                    self.assertTrue(hasattr(found, name))

    def test_the_exceptions_have_one_base(self) -> None:
        for name in IMPORTS[".exceptions"].split():
            kind = getattr(exceptions, name)
            with self.subTest(name):
                self.assertTrue(issubclass(kind, FinAutAPIException))
                raised = kind("what happened", None, "60") if name == "RateLimitError" else kind("what happened", None, 422)
                self.assertEqual((str(raised), raised.message, raised.response), ("what happened", "what happened", None))
                copy = pickle.loads(pickle.dumps(raised))
                self.assertEqual((type(copy), copy.message, copy.status_code), (kind, raised.message, raised.status_code))
        self.assertEqual(exceptions.RateLimitError("", None, "60").retry_after, "60")

    def test_the_clients_attributes_are_the_vendors(self) -> None:
        with mock.patch.dict(os.environ):
            os.environ.pop("FINAUT_API_HOST")
            client = FinAutAPIClient("id", "secret")
        self.assertEqual((client.host, client.timeout, client.verify_ssl), ("https://api.norsktest.no", 30, True))
        self.assertIs(client.debug, False)
        self.assertEqual(client.base_url, "https://api.norsktest.no/finautapi/v1/")
        self.assertEqual(client.token_url, "https://api.norsktest.no/o/token/")
        self.assertEqual((client.DEFAULT_TIMEOUT, client.DEFAULT_HOST, client.API_VERSION), (30, client.host, "v1"))
        self.assertEqual((client.auth.client_id, client.auth.client_secret), ("id", "secret"))
        self.assertEqual((client.auth.token_url, client.auth.debug), (client.token_url, False))
        self.assertEqual(FinAutAPIClient("id", "secret", "https://finaut.example/").host, "https://finaut.example")
        for resource, endpoint in ENDPOINTS.items():
            self.assertEqual(getattr(client, resource).endpoint, endpoint)
            self.assertIs(getattr(client, resource).client, client)

    def test_a_resource_goes_through_its_clients_verbs(self) -> None:
        # Scripts give resources clients of their own in tests, and override `get` and `request`.
        client: Any = mock.Mock()
        users = UserResource(client)
        users.list(employee_alias="E1", page=2)
        client.get.assert_called_with("user/", params={"employee_alias": "E1", "page": 2})
        users.create({"persnr": "1"})
        client.post.assert_called_with("user/", json={"persnr": "1"})
        users.update(5, {"email": ""})
        client.put.assert_called_with("user/5/", json={"email": ""})
        users.partial_update(5, {"email": ""})
        client.patch.assert_called_with("user/5/", json={"email": ""})
        CompetencyResultResource(client).record_completion("x", 1, "2026-01-31", external_id="C")
        sent = {"user": "x", "goal": 1, "passed_date": "2026-01-31", "external_id": "C"}
        client.post.assert_called_with("competency_result/", json=sent)

    def test_an_id_is_cut_from_its_url(self) -> None:
        cut = FinAutAPIClient.extract_id_from_url
        self.assertEqual(cut("https://api.norsktest.no/finautapi/v1/user/590496/"), 590496)
        self.assertEqual(cut("user/590496"), 590496)
        for nothing in ("", None, "user/", "user/abc/"):
            with self.assertRaises(ValueError):
                cut(nothing)  # type: ignore[arg-type]

    def test_the_test_numbers_are_valid_and_nobodys(self) -> None:
        numbers = generate_test_persnrs()
        self.assertEqual((len(numbers), len(set(numbers))), (40, 40))
        for number in numbers:
            told = finaut.persnr_check(number)
            self.assertEqual((told["valid"], told["kind"], told["synthetic"]), (True, "d_number", True))

    def test_a_header_for_basic_authentication(self) -> None:
        # RFC 7617's own example.
        headers = BasicAuthHandler("Aladdin", "open sesame").get_headers()
        self.assertEqual(headers, {"Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="})

    def test_the_token_is_not_handed_out(self) -> None:
        auth = drop_in().auth
        auth.invalidate_token()
        for take in (auth.get_headers, lambda: auth.access_token):
            with self.assertRaisesRegex(FinAutAPIException, "client.request"):
                take()

    def test_a_response_is_read_like_one_of_requests(self) -> None:
        good = Response(201, {"name": "Åse"}, "http://x/", {"X-Correlation-Id": "c"})
        self.assertEqual((good.ok, bool(good), good.reason, good.status_code), (True, True, "Created", 201))
        self.assertEqual((good.json(), good.text, good.url), ({"name": "Åse"}, '{"name":"Åse"}', "http://x/"))
        self.assertEqual(good.content, good.text.encode("utf-8"))
        self.assertEqual((good.headers["x-correlation-id"], good.headers.get("Nothing")), ("c", None))
        self.assertEqual(good.json(object_pairs_hook=list), [("name", "Åse")])
        good.raise_for_status()
        good.json()["name"] = "changed"
        self.assertEqual(good.json()["name"], "Åse")
        bad = Response(404, None)
        self.assertEqual((bad.ok, bool(bad), bad.text, bad.reason), (False, False, "", "Not Found"))
        with self.assertRaises(ValueError):
            bad.json()
        with self.assertRaisesRegex(FinAutAPIException, "404"):
            bad.raise_for_status()
