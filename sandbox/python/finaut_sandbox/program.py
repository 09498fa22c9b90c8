"""Where the sandbox's program is."""

import os
import shutil


def path() -> str:
    """The program inside the wheel; else the one that FINAUT_SANDBOX in the environment names; else the one on the PATH.

    Raises FileNotFoundError if there is none, and PermissionError if it may not be executed.
    """
    name = "finaut-sandbox.exe" if os.name == "nt" else "finaut-sandbox"
    inside = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    found = inside if os.path.exists(inside) else os.environ.get("FINAUT_SANDBOX") or shutil.which(name)
    if not found or not os.path.exists(found):
        where = found or inside
        raise FileNotFoundError(
            "finaut_sandbox: there is no program {}. Install the wheel for this machine, or name the program in FINAUT_SANDBOX.".format(where)
        )
    if not os.access(found, os.X_OK):
        raise PermissionError("finaut_sandbox: {} may not be executed. Install the wheel with pip, or run chmod +x on it.".format(found))
    return found
