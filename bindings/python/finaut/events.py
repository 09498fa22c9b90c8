"""Going through the inbox's events with a for loop: ``for event in client.inbox:``."""

import time
from typing import Any, Dict, Iterator, Optional

from .declared import Group, given
from .errors import FinAutError, NetworkError, ProtocolError, ServerError, StateError, ThrottledError
from .log import LOG
from .replies import EventKind, InboxEvent

#: What may be gone the next time: the server or the network is down, this hour's requests are used, the state file is locked or
#: the disk full. All else needs somebody to mend it.
TEMPORARY = (NetworkError, ProtocolError, ServerError, StateError, ThrottledError)

#: How long one call waits for an event. What keeps the library from finding out about events is told when none came for so long.
WAIT_S = 60

#: How long what has just failed is left alone.
PAUSE_S = 15


class Events(Group):
    """Events, one after the other; each is acknowledged when the next is asked for."""

    def __iter__(self) -> Iterator[InboxEvent]:
        """Events for ever; the same as ``events()``."""
        return self.events()

    def events(
        self, *, wait_s: Optional[float] = None, kind: Optional[EventKind] = None, lease_s: Optional[float] = None
    ) -> Iterator[InboxEvent]:
        """Yields the inbox's events, and acknowledges each when the next one is asked for: when the loop's body has run to its end.

        What leaves the loop (an exception, ``break``, ``return``, Ctrl-C, a crash) leaves its event unacknowledged: it comes again when its
        lease ends. Who is done with an event and leaves says so: ``client.inbox.acknowledge(event=event["event"])``.

        wait_s: ends when none came for so long; 0: when all that are there are done. None: goes on for ever
        kind: "result", "userstatus", "link" or "unknown" only
        lease_s: how long an event is kept from others, longer than the loop's body ever takes; 300

        For ever, it outlasts what may be gone the next time (TEMPORARY): that is a warning in the log "finaut", and tried again 15 s
        later. With ``wait_s`` it is raised, as all else is in either case.
        """
        call = self.call if wait_s is not None else self._call_until_it_works
        args = given({"wait_s": WAIT_S if wait_s is None else wait_s, "kind": kind, "lease_s": lease_s})
        while True:
            event = call("inbox.next", args)
            if event is not None:
                yield event
                call("inbox.acknowledge", {"event": event["event"]})
            elif wait_s is not None:
                return

    def _call_until_it_works(self, operation: str, args: Dict[str, Any]) -> Any:
        while True:
            try:
                return self.call(operation, args)
            except TEMPORARY as problem:
                warn(operation, problem)
            time.sleep(PAUSE_S)


def warn(operation: str, problem: FinAutError) -> None:
    """Says in the log what is tried again after PAUSE_S."""
    LOG.warning("%s: %s Tried again in %s s.", operation, problem, PAUSE_S)
