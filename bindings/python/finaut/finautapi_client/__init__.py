"""A drop-in for the vendor's Python client: its names, methods and exceptions, on top of the finaut library.

A script changes its import from `finautapi_client` to `finaut.finautapi_client` and goes on; what differs is listed in
finautapi_client.md. New programs are better served by `finaut.Client`.
"""

from ..version import __version__
from .client import FinAutAPIClient
from .exceptions import (
    AuthenticationError,
    ConnectionError,
    FinAutAPIException,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    ValidationError,
    WebhookError,
)

__all__ = [
    "AuthenticationError",
    "ConnectionError",
    "FinAutAPIClient",
    "FinAutAPIException",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "ValidationError",
    "WebhookError",
    "__version__",
]
