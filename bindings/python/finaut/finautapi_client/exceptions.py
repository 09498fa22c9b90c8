"""The exceptions, by the vendor's names. Which of them an error of the library becomes is in `conversion`."""

from typing import Any, Dict, List, Optional

from .answer import Answer


class FinAutAPIException(Exception):
    """Base of them all.

    message: what happened, and what to do about it.
    response: what the server answered, as far as it is known; None where nothing was answered.
    status_code: its status; None where nothing was answered.

    What the vendor's lack: `code` (the library's word for it, as "unknown_outcome"), `fields` ({"persnr": ["…"]}),
    `retry_after_s` and `correlation_id`. The library's own exception is the `__cause__`.
    """

    code: Optional[str] = None
    fields: Dict[str, List[Any]] = {}
    retry_after_s: Optional[float] = None
    correlation_id: Optional[str] = None

    def __init__(
        self, message: str, response: Optional[Answer] = None, status_code: Optional[int] = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.response = response
        self.status_code = status_code


class AuthenticationError(FinAutAPIException):
    """No token could be had, or the server does not accept it (401)."""


class ValidationError(FinAutAPIException):
    """The server refuses a value (422, 400); `fields` says which."""


class NotFoundError(FinAutAPIException):
    """There is no such object, or the account may not see it (404)."""


class PermissionDeniedError(FinAutAPIException):
    """The account may not do this (403)."""


class ServerError(FinAutAPIException):
    """The server failed (5xx)."""


class RateLimitError(FinAutAPIException):
    """No request can be sent soon enough (429, or held back here); `retry_after` says when: whole seconds, in a string."""

    def __init__(
        self, message: str, response: Optional[Answer] = None, retry_after: Optional[str] = None
    ) -> None:
        super().__init__(message, response, 429)
        self.retry_after = retry_after


class WebhookError(FinAutAPIException):
    """For programs that receive webhooks to raise; nothing here does."""


class ConnectionError(FinAutAPIException):
    """The server could not be reached, or did not answer in time."""


class TokenConnectionError(AuthenticationError, ConnectionError):
    """The server could not be reached for a token. The vendor's client calls that an AuthenticationError."""
