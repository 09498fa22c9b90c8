"""What of Python goes into an argument: dates, paths and whole numbers of any make do; all else is refused by the argument's name, with what
to write instead."""

import dataclasses
import datetime
import decimal
import enum
import fractions
import numbers
import pathlib
import types
import uuid
from collections import OrderedDict
from typing import Any, Iterator, List, Tuple

import finaut

from stage import Case, client, newcomer, people, sandbox


class Scheme(str, enum.Enum):
    AFR = "afr"


class Number(enum.IntEnum):
    SOMEBODY = 590001


class Word(enum.Enum):
    AFR = "afr"


@dataclasses.dataclass
class Row:
    number: int = 1


class Whole:
    """As numpy.int64: a whole number that is no int."""

    def __index__(self) -> int:
        return 590001


class Span:
    """As numpy.timedelta64, which says that it is one."""

    dtype, shape = "timedelta64", ()

    def item(self) -> Any:
        return datetime.timedelta(1)


class Scalar:
    """As numpy.bool_."""

    dtype, shape = "bool", ()

    def item(self) -> bool:
        return True


numbers.Integral.register(Whole)
numbers.Integral.register(Span)


def datetime64() -> Any:
    return type("datetime64", (), {})()


def rows() -> Iterator[int]:
    yield 1


OSLO = 'Write value.astimezone(zoneinfo.ZoneInfo("Europe/Oslo")).date() for Norway\'s day, value.isoformat() for the moment'
ITSELF: List[Any] = []
ITSELF.append(ITSELF)
DEEP: List[Any] = []
for _ in range(100000):
    DEEP = [DEEP]

REFUSED: Tuple[Tuple[Any, str, str], ...] = (
    (decimal.Decimal("1.5"), "JSON has nothing for a decimal.Decimal", "Write int(value), float(value), or str(value) where text is wanted"),
    (fractions.Fraction(1, 3), "JSON has nothing for a fractions.Fraction", "Write int(value), float(value), or str(value) where text is wanted"),
    (1j, "JSON has nothing for a complex", "Write int(value), float(value), or str(value) where text is wanted"),
    (
        datetime.datetime(2030, 1, 31, 12),
        "JSON has nothing for a datetime.datetime",
        "Write value.date() for the day, value.isoformat() for the moment",
    ),
    (datetime.datetime(2030, 1, 31, 12, tzinfo=datetime.timezone.utc), "JSON has nothing for a datetime.datetime", OSLO),
    (datetime.time(12), "JSON has nothing for a datetime.time", "Write str(value)"),
    (datetime.timedelta(1), "JSON has nothing for a datetime.timedelta", "Write value.total_seconds()"),
    (uuid.UUID(int=7), "JSON has nothing for a uuid.UUID", "Write str(value)"),
    (b"x", "JSON has nothing for a bytes", 'Write bytes(value).decode("utf-8"), or the encoding that it has'),
    (bytearray(b"x"), "JSON has nothing for a bytearray", 'Write bytes(value).decode("utf-8"), or the encoding that it has'),
    ({1}, "JSON has nothing for a set", "Write list(value)"),
    (frozenset("a"), "JSON has nothing for a frozenset", "Write list(value)"),
    (range(3), "JSON has nothing for a range", "Write list(value)"),
    ({}.keys(), "JSON has nothing for a dict_keys", "Write list(value)"),
    (rows(), "JSON has nothing for a generator", "Write list(value)"),
    (Word.AFR, "JSON has nothing for a test_plain.Word", "Write value.value"),
    (Row(), "JSON has nothing for a test_plain.Row", "Write dataclasses.asdict(value)"),
    (Row, "JSON has nothing for a type", "Write it as a str, a number, a list or a dict"),
    (datetime64(), "JSON has nothing for a test_plain.datetime64", 'Write value.astype("datetime64[D]").item() for the day'),
    (Span(), "JSON has nothing for a test_plain.Span", "Write value.item()"),
    (Scalar(), "JSON has nothing for a test_plain.Scalar", "Write value.item()"),
    (object(), "JSON has nothing for a object", "Write it as a str, a number, a list or a dict"),
    (float("nan"), "JSON has no nan", "Write None for what is not given"),
    (float("-inf"), "JSON has no -inf", "Write None for what is not given"),
    (10**5000, "the number has too many digits", "Write a shorter one"),
    (
        "K\ud83d",
        "character 2 is half of a pair (U+D83D), which is no text",
        'It was cut in the middle, or decoded with "surrogateescape": decode it as what it is',
    ),
    (pathlib.Path("\udcff"), "character 1 is half of a pair (U+DCFF), which is no text", "It was cut in the middle"),
    ({1: 2}, "a key is a int, and JSON's are text", "Write str(key)"),
    ({None: 2}, "a key is a NoneType, and JSON's are text", "Write str(key)"),
    ({"\ud83d": 2}, "character 1 is half of a pair (U+D83D), which is no text", "It was cut in the middle"),
)


class Plain(Case):
    def test_what_cannot_be_written_is_refused_by_its_name_with_what_to_write_instead(self) -> None:
        sandbox("DELETE", "requests")
        for value, why, instead in REFUSED:
            for place, call in (
                ("employee_alias", lambda: self.client.users.get(employee_alias=value)),
                ("date", lambda: self.client.users.hold(id=1, scheme="afr", date=value)),
                ("schemes[1]", lambda: self.client.users.enroll(id=1, schemes=["afr", value])),
                ("changes.email", lambda: self.client.users.update(id=1, changes={"email": value})),
                ("body.a[0].….b", lambda: self.client.request(method="POST", path="x/", body={"a": [{"01819010009": {"b": value}}]})),
            ):
                with self.subTest(value=type(value), place=place):
                    with self.assertRaises(finaut.ArgumentError) as refused:
                        call()
                    error = refused.exception
                    self.assertTrue(str(error).startswith("{}: {}. {}".format(place, why, instead)), error)
                    self.assertTrue(str(error).endswith(". Nothing was sent."), error)
                    self.assertEqual(list(error.fields), [place])
                    self.assertIsNotNone(error.operation)
                    self.assertNotIn("01819010009", repr(error))
        self.assertEqual(sandbox("GET", "requests"), [])

    def test_the_configuration_is_named(self) -> None:
        with self.assertRaisesRegex(finaut.ArgumentError, "^the configuration: throttle.requests: JSON has nothing for a decimal.Decimal. Write int"):
            client(throttle={"requests": decimal.Decimal(200)})
        with self.assertRaisesRegex(finaut.ArgumentError, "^the configuration: client_secret: JSON has nothing for a bytes.") as refused:
            client(client_secret=b"hush")
        self.assertNotIn("hush", repr(refused.exception))
        with self.assertRaisesRegex(finaut.ArgumentError, "^the receiver's configuration: listen: JSON has nothing for a bytes."):
            self.client.receiver(listen=b"127.0.0.1:0")  # type: ignore[arg-type]
        with self.assertRaisesRegex(finaut.ArgumentError, "^users.list: JSON has nothing for a set. Write list.value.. Nothing was sent.$"):
            self.client.call("users.list", {1})  # type: ignore[arg-type]

    def test_what_contains_itself_or_is_nested_too_deep(self) -> None:
        for value, why in ((ITSELF, r"^body\[0\]: it contains itself"), (DEEP, "^request: it is nested too deep")):
            with self.assertRaisesRegex(finaut.ArgumentError, why):
                self.client.request(method="POST", path="x/", body=value)
        twice = ["afr"]
        self.client.request(method="GET", path="user/", query={"a": twice, "b": twice})

    def test_what_means_the_same_in_json_does(self) -> None:
        for same in (Whole(), Number.SOMEBODY, 590001, "590001"):
            self.assertEqual(self.client.users.get(id=same)["persnr"], people()[0]["persnr"])  # type: ignore[arg-type]
        for args in (types.MappingProxyType({"id": 590001}), OrderedDict(id=590001)):
            self.assertEqual(self.client.call("users.get", args)["persnr"], people()[0]["persnr"])
        latest = self.client.userstatus.latest
        self.assertEqual(latest(id=590001, scheme=Scheme.AFR), latest(id=590001, scheme="afr"))
        created = self.client.users.create(**newcomer(roles=("afr_ka",)))
        self.assertTrue(any("afr_ka" in str(role) for role in created["userroles"]), created["userroles"])
