"""Whether Ctrl-C is ending the program, as threads other than the main one see it.

Python runs a signal's handler in the main thread only. There it raises KeyboardInterrupt, which leaves block after block; one that waits for
threads (``with ThreadPoolExecutor()``, ``asyncio.run``, Python's own end) waits for their calls, and these may wait an hour for a slot.
Nobody tells them, and a handler of our own would be in the way of the program's (asyncio takes over only Python's own). So they look.
"""

import sys
import threading
from typing import Any, Optional

#: How long a chain of exceptions is followed.
_MOST = 100


def by_ctrl_c() -> bool:
    """True if the main thread is handling a KeyboardInterrupt now, or what was raised meanwhile, or has ended by one.

    It is handled until its ``except``, ``with`` or ``finally`` block is left. Always False in the main thread itself: it has the exception.
    """
    main = threading.main_thread()
    if threading.get_ident() == main.ident:
        return False
    # Python keeps what it printed last.
    if _stems_from_ctrl_c(getattr(sys, "last_value", None)) and main_has_ended():
        return True
    return _stems_from_ctrl_c(_handled_by(main.ident))


def main_has_ended() -> bool:
    """True if the main thread has run to its end, and Python waits for the others."""
    main = threading.main_thread()
    if not main.is_alive():
        return True
    # It counts as alive while thread pools are waited for.
    frame: Any = sys._current_frames().get(main.ident or 0)
    while frame is not None and frame.f_back is not None:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_name == "_shutdown" and frame.f_globals.get("__name__") == "threading"


def _handled_by(thread: Optional[int]) -> Any:
    """The exception that a thread is handling, as far as this Python tells of another's."""
    current = getattr(sys, "_current_exceptions", None)
    if current is None:
        return _passed_to_exit(thread)
    found = current().get(thread)
    return found[1] if isinstance(found, tuple) else found  # until 3.11 type, value and traceback


def _passed_to_exit(thread: Optional[int]) -> Any:
    """The KeyboardInterrupt that leaves a ``with`` block, for Pythons before 3.10."""
    frame: Any = sys._current_frames().get(thread or 0)
    while frame is not None:
        if frame.f_code.co_name in ("__exit__", "__aexit__"):
            for value in tuple(frame.f_locals.values()):
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, BaseException) and _stems_from_ctrl_c(one):
                        return one
        frame = frame.f_back
    return None


def _stems_from_ctrl_c(raised: Any) -> bool:
    for _ in range(_MOST):
        if isinstance(raised, KeyboardInterrupt):
            return True
        raised = getattr(raised, "__context__", None)
        if raised is None:
            break
    return False
