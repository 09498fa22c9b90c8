"""The developer page, clicked through: what it shows, and that its buttons make deliveries."""

import json
import os
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


# What a reader can hardly tell from its ground: WCAG 2.1, 1.4.3 asks for a contrast of 4.5. Text in what is closed does not count.
CONTRAST = """
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = (color) => {
      const [r, g, b] = color.slice(0, 3).map((one) => (one /= 255) <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (one) => {
      for (; one; one = one.parentElement) {
        const color = rgb(getComputedStyle(one).backgroundColor);
        if (color.length === 3 || color[3] === 1) return color;
      }
      return [255, 255, 255];
    };
    const hard = [];
    for (const one of document.querySelectorAll("body *")) {
      const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      if (!(own || one.matches("input, select")) || !one.checkVisibility()) continue;
      const [a, b] = [light(rgb(getComputedStyle(one).color)), light(ground(one))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) hard.push(one.outerHTML.slice(0, 100) + " " + contrast.toFixed(2));
    }
    return hard;"""


class RequestsAndTrouble(Case):
    """What a developer does with the page while a program is at work."""

    def setUp(self) -> None:
        super().setUp()
        self.who = self.sandbox.person(4)
        self.token = self.sandbox.token()

    def call(self, path: str = "ordninger/", method: str = "GET", body: object = None) -> int:
        return self.sandbox.call(self.token, method, path, body)

    def refused(self) -> None:
        self.assertEqual(self.call("user/", "POST", {"persnr": self.who["persnr"], "first_name": "Åse <b>"}), 422)

    def press(self, button: str, said: str, within: str = "#trouble") -> None:
        self.browser.click(button, within=within)
        self.browser.wait_for_text(said, "css:.said")

    def test_a_request_opens_with_body_answer_and_errors(self) -> None:
        self.refused()
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.browser.click("css:tbody tr:first-child a", within="#requests")
        shown = self.browser.wait_for_text("Errors", "css:#request")
        for part in ("POST /finautapi/v1/user/", "persnr: user with this persnr already exists.", '"first_name": "Åse <b>"', "took a slot"):
            self.assertIn(part, shown)
        self.assertIn('"persnr": "***"', shown)
        self.browser.click("Show identity numbers and secrets")
        self.browser.wait_for_text(self.who["persnr"], "css:#request")
        self.browser.click("Headers", within="#request")
        self.browser.wait_for_text("Bearer " + self.token, "css:#request")
        self.browser.click("Hide identity numbers and secrets")
        self.browser.wait_for_text('"persnr": "***"', "css:#request")
        # It stays open while new requests come.
        self.call("companies/")
        self.browser.wait_for_text("/finautapi/v1/companies/", "css:#requests")
        self.assertIn("Errors", self.browser.text("css:#request"))
        self.browser.click("Close", within="#request")
        self.browser.until(lambda: self.browser.run("return !!document.getElementById('request')"), lambda there: not there, "its end")

    def test_each_fault_at_one_click_strikes_once(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        for button, words, status in (
            ("503 once", "status 503", 503),
            ("429 once, Retry-After 30", "status 429", 429),
            ("A proxy's 502 page", "html 502", 502),
            ("Cut before acting", "cut_before_acting", 0),
            ("Cut after acting", "cut_after_acting", 0),
            ("Half a body", "half_body", 0),
            ("Token unknown", "token_revoked", 401),
        ):
            self.press(button, "Waiting: {} for any request, once.".format(words))
            self.assertIn(words, self.browser.text("css:#faults"))
            self.assertEqual(self.call(), status, button)
            self.browser.wait_for_text("No fault waits.", "css:#faults")
        self.token = self.sandbox.token()
        self.assertEqual(self.call(), 200)
        self.press("5 s late", "Waiting: delay with 5000 ms after acting for any request, once.")
        self.press("Forget all faults", "All faults are forgotten.")
        self.assertEqual(self.sandbox.ask("GET", "faults"), [])

    def test_a_fault_is_described_listed_and_forgotten(self) -> None:
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.browser.click("Another fault")
        self.browser.choose("It", "answers with this status")
        self.browser.write("Status", "500", within="#trouble")
        self.browser.choose("Method", "GET")
        self.browser.write("Path begins", "user/")
        self.browser.write("From the nth", "2")
        self.browser.click("every time")
        words = "status 500 for GET user/, every time, after letting 1 pass"
        self.press("Set the fault", "Waiting: {}.".format(words))
        self.assertEqual([self.call("user/"), self.call("user/"), self.call("user/"), self.call()], [200, 500, 500, 200])
        words = "status 500 for GET user/, every time"
        self.browser.wait_for_text(words + "\nForget", "css:#faults")
        self.press("Forget", "Forgotten: {}.".format(words), within="#faults")
        self.assertEqual(self.call("user/"), 200)

    def test_clock_slots_and_tokens_have_buttons(self) -> None:
        self.sandbox.ask("POST", "clock", {"to": "2026-11-27T22:59:00Z", "speed": 0})
        self.token = self.sandbox.token()
        self.browser.open(self.sandbox.url + "/sandbox/")
        self.assertIn("2026-11-27 23:59:00 in Norway, stopped", self.browser.text("css:header"))
        self.press("+1 minute", "It is 2026-11-28 00:00:00 now.")
        self.press("+1 hour", "It is 2026-11-28 01:00:00 now.")
        self.press("+1 day", "It is 2026-11-29 01:00:00 now.")
        for button, said, speed in (
            ("Real time", "The clock runs in real time.", 1),
            ("60 times", "The clock runs 60 times as fast.", 60),
            ("3600 times", "The clock runs 3600 times as fast.", 3600),
            ("Stop", "The clock stands still.", 0),
        ):
            self.press(button, said)
            self.assertEqual(self.sandbox.ask("GET", "state")["speed"], speed)
        self.token = self.sandbox.token()
        self.press("Free all", "All slots are free.")
        self.press("Take 1", "Took 1 slots; 199 are left.")
        self.press("Take 50", "Took 50 slots; 149 are left.")
        self.press("Take all", "Took 149 slots; 0 are left.")
        self.assertEqual(self.call(), 429)
        self.browser.wait_for_text("1 refused by the throttle", "css:header")
        self.browser.write("Requests", "300", within="#trouble")
        self.browser.write("in seconds", "60", within="#trouble")
        self.press("Set the throttle", "The throttle allows 300 requests in 60 s now.")
        self.assertEqual(self.call(), 200)
        self.press("Revoke all tokens", "All tokens are unknown now")
        self.assertEqual(self.call(), 401)

    def test_lists_show_the_newest_first_and_lead_to_the_older(self) -> None:
        for number in range(40):
            self.call("ordninger/?n={}".format(number))
        self.browser.open(self.sandbox.url + "/sandbox/")
        first = "css:tbody tr:first-child"
        self.assertIn("?n=39", self.browser.text(first, within="#requests"))
        self.browser.click("Older requests")
        self.browser.wait_for_text("?n=14", first, within="#requests")
        self.call("companies/")
        self.browser.click("Newest requests")
        self.browser.wait_for_text("companies/", first, within="#requests")
        self.assertIn("590030", self.browser.text(first, within="#people"))
        self.browser.click("Older people")
        self.browser.wait_for_text("590020", first, within="#people")
        self.browser.click("css:tbody tr:first-child a", within="#people")
        self.browser.wait_for_text("590020", "css:#person")
        self.assertIn("590020", self.browser.text(first, within="#people"), "the list stays where it was")
        self.browser.click("Newest people")
        self.browser.wait_for_text("590030", first, within="#people")
        self.sandbox.ask("POST", "webhooks", {"url": self.customer.url("/hook")})
        for number in range(30):
            self.sandbox.ask("POST", "statuses", {"user": self.who["id"], "appname": "n2", "status": "n2ok"})
        self.browser.click("Older deliveries")
        self.browser.until(lambda: self.browser.run("return document.querySelectorAll('#deliveries tbody tr').length"), lambda rows: rows == 5, "five")
        self.browser.click("Newest deliveries")
        self.browser.until(lambda: self.browser.run("return document.querySelectorAll('#deliveries tbody tr').length"), lambda rows: rows == 25, "25")

    def test_a_person_is_shown_in_full_and_can_be_removed(self) -> None:
        self.browser.open("{}/sandbox/?person={}".format(self.sandbox.url, self.who["id"]))
        shown = self.browser.text("css:#person")
        for value in (self.who["persnr"], self.who["encrypted_id"], self.who["employee_alias"], "person4@bank.example", self.who["roles"][0]):
            self.assertIn(value, shown)
        for field in ("Mobile", "Department", "Franchise", "Employment", "Results", "Statuses", "Courses"):
            self.assertIn(field, shown)
        self.browser.click("Remove this person")
        self.browser.wait_for_text("User {} is gone.".format(self.who["id"]))
        self.assertEqual(self.call("user/{}/".format(self.who["id"])), 404)

    def test_it_fits_and_can_be_read_on_narrow_and_wide_screens_in_light_and_dark(self) -> None:
        self.sandbox.ask("POST", "webhooks", {"url": self.customer.url("/hook")})
        self.sandbox.ask("POST", "results", {"user": self.who["id"]})
        self.sandbox.ask("POST", "faults", {"kind": "status", "path": "departments/"})
        self.call("departments/")
        self.call("user/?employee_alias=" + "x" * 200)
        self.refused()
        self.sandbox.ask("POST", "faults", {"kind": "cut_after_acting", "method": "POST", "times": 3})
        opened = "request={}&person={}".format(self.sandbox.ask("GET", "requests")[-1]["id"], self.who["id"])
        grounds = set()
        for width in (420, 1400):
            for dark in (False, True):
                for name, query in (("page", ""), ("opened", opened)):
                    self.browser.look(width, dark)
                    self.browser.open("{}/sandbox/?{}".format(self.sandbox.url, query))
                    self.browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
                    grounds.add(self.browser.run("return getComputedStyle(document.documentElement).backgroundColor"))
                    wide = "return [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && !one.closest('thead') &&"
                    wide += " one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 100))"
                    where = "{} at {} px, {}".format(name, width, "dark" if dark else "light")
                    self.assertEqual(self.browser.run(wide), [], where)
                    self.assertEqual(self.browser.run(CONTRAST), [], where)
                    folder = os.environ.get("FINAUT_SCREENSHOTS")
                    if folder:
                        file = "{}-{}-{}.png".format(name, width, "dark" if dark else "light")
                        self.browser.picture(os.path.join(folder, file), width)
        self.assertEqual(len(grounds), 2, "dark is another ground than light")

    def test_the_keyboard_suffices_and_nothing_comes_from_elsewhere(self) -> None:
        self.refused()
        self.browser.open(self.sandbox.url + "/sandbox/")
        reached, outlines = [], set()
        for _ in range(12):
            self.browser.press("\ue004")
            reached.append(self.browser.run("return document.activeElement.textContent.trim() || document.activeElement.id"))
            outlines.add(self.browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
        self.assertEqual(reached[:6], ["live", "Requests", "Faults, clock, slots", "People", "Sent", "Settings"])
        self.assertIn("POST /finautapi/v1/user/", reached)
        self.assertNotIn("none", outlines, "one sees where one is")
        loaded = self.browser.run("return performance.getEntriesByType('resource').map((one) => one.name)")
        self.assertTrue(loaded)
        self.assertEqual([name for name in loaded if not name.startswith((self.sandbox.url, "data:"))], [])
        headings = self.browser.run("return [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => +one.tagName[1])")
        self.assertEqual([(a, b) for a, b in zip(headings, headings[1:]) if b > a + 1], [], "no level of headings is left out")
