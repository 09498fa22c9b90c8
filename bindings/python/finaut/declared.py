"""Turns declared operations into calls.

What groups.py declares is for readers, help() and type checkers. At run time every argument goes to the library as it is given,
and the library alone checks: there is no second list of rules, and its messages say more than Python's would.
"""

import functools
from typing import Any, Callable, Dict, Iterator, Set, TypeVar

from .errors import ProtocolError

#: How often a client's ``on_event`` is told of a wait that goes on, in seconds.
PROGRESS_S = 30.0

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
    """A method that goes through a listing row by row and asks for a page only when its first row is wanted.

    The library's finaut_call_pages hands pages to a callback, from which a generator cannot yield; it would take a second thread,
    which a consumer that stops early would leave behind. So the pages are asked for one by one, and what is checked between them is
    checked here: that they do not lead in a circle, that no row comes twice, and that none is passed over where the list shrinks.
    Of the rows that were given only the ids are kept.
    """

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        def method(self: Any, **arguments: Any) -> Iterator[Any]:
            args = given(arguments)
            page: Any = args.pop("page", 1)
            pages: Set[Any] = set()
            told: Set[Any] = set()
            former: Any = (None, None, None)
            again = 2
            while page is not None:
                reply = self.call(name, dict(args, page=page))
                ids, count = [_id(row) for row in reply["results"]], reply["count"]
                pages.add(page)
                again += len(pages) % 10 == 0
                if reply["next_page"] in pages or (any(ids) and (count, ids) == former[1:]):
                    raise ProtocolError("The pages of {} lead back to one that was read before, so they have no end.".format(name))
                replies = [reply]
                if isinstance(count, int) and isinstance(former[1], int) and count < former[1] and again > 0:
                    # Somebody has gone, and the first of this page has moved to the end of the one before. As often as the library would.
                    again -= 1
                    replies.insert(0, self.call(name, dict(args, page=former[0])))
                former = (page, count, ids)
                for row in (row for each in replies for row in each["results"]):
                    its_id = _id(row)
                    if its_id is None or its_id not in told:
                        told.add(its_id)
                        yield row
                page = reply["next_page"]

        return method  # type: ignore[return-value]

    return declare


def _id(row: Any) -> Any:
    """What tells a row from the others; None if nothing does."""
    its_id = row.get("id") if isinstance(row, dict) else None
    return its_id if isinstance(its_id, (int, str)) else None


def configuration(declared: Declared) -> Declared:
    """A constructor that hands the configuration on, its unknown keys included."""

    @functools.wraps(declared)
    def method(
        self: Any, *, on_event: Any = None, progress_s: float = PROGRESS_S, parse_float: Any = float, **config: Any
    ) -> None:
        settings = given(config)
        if "state" in config:
            settings["state"] = config["state"]  # None is no state, whatever the environment says
        self._open(settings, on_event, progress_s, parse_float)

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
