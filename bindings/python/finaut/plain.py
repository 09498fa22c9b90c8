"""What a caller gives, as what JSON has: text, numbers, lists, objects. What JSON has nothing for is refused by the argument's name.

No value is quoted: it may be secret.
"""

import dataclasses
import datetime
import decimal
import enum
import math
import numbers
import operator
import os
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Dict, Optional

from .errors import ArgumentError

#: More than any number that the library takes, and less than Python refuses to write.
_LONGEST_BITS = 4096


def plain(arguments: Any, what: str, operation: Optional[str] = None) -> Any:
    """The arguments as JSON has them. Raises ArgumentError.

    what: of which these are the arguments, where that is no operation, as "the configuration"
    """
    walk = _Walk(what, operation)
    try:
        return walk.plain(arguments, "")
    except RecursionError as problem:
        raise walk.refused("", "it is nested too deep", "Leave something out") from problem


class _Walk:
    def __init__(self, what: str, operation: Optional[str]) -> None:
        self.what = what
        self.operation = operation
        self.around: Dict[int, Any] = {}

    def plain(self, value: Any, place: str) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.text(value, place)
        if isinstance(value, numbers.Integral):  # numpy's, too
            return self.whole(value, place)
        if isinstance(value, float):
            if not math.isfinite(value):
                raise self.refused(place, "JSON has no {}".format(value), "Write None for what is not given")
            return float(value)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        if isinstance(value, os.PathLike):
            return self.text(os.fsdecode(value), place)
        if isinstance(value, (Mapping, list, tuple)):
            if id(value) in self.around:
                raise self.refused(place, "it contains itself", "Leave that out")
            self.around[id(value)] = value
            try:
                if isinstance(value, Mapping):
                    return self.members(value, place)
                return [self.plain(item, "{}[{}]".format(place, n)) for n, item in enumerate(value)]
            finally:
                del self.around[id(value)]
        raise self.refused(place, _nothing(value), _instead(value))

    def whole(self, value: Any, place: str) -> int:
        try:
            whole = operator.index(value)
        except TypeError:  # numpy.timedelta64 says that it is a whole number, too
            raise self.refused(place, _nothing(value), _instead(value)) from None
        if whole.bit_length() > _LONGEST_BITS:
            raise self.refused(place, "the number has too many digits", "Write a shorter one")
        return whole

    def members(self, value: "Mapping[Any, Any]", place: str) -> Dict[str, Any]:
        found = {}
        for key, item in value.items():
            # Python's json would write the keys 1 and "1" alike.
            if not isinstance(key, str):
                raise self.refused(place, "a key is a {}, and JSON's are text".format(_kind(key)), "Write str(key)")
            # Only what looks like a name is told: an identity number does not.
            name = key if key.isidentifier() else "…"
            found[self.text(key, place)] = self.plain(item, "{}.{}".format(place, name) if place else name)
        return found

    def text(self, value: str, place: str) -> str:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as problem:
            why = "character {} is half of a pair (U+{:04X}), which is no text".format(problem.start + 1, ord(value[problem.start]))
            raise self.refused(place, why, 'It was cut in the middle, or decoded with "surrogateescape": decode it as what it is') from None
        return str.__str__(value)

    def refused(self, place: str, why: str, instead: str) -> ArgumentError:
        where = place if self.operation is not None else ": ".join(filter(None, (self.what, place)))
        details: Dict[str, Any] = {"code": "argument", "operation": self.operation}
        if place:
            details["fields"] = {place: ["{}. {}.".format(why, instead)]}
        return ArgumentError("{}: {}. {}. Nothing was sent.".format(where or self.what, why, instead), details)


def _nothing(value: Any) -> str:
    return "JSON has nothing for a {}".format(_kind(value))


def _kind(value: Any) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else "{}.{}".format(kind.__module__, kind.__qualname__)


def _instead(value: Any) -> str:
    """What to write in its place."""
    name = type(value).__name__
    if isinstance(value, datetime.datetime):
        if name == "NaTType":
            return "Write None for what is not given"
        if value.tzinfo is None:
            return "Write value.date() for the day, value.isoformat() for the moment"
        return 'Write value.astimezone(zoneinfo.ZoneInfo("Europe/Oslo")).date() for Norway\'s day, value.isoformat() for the moment'
    if name == "datetime64":
        return 'Write value.astype("datetime64[D]").item() for the day'
    if hasattr(value, "item") and hasattr(value, "dtype") and getattr(value, "shape", None) == ():
        return "Write value.item()"
    if isinstance(value, (decimal.Decimal, numbers.Number)):
        return "Write int(value), float(value), or str(value) where text is wanted"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return 'Write bytes(value).decode("utf-8"), or the encoding that it has'
    if isinstance(value, enum.Enum):
        return "Write value.value"
    if isinstance(value, (uuid.UUID, datetime.time)):
        return "Write str(value)"
    if isinstance(value, datetime.timedelta):
        return "Write value.total_seconds()"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return "Write dataclasses.asdict(value)"
    if name == "NAType":
        return "Write None for what is not given"
    if hasattr(value, "tolist"):
        return "Write value.tolist()"
    if hasattr(value, "model_dump"):
        return "Write value.model_dump()"
    if isinstance(value, Iterable):
        return "Write list(value)"
    return "Write it as a str, a number, a list or a dict"
