"""The client for asyncio: gives each call a thread and a name, and stops by that name the one that is cancelled."""

import asyncio
import concurrent.futures
import contextvars
import inspect
import threading
import uuid
import weakref
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Set, Tuple

from .. import client, leaving
from ..errors import ArgumentError, FinAutError, Interrupted, UnknownOutcomeError
from ..log import LOG
from .groups import Operations, Receivers
from .receiver import Receiver
from .threads import Threads

#: What a request under way may take that must not be given up; the library's own default.
_TIMEOUT_S = 30.0
#: How much longer a cancelled call's thread is waited for.
_MARGIN_S = 5.0

#: The client of this task's last call, and what the server called its last answer.
_last: "contextvars.ContextVar[Tuple[Any, Optional[str]]]" = contextvars.ContextVar("finaut.aio")


class Client(Operations, Receivers):
    """A client of one FinAut account, for any number of tasks, also of several loops.

    Close it, or use it in an ``async with`` statement. A call that is cancelled ends at its next wait, and CancelledError comes when its
    thread has left the library. What it is changing at the server is first finished (at most ``timeout_s``), so that its outcome is
    known; if it is not, the UnknownOutcomeError is the ``__cause__`` of CancelledError.

    At most ``threads`` calls run at once, and as many again with priority "interactive"; further ones wait for their turn, and
    ``max_wait_s`` is counted from there.
    """

    def _open(self, threads: int, config: Dict[str, Any]) -> None:
        if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
            raise ArgumentError("threads must be a whole number, 1 or more, not {!r}.".format(threads))
        if inspect.iscoroutinefunction(config.get("on_event")):
            raise ArgumentError(
                "on_event must be a plain function, no coroutine: it is called on the thread that makes the call. To tell the loop, let it call "
                "loop.call_soon_threadsafe(…)."
            )
        self._blocking = client.Client(**config)
        timeout_s = config.get("timeout_s")
        self._leaves_in_s = (timeout_s if isinstance(timeout_s, (int, float)) else _TIMEOUT_S) + _MARGIN_S
        self._threads = Threads(threads, "finaut.aio")
        # Calls that wait for a slot must not keep out those for which slots are kept.
        self._interactive = Threads(threads, "finaut.aio-interactive")
        self._jobs: Set[_Job] = set()

    async def call(self, operation: str, args: Optional[Mapping[str, Any]] = None) -> Any:
        """Calls an operation by its name, as ``await call("users.get", {"id": 590496})``, and returns its reply.

        Raises FinAutError, and whatever ``on_event`` raised meanwhile.
        """
        loop = asyncio.get_running_loop()
        job = _Job(self._blocking, operation, args, loop)
        job.submit(self._interactive if job.is_interactive else self._threads)
        future = _on_loop(job.future, loop)
        # Whatever becomes of us, nobody complains that its exception was not looked at.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._jobs.add(job)
        try:
            await asyncio.wait([future])
        except BaseException as raised:
            job.stop()
            if isinstance(raised, asyncio.CancelledError):
                raised.__cause__ = await self._has_left(job, future)
            raise
        finally:
            self._jobs.discard(job)
        if future.cancelled():
            raise Interrupted("The call was interrupted before its turn came. Nothing was sent.", {"operation": operation})
        _last.set((weakref.ref(self), job.correlation_id))
        return future.result()

    async def _has_left(self, job: "_Job", future: "asyncio.Future[Any]") -> Optional[BaseException]:
        """Waits until a job that was told to stop has left its thread. Returns what it raised, if that is worth knowing."""
        await asyncio.wait([future], timeout=self._leaves_in_s)
        if not future.done():
            LOG.warning("%s was cancelled and has not ended within %s s; its thread goes on.", job.operation, self._leaves_in_s)
            return None
        if future.cancelled():
            return None
        raised = future.exception()
        if raised is None:
            LOG.info("%s was cancelled too late: it had been carried out.", job.operation)
        elif isinstance(raised, UnknownOutcomeError):
            LOG.warning("%s was cancelled: %s", job.operation, raised)
        return None if isinstance(raised, Interrupted) else raised

    @property
    def last_correlation_id(self) -> Optional[str]:
        """The server's X-Correlation-Id of the last answer to this task's last call, for questions to Norsk Test; None if it gave none."""
        known, called = _last.get((None, None))
        return called if known is not None and known() is self else None

    def interrupt(self) -> None:
        """Lets every call of this client, running or waiting for its turn, raise Interrupted at its next wait. May be called from any thread.

        What is being changed at the server is first finished, so that its outcome is known. Later calls are not affected.
        """
        for job in tuple(self._jobs):
            job.stop()
        self._blocking.interrupt()

    def interrupt_call(self, call_id: str) -> None:
        """Lets the call that was given this ``call_id`` raise Interrupted at its next wait. May be called from any thread.

        What it is changing at the server is first finished, so that its outcome is known. If none runs, the next that begins with this
        name within 60 s ends at once.
        """
        waiting = [job for job in tuple(self._jobs) if job.call_id == call_id and job.future.cancel()]
        if not waiting:
            self._blocking.interrupt_call(call_id)

    async def _receiver(self, config: Dict[str, Any]) -> Receiver:
        return Receiver(await self._run(lambda: self._blocking._receiver(config)), self._run)

    def _run(self, work: Callable[[], Any]) -> Awaitable[Any]:
        return _on_loop(self._interactive.submit(work), asyncio.get_running_loop())

    async def close(self) -> None:
        """Frees what the client holds. Calls that other tasks have under way end as they would have. Twice does no harm."""
        self._blocking.close()
        self._threads.close()
        self._interactive.close()

    def __repr__(self) -> str:
        return "<{}.{} {}".format("finaut.aio", type(self).__qualname__, repr(self.__dict__.get("_blocking")).partition(" ")[2] or "not open>")

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *exception: Any) -> None:
        await self.close()

    def __enter__(self) -> Any:
        raise TypeError("Write async with finaut.aio.Client(…); a plain with is for finaut.Client.")

    def __exit__(self, *exception: Any) -> None:
        pass

    def __reduce__(self) -> Any:
        return self._blocking.__reduce__()


def _on_loop(work: "concurrent.futures.Future[Any]", loop: asyncio.AbstractEventLoop) -> "asyncio.Future[Any]":
    """A future of the loop that ends as the work does. Unlike asyncio.wrap_future it lets the work outlive the loop without complaint."""
    future: "asyncio.Future[Any]" = loop.create_future()

    def settle() -> None:
        if future.done():
            return
        if work.cancelled():
            future.cancel()
            return
        raised = work.exception()
        if raised is not None:
            future.set_exception(raised)
        else:
            future.set_result(work.result())

    def tell(_: Any) -> None:
        try:
            loop.call_soon_threadsafe(settle)
        except RuntimeError:
            pass  # the loop is closed: nobody waits

    work.add_done_callback(tell)
    return future


class _Job:
    """A call, from when it waits for a thread until it has left it."""

    def __init__(
        self, blocking: client.Client, operation: str, args: Optional[Mapping[str, Any]], loop: asyncio.AbstractEventLoop
    ) -> None:
        self.operation = operation
        self.call_id: Any = None
        self._is_named_by_us = False
        #: What the server called the last answer.
        self.correlation_id: Optional[str] = None
        self.future: "concurrent.futures.Future[Any]"
        self._blocking = blocking
        self._loop = loop
        self._args: Any = {} if args is None else args
        if isinstance(self._args, Mapping):
            self.call_id = self._args.get("call_id")
            self._is_named_by_us = self.call_id is None
            if self._is_named_by_us:
                self.call_id = uuid.uuid4().hex
                self._args = dict(self._args, call_id=self.call_id)
        # Held while its state is looked at and changed.
        self._lock = threading.Lock()
        self._is_told = self._is_done = False

    @property
    def is_interactive(self) -> bool:
        return isinstance(self._args, Mapping) and self._args.get("priority") == "interactive"

    def submit(self, threads: Threads) -> None:
        context = contextvars.copy_context()
        self.future = threads.submit(lambda: context.run(self._run))

    def stop(self) -> None:
        """Takes it from the queue, or lets it end at its next wait; does nothing if it has ended."""
        if self.future.cancel():
            return
        with self._lock:
            if self._is_done:
                return
            self._is_told = True
            try:
                # If the library does not know it yet, it remembers the name.
                self._blocking.interrupt_call(self.call_id)
            except FinAutError:
                pass  # the client is closed, or the name is one that the call itself is refused for

    def _run(self) -> Any:
        try:
            return self._blocking._call(self.operation, self._args, self._is_left)
        except StopIteration as stopped:
            raise RuntimeError("on_event raised StopIteration, which asyncio hands to nobody") from stopped
        finally:
            self.correlation_id = self._blocking.last_correlation_id
            with self._lock:
                self._is_done = True
            if self._is_told and not self._is_named_by_us:
                self._forget()

    def _forget(self) -> None:
        """If the library has remembered the name, because the call had just ended, the next call of this name would end at once."""
        try:
            # An operation that asks neither the server nor the state.
            self._blocking._call("link.url", {"ext_user_id": "-", "call_id": self.call_id}, lambda: False)
        except FinAutError:
            pass

    def _is_left(self) -> bool:
        """Nobody can take its result: the program ends, or has ended but for its threads."""
        return leaving.by_ctrl_c() or (not self._loop.is_running() and leaving.main_has_ended())
