"""What needs neither a client nor a request."""

from typing import Any

from .library import library, reply_of, text
from .replies import Catalogue, PersnrReport
from .texts import failed, read


def persnr_check(persnr: str) -> PersnrReport:
    """Checks a Norwegian identity number (fødselsnummer, D-number or H-number).

    Returns {"valid", "kind", "synthetic", "rule", "birth_date", "note", "problem"}; what is not known is None, and "problem" says
    in words what is wrong.
    """
    report: PersnrReport = _reply(*reply_of(library().finaut_persnr_check, text(persnr, "persnr")))
    return report


def operations() -> Catalogue:
    """All operations that the loaded library has, with their arguments: {"operations", "person", "any"}."""
    catalogue: Catalogue = _reply(*reply_of(library().finaut_operations))
    return catalogue


def library_version() -> str:
    """The version of the loaded library, as "0.1.0"."""
    version: bytes = library().finaut_version()
    return version.decode("ascii")


def _reply(code: int, reply: bytes) -> Any:
    if code:
        raise failed(code, reply)
    return read(reply)
