"""What the tests play on: the sandbox that tests/python.sh started, and clients of it."""

import itertools
import json
import os
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request
from typing import Any, Dict, List, Optional, Tuple

import finaut

HOST = os.environ["FINAUT_API_HOST"]
_newcomers = itertools.count()


def sandbox(method: str, errand: str, body: Any = None) -> Any:
    """Asks something of the sandbox itself, as sandbox("GET", "state"); sandbox/README.md lists what there is."""
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(HOST + "/sandbox/" + errand, sent, method=method)
    # No proxy stands between us and this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=600) as answer:
        return json.load(answer)


def fault(kind: str, **how: Any) -> None:
    sandbox("POST", "faults", dict(how, kind=kind))


def send(number: int) -> None:
    """Sends this process a signal."""
    if sys.platform == "win32":
        signal.raise_signal(number)  # os.kill would end the process
    else:
        os.kill(os.getpid(), number)


def people() -> List[Dict[str, Any]]:
    found: List[Dict[str, Any]] = sandbox("GET", "people")
    return found


def client(**config: Any) -> finaut.Client:
    """A client whose throttle has room for all tests; host and credentials come from the environment."""
    return finaut.Client(**dict({"throttle": {"requests": 100000}, "settle_s": 0.3, "max_wait_s": 120, "set_by": 590001}, **config))


def waiting_client(**config: Any) -> finaut.Client:
    """A client whose calls wait for a slot for the better part of an hour or longer, if somebody has used one before."""
    return client(**dict({"throttle": {"requests": 1}, "max_wait_s": 1000000}, **config))


def newcomer(**more: Any) -> Dict[str, Any]:
    """What somebody new is created with."""
    somebody = people()[0]
    n = next(_newcomers)
    person = {
        "persnr": sandbox("GET", "unused_persnr?n={}".format(n))["persnr"],
        "first_name": "Åse",
        "last_name": "Prøve-Næss",
        "company": somebody["company_id"],
        "department": somebody["department_id"],
        "employee_alias": "NEW{}".format(n),
    }
    person.update(more)
    return person


class Case(unittest.TestCase):
    """A test with a client of its own, which leaves no faults behind."""

    def setUp(self) -> None:
        self.client = client()
        self.addCleanup(self.client.close)
        self.addCleanup(sandbox, "DELETE", "faults")


class House:
    """One company's HR file, profile and state, in a folder of its own."""

    def __init__(self, case: unittest.TestCase) -> None:
        folder = tempfile.TemporaryDirectory()
        case.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.state = os.path.join(folder.name, "state.db")
        self.profile = os.path.join(folder.name, "hr.json")
        known = people()
        # Other tests hire people in the company of the first one.
        company = max(person["company_id"] for person in known if person["company_id"] != known[0]["company_id"])
        everybody = [person for person in known if person["company_id"] == company]
        aliases = [person["employee_alias"] for person in everybody]
        #: Those whom a row names plainly: an alias that several have stands for nobody.
        self.people: List[Dict[str, Any]] = [person for person in everybody if aliases.count(person["employee_alias"]) == 1]
        self.company = company
        self.write_profile()
        self.write()

    def write_profile(self, **more: Any) -> None:
        scope = {"companies": [self.company], "schemes": ["afr"]}
        with open(self.profile, "w", encoding="utf-8") as file:
            json.dump(dict({"name": "night", "file": {"path": "hr.csv", "departments": "finaut"}, "scope": scope}, **more), file)

    def write(self, *last_names: str, rows: Optional[int] = None, cut: bool = False) -> None:
        """Writes so many people's rows (the last one: half of it, if it is cut); the first have these last names. The file has stood still for a day."""
        path = os.path.join(self.folder, "hr.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("fnr;ansattnr;fornavn;etternavn;avdeling\n")
            for number, person in enumerate(self.people[:rows]):
                last_name = last_names[number] if number < len(last_names) else person["last_name"]
                line = "{persnr};{employee_alias};{first_name};{};{department_id}\n".format(last_name, **person)
                file.write(line[:20] if cut and number + 1 == rows else line)
        os.utime(path, (time.time() - 86400,) * 2)

    def rename(self, count: int) -> List[str]:
        """Writes new last names for so many people, as nobody had them before."""
        digits = "{}{}".format(os.getpid(), next(_newcomers))
        names = ["Prøve-" + "".join("abcdefghij"[int(digit)] for digit in digits) + "xyzw"[number] for number in range(count)]
        self.write(*names)
        return names

    def last_names(self) -> List[str]:
        """As FinAut has them."""
        now = {person["id"]: person["last_name"] for person in people()}
        return [now[person["id"]] for person in self.people]

    def approve(self, nightly: finaut.Client) -> None:
        """Approves the first plan."""
        try:
            nightly.sync.run(profile_file=self.profile)
        except finaut.HeldError as held:
            given: Dict[str, Any] = {"approve": ["first_run"], "by": "Kari Prøve", "why": "the first night"}
            done = nightly.sync.apply(profile_file=self.profile, plan=held.plan, **given)
            assert (done["state"], done["counts"]["held"]) == ("done", 0), done


class Mailbox:
    """An SMTP server of this machine that keeps what it is sent."""

    def __init__(self, case: unittest.TestCase) -> None:
        self.mails: List[str] = []
        kept = self.mails

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 here\r\n")
                for line in self.rfile:
                    if line.upper().startswith(b"DATA"):
                        self.wfile.write(b"354 go on\r\n")
                        mail = b""
                        for line in self.rfile:
                            if line == b".\r\n":
                                break
                            mail += line
                        kept.append(mail.decode())
                    self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 fine\r\n")

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self.address = "127.0.0.1:{}".format(server.server_address[1])
        case.addCleanup(server.server_close)
        case.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()


def run(script: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs a script in a Python of its own, with everything that it says caught."""
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=dict(os.environ, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        timeout=1800,
    )


# A program that is interrupted 25 times, each time at another moment of a call that waits, and counts how many calls that ended. No thread
# may be left.
INTERRUPTED_AT_ANY_MOMENT = """
import random, signal, threading
from stage import client, send, waiting_client
signal.signal(signal.SIGINT, signal.default_int_handler)
with client() as first:
    first.check()
ended = 0
with waiting_client() as waiting:
    for n in range(25):
        timer = threading.Timer(random.Random(n).uniform(0, 1.1), send, (signal.SIGINT,))
        try:
            timer.start()
            waiting.check()
        except KeyboardInterrupt:
            ended += 1
        timer.join()
assert threading.active_count() == 1, threading.enumerate()
print(ended)
"""


# What stands before a script whose program is interrupted when it says so.
_READY = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells start what runs in the background without it
def ready(): print("ready", flush=True)
"""


def watched(script: str) -> Tuple[int, str]:
    """Runs a script, sends it SIGINT when it calls ready(), and waits for its end. Returns its status and what it said last."""
    environment = dict(os.environ, PYTHONPATH=os.path.dirname(os.path.abspath(__file__)))
    program = subprocess.Popen(
        [sys.executable, "-c", _READY + script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    assert program.stdout is not None
    with program.stdout, program:
        try:
            before = ""
            for line in program.stdout:
                if line == "ready\n":
                    program.send_signal(signal.SIGINT)
                    break
                before += line
            said, _ = program.communicate(timeout=300)
            return program.returncode, before + said
        finally:
            program.kill()
