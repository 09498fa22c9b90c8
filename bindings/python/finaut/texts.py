"""Arguments into JSON, replies out of it, and a reply that tells of an error into that error."""

import json
from typing import Any, Callable, Optional

from .errors import FinAutError, ProtocolError, error_of
from .plain import plain


def written(arguments: Any, what: str, operation: Optional[str] = None) -> bytes:
    """Arguments as JSON, all of it ASCII; see plain. Raises ArgumentError."""
    return json.dumps(plain(arguments, what, operation), allow_nan=False).encode("ascii")


def read(reply: bytes, parse_float: Callable[[str], Any] = float) -> Any:
    """The value of a reply. Raises ProtocolError for what Python refuses to read, as a number of 5000 digits."""
    try:
        return json.loads(reply, parse_float=parse_float)
    except (ValueError, ArithmeticError) as problem:
        raise ProtocolError("The answer cannot be read by Python: {}.".format(problem)) from problem


def failed(code: int, reply: bytes) -> FinAutError:
    """The exception for the code and the reply of a call that failed."""
    return error_of(code, read(reply) if reply else {})
