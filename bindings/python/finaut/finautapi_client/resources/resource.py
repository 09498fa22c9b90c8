"""What all resources share: their place below the API root."""

from typing import Any, Dict, Union
from urllib.parse import quote

from .sender import Sender

Json = Dict[str, Any]
#: An object's number, or the URL in its "id".
Reference = Union[int, str]


class Resource:
    """One collection of the API."""

    endpoint = ""

    def __init__(self, client: Sender) -> None:
        self.client = client

    def _list(self, **filters: Any) -> Json:
        """One page. A filter that is empty is left out."""
        listed: Json = self.client.get(self.endpoint + "/", params=given(filters))
        return listed

    def _get(self, reference: Reference) -> Json:
        found: Json = self.client.get(self._path(reference))
        return found

    def _path(self, reference: Reference) -> str:
        return "{}/{}/".format(self.endpoint, number(reference))


def given(values: Json) -> Json:
    """Those that are not empty."""
    return {name: value for name, value in values.items() if value}


def number(reference: Reference) -> str:
    """What stands for the object in a path."""
    return quote(str(reference).rstrip("/").rpartition("/")[2], safe="")
