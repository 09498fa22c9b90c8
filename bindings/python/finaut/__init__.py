"""The FinAut API: Norway's register of authorised advisors in banks and insurers.

    with finaut.Client(client_id="…", client_secret="…") as client:
        person = client.users.get(employee_alias="E1001")

All thinking is done by the finaut library, a shared library that this package loads; what is written here is its Python face.
"""

from .client import Client
from .errors import (
    AmbiguousError,
    ArgumentError,
    AuthenticationError,
    BusyError,
    ConfigError,
    FinAutError,
    ForkedError,
    HandleError,
    HeldError,
    InternalError,
    Interrupted,
    LibraryError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    ProtocolError,
    ServerError,
    StaleError,
    StateError,
    ThrottledError,
    UnknownOutcomeError,
    ValidationError,
)
from .offline import library_version, operations, persnr_check
from .receiver import Receiver
from .version import __version__

__all__ = [
    "AmbiguousError",
    "ArgumentError",
    "AuthenticationError",
    "BusyError",
    "Client",
    "ConfigError",
    "FinAutError",
    "ForkedError",
    "HandleError",
    "HeldError",
    "InternalError",
    "Interrupted",
    "LibraryError",
    "NetworkError",
    "NotFoundError",
    "PermissionDeniedError",
    "ProtocolError",
    "Receiver",
    "ServerError",
    "StaleError",
    "StateError",
    "ThrottledError",
    "UnknownOutcomeError",
    "ValidationError",
    "__version__",
    "library_version",
    "operations",
    "persnr_check",
]
