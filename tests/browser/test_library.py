"""From the first click to the library's end of it: a person who is linked and whose course is reported, and a result that is
added on the developer page and comes out of the inbox, vouched for by the API."""

import ctypes
import html
import json
import os
import tempfile
from typing import Any, Dict, Tuple

from stage import Case

EXT_USER_ID = "HR-17 & Å"  # with what an address and a page must escape
GOAL = 456


class Library:
    """The library as an old program calls it, with just what these stories need."""

    def __init__(self, **config: Any) -> None:
        self._library = ctypes.CDLL(os.path.join(os.environ["FINAUT_LIB_DIR"], "libfinaut.so"))
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        self._library.finaut_client_new.argtypes = [text, ctypes.POINTER(pointer), ctypes.POINTER(pointer)]
        self._library.finaut_call.argtypes = [pointer, text, text, ctypes.POINTER(pointer)]
        self._library.finaut_client_free.argtypes = self._library.finaut_string_free.argtypes = [pointer]
        self._library.finaut_client_free.restype = self._library.finaut_string_free.restype = None
        self._client = pointer()
        reply = pointer()
        sent = json.dumps(config).encode()
        self._taken(self._library.finaut_client_new(sent, ctypes.byref(self._client), ctypes.byref(reply)), reply)

    def call(self, operation: str, **arguments: Any) -> Any:
        reply = ctypes.c_void_p()
        sent = json.dumps(arguments).encode()
        return self._taken(self._library.finaut_call(self._client, operation.encode(), sent, ctypes.byref(reply)), reply)

    def _taken(self, code: int, reply: ctypes.c_void_p) -> Any:
        said = ctypes.string_at(reply).decode() if reply.value else "null"
        self._library.finaut_string_free(reply)
        if code:
            raise RuntimeError(said)
        return json.loads(said)

    def free(self) -> None:
        self._library.finaut_client_free(self._client)


class WithTheLibrary(Case):
    """The customer's pages call the library: its URL begins the link flow, and its inbox takes what the sandbox posts."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="finaut-state-")
        self.addCleanup(folder.cleanup)
        self.library = Library(
            client_id="sandbox-client",
            client_secret="sandbox-secret",
            host=self.sandbox.url,
            state=os.path.join(folder.name, "state.db"),
            link_url=self.sandbox.url + "/link/?ext-user-id={ext_user_id}",
        )
        self.addCleanup(self.library.free)
        settings = {
            "url": self.customer.url("/hook"),
            "link_callback_url": self.customer.url("/linked"),
            "link_redirect_url": self.customer.url("/welcome"),
        }
        self.sandbox.ask("POST", "webhooks", settings)
        self.customer.pages["/"] = self.begin
        self.customer.take = self.accept
        self.customer.pages["/welcome"] = self.report

    def begin(self, path: str, query: Dict[str, str]) -> Tuple[int, str]:
        url = self.library.call("link.url", ext_user_id=EXT_USER_ID)["url"]
        return 200, "<a href='{}'>Connect with FinAut</a>".format(html.escape(url))

    def accept(self, path: str, headers: Dict[str, str], body: bytes) -> int:
        reply = self.library.call("webhook.accept", path=path, headers=headers, body=body.decode())
        return int(reply["http_status"])

    def report(self, path: str, query: Dict[str, str]) -> Tuple[int, str]:
        event = self.library.call("inbox.next", wait_s=60)
        assert event["kind"] == "link" and event["object"]["ext_user_id"] == query["ext-user-id"], event
        course = {"ext_user_id": query["ext-user-id"], "goal": GOAL, "passed_date": "2026-01-15", "external_system": "LMS"}
        made = self.library.call("competency_results.create", **course)
        self.library.call("inbox.acknowledge", event=event["event"])
        return 200, "Your course {} has been reported: {}".format(made["goal"], html.escape(made["id"]))

    def test_the_first_click_leads_to_a_reported_course(self) -> None:
        who = self.sandbox.person(6)
        before = self.library.call("competency_results.list", encrypted_user_id=who["encrypted_id"])["count"]
        self.browser.open(self.customer.url("/"))
        self.browser.click("Connect with FinAut")
        self.browser.click("{first_name} {last_name}".format(**who))
        self.browser.wait_for_text("Your course {} has been reported".format(GOAL))
        courses = self.library.call("competency_results.list", encrypted_user_id=who["encrypted_id"])
        self.assertEqual(courses["count"], before + 1)
        reported = courses["results"][-1]
        self.assertEqual((reported["goal"], reported["external_system"]), (GOAL, "LMS"))
        self.assertIsNone(self.library.call("inbox.next"))
        self.picture("course-reported")

    def test_a_result_added_by_click_comes_out_of_the_inbox(self) -> None:
        who = self.sandbox.person(6)
        self.browser.open("{}/sandbox/?person={}".format(self.sandbox.url, who["id"]))
        self.browser.write("Score", "91.25", within="#person")
        self.browser.click("Add the result")
        event = self.library.call("inbox.next", wait_s=60)
        self.assertEqual((event["kind"], event["verified"], event["object"]["score"]), ("result", True, 91.25))
        self.library.call("inbox.acknowledge", event=event["event"])
        # What the API does not confirm does not come.
        forged = {"kind": "result", "id": int(event["object"]["id"].rstrip("/").rsplit("/", 1)[-1])}
        self.sandbox.ask("POST", "webhooks/forge", forged)
        self.browser.until(lambda: len(self.customer.hooks), lambda seen: seen == 2, "the forgery")
        self.browser.click("Mark failed", within="#person")
        event = self.library.call("inbox.next", wait_s=60)
        self.assertEqual((event["verified"], event["object"]["passed"], event["object"]["score"]), (True, False, 91.25))
