"""A response, with the parts of `requests.Response` that scripts read. Made from what the library hands out, which is parsed
JSON: its bytes are written anew, and of its headers only few are known."""

import copy
import json
from email.message import Message
from http import HTTPStatus
from typing import Any, Mapping, Optional

from .exceptions import FinAutAPIException


class Response:
    """What the server answered. It is true if the request succeeded, as that of `requests`."""

    encoding = "utf-8"

    def __init__(self, status_code: int, body: Any, url: str = "", headers: Optional[Mapping[str, str]] = None) -> None:
        """body: parsed JSON; None for an empty one."""
        self.status_code = status_code
        self.url = url
        #: Looked up without regard to case.
        self.headers = Message()
        if body is not None:
            self.headers["Content-Type"] = "application/json"
        for name, text in (headers or {}).items():
            self.headers[name] = text
        self._body = body

    @property
    def ok(self) -> bool:
        return self.status_code < 400

    @property
    def reason(self) -> str:
        try:
            return HTTPStatus(self.status_code).phrase
        except ValueError:
            return ""

    @property
    def text(self) -> str:
        if self._body is None:
            return ""
        return json.dumps(self._body, ensure_ascii=False, separators=(",", ":"))

    @property
    def content(self) -> bytes:
        return self.text.encode(self.encoding)

    def json(self, **kwargs: Any) -> Any:
        """The body. Errors: ValueError where it is empty. `kwargs` are those of `json.loads`."""
        if self._body is None or kwargs:
            return json.loads(self.text, **kwargs)
        return copy.deepcopy(self._body)

    def raise_for_status(self) -> None:
        """Does nothing where the request succeeded; where it did not, the exception that holds this has been raised already."""
        if not self.ok:
            message = "{} {} for {}".format(self.status_code, self.reason, self.url)
            raise FinAutAPIException(message, self, self.status_code)

    def __bool__(self) -> bool:
        return self.ok

    def __repr__(self) -> str:
        return "<Response [{}]>".format(self.status_code)
