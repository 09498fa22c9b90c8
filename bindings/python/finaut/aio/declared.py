"""Turns declared operations into calls that are awaited; see ../declared.py."""

import functools
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, TypeVar

from ..declared import PROGRESS_S, Group, by_name, given, rows_name
from ..pages import Walk

#: How many calls of one client run at once; others wait for their turn.
THREADS = 32

Declared = TypeVar("Declared", bound=Callable[..., Any])


def operation(name: str) -> Callable[[Declared], Declared]:
    """A coroutine that calls the operation."""

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        async def method(self: Any, *positional: Any, **arguments: Any) -> Any:
            by_name(name, declared, positional)
            return await self.call(name, given(arguments))

        return method  # type: ignore[return-value]

    return declare


def rows_of(name: str) -> Callable[[Declared], Declared]:
    """A method that goes through a listing row by row and asks for a page only when its first row is wanted."""

    def declare(declared: Declared) -> Declared:
        @functools.wraps(declared)
        def method(self: Any, *positional: Any, **arguments: Any) -> AsyncIterator[Any]:
            by_name(rows_name(name, declared), declared, positional)
            return _rows(self.call, Walk(name, given(arguments)))

        return method  # type: ignore[return-value]

    return declare


async def _rows(call: Callable[[str, Dict[str, Any]], Awaitable[Any]], walk: Walk) -> AsyncIterator[Any]:
    while walk.asks is not None:
        for row in walk.rows_of(await call(walk.operation, walk.asks)):
            yield row


def configuration(declared: Declared) -> Declared:
    """A constructor that hands the configuration on, its unknown keys included."""

    @functools.wraps(declared)
    def method(self: Any, *positional: Any, threads: int = THREADS, **config: Any) -> None:
        by_name("finaut.aio.Client", declared, positional)
        self._open(threads, config)

    return method  # type: ignore[return-value]


def receiver(declared: Declared) -> Declared:
    """A coroutine that starts a receiver with its settings, unknown ones included."""

    @functools.wraps(declared)
    async def method(self: Any, *positional: Any, **config: Any) -> Any:
        by_name("receiver", declared, positional)
        return await self._receiver(given(config))

    return method  # type: ignore[return-value]


__all__ = ["PROGRESS_S", "THREADS", "Group", "configuration", "operation", "receiver", "rows_of"]
