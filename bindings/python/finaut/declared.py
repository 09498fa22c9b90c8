"""Turns declared operations into calls.

What groups.py declares is for readers, help() and type checkers. At run time every argument goes to the library as it is given,
and the library alone checks: there is no second list of rules, and its messages say more than Python's would.
"""

import functools
import inspect
import keyword
from typing import Any, Callable, Dict, Iterator, Tuple, TypeVar

from .errors import ArgumentError
from .pages import Walk

#: How often a client's ``on_event`` is told of a wait that goes on, in seconds.
PROGRESS_S = 30.0

Declared = TypeVar("Declared", bound=Callable[..., Any])


def given(arguments: Dict[str, Any]) -> Dict[str, Any]:
    """None is Python's word for an argument that is not given. One that is called as a word of the language has an underscore behind it."""
    return {_own(name): value for name, value in arguments.items() if value is not None}


def _own(name: str) -> str:
    """The library's name of an argument: ``from`` of ``from_``."""
    return name[:-1] if name.endswith("_") and keyword.iskeyword(name[:-1]) else name


def by_name(what: str, declared: Callable[..., Any], positional: Tuple[Any, ...]) -> None:
    """Refuses arguments that were given without their names, and says how to write them. Raises ArgumentError.

    what: what is called, as "users.get". No value is quoted: it may be secret.
    """
    if not positional:
        return
    parameters = list(inspect.signature(declared).parameters.values())[1:]
    required = [each.name for each in parameters if each.default is each.empty]
    names = required or [each.name for each in parameters][: len(positional)]
    told = ", ".join("{}=…".format(name) for name in names)
    raise ArgumentError(
        "{0} takes its arguments by name: write {0}({1}), or {0}(**settings) for a dict. Nothing was sent.".format(what, told)
    )


def operation(name: str) -> Callable[[Declared], Declared]:
    """A method that calls the operation."""

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        def method(self: Any, *positional: Any, **arguments: Any) -> Any:
            by_name(name, declared, positional)
            return self.call(name, given(arguments))

        return method  # type: ignore[return-value]

    return declare


def rows_of(name: str) -> Callable[[Declared], Declared]:
    """A method that goes through a listing row by row and asks for a page only when its first row is wanted.

    The library's finaut_call_pages hands pages to a callback, from which a generator cannot yield; it would take a second thread,
    which a consumer that stops early would leave behind. So the pages are asked for one by one, as pages.py says.
    """

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        def method(self: Any, *positional: Any, **arguments: Any) -> Iterator[Any]:
            by_name(rows_name(name, declared), declared, positional)
            return _rows(self.call, Walk(name, given(arguments)))

        return method  # type: ignore[return-value]

    return declare


def rows_name(name: str, declared: Callable[..., Any]) -> str:
    """What a method that goes through the operation's rows is called, as "users.iterate"."""
    return ".".join(filter(None, (name.rpartition(".")[0], declared.__name__)))


def _rows(call: Callable[[str, Dict[str, Any]], Any], walk: Walk) -> Iterator[Any]:
    while walk.asks is not None:
        yield from walk.rows_of(call(walk.operation, walk.asks))


def configuration(declared: Declared) -> Declared:
    """A constructor that hands the configuration on, its unknown keys included."""

    @functools.wraps(declared)
    def method(
        self: Any, *positional: Any, on_event: Any = None, progress_s: float = PROGRESS_S, parse_float: Any = float, **config: Any
    ) -> None:
        by_name("finaut.Client", declared, positional)
        settings = given(config)
        if "state" in config:
            settings["state"] = config["state"]  # None is no state, whatever the environment says
        self._open(settings, on_event, progress_s, parse_float)

    return method  # type: ignore[return-value]


def receiver(declared: Declared) -> Declared:
    """A method that starts a receiver with its settings, unknown ones included."""

    @functools.wraps(declared)
    def method(self: Any, *positional: Any, **config: Any) -> Any:
        by_name("receiver", declared, positional)
        return self._receiver(given(config))

    return method  # type: ignore[return-value]


class Group:
    """Operations that belong together, as those of ``client.users``."""

    def __init__(self, client: Any) -> None:
        self.call: Callable[[str, Dict[str, Any]], Any] = client.call
