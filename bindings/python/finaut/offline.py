"""What needs neither a client nor a request."""

from typing import Any, Dict

from .library import library, reply_of, text
from .texts import failed, read


def persnr_check(persnr: str) -> Dict[str, Any]:
    """Checks a Norwegian identity number (fødselsnummer, D-number or H-number).

    Returns {"valid", "kind", "synthetic", "rule", "birth_date", "note", "problem"}; what is not known is None, and "problem" says
    in words what is wrong.
    """
    return _reply(*reply_of(library().finaut_persnr_check, text(persnr, "persnr")))


def operations() -> Dict[str, Any]:
    """All operations that the loaded library has, with their arguments: {"operations", "person", "any"}."""
    return _reply(*reply_of(library().finaut_operations))


def library_version() -> str:
    """The version of the loaded library, as "0.1.0"."""
    version: bytes = library().finaut_version()
    return version.decode("ascii")


def _reply(code: int, reply: bytes) -> Dict[str, Any]:
    if code:
        raise failed(code, reply)
    value: Dict[str, Any] = read(reply)
    return value
