"""Going through the inbox's events: ``async for event in client.inbox:``."""

import asyncio
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, Optional

from ..declared import Group, given
from ..events import PAUSE_S, TEMPORARY, WAIT_S, warn


class Events(Group):
    """Events, one after the other; each is acknowledged when the next is asked for."""

    def __aiter__(self) -> AsyncIterator[Dict[str, Any]]:
        """Events for ever; the same as ``events()``."""
        return self.events()

    async def events(
        self, *, wait_s: Optional[float] = None, kind: Optional[str] = None, lease_s: Optional[float] = None
    ) -> AsyncIterator[Dict[str, Any]]:
        """Yields the inbox's events, and acknowledges each when the next one is asked for: when the loop's body has run to its end.

        What leaves the loop (an exception, ``break``, ``return``, a cancellation, a crash) leaves its event unacknowledged: it comes again when
        its lease ends. Who is done with an event and leaves says so: ``await client.inbox.acknowledge(event=event["event"])``.

        wait_s: ends when none came for so long; 0: when all that are there are done. None: goes on for ever
        kind: "result", "userstatus", "link" or "unknown" only
        lease_s: how long an event is kept from others, longer than the loop's body ever takes; 300

        For ever, it outlasts what may be gone the next time: that is a warning in the log "finaut", and tried again 15 s later. With
        ``wait_s`` it is raised, as all else is in either case.
        """
        call: Callable[..., Awaitable[Any]] = self.call if wait_s is not None else self._call_until_it_works
        args = given({"wait_s": WAIT_S if wait_s is None else wait_s, "kind": kind, "lease_s": lease_s})
        while True:
            event = await call("inbox.next", args)
            if event is not None:
                yield event
                await call("inbox.acknowledge", {"event": event["event"]})
            elif wait_s is not None:
                return

    async def _call_until_it_works(self, operation: str, args: Dict[str, Any]) -> Any:
        while True:
            try:
                return await self.call(operation, args)
            except TEMPORARY as problem:
                warn(operation, problem)
            await asyncio.sleep(PAUSE_S)
