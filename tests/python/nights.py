"""The programs of the sync, in whatever language: the night's, with every exit code, the page and the mail; those of the first night, and
those that approve.

    python tests/python/nights.py c|csharp|approve|first COMMAND…

test_examples.py does the same with the one in Python.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import unittest
from typing import Any, Callable, Dict, List

import finaut

from stage import House, Mailbox, client, fault, sandbox

TO = "hr@bank.example"


class Program:
    """How a program is started: the words before its arguments, and these."""

    def __init__(self, command: List[str], arguments: Callable[[Dict[str, str]], List[str]], usage: str) -> None:
        self.command = command
        self.arguments = arguments
        self.usage = usage

    def start(self, given: Dict[str, str], **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            self.command + self.arguments(given),
            env=dict(os.environ, **dict({"PYTHONIOENCODING": "utf-8", "SENDMAIL": "cat >>" + given["mail"]}, **environment)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )


def python(script: str) -> Program:
    return Program([sys.executable, script], lambda given: [given[name] for name in ("profile", "state", "page", "to", "smtp") if name in given], "Usage: ")


def c(command: List[str]) -> Program:
    return Program(command, lambda given: [given[name] for name in ("profile", "state", "page", "to") if name in given], "Usage: ")


def csharp(command: List[str]) -> Program:
    names = {"profile": "Nightly:Profile", "state": "Finaut:State", "page": "Nightly:Page", "to": "Nightly:MailTo"}

    def arguments(given: Dict[str, str]) -> List[str]:
        host, _, port = given["smtp"].partition(":")
        settings = ["--{}={}".format(names[name], value) for name, value in given.items() if name in names]
        return settings + ["--Nightly:SmtpServer=" + host, "--Nightly:SmtpPort=" + port, "--Finaut:Job=nightly"]

    return Program(command, arguments, "state")


def check(case: unittest.TestCase, program: Program) -> None:
    house, box = House(case), Mailbox(case)
    page, sent = os.path.join(house.folder, "night.html"), os.path.join(house.folder, "mail")
    usual = {"profile": house.profile, "state": house.state, "page": page, "to": TO, "smtp": box.address, "mail": sent}

    def night(code: int, words: str, environment: Dict[str, str] = {}, **given: str) -> None:
        with case.subTest(words or str(code)):
            running = program.start(dict(usual, **given), **environment)
            said, _ = running.communicate(timeout=1800)
            case.assertEqual(running.returncode, code, said)
            case.assertIn(words, said)
            case.assertNotIn("Traceback", said)

    def mails() -> List[str]:
        """The mails so far, whichever way they went."""
        if not os.path.exists(sent):
            return box.mails
        with open(sent, encoding="utf-8") as file:
            return ["To: " + mail for mail in file.read().split("To: ")[1:]]

    def mailed(words: str) -> None:
        mail = mails()[-1].replace("=\r\n", "").replace("=\n", "")
        for wanted in (words, page, TO):
            case.assertIn(wanted, mail)
        for person in house.people:
            case.assertNotIn(person["persnr"], mail)
            case.assertNotIn(person["last_name"], mail)
        with open(page, encoding="utf-8") as file:
            case.assertIn("<html", file.read())

    case.addCleanup(sandbox, "DELETE", "faults")
    house.rename(1)
    lacking = program.start({name: usual[name] for name in ("profile", "smtp", "mail")})
    said, _ = lacking.communicate(timeout=1800)
    case.assertEqual((lacking.returncode, program.usage in said), (2, True), said)
    night(2, "nowhere.json", profile=os.path.join(house.folder, "nowhere.json"))
    night(2, "cannot be made", state=os.path.join(house.folder, "missing", "db"))
    night(2, "does not accept client_id", {"FINAUT_CLIENT_SECRET": "another"})
    fault("status", status=403, path="user/", times=None)
    night(1, "403")
    sandbox("DELETE", "faults")
    case.assertEqual(mails(), [])
    night(3, "first_run")
    mailed("Subject: FinAut in the night: 0 done")
    night(0, "first_run")  # what is held is known
    case.assertEqual(len(mails()), 2)
    with client(state=house.state) as approving:
        house.approve(approving)
    house.rename(2)
    house.write_profile(until="2026-01-01T00:00:00+01:00")
    night(5, "")
    mailed(" 2 left,")
    house.write_profile()
    path = "user/{}/".format(house.people[1]["id"])
    fault("status", status=422, body='{"last_name": ["Nei"]}', method="PATCH", path=path, times=None)
    night(4, "")
    mailed("Subject: FinAut in the night: 1 done, 0 held, 1 refused")
    sandbox("DELETE", "faults")
    house.rename(1)
    night(0, "")
    mailed("Subject: FinAut in the night: 1 done, 0 held, 0 refused")
    # A file that was cut holds everything.
    house.write(rows=5)
    night(3, "file_short")
    names = house.rename(1)
    nobody = "cat >/dev/full" if sys.platform == "linux" else "exit 1"
    night(1, "", {"SENDMAIL": nobody}, smtp="127.0.0.1:1")  # nobody takes the mail; the night is done all the same
    case.assertEqual(house.last_names()[:1], names)
    # While one is at it, another ends at once; and it can be stopped.
    fault("delay", path="user/", times=None, delay_before_ms=60000)
    usual["state"] = os.path.join(house.folder, "another.db")  # so that it lists everybody anew
    house.rename(1)
    first = program.start(usual)
    case.addCleanup(first.communicate)
    case.addCleanup(first.kill)
    with client(state=usual["state"]) as watching:
        while watching.sync.status(profile="night")["state"] != "reading":
            case.assertIsNone(first.poll())
            time.sleep(0.05)
    night(75, "sync.run")
    if sys.platform != "win32":
        first.send_signal(signal.SIGTERM)
        case.assertEqual(first.wait(600), 130)


def morning(case: unittest.TestCase, program: Program) -> Dict[str, str]:
    """What the program says and mails, and its page as text, after a night whose file was cut; days, names and paths are made up."""
    house, box = House(case), Mailbox(case)
    page = os.path.join(house.folder, "night.html")
    given = {"profile": house.profile, "state": house.state, "page": page, "to": TO, "smtp": box.address, "mail": "/dev/null"}
    house.write(rows=20)
    with client(state=house.state) as nightly:
        house.approve(nightly)
        house.write(rows=12, cut=True)
        running = program.start(given)
        said, _ = running.communicate(timeout=1800)
        case.assertEqual(running.returncode, 3, said)
        text = nightly.sync.report(profile="night", format="text", language="en")["text"]
    headers, _, body = box.mails[-1].replace("\r\n", "\n").partition("\n\n")
    kept = [line for line in headers.splitlines() if line.startswith(("Subject: ", "To: "))]
    mail = "\n".join(kept) + "\n\n" + body.replace("=\n", "")
    shown = {"says": said, "mail": mail, "page": (text or "").split("\n\nWanted by HR")[0] + "\n"}
    for was, shall_be in (
        (re.escape(page), "/var/lib/finaut/night.html"),
        (re.escape(socket.gethostname()), "hr1"),
        (r"([pr])-\d{8}-\d{4}-[0-9a-f]{4}", r"\1-20261127-0410-6f3a"),
        (r"\d+ [A-Z][a-z]+ 20\d\d at \d\d:\d\d", "27 November 2026 at 04:10"),
        (r"since \d+ [A-Z][a-z]+ 20\d\d", "since 27 November 2026"),
        (r"\b\d+ people in FinAut", "250 people in FinAut"),
    ):
        shown = {name: re.sub(was, shall_be, text) for name, text in shown.items()}
    return shown


def approve(case: unittest.TestCase, command: List[str]) -> House:
    """What a program approves of a plan is carried out; a word that stands for nothing, and a missing one, are told."""
    house = House(case)
    names = house.rename(2)
    with client(state=house.state) as nightly:
        with case.assertRaises(finaut.HeldError) as held:
            nightly.sync.run(profile_file=house.profile)
    given = command + [house.profile, house.state, held.exception.plan, "Kari Prøve", "looked at with Per"]
    for status, words, more in ((2, "Usage: ", []), (1, "stands for nothing", ["everything"]), (0, "done", ["last_name"])):
        with case.subTest(words):
            done = subprocess.run(
                given + more, env=dict(os.environ, PYTHONIOENCODING="utf-8"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
            )
            case.assertEqual(done.returncode, status, done.stdout)
            case.assertIn(words, done.stdout)
    case.assertEqual(house.last_names()[:2], names)
    with open(house.state + "-audit-night.ndjson", encoding="utf-8") as file:
        case.assertIn("Kari Prøve", file.read())
    return house


def first(case: unittest.TestCase, command: List[str]) -> None:
    """A first night: a profile is proposed, then planned by, with a page."""
    house = House(case)
    name = house.rename(1)[0]
    hr, page = os.path.join(house.folder, "hr.csv"), os.path.join(house.folder, "plan.html")
    os.remove(house.profile)
    for words in ("Fill in", "to create", "usage"):
        given = [house.profile, house.state, page, hr]
        if words == "to create":
            with open(house.profile, encoding="utf-8") as file:
                proposed = json.load(file)
            case.assertEqual(proposed["leavers"], "report")
            house.write_profile()  # what a person has made of it
        done = subprocess.run(
            command + ([] if words == "usage" else given), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        case.assertEqual(done.returncode, 2 if words == "usage" else 0, done.stdout)
        case.assertIn(words, done.stdout.replace("U", "u").replace("T", "t"))
    with open(page, encoding="utf-8") as file:
        case.assertIn(name, file.read())


class Nights(unittest.TestCase):
    def test_program(self) -> None:
        what, command = sys.argv[1], sys.argv[2:]
        if what in ("approve", "first"):
            {"approve": approve, "first": first}[what](self, command)
        else:
            check(self, {"c": c, "csharp": csharp}[what](command))


def main() -> int:
    result: Any = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Nights))
    sys.stderr.flush()
    bad = len(result.failures) + len(result.errors)
    print("{} passed, {} failed, 0 skipped".format(int(not bad), int(bool(bad))))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
