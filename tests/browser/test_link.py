"""The link flow in a browser, from the first click on the customer's page to the way back."""

import html
import json
from typing import Dict, Tuple

from stage import Case

class LinkFlow(Case):
    def setUp(self) -> None:
        super().setUp()
        self.who = self.sandbox.person(6)
        self.name = "{first_name} {last_name}".format(**self.who)
        template = self.sandbox.url + "/link/?ext-user-id={ext_user_id}"
        start = template.replace("{ext_user_id}", "HR-17%20%26%20%3Cb%3E")
        self.customer.pages["/"] = lambda path, query: (200, "<a href='{}'>Connect with FinAut</a>".format(start))
        self.customer.pages["/welcome"] = self.welcome
        settings = {"link_callback_url": self.customer.url("/linked"), "link_redirect_url": self.customer.url("/welcome")}
        self.sandbox.ask("POST", "webhooks", settings)

    def welcome(self, path: str, query: Dict[str, str]) -> Tuple[int, str]:
        return 200, "Welcome back, {}".format(html.escape(query["ext-user-id"]))

    def log_in(self) -> None:
        self.browser.open(self.customer.url("/"))
        self.browser.click("Connect with FinAut")
        self.browser.wait_for_text("Log in to FinAut")

    def test_the_first_visit_logs_in_and_the_second_does_not(self) -> None:
        self.log_in()
        self.assertIn("HR-17 & <b>", self.browser.text())
        self.picture("login")
        self.browser.write("Name, user id or alias", self.who["last_name"])
        self.browser.click("Search")
        self.browser.click(self.name)
        self.browser.wait_for_text("Welcome back, HR-17 & <b>")
        (path, _, body), = self.customer.hooks
        told = {"ext_user_id": "HR-17 & <b>", "encrypted_user_id": self.who["encrypted_id"]}
        self.assertEqual((path, json.loads(body)), ("/linked", told))
        self.browser.open(self.customer.url("/"))
        self.browser.click("Connect with FinAut")
        self.browser.wait_for_text("Welcome back")
        self.assertEqual([json.loads(body) for _, _, body in self.customer.hooks], [told, told])
        self.browser.open(self.sandbox.url + "/link/forget/")
        self.picture("forgotten")
        self.log_in()

    def test_a_failed_callback_is_said_and_can_be_tried_again(self) -> None:
        self.customer.take = lambda path, headers, body: 500
        self.log_in()
        self.browser.click(self.name)
        self.browser.wait_for_text("it answered 500, not 2xx")
        self.picture("callback-failed")
        self.customer.take = lambda path, headers, body: 204
        self.browser.click("Try again")
        self.browser.wait_for_text("Welcome back")

    def test_nowhere_to_go_is_said(self) -> None:
        self.sandbox.ask("POST", "webhooks", {"link_redirect_url": None})
        self.log_in()
        self.browser.click(self.name)
        self.browser.wait_for_text("You are linked")
        self.picture("no-redirect")
        self.sandbox.ask("POST", "webhooks", {"link_callback_url": None})
        self.browser.open(self.sandbox.url + "/link/?ext-user-id=1")
        self.browser.wait_for_text("Where shall the encrypted user id go?")
        self.picture("no-callback")
