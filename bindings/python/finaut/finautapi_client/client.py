"""The client, by the vendor's names: what a script calls becomes a call of the library, and what the library raises becomes the
vendor's exception."""

import os
import threading
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple, Union, cast
from urllib.parse import parse_qsl, quote, urlsplit

from .. import Client, FinAutError
from ..replies import ProgressEvent
from .auth import OAuth2Handler
from .conversion import TOKEN_PATH, from_library
from .creations import operation_for
from .debug import print_event
from .exceptions import FinAutAPIException
from .resources import (
    CompanyResource,
    CompetencyResultResource,
    DepartmentResource,
    EmploymentResource,
    ResultResource,
    UserResource,
    UserStatusResource,
)
from .response import Response

Json = Dict[str, Any]
Params = Union[None, Mapping[str, Any], Iterable[Tuple[str, Any]]]
#: The method and status of each request of a call, in order; no status where nothing was answered.
Heard = List[Tuple[str, Optional[int]]]

#: What a single request may be given besides what the vendor's client takes.
PER_CALL = ("max_wait_s", "priority")
#: The most that the library takes.
LONGEST_TIMEOUT_S = 3600

_thread = threading.local()


class FinAutAPIClient:
    """A client of one account. Calls may come from any number of threads.

    client_id, client_secret: the credentials; None takes FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET from the environment.
    host: base address of the server; else FINAUT_API_HOST, else https://api.norsktest.no.
    timeout: seconds for one request, or a pair of them (to connect, to answer).
    verify_ssl: True, or the path of a PEM file with further certificate authorities; False is refused.
    debug: prints a line for each request, wait and retry.
    on_event: called with each event of the library, as `finaut.Client`'s.
    settings: anything else that `finaut.Client` takes, as set_by=590001 (the user who sets statuses), state="/var/lib/hr/finaut.db" (else FINAUT_STATE in the environment)
        or max_wait_s=300.

    Errors: AuthenticationError where credentials are missing, FinAutAPIException where a setting cannot be.
    """

    DEFAULT_TIMEOUT = 30
    DEFAULT_HOST = "https://api.norsktest.no"
    API_VERSION = "v1"

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        host: Optional[str] = None,
        timeout: Any = DEFAULT_TIMEOUT,
        verify_ssl: Union[bool, str] = True,
        debug: bool = False,
        *,
        on_event: Optional[Callable[[Json], Any]] = None,
        **settings: Any,
    ) -> None:
        self.host = (host or os.environ.get("FINAUT_API_HOST") or self.DEFAULT_HOST).rstrip("/")
        self.base_url = "{}/finautapi/{}/".format(self.host, self.API_VERSION)
        self.token_url = self.host + TOKEN_PATH
        self.timeout = timeout
        self.verify_ssl = verify_ssl
        self.debug = debug
        self.auth = OAuth2Handler(client_id, client_secret, self.token_url, debug)
        self.users = UserResource(self)
        self.companies = CompanyResource(self)
        self.departments = DepartmentResource(self)
        self.userstatus = UserStatusResource(self)
        self.results = ResultResource(self)
        self.competency_results = CompetencyResultResource(self)
        self.employment = EmploymentResource(self)
        self.set_by = settings.get("set_by")
        self._on_event = on_event
        self._settings = settings
        self._made: Optional[Tuple[Json, Client]] = None
        self._library()  # a setting that cannot be is told here and now

    def request(
        self,
        method: str,
        endpoint: str,
        params: Params = None,
        json: Any = None,
        data: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        **kwargs: Any,
    ) -> Response:
        """Sends a request to the API, within the throttle, and again where that is safe.

        endpoint: below base_url, as "user/590496/"; a whole URL, as in a list's "next", counts by its path and query.
        params: names and values of the query; a list gives a name several times.
        json: the body.
        data, headers: not supported; the API speaks JSON, and the library writes the headers.
        kwargs: max_wait_s, priority ("interactive" or "bulk"), as for any operation of the library.

        Errors: any of finautapi_client.exceptions.
        """
        if data is not None:
            raise TypeError("data= is not supported: the API takes JSON. Give the body as json=.")
        _refuse_headers(headers or {})
        for name in kwargs:
            if name not in PER_CALL:
                raise TypeError(
                    "{}= is not supported. A request takes params=, json=, max_wait_s= and priority=; time-out, proxy and "
                    "certificates are settings of FinAutAPIClient.".format(name)
                )
        method = method.upper()
        path, query = self._address(endpoint)
        for name, value in _pairs(params):
            query.setdefault(name, []).append(value)
        url = self.base_url + path
        creation = operation_for(path, json) if method == "POST" and not query else None
        if creation is not None:
            operation, arguments = creation
            heard: Heard = []
            try:
                return _response(method, url, self._call(operation, dict(kwargs, **arguments), url, heard), heard)
            except FinAutAPIException as refused:
                # What the library refuses before anything is sent is the server's to judge, as with the vendor's client.
                if refused.code not in ("argument", "validation") or heard:
                    raise
        arguments = dict(kwargs, method=method, path=path or "/")
        if query:
            arguments["query"] = query
        if json is not None:
            arguments["body"] = json
        heard = []
        return _response(method, url, self._call("request", arguments, url, heard), heard)

    def get(self, endpoint: str, params: Params = None, **kwargs: Any) -> Any:
        """Sends a GET and returns what the JSON says."""
        return self.request("GET", endpoint, params=params, **kwargs).json()

    def post(self, endpoint: str, json: Any = None, **kwargs: Any) -> Any:
        """Sends a POST and returns what the JSON says; {} where there is none."""
        return _json_or_empty(self.request("POST", endpoint, json=json, **kwargs))

    def put(self, endpoint: str, json: Any = None, **kwargs: Any) -> Any:
        """Sends a PUT and returns what the JSON says; {} where there is none."""
        return _json_or_empty(self.request("PUT", endpoint, json=json, **kwargs))

    def patch(self, endpoint: str, json: Any = None, **kwargs: Any) -> Any:
        """Sends a PATCH and returns what the JSON says; {} where there is none."""
        return _json_or_empty(self.request("PATCH", endpoint, json=json, **kwargs))

    def delete(self, endpoint: str, **kwargs: Any) -> None:
        """Sends a DELETE."""
        self.request("DELETE", endpoint, **kwargs)

    def call(self, operation: str, arguments: Optional[Json] = None) -> Any:
        """Calls any operation of the library, as `finaut.Client.call` does, with the vendor's exceptions."""
        return self._call(operation, arguments or {})

    def test_connection(self) -> bool:
        """Whether host and credentials are right. Costs one request."""
        try:
            self.get("")
        except Exception as error:
            if self.debug:
                print("[DEBUG] Connection test failed: {}".format(error))
            return False
        return True

    @staticmethod
    def extract_id_from_url(url: str) -> int:
        """590496, of "https://api.norsktest.no/finautapi/v1/user/590496/". Errors: ValueError."""
        if not url:
            raise ValueError("The URL is empty.")
        return int(url.rstrip("/").rpartition("/")[2])

    def close(self) -> None:
        """Lets go of the library's client; the next call makes another."""
        made, self._made = self._made, None
        if made is not None:
            made[1].close()

    def __enter__(self) -> "FinAutAPIClient":
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    def __getstate__(self) -> Json:
        """A copy in another process makes a library client of its own."""
        return dict(self.__dict__, _made=None)

    def _call(self, operation: str, arguments: Json, url: str = "", heard: Optional[Heard] = None) -> Any:
        """`heard` receives each request that the call sends."""
        calls = _under_way()
        calls.append([] if heard is None else heard)
        try:
            return self._library().call(operation, arguments)
        except FinAutError as error:
            raise from_library(error, url) from error
        finally:
            calls.pop()

    def _library(self) -> Client:
        """The library's client for the settings as they stand now: scripts change `timeout` and the like as they go."""
        config = dict(_certificates(self.verify_ssl, self.host), **_timeouts(self.timeout))
        config.update(self._settings, host=self.host)
        config.update(client_id=self.auth.client_id, client_secret=self.auth.client_secret)
        made = self._made
        if made is None or made[0] != config:
            try:
                made = self._made = (config, Client(on_event=self._hear, **config))
            except FinAutError as error:
                raise from_library(error) from error
        return made[1]

    def _hear(self, told: ProgressEvent) -> None:
        event = cast(Json, told)
        calls = _under_way()
        if calls and event["event"] == "request" and not event["path"].endswith(TOKEN_PATH):
            calls[-1].append((event["method"], event.get("http_status")))
        if self.debug:
            print_event(event, self.base_url)
        if self._on_event is not None:
            self._on_event(event)

    def _address(self, endpoint: str) -> Tuple[str, Dict[str, List[str]]]:
        """Path below base_url, with the slash at its end that every path of the API has, and query."""
        path, _, query_text = endpoint.partition("#")[0].partition("?")
        if "://" in path:
            # The host does not count: the token goes to ours alone, whatever name a proxy has for it.
            root = "/finautapi/{}/".format(self.API_VERSION)
            _, found, below = urlsplit(path).path.partition(root)
            path = below if found else path
        path = quote(path.lstrip("/"), safe="/%:@+=,")
        last = path.rpartition("/")[2]
        if last and "." not in last:
            path += "/"
        query: Dict[str, List[str]] = {}
        for name, value in parse_qsl(query_text, keep_blank_values=True):
            query.setdefault(name, []).append(value)
        return path, query


def _under_way() -> List[Heard]:
    """This thread's calls, the innermost last: who hears an event may call again."""
    if not hasattr(_thread, "calls"):
        _thread.calls = []
    calls: List[Heard] = _thread.calls
    return calls


def _response(method: str, url: str, body: Any, heard: Heard) -> Response:
    answered = [status for sent, status in heard if sent == method and status is not None and status < 300]
    # What was found after a broken connection has no answer of its own; it was created.
    return Response(answered[-1] if answered else 201, body, url)


def _json_or_empty(response: Response) -> Any:
    return response.json() if response.text else {}


def _pairs(params: Params) -> Iterator[Tuple[str, str]]:
    """Names and values as they stand in the query; what is None is left out."""
    for name, given in params.items() if isinstance(params, Mapping) else params or ():
        for value in given if isinstance(given, (list, tuple)) else (given,):
            if value is not None:
                yield name, str(value)


def _refuse_headers(headers: Mapping[str, str]) -> None:
    for name, text in headers.items():
        if name.lower() not in ("accept", "content-type") or "json" not in text:
            raise TypeError("The header {} cannot be set: the library writes the headers of its requests.".format(name))


def _timeouts(timeout: Any) -> Json:
    if isinstance(timeout, (tuple, list)):
        connect, answer = (LONGEST_TIMEOUT_S if part is None else part for part in timeout)
        return {"connect_timeout_s": connect, "timeout_s": min(connect + answer, LONGEST_TIMEOUT_S)}
    return {"timeout_s": LONGEST_TIMEOUT_S if timeout is None else timeout}


def _certificates(verify_ssl: Union[bool, str], host: str) -> Json:
    """The library's `ca_file`: the one that is named, or the one that `requests` takes from the environment."""
    if host.startswith("http://"):
        return {}  # nothing is encrypted, so there is no certificate to check
    if verify_ssl is True or verify_ssl is None:
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or ""
        return {"ca_file": bundle} if os.path.isfile(bundle) else {}
    if verify_ssl is not False:
        return {"ca_file": verify_ssl}
    refusal = FinAutAPIException(
        "verify_ssl=False is refused: whoever stands between could then take the account's secret. Where a proxy inspects TLS, "
        "or the server has a certificate of its own, name the authority's PEM file: verify_ssl=\"/path/to/ca.pem\"."
    )
    refusal.code = "config"
    raise refusal
