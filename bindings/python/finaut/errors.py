"""What can go wrong: one class for each of the library's codes, all of them a FinAutError.

What the messages say is written in the library; here they only get a type.
"""

from typing import Any, Dict, List, Mapping, Optional, Tuple, Type


class FinAutError(Exception):
    """Anything that went wrong. What the library does not know is None (``fields`` and its like: empty)."""

    #: The library's stable word for what happened, as "not_found".
    code: str = ""
    #: What happened and what to do.
    message: str
    #: The operation that was called, as "users.get".
    operation: Optional[str]
    #: Method and path of the request that failed, as "GET user/590496/".
    request: Optional[str]
    #: The server's HTTP status.
    http_status: Optional[int]
    #: In how many seconds the same call can succeed.
    retry_after_s: Optional[float]
    #: What is wrong with which of the call's arguments, as {"department": ["…"]}; a field that no argument stands for has the server's name.
    fields: Dict[str, List[str]]
    #: The same as the server names it, as {"work_for.department": ["…"]}; empty unless the server refused the values.
    server_fields: Dict[str, List[str]]
    #: What was sent for the arguments in ``fields``, without identity numbers and secrets, as {"department": 999999}.
    values: Dict[str, Any]
    #: The server's X-Correlation-Id, for questions to Norsk Test.
    correlation_id: Optional[str]

    def __init__(self, message: str, details: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message)
        known: Mapping[str, Any] = details or {}
        self.message = message
        self.code = known.get("code", self.code)
        self.operation = known.get("operation")
        self.request = known.get("request")
        self.http_status = known.get("http_status")
        self.retry_after_s = known.get("retry_after_s")
        self.fields = known.get("fields", {})
        self.server_fields = known.get("server_fields", {})
        self.values = known.get("values", {})
        self.correlation_id = known.get("correlation_id")


class LibraryError(FinAutError, ImportError):
    """The finaut library is missing, cannot be loaded, or is not one that this package can use."""

    code = "library"


class _Held(FinAutError):
    """What is known of a run of the sync that a rail has held."""

    #: The plan that a person has to look at, for sync.report and sync.apply.
    plan: str
    #: The run.
    run: str
    #: How the run ended.
    state: str
    #: How many there are of everything, as in a run's reply: ``counts["held_new"]`` are the held steps that no earlier run knew.
    counts: Dict[str, int]
    #: The rail that holds it, as "irreversible".
    rail: str
    #: How many the rail lets pass; None where it has no such number.
    limit: Optional[int]
    #: How many it found.
    found: int

    def __init__(self, message: str, details: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message, details)
        known: Mapping[str, Any] = details or {}
        self.plan = known.get("plan", "")
        self.run = known.get("run", "")
        self.state = known.get("state", "")
        self.counts = known.get("counts", {})
        self.rail = known.get("rail", "")
        self.limit = known.get("limit")
        self.found = known.get("found", 0)


# -- errors: made by cargo xtask generate --


class ArgumentError(FinAutError, TypeError):
    """An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent."""

    code = "argument"


class HandleError(FinAutError):
    """The client or receiver is closed: its handle is NULL, freed, or none of this library's."""

    code = "handle"


class ConfigError(FinAutError):
    """The configuration cannot be used."""

    code = "config"


class ValidationError(FinAutError):
    """A value is refused, before sending or by the server (status 400, 409 or 422); "fields" says which."""

    code = "validation"


class AuthenticationError(FinAutError):
    """The server does not accept the credentials or the token."""

    code = "authentication"


class PermissionDeniedError(FinAutError):
    """The account may not do this (status 403)."""

    code = "permission"


class NotFoundError(FinAutError):
    """There is no such object, or the account may not see it."""

    code = "not_found"


class AmbiguousError(FinAutError):
    """Several persons match, or several companies, departments or franchises have the name."""

    code = "ambiguous"


class ThrottledError(FinAutError):
    """No request may be sent soon enough; "retry_after_s" says when one may."""

    code = "throttled"


class ServerError(FinAutError):
    """The server failed (status 5xx), or refused in a way that has no code of its own."""

    code = "server"


class NetworkError(FinAutError):
    """The server could not be reached, or the connection broke."""

    code = "network"


class UnknownOutcomeError(FinAutError):
    """Something was sent and nobody knows whether it took effect; the message says what to check."""

    code = "unknown_outcome"


class ProtocolError(FinAutError):
    """The answer is not what FinAut would send: a proxy's page, half a body, too much of it."""

    code = "protocol"


class Interrupted(FinAutError):
    """The host interrupted the call, from another thread or through its observer."""

    code = "interrupted"


class StateError(FinAutError):
    """The state file cannot be used, or this program or machine lacks something: descriptors, threads, memory, disk."""

    code = "state"


class ForkedError(FinAutError):
    """This is a forked child in which the client cannot be used safely."""

    code = "forked"


class InternalError(FinAutError):
    """There is a mistake in this library; please report the message."""

    code = "internal"


class HeldError(_Held):
    """Nothing could be done because a rail of the sync holds it, until a person has approved it."""

    code = "held"


class StaleError(FinAutError):
    """It is older than it may be: the last completed run of a sync, or a plan."""

    code = "stale"


class BusyError(FinAutError):
    """Another sync of the account is under way; "retry_after_s" says when to call again."""

    code = "busy"


#: The classes of FINAUT_E_ARGUMENT (1), FINAUT_E_HANDLE (2) and so on, as include/finaut.h numbers them.
BY_NUMBER: Tuple[Type[FinAutError], ...] = (
    ArgumentError,
    HandleError,
    ConfigError,
    ValidationError,
    AuthenticationError,
    PermissionDeniedError,
    NotFoundError,
    AmbiguousError,
    ThrottledError,
    ServerError,
    NetworkError,
    UnknownOutcomeError,
    ProtocolError,
    Interrupted,
    StateError,
    ForkedError,
    InternalError,
    HeldError,
    StaleError,
    BusyError,
)
# -- end of errors --


def error_of(number: int, details: Mapping[str, Any]) -> FinAutError:
    """The exception for the number that a function of the library returned and the error's JSON.

    A library that is newer than this package may have codes that it lacks: they are plain FinAutErrors.
    """
    if 1 <= number <= len(BY_NUMBER):
        kind = BY_NUMBER[number - 1]
        if kind is HandleError:
            return kind("It is closed: make another one, as finaut.Client(…).", details)  # the library speaks of C's functions
        return kind(details.get("message") or kind.__doc__ or "", details)
    return FinAutError(details.get("message") or "The library ended with code {} and no message.".format(number), details)
