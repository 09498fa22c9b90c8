"""The log ``finaut``: requests and new tokens at DEBUG, retries and long waits at INFO.

The events that it is written from hold no body, no query, no secret and no identity number. Where a level is off, nothing is done for it.
"""

import json
import logging
import time
from typing import Any, Dict

LOG = logging.getLogger("finaut")
LOG.addHandler(logging.NullHandler())  # without it, Python prints warnings of programs that have set up no log

#: A wait of at least so many seconds is a long one.
LONG_S = 5.0

_WAIT, _RETRY = b'{"event":"wait"', b'{"event":"retry"'
_DETAILS = (b'{"event":"request"', b'{"event":"token"')

_AWAITED = {
    "slot": "a free request (the throttle is used up)",
    "pause": "the end of a pause that the server's throttle asked for",
    "retry": "the next try",
    "answer": "an answer",
    "token": "an access token",
    "settle": "what becomes of a change whose answer was lost",
    "inbox": "another call that polls",
    "person": "another call that changes the same person",
}


class Log:
    """Writes the events of one call, but of a wait that goes on no more than its first one and one every ``progress_s``."""

    __slots__ = ("_progress_s", "_begun", "_due")

    def __init__(self, progress_s: float) -> None:
        self._progress_s = progress_s
        #: When each kind of wait began that goes on, and when each is to be told of again.
        self._begun: Dict[str, float] = {}
        self._due: Dict[str, float] = {}

    def write(self, event: bytes) -> None:
        if event.startswith(_WAIT):
            if LOG.isEnabledFor(logging.INFO):
                self._waits(json.loads(event))
        elif event.startswith(_RETRY):
            if LOG.isEnabledFor(logging.INFO):
                _retries(json.loads(event))
        elif event.startswith(_DETAILS):
            self._begun.clear()
            if LOG.isEnabledFor(logging.DEBUG):
                _detail(json.loads(event))

    def _waits(self, event: Dict[str, Any]) -> None:
        reason, left_s, now = event["for"], event.get("left_s"), time.monotonic()
        begun = self._begun.setdefault(reason, now)
        # A loop over the inbox waits for ever: that nothing is new is no news.
        if reason == "event" or max(left_s or 0, now - begun) < LONG_S or now < self._due.get(reason, now):
            return
        self._due[reason] = now + self._progress_s
        left = "" if left_s is None else ", about {:.0f} s more".format(left_s)
        LOG.info("%s waits for %s%s.", event["operation"], _AWAITED.get(reason, reason), left)


def _retries(event: Dict[str, Any]) -> None:
    status, in_s = event.get("http_status"), event.get("in_s")
    why = event.get("reason") if status is None else "{}, status {}".format(event.get("reason"), status)
    LOG.info("%s is tried again%s (%s).", event["operation"], "" if in_s is None else " in {} s".format(in_s), why)


def _detail(event: Dict[str, Any]) -> None:
    operation = event["operation"]
    if event["event"] == "token":
        LOG.debug("%s: there is a new access token, good for %.0f s.", operation, event.get("expires_in_s") or 0)
        return
    called = event.get("correlation_id")
    LOG.debug(
        "%s: %s %s: %s in %s ms%s",
        operation,
        event.get("method"),
        event.get("path") or "the API root",
        event.get("http_status") or "no answer",
        event.get("ms"),
        "" if called is None else ", X-Correlation-Id {}".format(called),
    )
