"""The threads on which a client's calls run: as many as it may have at most, started as they are needed.

asyncio's own executor is left to the program: a few calls that wait for the throttle would fill it, and with it name look-ups and files.
"""

import concurrent.futures
import os
import threading
from typing import Any, Callable, Optional


class Threads:
    """Runs calls; those in excess of the most wait in turn."""

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._lock = threading.Lock()
        self._process: Optional[int] = None
        self._pool: Optional[concurrent.futures.ThreadPoolExecutor] = None

    def submit(self, work: Callable[[], Any]) -> "concurrent.futures.Future[Any]":
        if self._process != os.getpid():
            # A forked child has none of its parent's threads, and may have got the locks of their pool held.
            self._lock, self._pool, self._process = threading.Lock(), None, os.getpid()
        with self._lock:
            if self._pool is None:
                self._pool = concurrent.futures.ThreadPoolExecutor(self._most, self._name)
            return self._pool.submit(work)

    def close(self) -> None:
        """Lets the threads go as soon as each has done what it has begun, and what waits its turn."""
        pool, self._pool = self._pool, None
        if pool is not None and self._process == os.getpid():
            pool.shutdown(wait=False)
