"""A receiver: the library's own small web server, for programs that have none."""

import ctypes
import weakref
from typing import Any, Dict, List

from .library import library, reply_of
from .replies import ReceiverStatus
from .texts import failed, read, written


class Receiver:
    """Listens for webhooks and the link flow's callbacks, and puts what comes into its client's inbox.

    ``client.receiver(…)`` makes one. Close it, or use it in a ``with`` statement. It goes on when its client is closed. A forked child
    does not listen.
    """

    def __init__(self, client: Any, config: Dict[str, Any]) -> None:
        handle = ctypes.c_void_p()
        start = library().finaut_receiver_start
        code, reply = reply_of(start, client, written(config, "the receiver's configuration"), ctypes.byref(handle))
        if code or handle.value is None:
            raise failed(code, reply)
        self._handle = handle.value
        self._close = weakref.finalize(self, library().finaut_receiver_free, self._handle)
        self._started = read(reply)

    @property
    def address(self) -> str:
        """Where it listens, as "127.0.0.1:8780"."""
        return str(self._started["address"])

    @property
    def urls(self) -> List[str]:
        """What it is reached under from this machine; a proxy that speaks TLS leads there."""
        return list(self._started["urls"])

    def status(self) -> ReceiverStatus:
        """Tells how it fares: {"address", "urls", "accepted", "refused", "failed", "trouble"}.

        "trouble" is what keeps it from working now, or None. Raises HandleError if it was closed.
        """
        code, reply = reply_of(library().finaut_receiver_status, self._handle)
        if code:
            raise failed(code, reply)
        told: ReceiverStatus = read(reply)
        return told

    def close(self) -> None:
        """Stops it: who is being answered is answered (within 3 s). Twice does no harm."""
        self._close()

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError("A receiver cannot be copied, pickled or sent to another process. Let one process listen.")
