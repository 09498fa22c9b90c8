"""The client: opens a handle, calls operations through it, and lets Python have its say while a call waits."""

import atexit
import ctypes
import functools
import json
import os
import threading
import time
import weakref
from typing import Any, Callable, Dict, Mapping, Optional, Set, Tuple

from . import leaving
from .callbacks import Listener, Listeners
from .errors import ArgumentError, Interrupted
from .groups import Operations, Receivers
from .library import library, reply_of, text
from .log import Log
from .receiver import Receiver
from .texts import failed, read, written
from .version import DEFAULT_HOST


class Client(Operations, Receivers):
    """A client of one FinAut account, for any number of threads.

    Close it, or use it in a ``with`` statement. It cannot be sent to another process: let each make its own, and give all of
    them one ``state`` file. A forked child may go on using its parent's.
    """

    def _open(
        self,
        config: Dict[str, Any],
        on_event: Optional[Callable[..., Any]],
        progress_s: float,
        parse_float: Callable[[str], Any],
    ) -> None:
        if on_event is not None and not callable(on_event):
            raise ArgumentError("on_event must be callable, not {}.".format(type(on_event).__name__))
        if isinstance(progress_s, bool) or not isinstance(progress_s, (int, float)) or not progress_s >= 0:
            raise ArgumentError("progress_s must be a number of seconds, 0 or more, not {!r}.".format(progress_s))
        # Its observer is called for as long as a call runs, and during a call somebody holds the client, and the client this.
        self._listeners = Listeners()
        if on_event is not None:
            self._listeners.require()
        self._on_event = on_event
        self._progress_s = progress_s
        self._last = threading.local()
        self._parse_float = parse_float
        # Python's strings are Unicode whatever "encoding" says: the library checks it, and talks UTF-8 with us all the same.
        self._handle = _opened({name: value for name, value in config.items() if name != "encoding"})
        self._close = weakref.finalize(self, _free, self._handle)
        self._close.atexit = False  # _leave frees it then
        if "encoding" in config:
            _free(_opened(config))
        self._shown = {
            "host": str(config.get("host") or os.environ.get("FINAUT_API_HOST") or DEFAULT_HOST),
            "client_id": str(config.get("client_id") or os.environ.get("FINAUT_CLIENT_ID")),
        }
        if not _leaving:
            library().finaut_client_observe(self._handle, self._listeners.observer, None)

    def call(self, operation: str, args: Optional[Mapping[str, Any]] = None) -> Any:
        """Calls an operation by its name, as ``call("users.get", {"id": 590496})``, and returns its reply.

        Raises FinAutError, and whatever ``on_event`` or a signal's handler (Ctrl-C) raised meanwhile.
        """
        return self._call(operation, args, leaving.by_ctrl_c)

    def _call(self, operation: str, args: Optional[Mapping[str, Any]], left: Callable[[], bool]) -> Any:
        """left: whether nobody is there any more for whom the call is made. The call then ends at its next wait."""
        name = text(operation, "operation")
        arguments = written({} if args is None else args, operation, operation)
        if left():
            raise Interrupted("The call was not begun: {} Nothing was sent.".format(_LEFT), {"operation": operation})
        call = _Call()
        self._last.call = call
        on_event = self._on_event and _Progress(self._on_event, self._progress_s)
        listener = _listener(call, Log(self._progress_s), on_event, left)
        next(listener)
        function = functools.partial(reply_of, library().finaut_call, self._handle, name, arguments)
        try:
            _under_way.add(call)
            code, reply = self._listeners.call(listener, function, must_tell=self._on_event is not None)
        finally:
            _under_way.discard(call)
            listener.close()
        if code and _leaving:
            _fade()
        error = failed(code, reply) if code else None
        if call.raised is not None:
            raised, call.raised = call.raised, None
            try:
                if error is not None and raised.__cause__ is None:
                    raised.__cause__ = error  # worth knowing: the call's outcome may be unknown
                raise raised
            finally:
                del raised  # its traceback holds this frame
        if call.left and isinstance(error, Interrupted):
            raise Interrupted("The call was interrupted: " + _LEFT, vars(error)) from error
        if error is not None:
            raise error
        return read(reply, self._parse_float)

    @property
    def last_correlation_id(self) -> Optional[str]:
        """The server's X-Correlation-Id of the last answer to this thread's last call, for questions to Norsk Test; None if it gave none."""
        call: Optional[_Call] = getattr(self._last, "call", None)
        return None if call is None else call.correlation_id

    def _receiver(self, config: Dict[str, Any]) -> Receiver:
        return Receiver(self._handle, config)

    def interrupt(self) -> None:
        """Lets every call that runs in this client, in whatever thread, raise Interrupted at its next wait.

        What is being changed at the server is first finished, so that its outcome is known. Later calls are not affected.
        """
        code = library().finaut_client_interrupt(self._handle)
        if code:
            raise failed(code, b"")

    def interrupt_call(self, call_id: str) -> None:
        """Lets the call that was given this ``call_id`` raise Interrupted at its next wait, in whatever thread it runs.

        What it is changing at the server is first finished, so that its outcome is known. If none runs, the next that begins with this
        name within 60 s ends at once.
        """
        code = library().finaut_client_interrupt_call(self._handle, text(call_id, "call_id"))
        if code:
            problem = failed(code, b"")
            if isinstance(problem, ArgumentError):
                problem = ArgumentError("call_id: must be a string of 1 to 64 bytes.")
            raise problem

    def close(self) -> None:
        """Frees what the client holds. Calls that other threads have under way end as they would have. Twice does no harm."""
        self._close()

    def __repr__(self) -> str:
        # A debugger may ask while it is being made.
        shown = ["{}={!r}".format(name, value) for name, value in self.__dict__.get("_shown", {}).items()]
        if shown and not self._close.alive:
            shown.append("closed")
        return "<{}.{} {}>".format(*_name_of(type(self)), ", ".join(shown) or "not open")

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError(
            "A finaut.Client cannot be copied, pickled or sent to another process. Let each process make its own; with the same "
            '"state" file they share token, throttle and cache.'
        )


def _name_of(kind: type) -> Tuple[str, str]:
    """A class as programs import it: where Client is written is of no interest."""
    return "finaut" if kind.__module__ == __name__ else kind.__module__, kind.__qualname__


def _opened(config: Dict[str, Any]) -> int:
    handle = ctypes.c_void_p()
    code, reply = reply_of(library().finaut_client_new, written(config, "the configuration"), ctypes.byref(handle))
    if code or handle.value is None:
        raise failed(code, reply)
    _handles.add(handle.value)
    return handle.value


def _free(handle: int) -> None:
    _handles.discard(handle)
    library().finaut_client_free(handle)


class _Call:
    """A call that is under way."""

    __slots__ = ("correlation_id", "left", "raised", "telling")

    def __init__(self) -> None:
        #: What was raised while Python had its say.
        self.raised: Optional[BaseException] = None
        #: Whether Python has its say just now.
        self.telling = False
        #: Whether it was ended because nobody is there any more for whom it is made.
        self.left = False
        #: What the last answer was called by the server.
        self.correlation_id: Optional[str] = None


#: How the event of an answer begins.
_REQUEST = b'{"event":"request"'


class _Progress:
    """Hands the events of one call on, but of a wait that goes on no more than its first one and one every so often."""

    def __init__(self, on_event: Callable[..., Any], progress_s: float) -> None:
        self._on_event = on_event
        self._progress_s = progress_s
        #: When each kind of wait is to be told of again.
        self._due: Dict[str, float] = {}

    def __call__(self, event: Dict[str, Any]) -> None:
        if event["event"] == "wait":
            reason = event["for"]
            now = time.monotonic()
            # A loop over the inbox waits for ever: that nothing is new is no news.
            if reason == "event" or now < self._due.get(reason, now):
                return
            self._due[reason] = now + self._progress_s
        self._on_event(event)


#: Why a call is ended that nobody stopped.
_LEFT = "the program is ending (its main thread is handling a KeyboardInterrupt, or has ended)."


def _listener(call: _Call, log: Log, on_event: Optional[Callable[..., Any]], left: Callable[[], bool]) -> Listener:
    """Takes the events of one call and answers each with what the library's observer returns: 1 stops the call.

    The library tells of a wait every ``observe_s``, and only then can a signal's handler run. It may raise before the first line
    of whatever Python function is called, where no ``try`` stands yet, and ctypes prints and drops what leaves a callback:
    Ctrl-C would be lost. So the callback is this generator's ``send``: it wakes inside the ``try``.
    """
    while True:
        try:
            while True:
                event = yield int(call.left or call.raised is not None)
                call.telling = True
                if event.startswith(_REQUEST):
                    call.correlation_id = json.loads(event).get("correlation_id")
                log.write(event)
                if on_event is not None and call.raised is None:
                    on_event(json.loads(event))
                call.left = call.left or left()
                call.telling = False
        except GeneratorExit:
            return
        except BaseException as raised:
            call.raised = raised
            call.telling = False


#: Handles that are open, and calls that are under way, in all threads.
_handles: Set[int] = set()
_under_way: Set[_Call] = set()
_leaving = False


def _fade() -> None:
    """Keeps a daemon thread, whose client was closed under it because the interpreter ends, until Python ends it: there is nobody left
    whom its error would help, and it would be printed."""
    while threading.current_thread() is not threading.main_thread():
        time.sleep(1)


def _leave() -> None:
    """Closes what is open when the interpreter ends, and sees to it that no thread is in a callback then.

    Python ends a daemon thread that comes back to it after its own end. In a callback that would be in the middle of the
    library's work, and the whole process would be aborted.
    """
    global _leaving
    _leaving = True
    for handle in tuple(_handles):
        _free(handle)  # no event is told from now on
    if _under_way:
        time.sleep(0.05)  # for those that were about to tell one: they get the interpreter now
    patience_ends = time.monotonic() + 2
    while any(call.telling for call in tuple(_under_way)) and time.monotonic() < patience_ends:
        time.sleep(0.01)


atexit.register(_leave)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_under_way.clear)  # the other threads are not there, and never end
