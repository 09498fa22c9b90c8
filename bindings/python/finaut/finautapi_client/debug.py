"""What debug=True prints: lines for each event of the library, which holds no token, no body and no query."""

from typing import Any, Dict


def print_event(event: Dict[str, Any], base_url: str) -> None:
    kind = event["event"]
    if kind == "request":
        path = event["path"]
        print("[DEBUG] {} {}".format(event["method"], path if path.startswith("/") else base_url + path))
        print("[DEBUG] Response: {} ({} ms)".format(event.get("http_status", "none"), event.get("ms")))
    elif kind == "token":
        print("[DEBUG] New access token, good for {} s".format(event.get("expires_in_s")))
    elif kind == "retry":
        print("[DEBUG] Trying again in {} s ({})".format(event.get("in_s"), event.get("reason")))
    elif kind == "wait":
        print("[DEBUG] Waiting for {}, {} s left".format(event.get("for"), event.get("left_s", "some")))
