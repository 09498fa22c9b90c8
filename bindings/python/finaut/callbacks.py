"""How the library's events find the call that they belong to, in whatever thread and interpreter it was made.

Nothing here knows what an event says.
"""

import functools
import operator
import queue
import threading
from ctypes import CFUNCTYPE, c_int32
from typing import Any, Callable, Generator, List, Optional, Tuple

from .errors import LibraryError
from .library import OBSERVER

#: Receives an event and answers what the library's observer returns; a generator, so that what is raised can be thrown into it.
Listener = Generator[int, bytes, None]
#: What calls the library, and the code and reply that it returns.
Work = Callable[[], Tuple[int, bytes]]

_PROBE = CFUNCTYPE(c_int32)


class _Here(threading.local):
    """What a thread has under way, in the interpreter that it is in now."""

    # Where no call is under way an event is answered with 0, which means "go on": counted in an empty list, by a function of C, for which see
    # Listeners.
    tell: Any = [].count


class Listeners:
    """A client's observer: calling it is calling ``send`` of the listener of the call that this thread has under way.

    ctypes runs a callback in the first interpreter that the thread ever was in (PyGILState_Ensure; so until Python 3.11). In a process with
    several (mod_wsgi with two applications) that may be another than the one that called: another's modules, another's signals. Then the call
    is made on a new thread, which knows this interpreter only, and its events are handed back to the thread that called.
    """

    def __init__(self) -> None:
        self._here = _Here()
        # A function of C as well: a signal's handler would run in a function of Python, and what it raises would be lost.
        self._probe = _PROBE(functools.partial(getattr, self._here, "calls", 0))
        #: The library calls it for as long as a call runs.
        self.observer = OBSERVER(_Told(self._here))

    def require(self) -> None:
        """Raises LibraryError where the events of this thread's calls could not be told."""
        if not self._callbacks_come_here():
            _start(int)  # does nothing

    def call(self, listener: Listener, work: Work, must_tell: bool) -> Tuple[int, bytes]:
        """Calls the library, with its events told to the listener on this thread.

        Where a thread is needed for that and Python starts none, it raises LibraryError if they must be told, and else calls without telling.
        """
        if self._callbacks_come_here():
            return self._telling(listener.send, work)
        try:
            return self._aside(listener, work)
        except LibraryError:
            if must_tell:
                raise
            # An interpreter that may not have threads has no signals either: nobody waits for the events.
            return work()

    def _callbacks_come_here(self) -> bool:
        self._here.calls = 1
        try:
            return bool(self._probe())
        finally:
            del self._here.calls

    def _telling(self, tell: Callable[[bytes], int], work: Work) -> Tuple[int, bytes]:
        outer = self._here.__dict__.get("tell")  # on_event may call, too
        try:
            self._here.tell = tell
            return work()
        finally:
            if outer is None:
                self._here.__dict__.pop("tell", None)
            else:
                self._here.tell = outer

    def _aside(self, listener: Listener, work: Work) -> Tuple[int, bytes]:
        events: "queue.SimpleQueue[Optional[bytes]]" = queue.SimpleQueue()
        answers: "queue.SimpleQueue[int]" = queue.SimpleQueue()
        outcome: List[Any] = []
        left: List[bool] = []

        def ask(event: bytes) -> int:
            events.put(event)
            return 1 if left else answers.get()

        def run() -> None:
            try:
                outcome.append(self._telling(ask, work))
            except BaseException as raised:
                outcome.append(raised)
            finally:
                events.put(None)

        try:
            _start(run)
            while True:
                try:
                    event = events.get()
                    if event is None:
                        break
                    answers.put(listener.send(event))
                except BaseException as raised:
                    # Ctrl-C in the middle: maybe an event is waiting for its answer. One too many is for the next, and as right there.
                    answers.put(listener.throw(raised))
        finally:
            # Whatever brought us here, the thread must not wait for us.
            left.append(True)
            answers.put(1)
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        code, reply = outcome[0]
        return code, reply


def _start(run: Callable[[], Any]) -> None:
    try:
        # A thread of C counts as a daemon, and its threads would, too; sub-interpreters may not have such.
        threading.Thread(target=run, name="finaut", daemon=False).start()
    except RuntimeError as problem:
        raise LibraryError(
            "on_event cannot be called here: this thread was in another Python interpreter before, so ctypes calls back in that one, and this "
            "one starts no thread ({}). Leave on_event out, or give the program a process or a thread of its own. Nothing was sent.".format(problem)
        ) from problem


class _Told:
    """Calls ``here.tell``."""

    def __init__(self, here: _Here) -> None:
        self.here = here

    # The way to the listener leads through no Python function; see client.py, _listener.
    __call__ = property(operator.attrgetter("here.tell"))
