"""The developer page, clicked through: what it shows, and that its buttons make deliveries."""

import json
import urllib.error
import urllib.request

from stage import Case


class DeveloperPage(Case):
    def setUp(self) -> None:
        super().setUp()
        self.who = self.sandbox.person(4)
        self.name = "{first_name} {last_name}".format(**self.who)

    def open_person(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.browser.write("Name, user id, alias or identity number", str(self.who["id"]))
        self.browser.click("Search")
        self.browser.click(self.name, within="#people")
        self.browser.wait_for_text(self.who["encrypted_id"], "css:#person")

    def bodies(self, count: int) -> list:
        """What the customer has got, once it is so much."""
        self.browser.until(lambda: len(self.customer.hooks), lambda seen: seen >= count, "{} webhooks".format(count))
        return [json.loads(body) for _, _, body in self.customer.hooks]

    def test_requests_appear_by_themselves_with_the_slots_left(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.assertIn("200 of 200 slots left", self.browser.text("css:header"))
        self.browser.wait_for_text("None yet.", "css:#requests")
        token = {"grant_type": "client_credentials", "client_id": "sandbox-client", "client_secret": "sandbox-secret"}
        answer = urllib.request.urlopen(self.sandbox.url + "/o/token/", "&".join(map("=".join, token.items())).encode())
        bearer = {"Authorization": "Bearer " + json.load(answer)["access_token"]}
        path = "/finautapi/v1/user/?persnr={persnr}".format(**self.who)
        urllib.request.urlopen(urllib.request.Request(self.sandbox.url + path, headers=bearer)).close()
        shown = self.browser.wait_for_text("/finautapi/v1/user/?persnr=***", "css:#requests")
        self.assertRegex(shown, r"GET /finautapi/v1/user/\?persnr=\*\*\* 200 199")
        self.browser.wait_for_text("199 of 200 slots left", "css:header")
        self.assertNotIn(self.who["persnr"], self.browser.text())
        self.picture("requests")

    def test_a_result_added_by_click_is_delivered(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.browser.wait_for_text("no webhook URL is set", "css:#deliveries")
        self.picture("first-sight")
        self.browser.write("Results and statuses", self.customer.url("/hook"))
        self.browser.click("Save")
        self.browser.wait_for_text("Saved.")
        self.open_person()
        self.browser.write("Score", "91.25", within="#person")
        self.browser.click("Add the result")
        self.browser.wait_for_text("has been added and is sent")
        shown = self.browser.wait_for_text("delivered", "css:#deliveries")
        self.assertIn(self.name, shown)
        sent = self.bodies(1)[0]
        self.assertEqual((sent["score"], sent["passed"]), (91.25, True))
        self.assertIn(sent["id"].rstrip("/").rsplit("/")[-1], self.browser.text("css:#person"))
        self.picture("result-added")

    def test_a_verdict_and_a_status_are_changed_and_sent_again(self) -> None:
        self.sandbox.ask("POST", "webhooks", {"url": self.customer.url("/hook")})
        self.open_person()
        self.browser.click("Add the result")
        self.bodies(1)
        self.browser.click("Mark failed", within="#person")
        self.browser.wait_for_text("is failed now and is sent")
        self.assertEqual(self.bodies(2)[1]["passed"], False)
        self.browser.choose("Scheme", "n2")
        self.browser.choose("Status", "on hold")
        self.browser.click("Change the status")
        self.browser.wait_for_text("The status in n2 is hvilende now and is sent.")
        changed = self.bodies(3)[2]
        self.assertEqual((changed["appname"], changed["status"]), ("n2", "hvilende"))
        self.browser.click("css:form:has(input[value=userstatus]) button", within="#person")
        self.browser.wait_for_text("again.")
        self.assertEqual(self.bodies(4)[3], changed)
        self.browser.click("css:tr:last-child button", within="#deliveries")
        self.browser.wait_for_text("Sent delivery 1 again.")
        bodies = self.bodies(5)
        self.assertEqual(bodies[4], bodies[0])
        self.browser.wait_for_text("delivered", "css:#deliveries tbody tr:first-child")
        self.picture("changed")

    def test_what_fails_is_seen_to_be_tried_again(self) -> None:
        settings = {"url": self.customer.url("/hook"), "back_off_ms": 10, "longest_back_off_ms": 10, "attempts": 1000000}
        self.sandbox.ask("POST", "webhooks", settings)
        self.customer.take = lambda path, headers, body: 503
        self.sandbox.ask("POST", "statuses", {"user": self.who["id"], "appname": "n2", "status": "n2ok"})
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.browser.wait_for_text("503, will be tried again", "css:#deliveries")
        self.picture("failing")
        self.customer.take = lambda path, headers, body: 204
        shown = self.browser.wait_for_text("delivered (", "css:#deliveries")
        self.assertIn(" tries)", shown)

    def test_mistakes_are_told(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.browser.write("Results and statuses", "http://hr.example/hook")
        self.browser.click("Save")
        self.assertIn("not this machine", self.browser.text("css:[role=alert]"))
        self.picture("mistake")

    def test_every_field_and_button_has_a_name(self) -> None:
        self.sandbox.ask("POST", "webhooks", {"url": self.customer.url("/hook")})
        self.sandbox.ask("POST", "results", {"user": self.who["id"]})
        self.browser.open("{}/sandbox/?person={}".format(self.sandbox.url, self.who["id"]))
        script = """
            const named = (one) => one.type === "hidden" || one.labels?.length || one.getAttribute("aria-label") || one.textContent.trim();
            return [...document.querySelectorAll("input, select, button, a")].filter((one) => !named(one)).map((one) => one.outerHTML)"""
        self.assertEqual(self.browser.run(script), [])
        names = "return [...document.querySelectorAll('#person table button')].map((one) => one.ariaLabel)"
        labels = self.browser.run(names)
        self.assertEqual(len(labels), len(set(labels)), "each button says what it is for: {}".format(labels))

    def test_the_page_says_when_the_sandbox_is_gone(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.assertNotIn("does not answer", self.browser.text())
        self.sandbox.close()
        self.browser.wait_for_text("The sandbox does not answer any more.")
