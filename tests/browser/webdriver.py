"""A browser, driven over the W3C WebDriver protocol with the standard library alone: chromedriver and a Chromium without a
screen, with an empty profile, that asks nothing of the world."""

import base64
import http.client
import json
import re
import shutil
import subprocess
import tempfile
import time
from typing import Any, Callable, Optional, TypeVar

# W3C WebDriver, 11: the key under which elements come.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

# For a machine on which five others work.
PATIENCE_S = 600

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,1000",
]

T = TypeVar("T")


class WebDriverError(Exception):
    def __init__(self, kind: str, message: str) -> None:
        super().__init__("{}: {}".format(kind, message))
        self.kind = kind


class Browser:
    """One browser, with the profile of a person who has never been anywhere. Use it in a `with` statement."""

    def __init__(self, *flags: str) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="finaut-browser-", ignore_cleanup_errors=True)
        self._driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
        )
        self._session = ""
        try:
            self._port = self._read_port()
            options = {"binary": shutil.which("chromium"), "args": FLAGS + ["--user-data-dir=" + self._profile.name] + list(flags)}
            capabilities = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}
            self._session = "/session/" + self._ask("POST", "/session", {"capabilities": capabilities})["sessionId"]
        except BaseException:
            self.close()
            raise

    def _read_port(self) -> int:
        said = []
        assert self._driver.stdout is not None
        for line in self._driver.stdout:
            said.append(line)
            found = re.search(r"successfully on port (\d+)", line)
            if found:
                return int(found.group(1))
        raise RuntimeError("chromedriver did not start: " + "".join(said))

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        try:
            sent = None if method == "GET" else json.dumps(body or {})
            connection.request(method, path, sent, {"Content-Type": "application/json"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(value["error"], value["message"])
        return value

    def close(self) -> None:
        try:
            if self._session:
                self._ask("DELETE", self._session)
        except OSError:
            pass
        finally:
            self._driver.terminate()
            self._driver.communicate()
            self._profile.cleanup()

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def open(self, url: str) -> None:
        self._ask("POST", self._session + "/url", {"url": url})

    @property
    def url(self) -> str:
        return str(self._ask("GET", self._session + "/url"))

    def run(self, script: str, *arguments: Any) -> Any:
        return self._ask("POST", self._session + "/execute/sync", {"script": script, "args": list(arguments)})

    def forget(self) -> None:
        """As if it had never been anywhere, and at its own size and colours."""
        self.open("about:blank")
        for command in ("Network.clearBrowserCookies", "Network.clearBrowserCache", "Emulation.clearDeviceMetricsOverride"):
            self._devtools(command, {})
        self._devtools("Emulation.setEmulatedMedia", {"features": []})

    def _devtools(self, command: str, params: Any) -> Any:
        return self._ask("POST", self._session + "/goog/cdp/execute", {"cmd": command, "params": params})

    def press(self, key: str) -> None:
        """A key, as the keyboard sends it to what has the focus; U+E004 is the tabulator (W3C WebDriver, 17.4.2)."""
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._ask("POST", self._session + "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": keys}]})

    def look(self, width: int, dark: bool) -> None:
        """As on a screen of this width, of somebody who prefers light or dark."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        for command, params in (("setEmulatedMedia", {"features": [scheme]}), ("setDeviceMetricsOverride", metrics)):
            self._devtools("Emulation." + command, params)

    def picture(self, path: str, width: int) -> None:
        """Of the whole page as it looks now, at this width."""
        height = int(self.run("return document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self._devtools("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def screenshot(self, path: str, height: Optional[int] = None) -> None:
        """Of the whole page, unless a height is given."""
        height = height or int(self.run("return document.documentElement.scrollHeight"))
        self._ask("POST", self._session + "/window/rect", {"width": 1400, "height": min(height + 150, 4000)})
        with open(path, "wb") as file:
            file.write(base64.b64decode(self._ask("GET", self._session + "/screenshot")))

    def _element(self, within: str, what: str) -> str:
        """Within which region, and what: a CSS selector, or the text of a button or link, or the label of a field."""
        if what.startswith("css:"):
            using, value = "css selector", within + " " + what[4:]
        else:
            using = "xpath"
            text = json.dumps(what, ensure_ascii=False)
            where = '//*[@id="{}"]'.format(within[1:]) if within else ""
            value = (
                "({w}//*[self::button or self::a or self::summary][normalize-space()={t}]"
                "|{w}//label[normalize-space(text())={t} or normalize-space()={t}]//*[self::input or self::select])[1]"
            ).format(w=where, t=text)
        return str(self._ask("POST", self._session + "/element", {"using": using, "value": value})[ELEMENT])

    def _with(self, what: str, within: str, act: Callable[[str], T]) -> T:
        """Tries until the element is there and stays there: the page renews itself."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return act(self._session + "/element/" + self._element(within, what))
            except WebDriverError as error:
                kinds = ("no such element", "stale element reference", "element click intercepted")
                passing = error.kind in kinds or "does not belong to the document" in str(error)
                if not passing or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def click(self, what: str, within: str = "") -> None:
        self._with(what, within, lambda element: self._ask("POST", element + "/click"))

    def write(self, what: str, text: str, within: str = "") -> None:
        """Clears a field and writes into it."""

        def act(element: str) -> None:
            self._ask("POST", element + "/clear")
            self._ask("POST", element + "/value", {"text": text})

        self._with(what, within, act)

    def choose(self, what: str, option: str, within: str = "") -> None:
        """Chooses in a list, by the beginning of the option's text, as the keyboard does."""
        self._with(what, within, lambda element: self._ask("POST", element + "/value", {"text": option}))

    def text(self, what: str = "css:body", within: str = "") -> str:
        return self._with(what, within, lambda element: str(self._ask("GET", element + "/text")))

    def wait_for_text(self, text: str, what: str = "css:body", within: str = "") -> str:
        """Until the element's text holds this; returns all of it."""
        seen = self.until(lambda: self.text(what, within), lambda shown: text in shown, repr(text))
        return seen

    def until(self, look: Callable[[], T], good: Callable[[T], bool], what: str) -> T:
        until = time.monotonic() + PATIENCE_S
        while True:
            seen = look()
            if good(seen):
                return seen
            if time.monotonic() > until:
                raise AssertionError("{} did not come; there is: {}".format(what, seen))
            time.sleep(0.05)

