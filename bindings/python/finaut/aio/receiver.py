"""A receiver for programs with asyncio: starting, asking and closing it wait for nothing on the loop's thread."""

from typing import Any, Awaitable, Callable, Dict, List

from .. import receiver


class Receiver:
    """Listens for webhooks and the link flow's callbacks, and puts what comes into its client's inbox.

    ``await client.receiver(…)`` makes one. Close it, or use it in an ``async with`` statement. It goes on when its client is closed.
    """

    def __init__(self, started: receiver.Receiver, run: Callable[[Callable[[], Any]], Awaitable[Any]]) -> None:
        self._started = started
        self._run = run

    @property
    def address(self) -> str:
        """Where it listens, as "127.0.0.1:8780"."""
        return self._started.address

    @property
    def urls(self) -> List[str]:
        """What it is reached under from this machine; a proxy that speaks TLS leads there."""
        return self._started.urls

    async def status(self) -> Dict[str, Any]:
        """Tells how it fares: {"address", "urls", "accepted", "refused", "failed", "trouble"}.

        "trouble" is what keeps it from working now, or None. Raises HandleError if it was closed.
        """
        told: Dict[str, Any] = await self._run(self._started.status)
        return told

    async def close(self) -> None:
        """Stops it: who is being answered is answered (within 3 s). Twice does no harm."""
        await self._run(self._started.close)

    async def __aenter__(self) -> "Receiver":
        return self

    async def __aexit__(self, *exception: Any) -> None:
        await self.close()

    def __reduce__(self) -> Any:
        return self._started.__reduce__()
