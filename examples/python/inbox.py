"""Results come back: an event loop that receives FinAut's webhooks, or asks where nobody can reach it, and deals with each new
result, status and link once. Stop it with Ctrl-C; what it has not dealt with comes again.

    FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… WEBHOOK_SECRET=… python inbox.py STATE_FILE 127.0.0.1:8780 [EVENTS]
    … python inbox.py STATE_FILE poll      from cron, each quarter of an hour: deals with what is new, and ends

WEBHOOK_SECRET: the end of the address that webhooks come to, as http://127.0.0.1:8780/finaut/webhook/SECRET; make it with
openssl rand -hex 16.
EVENTS: ends after so many.
"""

import contextlib
import logging
import os
import signal
import sys
from typing import Any, Dict

import finaut


def deal_with(event: Dict[str, Any]) -> None:
    """What a real system does: store it, in one transaction with whatever else depends on it. If that raises, it comes again."""
    thing = event["object"]
    print("Event {event}: {kind}, verified: {verified}".format(**event), end="")
    for words, name in (
        ("status", "status"),
        ("in", "appname"),
        ("exam", "exam_name"),
        ("passed:", "passed"),
        ("linked", "ext_user_id"),
    ):
        if name in thing:
            print(",", words, thing[name], end="")
    print(".", flush=True)


def listen(client: finaut.Client, address: str, left: int) -> None:
    """Goes on for ever. What may be gone the next time (the network, the server) is in the log, and tried again."""
    with client.receiver(listen=address) as receiver:
        print("Listening:", *receiver.urls, flush=True)
        for event in client.inbox:
            deal_with(event)
            left -= 1
            if left == 0:
                # Leaving the loop says nothing of its last event.
                client.inbox.acknowledge(event=event["event"])
                return


def poll(client: finaut.Client) -> None:
    """Whatever goes wrong is raised: the next run tries again, and what was found meanwhile is not lost."""
    client.inbox.poll()
    for event in client.inbox.events(wait_s=0):
        deal_with(event)


def main() -> int:
    if not 3 <= len(sys.argv) <= 4:
        print("Usage: inbox.py STATE_FILE 127.0.0.1:8780|poll [EVENTS]", file=sys.stderr)
        return 2
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    # systemd stops a service with SIGTERM; here that is the same as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        try:
            secret = os.environ.get("WEBHOOK_SECRET")
            with finaut.Client(state=sys.argv[1], inbox={"path_secret": secret} if secret else {}) as client:
                if sys.argv[2] == "poll":
                    poll(client)
                else:
                    listen(client, sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else -1)
        except finaut.FinAutError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
