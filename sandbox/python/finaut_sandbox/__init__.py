"""A FinAut stand-in for tests: `with finaut_sandbox.Sandbox() as sandbox:` starts one on a free port of 127.0.0.1 and stops it.

By hand: `python -m finaut_sandbox`. Its people are synthetic. Never point a program that is in production at it.
"""

import json
import os
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from types import TracebackType
from typing import Any, Dict, List, Optional, Tuple, Type, Union

from .program import path

try:
    from .version import __version__
except ImportError:  # in the repository, where no wheel was built
    __version__ = "0"

__all__ = ["Sandbox", "SandboxError", "__version__"]

Option = Union[None, bool, int, float, str, "os.PathLike[str]", List[str], Tuple[str, ...]]


class SandboxError(Exception):
    """The sandbox did not start, or does not do what it was asked; the text says why."""


class Sandbox:
    """A sandbox of its own: started when this is made, stopped by `close()` or at the end of a `with` statement.

    Options are those of the program (`python -m finaut_sandbox --help`), with underlines for dashes: `users=10`, `throttle="200/3600"`,
    `newest_first=True`, `account=["one:secret", "two:secret"]`. `start_timeout_s` is how long it may take until it answers.

    If Python dies, by whatever signal, the sandbox ends too: it watches a pipe that Python holds. (A forked child of Python's that goes
    on running holds the pipe as well; then the sandbox ends with the last of them.)
    """

    #: What to configure as `host`: scheme, name and port.
    host: str
    client_id: str
    client_secret: str
    #: With `tls=True`: a file with the certificate of the authority that signed the sandbox's own. Configure it as `ca_file`.
    ca_file: Optional[str]

    def __init__(
        self, *, client_id: str = "sandbox-client", client_secret: str = "sandbox-secret", start_timeout_s: float = 60, **options: Option
    ) -> None:
        self.client_id, self.client_secret, self.ca_file = client_id, client_secret, None
        self._folder = tempfile.TemporaryDirectory(prefix="finaut-sandbox-")
        ready = os.path.join(self._folder.name, "ready")
        command = [path(), "--until-stdin-closes", "--quiet", "--port=0", "--ready-file=" + ready]
        command += ["--client-id=" + client_id, "--client-secret=" + client_secret]
        if options.get("tls"):
            self.ca_file = os.path.join(self._folder.name, "ca.pem")
            command.append("--ca-file=" + self.ca_file)
        self._process: Optional["subprocess.Popen[bytes]"] = None
        said = os.path.join(self._folder.name, "said")
        try:
            for name, value in options.items():
                command += _option(name, value)
            with open(said, "wb") as errors:
                self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors)
            until = time.monotonic() + start_timeout_s
            while not os.path.exists(ready):
                if self._process.poll() is not None:
                    with open(said, encoding="utf-8", errors="replace") as errors_read:
                        raise SandboxError(errors_read.read().strip() or "the sandbox ended with {}".format(self._process.returncode))
                if time.monotonic() > until:
                    raise SandboxError("the sandbox has not started within {} s (start_timeout_s)".format(start_timeout_s))
                time.sleep(0.01)
            with open(ready, encoding="utf-8") as file:
                self.host = file.read()
            # No proxy stands between us and this machine.
            handlers: List[Any] = [urllib.request.ProxyHandler({})]
            if self.ca_file is not None:
                handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self.ca_file)))
            self._opener = urllib.request.build_opener(*handlers)
            self.state()  # it answers
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stops the sandbox and waits for its end. May be called as often as you like."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:  # somebody else holds the pipe
                process.terminate()
                process.wait()
        self._folder.cleanup()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        self.close()

    @property
    def environment(self) -> Dict[str, str]:
        """What a program finds the sandbox by: FINAUT_API_HOST, FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET."""
        return {"FINAUT_API_HOST": self.host, "FINAUT_CLIENT_ID": self.client_id, "FINAUT_CLIENT_SECRET": self.client_secret}

    def ask(self, method: str, errand: str, body: Any = None, **query: Any) -> Any:
        """Asks the sandbox itself, as `ask("POST", "users", {"count": 10})`; `GET /sandbox/` lists everything. Returns its JSON."""
        sent = None if body is None else json.dumps(body).encode()
        url = "{}/sandbox/{}{}".format(self.host, errand, "?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, sent, {"Content-Type": "application/json"}, method=method)
        try:
            with self._opener.open(request, timeout=600) as answer:
                return json.loads(answer.read().decode())
        except urllib.error.HTTPError as refusal:
            with refusal:
                detail = refusal.read().decode("utf-8", "replace")
            try:
                detail = json.loads(detail)["detail"]
            except (ValueError, KeyError, TypeError):
                pass
            raise SandboxError(detail) from None

    def state(self) -> Dict[str, Any]:
        """Counts, slots left, and the time: `{"people", "requests", "slots_left", "now", "today", …}`."""
        state: Dict[str, Any] = self.ask("GET", "state")
        return state

    def people(self) -> List[Dict[str, Any]]:
        """Everybody: `id`, `persnr`, names, `employee_alias`, `encrypted_id`, `company_id`, …"""
        people: List[Dict[str, Any]] = self.ask("GET", "people")
        return people

    def add_people(self, count: int) -> List[Dict[str, Any]]:
        """More people; returns them."""
        people: List[Dict[str, Any]] = self.ask("POST", "users", {"count": count})
        return people

    def unused_persnr(self) -> str:
        """A valid synthetic identity number that nobody has; another each time."""
        return str(self.ask("GET", "unused_persnr")["persnr"])

    def requests(self, raw: bool = False) -> List[Dict[str, Any]]:
        """The requests seen, oldest first. `raw` shows identity numbers, bodies and headers."""
        requests: List[Dict[str, Any]] = self.ask("GET", "requests", **({"raw": 1} if raw else {}))
        return requests

    def clear_requests(self) -> None:
        """Forgets the requests seen."""
        self.ask("DELETE", "requests")

    def fault(self, kind: str, **details: Any) -> None:
        """Something that goes wrong with the next request that fits: `fault("status", status=503, method="GET", path="user/")`.

        The README's table has the kinds (`cut_after_acting`, `delay`, `html`, …) and what goes with each. `times=None` is every time.
        """
        self.ask("POST", "faults", dict(details, kind=kind))

    def faults(self) -> List[Dict[str, Any]]:
        """The faults that have not struck out yet."""
        faults: List[Dict[str, Any]] = self.ask("GET", "faults")
        return faults

    def clear_faults(self) -> None:
        """Forgets the faults in waiting."""
        self.ask("DELETE", "faults")

    def advance(self, seconds: float) -> Dict[str, Any]:
        """Moves the sandbox's clock forward: throttle, tokens and dates see it. Returns the state."""
        state: Dict[str, Any] = self.ask("POST", "clock", {"advance_s": seconds})
        return state

    def set_speed(self, speed: float) -> Dict[str, Any]:
        """So many of the sandbox's seconds pass in one second: 3600 is an hour, 0 stops its clock. Returns the state."""
        state: Dict[str, Any] = self.ask("POST", "clock", {"speed": speed})
        return state

    def use_slots(self, count: int) -> Dict[str, Any]:
        """Takes slots of the throttle, as another program with the same account would. Returns the state."""
        state: Dict[str, Any] = self.ask("POST", "slots", {"use": count})
        return state

    def free_slots(self) -> Dict[str, Any]:
        """Frees all slots of all accounts. Returns the state."""
        state: Dict[str, Any] = self.ask("POST", "slots", {"free": True})
        return state

    def set_throttle(self, limit: int, window_s: float = 3600) -> Dict[str, Any]:
        """So many requests in so many seconds, from now on. Returns the state."""
        state: Dict[str, Any] = self.ask("POST", "throttle", {"limit": limit, "window_s": window_s})
        return state

    def revoke_tokens(self) -> None:
        """From now on every token that was given out is unknown."""
        self.ask("POST", "tokens/revoke")

    def switch(self, **switches: Any) -> Dict[str, Any]:
        """Changes what is uncertain about the real server: `switch(validation_status=400)`. Returns all switches."""
        switched: Dict[str, Any] = self.ask("POST", "switches", switches)
        return switched


def _option(name: str, value: Option) -> List[str]:
    flag = "--" + name.replace("_", "-")
    if value is None or value is False:
        return []
    if value is True:
        return [flag]
    if isinstance(value, (list, tuple)):
        return ["{}={}".format(flag, one) for one in value]
    return ["{}={}".format(flag, os.fspath(value) if hasattr(value, "__fspath__") else value)]
