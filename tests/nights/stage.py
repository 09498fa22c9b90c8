"""What every night plays on: a sandbox of its own, and processes that make one call of the library each and may be killed meanwhile.

Nothing here knows what is synced, nor what is right.
"""

import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import finaut

#: A machine that is busy with other things may take so long until a program has started, or a call has ended.
PATIENCE_S = 900

#: What is waited for in nights: as short as the promises still hold. The server of a night acts at most TIMEOUT_S + 0.6 s late.
TIMEOUT_S, SETTLE_S, LATE_S = 1.0, 0.5, 3.0


def number(url):
    """The number at the end of an address."""
    return int(str(url).rstrip("/").rsplit("/", 1)[1])


def roles(user):
    """A person's roles, however the server shows them."""
    return {str(role["id"] if isinstance(role, dict) else role).rstrip("/").rsplit("/", 1)[1] for role in user["userroles"]}


def person(user):
    """Somebody as the API shows them, with numbers for addresses, and codes for roles."""
    place = user["work_for"]
    return dict(
        user, id=number(user["id"]), company_id=number(place["company"]), department_id=number(place["department"]), roles=roles(user)
    )


class Broken(AssertionError):
    """A promise was broken; the text says which, and how it was seen."""


class Skipped(Exception):
    """The machine has not what a night takes; the text says what."""


def check(is_kept, *what):
    if not is_kept:
        raise Broken(" ".join(str(part) for part in what))


class Sandbox:
    """A sandbox of its own, which ends with this process."""

    def __init__(self, folder, *options):
        ready = os.path.join(folder, "ready")
        if os.path.exists(ready):
            os.unlink(ready)
        command = [os.environ["FINAUT_SANDBOX"], "--port", "0", "--ready-file", ready, "--until-stdin-closes", "--quiet"]
        # What judges has an account of its own: it takes no slots from those who are judged.
        command += ["--account", "judge:judge-secret", *map(str, options)]
        with open(os.path.join(folder, "sandbox.log"), "ab") as said:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=said)
        until = time.monotonic() + PATIENCE_S
        while not os.path.exists(ready) or not os.path.getsize(ready):
            check(self._process.poll() is None, "the sandbox ended with", self._process.returncode)
            check(time.monotonic() < until, "the sandbox does not start")
            time.sleep(0.02)
        with open(ready, encoding="utf-8") as file:
            self.host = file.read()
        # No proxy stands between us and this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._token = None

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_S)
        finally:
            self._process.kill()
            self._process.wait()

    def stop(self):
        """Nobody answers any more, until `go_on`."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self):
        os.kill(self._process.pid, signal.SIGCONT)

    def _open(self, method, path, body=None, headers=()):
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.host + path, sent, dict(headers, **{"Content-Type": "application/json"}), method=method)
        with self._opener.open(request, timeout=PATIENCE_S) as answer:
            return json.loads(answer.read())

    def ask(self, method, errand, body=None):
        """Asks the sandbox itself; sandbox/README.md lists what there is."""
        try:
            return self._open(method, "/sandbox/" + errand, body)
        except urllib.error.HTTPError as refusal:
            raise Broken("{} {}: {}".format(method, errand, refusal.read().decode())) from None

    def people(self):
        """Everybody, as the API shows them, with numbers for addresses."""
        return [person(user) for user in self.all("user/")]

    def unused_persnr(self, n):
        return self.ask("GET", "unused_persnr?n={}".format(n))["persnr"]

    def api(self, method, path, body=None):
        """A request to the API as the judge, who sees everything."""
        if self._token is None:
            form = b"grant_type=client_credentials&client_id=judge&client_secret=judge-secret"
            request = urllib.request.Request(self.host + "/o/token/", form, method="POST")
            with self._opener.open(request, timeout=PATIENCE_S) as answer:
                self._token = json.loads(answer.read())["access_token"]
        return self._open(method, "/finautapi/v1/" + path, body, {"Authorization": "Bearer " + self._token})

    def all(self, path):
        """Everything that a list of the API has."""
        found, number = [], 1
        while True:
            page = self.api("GET", "{}?page={}".format(path, number))
            found += page["results"]
            if not page["next"]:
                return found
            number += 1

    def register(self):
        """Everybody, and all records of statuses, as the API shows them, each by its number."""
        self._token = None  # it may have been revoked
        return {number(user["id"]): user for user in self.all("user/")}, {number(record["id"]): record for record in self.all("userstatus/")}

    def requests(self):
        """The requests that were seen, oldest first, those for tokens included."""
        return self.ask("GET", "requests")

    def throttle(self, limit, window_s):
        self.ask("POST", "throttle", {"limit": limit, "window_s": window_s})
        self.ask("POST", "slots", {"free": True})


class Outcome:
    """How a process ended: with a reply, with an error, or by a kill."""

    def __init__(self, told, status):
        self.is_killed = told is None and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        check(told is not None or self.is_killed, "the process ended with", status, "and told nothing")
        told = told or {}
        self.reply = told.get("reply")
        self.error = told.get("error")
        #: How many points it had at which it could have been killed.
        self.points = told.get("points", 0)

    @property
    def code(self):
        return self.error and self.error["code"]

    @property
    def word(self):
        """How it ended, in a word."""
        if self.is_killed or self.error:
            return "killed" if self.is_killed else self.code
        open_ones = [name for name in ("failed", "doubtful", "drifted", "left") if self.reply.get("counts", {}).get(name)]
        return " ".join([str(self.reply.get("state"))] + open_ones)

    def __str__(self):
        return "killed" if self.is_killed else json.dumps(self.reply or self.error, ensure_ascii=False)


class Host:
    """A machine with a state of its own: a folder, and a configuration. What its processes say and leave is all in the folder."""

    def __init__(self, sandbox, folder, **settings):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.config = {
            "host": sandbox.host,
            "client_id": "sandbox-client",
            "client_secret": "sandbox-secret",
            "state": os.path.join(folder, "state.db"),
            "timeout_s": TIMEOUT_S,
            "settle_s": SETTLE_S,
            "late_s": LATE_S,
            "max_wait_s": 20,
            "job": "nightly",
        }
        self.config.update(settings)
        self.points = 0

    def copy(self, folder):
        """Another machine with a copy of the state, as it is now."""
        shutil.copytree(self.folder, folder)
        other = object.__new__(Host)
        other.folder, other.points = folder, 0
        other.config = dict(self.config, state=os.path.join(folder, "state.db"))
        return other

    def begin(self, operation, args, die_at=None, fail_from=None, watch=None):
        """Starts a process that makes this call. die_at: the number of the point at which it is killed. fail_from: the number of the point
        from which on nothing can be written to files, and the errno that says why. watch: is called in it with each event."""
        return Process(self, operation, args, die_at, fail_from, watch)

    def call(self, operation, args, die_after_s=None, **how):
        """What comes of this call, made by a process of its own. die_after_s: so long after its start it is killed, if it still runs."""
        process = self.begin(operation, args, **how)
        if die_after_s is not None and not process.ends_within(die_after_s):
            process.kill()
        return process.end()

    def good(self, operation, args):
        """The reply to a call that must succeed."""
        outcome = self.call(operation, args)
        check(outcome.reply is not None, operation, "failed:", outcome)
        return outcome.reply


class Process:
    """A process that makes one call of the library."""

    _begun = 0

    def __init__(self, host, operation, args, die_at, fail_from, watch):
        self._host = host
        Process._begun += 1
        self._told = os.path.join(host.folder, "told-{}.json".format(Process._begun))
        ends, alive = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(ends)
            self._live(operation, args, die_at, fail_from, watch)
        os.close(alive)
        self._ends = ends

    def _live(self, operation, args, die_at, fail_from, watch):
        """What the process does; it does not come back."""
        code = 1
        try:
            said = os.open(os.path.join(self._host.folder, "said.log"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.dup2(said, 1)
            os.dup2(said, 2)
            events = os.open(os.path.join(self._host.folder, "events.ndjson"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

            def tell(event):
                try:
                    os.write(events, (json.dumps(dict(event, at=time.time()), ensure_ascii=False) + "\n").encode())
                except OSError:
                    pass  # the disk is full, as it is to be
                if watch is not None:
                    watch(event)

            told = {}
            points = _points()
            if points is not None and fail_from is not None:
                points.nights_fail_from(*fail_from)
            elif points is not None:
                points.nights_arm(die_at or 0)
            try:
                with finaut.Client(**self._host.config, on_event=tell, progress_s=0) as client:
                    told["reply"] = client.call(operation, args)
            except finaut.FinAutError as error:
                told["error"] = dict({name: value for name, value in vars(error).items() if value}, code=error.code)
            if points is not None:
                told["points"] = points.nights_points()
            with open(self._told + "~", "w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=False)
            os.rename(self._told + "~", self._told)
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def ends_within(self, seconds):
        return bool(select.select([self._ends], [], [], seconds)[0])

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def stop(self):
        """It stands still, until `go_on`."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self):
        os.kill(self.pid, signal.SIGCONT)

    def end(self):
        """Waits for its end."""
        if not self.ends_within(PATIENCE_S):
            self.kill()
            os.waitpid(self.pid, 0)
            raise Broken("a call has not ended within {} s".format(PATIENCE_S))
        status = os.waitpid(self.pid, 0)[1]
        os.close(self._ends)
        told = None
        if os.path.exists(self._told):
            with open(self._told, encoding="utf-8") as file:
                told = json.load(file)
            with open(os.path.join(self._host.folder, "replies.ndjson"), "a", encoding="utf-8") as file:
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
            os.unlink(self._told)
        elif not os.WIFSIGNALED(status):
            with open(os.path.join(self._host.folder, "said.log"), encoding="utf-8", errors="replace") as file:
                raise Broken("a process failed: " + file.read()[-2000:])
        return Outcome(told, status)


def _points():
    """The counter of points, where it was loaded (dying.c)."""
    try:
        return ctypes.CDLL(None) if ctypes.CDLL(None).nights_arm else None
    except AttributeError:
        return None


def can_die_at_points():
    return _points() is not None


class Folder:
    """A folder that goes when it was left without an error; after an error it stays where the caller asked for that."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="finaut-night-")
        return self.path

    def __exit__(self, kind, error, trace):
        if kind is None or not os.environ.get("FINAUT_NIGHTS_KEEP"):
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            sys.stderr.write("kept: {}\n".format(self.path))
