"""What a resource needs of its client. Scripts give resources clients of their own in tests."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object  # Python 3.7 has none


class Sender(Protocol):
    """Sends requests; FinAutAPIClient is one."""

    base_url: str

    def get(self, endpoint: str, params: Any = None) -> Any: ...

    def post(self, endpoint: str, json: Any = None) -> Any: ...

    def put(self, endpoint: str, json: Any = None) -> Any: ...

    def patch(self, endpoint: str, json: Any = None) -> Any: ...

    def call(self, operation: str, arguments: Any = None) -> Any: ...
