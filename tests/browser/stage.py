"""What the tests play on: a sandbox, and the web server of a customer's that it sends to."""

import http.client
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Dict, List, Tuple

from webdriver import PATIENCE_S, Browser

# No proxy stands between us and this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Sandbox:
    """One sandbox of its own, on a port of its own."""

    def __init__(self, *options: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="finaut-sandbox-")
        ready = os.path.join(self._folder.name, "ready")
        command = [os.environ["FINAUT_SANDBOX"], "--port", "0", "--users", "30", "--quiet", "--ready-file", ready]
        self._process = subprocess.Popen(command + list(options))
        until = time.monotonic() + PATIENCE_S
        while not os.path.exists(ready):
            if self._process.poll() is not None or time.monotonic() > until:
                self.close()
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.02)
        with open(ready) as file:
            self.url = file.read()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    def ask(self, method: str, errand: str, body: Any = None) -> Any:
        """Asks something of the sandbox itself, as ask("GET", "state")."""
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + "/sandbox/" + errand, sent, method=method)
        with _opener.open(request, timeout=PATIENCE_S) as answer:
            return json.load(answer)

    def token(self) -> str:
        """What lets a program in."""
        form = {"grant_type": "client_credentials", "client_id": "sandbox-client", "client_secret": "sandbox-secret"}
        with _opener.open(self.url + "/o/token/", urllib.parse.urlencode(form).encode(), timeout=PATIENCE_S) as answer:
            return str(json.load(answer)["access_token"])

    def call(self, token: str, method: str, path: str, body: Any = None) -> int:
        """A request to the API, as a program sends it; returns the status, or 0 if no answer came."""
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + "/finautapi/v1/" + path, sent, headers, method=method)
        try:
            with _opener.open(request, timeout=PATIENCE_S) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code
        except (OSError, http.client.HTTPException):
            return 0

    def person(self, index: int) -> Dict[str, Any]:
        found: Dict[str, Any] = self.ask("GET", "people")[index]
        return found


Page = Callable[[str, Dict[str, str]], Tuple[int, str]]


class Customer:
    """The web server of a customer's. POSTs are kept in `hooks` and given to `take`; `pages` answer GETs."""

    def __init__(self) -> None:
        self.hooks: List[Tuple[str, Dict[str, str], bytes]] = []
        self.pages: Dict[str, Page] = {}
        # What a POST is answered with.
        self.take: Callable[[str, Dict[str, str], bytes], int] = lambda path, headers, body: 200
        customer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = dict(self.headers.items())
                customer.hooks.append((self.path, headers, body))
                self.answer(customer.take(self.path, headers, body), "")

            def do_GET(self) -> None:
                path, _, query = self.path.partition("?")
                page = customer.pages.get(path)
                self.answer(*(page(path, dict(urllib.parse.parse_qsl(query))) if page else (404, "nothing here")))

            def answer(self, status: int, text: str) -> None:
                shown = "<!doctype html><title>HR</title><link rel=icon href='data:,'>" + text
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(shown.encode())))
                self.end_headers()
                self.wfile.write(shown.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def url(self, path: str) -> str:
        return "http://127.0.0.1:{}{}".format(self._server.server_port, path)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Case(unittest.TestCase):
    """A test with a sandbox and a customer of its own, and a browser that has been nowhere: one for all of a class's tests, emptied
    between them. FINAUT_SCREENSHOTS names a folder for pictures."""

    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self) -> None:
        self.customer = Customer()
        self.addCleanup(self.customer.close)
        self.sandbox = Sandbox()
        self.addCleanup(self.sandbox.close)
        self.addCleanup(self.browser.forget)

    def picture(self, name: str) -> None:
        folder = os.environ.get("FINAUT_SCREENSHOTS")
        if folder:
            self.browser.screenshot(os.path.join(folder, name + ".png"))
