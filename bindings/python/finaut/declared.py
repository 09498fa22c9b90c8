"""Turns declared operations into calls.

What groups.py declares is for readers, help() and type checkers. At run time every argument goes to the library as it is given,
and the library alone checks: there is no second list of rules, and its messages say more than Python's would.
"""

import functools
from typing import Any, Callable, Dict, Iterator, Set, TypeVar

from .errors import ProtocolError

Declared = TypeVar("Declared", bound=Callable[..., Any])


def given(arguments: Dict[str, Any]) -> Dict[str, Any]:
    """None is Python's word for an argument that is not given."""
    return {name: value for name, value in arguments.items() if value is not None}


def operation(name: str) -> Callable[[Declared], Declared]:
    """A method that calls the operation."""

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        def method(self: Any, **arguments: Any) -> Any:
            return self.call(name, given(arguments))

        return method  # type: ignore[return-value]

    return declare


def rows_of(name: str) -> Callable[[Declared], Declared]:
    """A method that goes through a listing row by row and asks for a page only when its first row is wanted."""

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        def method(self: Any, **arguments: Any) -> Iterator[Any]:
            args = given(arguments)
            page: Any = args.pop("page", 1)
            seen: Set[Any] = set()
            former: Any = None
            while page is not None:
                reply = self.call(name, dict(args, page=page))
                rows = [row.get("id") for row in reply["results"] if isinstance(row, dict)]
                # The library sees one page at a time: only here is it known that they lead in a circle.
                seen.add(page)
                if reply["next_page"] in seen or (any(rows) and (reply["count"], rows) == former):
                    raise ProtocolError("The pages of {} lead back to one that was read before, so they have no end.".format(name))
                former = (reply["count"], rows)
                yield from reply["results"]
                page = reply["next_page"]

        return method  # type: ignore[return-value]

    return declare


def configuration(declared: Declared) -> Declared:
    """A constructor that hands the configuration on, its unknown keys included."""

    @functools.wraps(declared)
    def method(self: Any, *, on_event: Any = None, parse_float: Any = float, **config: Any) -> None:
        self._open(given(config), on_event, parse_float)

    return method  # type: ignore[return-value]


def receiver(declared: Declared) -> Declared:
    """A method that starts a receiver with its settings, unknown ones included."""

    @functools.wraps(declared)
    def method(self: Any, **config: Any) -> Any:
        return self._receiver(given(config))

    return method  # type: ignore[return-value]


class Group:
    """Operations that belong together, as those of ``client.users``."""

    def __init__(self, client: Any) -> None:
        self.call: Callable[[str, Dict[str, Any]], Any] = client.call
