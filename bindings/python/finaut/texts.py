"""Arguments into JSON, replies out of it, and a reply that tells of an error into that error."""

import datetime
import json
import os
from typing import Any, Callable

from .errors import ArgumentError, FinAutError, ProtocolError, error_of


def written(arguments: Any, what: str) -> bytes:
    """Arguments as JSON, all of it ASCII. Dates become "2026-01-31", paths their text."""
    try:
        return json.dumps(arguments, default=_plain, allow_nan=False).encode("ascii")
    except (TypeError, ValueError, RecursionError) as problem:
        raise ArgumentError("{}: this cannot be written as JSON: {}. Nothing was sent.".format(what, problem)) from problem


def _plain(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    raise TypeError("JSON has nothing for a {}".format(type(value).__name__))


def read(reply: bytes, parse_float: Callable[[str], Any] = float) -> Any:
    """The value of a reply. Raises ProtocolError for what Python refuses to read, as a number of 5000 digits."""
    try:
        return json.loads(reply, parse_float=parse_float)
    except (ValueError, ArithmeticError) as problem:
        raise ProtocolError("The answer cannot be read by Python: {}.".format(problem)) from problem


def failed(code: int, reply: bytes) -> FinAutError:
    """The exception for the code and the reply of a call that failed."""
    return error_of(code, read(reply) if reply else {})
