"""The shared library: where it is found, how its functions are declared, and how its strings come and go.

Nothing here knows what the strings say.
"""

import ctypes
import ctypes.util
import os
import sys
from typing import Any, List, Optional, Tuple

from .errors import ArgumentError, LibraryError

#: FINAUT_ABI_VERSION of the header that this package was written against.
ABI_VERSION = 1

#: finaut_observer without its last parameter, user_data, which is not used here: in C the caller tidies up, so a callback may
#: have fewer parameters than it is given. (See client.py for why it can take only one.)
OBSERVER = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_char_p)

# Replies are taken as plain addresses: ctypes would turn a c_char_p into bytes at once, and the address to free would be lost.
_TEXT, _REPLY, _HANDLE = ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p

_FUNCTIONS = {
    "finaut_version": (ctypes.c_char_p, []),
    "finaut_client_new": (ctypes.c_int32, [_TEXT, ctypes.POINTER(_HANDLE), _REPLY]),
    "finaut_client_free": (None, [_HANDLE]),
    "finaut_client_interrupt": (ctypes.c_int32, [_HANDLE]),
    "finaut_client_interrupt_call": (ctypes.c_int32, [_HANDLE, _TEXT]),
    "finaut_client_observe": (ctypes.c_int32, [_HANDLE, OBSERVER, ctypes.c_void_p]),
    "finaut_receiver_start": (ctypes.c_int32, [_HANDLE, _TEXT, ctypes.POINTER(_HANDLE), _REPLY]),
    "finaut_receiver_status": (ctypes.c_int32, [_HANDLE, _REPLY]),
    "finaut_receiver_free": (None, [_HANDLE]),
    "finaut_call": (ctypes.c_int32, [_HANDLE, _TEXT, _TEXT, _REPLY]),
    "finaut_string_free": (None, [ctypes.c_void_p]),
    "finaut_persnr_check": (ctypes.c_int32, [_TEXT, _REPLY]),
    "finaut_operations": (ctypes.c_int32, [_REPLY]),
}

_loaded: Optional[ctypes.CDLL] = None


def library() -> ctypes.CDLL:
    """The library, loaded when it is first needed. Raises LibraryError."""
    # Two threads may come here at once: they load the same library, and either result will do. A lock would be one more
    # thing that a fork can catch held.
    global _loaded
    if _loaded is None:
        _loaded = _load()
    return _loaded


def _names() -> List[str]:
    """What the library's file may be called here, the name with the interface's number first."""
    if sys.platform == "win32":
        return ["finaut.dll"]
    if sys.platform == "darwin":
        return ["libfinaut.1.dylib", "libfinaut.dylib"]
    return ["libfinaut.so.1", "libfinaut.so"]


def _load() -> ctypes.CDLL:
    # The wheel's own comes first: it is the one that this package was tested with. Then the one that somebody chose, and only
    # when nobody chose the system's.
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in [here, os.path.dirname(sys.executable)] if _packed() else [here]:
        for name in _names():
            inside = os.path.join(folder, name)
            if os.path.exists(inside):
                return _opened(inside, "It came with this package; install a wheel that is made for this machine.")
    chosen = os.environ.get("FINAUT_LIBRARY")
    if chosen:
        return _opened(chosen, "FINAUT_LIBRARY in the environment names it; let it name the library's file.")
    for name in _names():
        # On Windows, ctypes does not look into PATH by itself. Elsewhere the loader knows all there is to know.
        found = ctypes.util.find_library(name) if sys.platform == "win32" else name
        try:
            opened = ctypes.CDLL(found or name)
        except OSError:
            continue
        return _checked(opened, name, "Install finaut anew.")
    raise LibraryError(_missing(here))


def _packed() -> bool:
    """Whether a packer made this program: PyInstaller, cx_Freeze and py2exe say so, and Nuitka in its own way."""
    return hasattr(sys, "frozen") or "__compiled__" in globals()


def _missing(here: str) -> str:
    wanted = " or ".join(_names())
    if _packed():
        return (
            "This program was packed without the finaut library. PyInstaller takes it along by itself, from version 4.0 on, if finaut is "
            "installed as a wheel; tell other packers to copy {0} from the installed folder finaut to {1}, or beside the program. "
            "Or set FINAUT_LIBRARY to the library's file.".format(_names()[0], here)
        )
    if not os.path.isdir(here):
        return (
            "The package finaut is in an archive ({}), and the system loads no library out of one. Install finaut's wheel for this machine "
            "unpacked, or set FINAUT_LIBRARY to the library's file ({}).".format(here, wanted)
        )
    return (
        "There is no finaut library: this package holds none ({}), FINAUT_LIBRARY is not set, and the system has no {}. "
        "Install finaut's wheel for this machine, or set FINAUT_LIBRARY to the library's file.".format(here, wanted)
    )


def _opened(path: str, remedy: str) -> ctypes.CDLL:
    try:
        opened = ctypes.CDLL(path)
    except OSError as problem:
        raise LibraryError("The finaut library {} cannot be loaded: {}. {}".format(path, problem, remedy)) from problem
    return _checked(opened, path, remedy)


def _checked(opened: ctypes.CDLL, path: str, remedy: str) -> ctypes.CDLL:
    """Declares the functions, once it is sure that they are what is declared."""
    try:
        abi_version = opened.finaut_abi_version
    except AttributeError:
        raise LibraryError("{} is no finaut library: it has no finaut_abi_version. {}".format(path, remedy)) from None
    abi_version.argtypes, abi_version.restype = [], ctypes.c_uint32
    if abi_version() != ABI_VERSION:
        message = "The finaut library {} has interface {}, and this package was made for {}. Install a matching one. {}"
        raise LibraryError(message.format(path, abi_version(), ABI_VERSION, remedy))
    for name, (restype, argtypes) in _FUNCTIONS.items():
        try:
            function = getattr(opened, name)
        except AttributeError:
            raise LibraryError("The finaut library {} lacks {}. {}".format(path, name, remedy)) from None
        function.restype, function.argtypes = restype, argtypes
    return opened


def text(value: str, what: str) -> bytes:
    """A string as C takes it. A zero byte would end it early, and what stands before it would be taken for the whole."""
    if not isinstance(value, str):
        raise ArgumentError("{} must be a str, not {}. Nothing was sent.".format(what, type(value).__name__))
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")


def reply_of(function: Any, *arguments: Any) -> Tuple[int, bytes]:
    """Calls a function whose last argument receives a string. Returns its code and the string, which is freed in any case."""
    reply = ctypes.c_void_p()
    try:
        code = function(*arguments, ctypes.byref(reply))
        # NULL: not even memory for a message was left.
        return code, ctypes.string_at(reply.value) if reply.value else b""
    finally:
        library().finaut_string_free(reply)
