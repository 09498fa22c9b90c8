"""Which exception of the drop-in an answer becomes, and what a script finds on it."""

import json
import socket
from typing import Any, Callable, Dict, Optional, Type

import finaut
from finaut.finautapi_client import FinAutAPIException, exceptions

from stage import fault, sandbox
from test_drop_in import DropIn, drop_in

#: The vendor's mapping, and beyond it 400, 409 and 410, which the vendor's client leaves to the base class.
STATUSES: Dict[int, Type[FinAutAPIException]] = {
    400: exceptions.ValidationError,
    401: exceptions.AuthenticationError,
    403: exceptions.PermissionDeniedError,
    404: exceptions.NotFoundError,
    405: FinAutAPIException,
    406: FinAutAPIException,
    409: exceptions.ValidationError,
    410: exceptions.NotFoundError,
    415: FinAutAPIException,
    418: FinAutAPIException,
    422: exceptions.ValidationError,
    500: exceptions.ServerError,
    502: exceptions.ServerError,
    503: exceptions.ServerError,
}


class Errors(DropIn):
    def fails(
        self, kind: Type[FinAutAPIException], call: Callable[[], Any], status: Optional[int] = None
    ) -> FinAutAPIException:
        with self.assertRaises(FinAutAPIException) as failed:
            call()
        error = failed.exception
        self.assertIs(type(error), kind, error)
        self.assertEqual((str(error), error.status_code), (error.message, status))
        self.assertIsInstance(error.__cause__, finaut.FinAutError)
        if status is None:
            self.assertIsNone(error.response)
        else:
            assert error.response is not None
            self.assertEqual((error.response.status_code, error.response.ok), (status, status < 400))
            self.assertEqual(error.response.json(), json.loads(error.response.text))
        return error

    def test_each_status_has_its_exception(self) -> None:
        hurried = drop_in(max_wait_s=0)
        for status, kind in STATUSES.items():
            fault("status", status=status, path="companies/", body='{"detail": "So says %d."}' % status, times=None)
            fault("html", status=status, path="departments/", times=None)
            with self.subTest(status):
                error = self.fails(kind, hurried.companies.list, status)
                self.assertIn("So says {}.".format(status), error.message)
                self.assertIn("So says {}.".format(status), error.response.json()["detail"])  # type: ignore[union-attr]
            # What is no JSON tells by its status alone.
            if status not in (400, 409, 410):
                with self.subTest("html {}".format(status)):
                    self.fails(kind, hurried.departments.list, status)
            sandbox("DELETE", "faults")

    def test_refused_values_are_told_by_field(self) -> None:
        for status in (422, 400):
            sandbox("POST", "switches", {"validation_status": status})
            wrong = self.new_user(persnr=self.somebody["persnr"], work_for={"company": self.url("companies", 1)})
            error = self.fails(exceptions.ValidationError, lambda: self.finaut.users.create(wrong), status)
            assert error.response is not None
            told = error.response.json()
            self.assertEqual(told["persnr"], ["user with this persnr already exists."])
            self.assertEqual(told["work_for"]["department"], ["This field is required."])
            self.assertEqual(error.fields["work_for.department"], ["This field is required."])
            self.assertIn("already exists", str(error))
            self.assertNotIn(self.somebody["persnr"], str(error) + error.response.text)

    def test_a_throttle_that_is_full(self) -> None:
        fault("status", status=429, path="companies/", headers={"Retry-After": "77"})
        with drop_in(max_wait_s=0, state=self.apart()) as hurried:
            error = self.fails(exceptions.RateLimitError, hurried.companies.list, 429)
        assert isinstance(error, exceptions.RateLimitError) and error.retry_after is not None
        # Of the 77 seconds a part is over where the machine is slow.
        self.assertTrue(17 < int(error.retry_after) <= 78, error.retry_after)
        self.assertEqual(error.code, "throttled")

    def test_credentials_that_are_wrong(self) -> None:
        error = self.fails(exceptions.AuthenticationError, drop_in(client_secret="quite wrong").users.list, 401)
        self.assertIn("client_secret", error.message)
        self.assertNotIn("quite wrong", error.message)

    def test_no_token_whatever_the_reason_is_an_authentication_error(self) -> None:
        n = 0
        for how in ({"status": 400}, {"status": 403}, {"status": 404}, {"status": 500}, {"status": 200, "body": "{}"}):
            n += 1
            fault("status", path="/o/token/", times=None, **how)
            with self.subTest(str(how)):
                account = drop_in(client_secret="wrong {}".format(n), max_wait_s=0)
                self.fails(exceptions.AuthenticationError, account.users.list, how["status"])  # type: ignore[arg-type]
            sandbox("DELETE", "faults")
        fault("status", path="/o/token/", status=429, headers={"Retry-After": "5"}, times=None)
        account = drop_in(client_secret="wrong, and throttled", max_wait_s=0)
        self.assertEqual(self.fails(exceptions.RateLimitError, account.users.list, 429).retry_after_s, 5)

    def test_a_server_that_is_not_there(self) -> None:
        with socket.socket() as taken:
            # Bound but not listening: nobody answers there, and nobody else can come to.
            taken.bind(("127.0.0.1", 0))
            nowhere = drop_in(host="http://127.0.0.1:{}".format(taken.getsockname()[1]), max_wait_s=0)
            error = self.fails(exceptions.TokenConnectionError, nowhere.users.list)
        # The vendor's client calls it the one, the script's author surely the other.
        self.assertIsInstance(error, exceptions.AuthenticationError)
        self.assertIsInstance(error, exceptions.ConnectionError)
        self.assertEqual(error.code, "network")

    def test_a_connection_that_breaks(self) -> None:
        hurried = drop_in(max_wait_s=0)
        fault("cut_before_acting", path="companies/", times=None)
        self.assertEqual(self.fails(exceptions.ConnectionError, hurried.companies.list).code, "network")
        fault("cut_before_acting", method="DELETE", path="user/")
        error = self.fails(exceptions.ConnectionError, lambda: hurried.delete("user/5/"))
        self.assertEqual(error.code, "unknown_outcome")
        fault("half_body", path="departments/", times=None)
        self.assertEqual(self.fails(FinAutAPIException, hurried.departments.list).code, "protocol")

    def test_a_creation_that_the_server_fails_at(self) -> None:
        fault("status", status=500, method="POST", path="user/", times=None)
        error = self.fails(exceptions.ServerError, lambda: drop_in(max_wait_s=0).users.create(self.new_user()), 500)
        self.assertEqual(error.code, "unknown_outcome")

    def test_an_answer_that_is_no_answer(self) -> None:
        fault("html", status=200, path="companies/", times=None)
        self.assertEqual(self.fails(FinAutAPIException, self.finaut.companies.list, 200).code, "protocol")
        fault("status", status=302, path="departments/", headers={"Location": "https://another.example/"}, times=None)
        with self.assertRaises(FinAutAPIException) as failed:
            self.finaut.departments.list()
        self.assertEqual((failed.exception.status_code, failed.exception.code), (302, "protocol"))

    def test_the_servers_own_number_of_the_request_is_kept(self) -> None:
        fault("status", status=403, path="companies/", headers={"X-Correlation-Id": "c-42"})
        error = self.fails(exceptions.PermissionDeniedError, self.finaut.companies.list, 403)
        assert error.response is not None
        self.assertEqual((error.correlation_id, error.response.headers["X-Correlation-Id"]), ("c-42", "c-42"))

    def test_mistakes_of_the_program_are_told(self) -> None:
        error = self.fails(FinAutAPIException, lambda: self.finaut.get("user/", max_wait_s="long"))
        self.assertEqual(error.code, "argument")
        self.fails(FinAutAPIException, lambda: self.finaut.users.create({"persnr": object()}))
