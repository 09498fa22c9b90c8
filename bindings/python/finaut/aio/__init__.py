"""The FinAut API for asyncio: the same client, whose calls are awaited.

    async with finaut.aio.Client(client_id="…", client_secret="…") as client:
        person = await client.users.get(employee_alias="E1001")
        async for result in client.results.iterate(from_date="2026-11-01"):
            ...

Each call runs on a thread of the client's own and is known to the library by a name of its own, so that cancelling one
(``asyncio.wait_for``, ``task.cancel()``) stops that call alone.
"""

from .client import Client
from .receiver import Receiver

__all__ = ["Client", "Receiver"]
