"""The type of an exception's `response`: the attributes and methods that scripts may read. The class itself is in `response`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.message import Message
    from typing import Protocol
else:
    Protocol = object  # Python 3.7 has none


class Answer(Protocol):
    """What the server answered, with the parts of `requests.Response` that scripts read."""

    encoding: str
    status_code: int
    url: str
    headers: "Message"

    @property
    def ok(self) -> bool: ...

    @property
    def reason(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def content(self) -> bytes: ...

    def json(self, **kwargs: Any) -> Any: ...

    def raise_for_status(self) -> None: ...
