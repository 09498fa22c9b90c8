"""What scripts find as `client.auth`. The token itself stays in the library, which fetches, shares and renews it."""

import base64
from typing import Dict, NoReturn

from .exceptions import FinAutAPIException


class OAuth2Handler:
    """The account's credentials."""

    def __init__(self, client_id: str, client_secret: str, token_url: str, debug: bool = False) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.token_url = token_url
        self.debug = debug

    @property
    def access_token(self) -> str:
        """Not to be had. Errors: FinAutAPIException, always."""
        self._refuse()

    def get_headers(self) -> Dict[str, str]:
        """Not to be had. Errors: FinAutAPIException, always."""
        self._refuse()

    def invalidate_token(self) -> None:
        """Nothing to be done: a token that the server refuses is dropped and replaced by itself."""

    def _refuse(self) -> NoReturn:
        raise FinAutAPIException(
            "The access token stays inside the library and is not handed out. Send the request with client.request(method, "
            "endpoint, params=…, json=…), which adds it."
        )


class BasicAuthHandler:
    """A header for basic authentication, for servers that a script talks to by itself."""

    def __init__(self, username: str, password: str) -> None:
        self.username = username
        self.password = password

    def get_headers(self) -> Dict[str, str]:
        """{"Authorization": "Basic …"}."""
        credentials = "{}:{}".format(self.username, self.password).encode("utf-8")
        return {"Authorization": "Basic " + base64.b64encode(credentials).decode("ascii")}
