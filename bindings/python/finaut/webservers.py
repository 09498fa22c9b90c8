"""What web servers hand to their programs, as webhook.accept and webhook.parse take it: bodies are bytes, headers come in all kinds
of collections."""

import base64
from typing import Any, Dict, Iterable, Mapping, Tuple

from .declared import Group


class FromWebServers(Group):
    """The body may be bytes. The headers may be any mapping or pairs: Flask's and Django's ``request.headers``, those of http.server, or
    a whole WSGI ``environ`` (Django's ``request.META``), which brings ``path`` and ``method`` along.
    """

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        call = self.call
        self.call = lambda operation, args: call(operation, as_json(args))


def as_json(args: Mapping[str, Any]) -> Dict[str, Any]:
    """The arguments, with what JSON has nothing for put in other words. What was given as text is left as it is."""
    told = dict(args)
    if "body" in told and not told["body"]:
        del told["body"]  # nothing was sent
    if isinstance(told.get("body"), (bytes, bytearray, memoryview)):
        # Not decoded: signatures are of bytes.
        told["body_base64"] = base64.b64encode(told.pop("body")).decode("ascii")
    headers: Any = told.get("headers")
    if isinstance(headers, Mapping) and "REQUEST_METHOD" in headers:
        told.setdefault("path", headers.get("SCRIPT_NAME", "") + headers.get("PATH_INFO", ""))
        told.setdefault("method", headers["REQUEST_METHOD"])
        told["headers"] = _joined(_of_environ(headers))
    elif hasattr(headers, "items"):
        told["headers"] = _joined(headers.items())
    elif isinstance(headers, (list, tuple)):
        told["headers"] = _joined(headers)
    return told


def _of_environ(environ: Mapping[str, Any]) -> Iterable[Tuple[str, Any]]:
    """PEP 3333: each header is HTTP_ and its name, but for two."""
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            yield name[len("HTTP_") :].replace("_", "-"), value
        elif name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value:
            yield name.replace("_", "-"), value


def _joined(headers: Iterable[Tuple[Any, Any]]) -> Dict[str, str]:
    """One value for each name: several stand for one with commas between them (RFC 9110, 5.3)."""
    joined: Dict[str, str] = {}
    for name, value in headers:
        name, value = _text(name), _text(value)
        joined[name] = "{}, {}".format(joined[name], value) if name in joined else value
    return joined


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
