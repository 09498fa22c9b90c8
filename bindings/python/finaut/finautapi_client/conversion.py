"""Which exception of the vendor's an error of the library becomes."""

import math
from typing import Any, Dict, List, Optional, Type

from .. import FinAutError
from .exceptions import (
    AuthenticationError,
    ConnectionError,
    FinAutAPIException,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    TokenConnectionError,
    ValidationError,
)
from .response import Response

TOKEN_PATH = "/o/token/"

_BY_STATUS: Dict[int, Type[FinAutAPIException]] = {
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    422: ValidationError,
    429: RateLimitError,
}

# For statuses that the vendor's client leaves to the base class, and for errors without any.
_BY_CODE: Dict[str, Type[FinAutAPIException]] = {
    "authentication": AuthenticationError,
    "network": ConnectionError,
    "not_found": NotFoundError,
    "permission": PermissionDeniedError,
    "throttled": RateLimitError,
    "unknown_outcome": ConnectionError,
    "validation": ValidationError,
}


# What is refused or held back here carries the status that the server would have answered: scripts look at it.
_AS_THE_SERVER: Dict[Type[FinAutAPIException], int] = {RateLimitError: 429, ValidationError: 422}


def from_library(error: FinAutError, url: str = "") -> FinAutAPIException:
    """The exception that the vendor's client raises for the same answer. `url`: what was asked for."""
    kind = _kind(error)
    status = error.http_status
    if status is None:
        status = _AS_THE_SERVER.get(kind)
    retry_after = None
    if error.retry_after_s is not None:
        retry_after = str(math.ceil(error.retry_after_s))
    response = None
    if status is not None:
        headers = {"Retry-After": retry_after, "X-Correlation-Id": error.correlation_id}
        response = Response(status, _body(error), url, {name: text for name, text in headers.items() if text})
    if issubclass(kind, RateLimitError):
        raised: FinAutAPIException = kind(error.message, response, retry_after)
    else:
        raised = kind(error.message, response, status)
    raised.code = error.code
    raised.fields = _fields(error)
    raised.retry_after_s = error.retry_after_s
    raised.correlation_id = error.correlation_id
    return raised


def _kind(error: FinAutError) -> Type[FinAutAPIException]:
    status = error.http_status
    if (error.request or "").endswith(TOKEN_PATH):
        if error.code == "network":
            return TokenConnectionError
        return RateLimitError if status == 429 else AuthenticationError
    if error.code == "config" and {"client_id", "client_secret"} & set(error.fields or {}):
        return AuthenticationError
    if status is not None and status >= 500:
        return ServerError
    if status is not None and status in _BY_STATUS:
        return _BY_STATUS[status]
    if status is not None and error.code == "unknown_outcome":
        return FinAutAPIException
    return _BY_CODE.get(error.code, FinAutAPIException)


def _fields(error: FinAutError) -> Dict[str, List[Any]]:
    """Scripts for the vendor's client know the server's names; what was refused before it was sent has the library's alone."""
    return error.server_fields or error.fields or {}


def _body(error: FinAutError) -> Dict[str, Any]:
    """The body that such an answer has. The library keeps its fields, not its bytes."""
    fields = _fields(error)
    if not fields:
        return {"detail": error.message}
    body: Dict[str, Any] = {}
    for name, problems in fields.items():
        # {"work_for.company": […]} was {"work_for": {"company": […]}}.
        *outer, last = name.split(".")
        place = body
        for part in outer:
            inner = place.setdefault(part, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = problems
    return body
