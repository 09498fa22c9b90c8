"""A plan's page, as people in HR open it: made-up nights of core/src/sync/report/nights.rs, in both languages."""

import os
import unittest

from test_page import CONTRAST
from webdriver import Browser

PAGES = os.environ["FINAUT_PLAN_PAGES"]
NIGHTS = ("normal", "cut", "merger", "quiet", "first", "hostile", "run", "period", "undo")
LANGUAGES = (("en", "en"), ("no", "nb"))


class PlanPage(unittest.TestCase):
    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self) -> None:
        self.addCleanup(self.browser.forget)

    def each(self) -> list:
        return [(night, tag, lang) for night in NIGHTS for tag, lang in LANGUAGES]

    def open(self, night: str, tag: str) -> None:
        self.browser.open("file://{}/{}-{}.html".format(PAGES, night, tag))

    def picture(self, name: str, width: int) -> None:
        """FINAUT_SCREENSHOTS names a folder for pictures."""
        folder = os.environ.get("FINAUT_SCREENSHOTS")
        if folder:
            self.browser.picture(os.path.join(folder, "plan-" + name + ".png"), width)

    def test_it_fits_a_telephone_and_needs_no_script(self) -> None:
        for night, tag, lang in self.each():
            with self.subTest(night=night, language=tag):
                self.open(night, tag)
                self.browser.look(420, dark=False)
                wide = self.browser.run(
                    "return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > 421)"
                    ".map((one) => one.outerHTML.slice(0, 120)).concat(document.documentElement.scrollWidth > 420 ? ['the page'] : [])"
                )
                self.assertEqual(wide, [])
                self.assertEqual(self.browser.run("return document.scripts.length + document.querySelectorAll('[onclick], [onload], [onerror], [onmouseover]').length"), 0)
                self.assertEqual(self.browser.run("return document.documentElement.lang"), lang)
                self.assertTrue(self.browser.run("return document.title.length > 10 && document.querySelectorAll('h1').length === 1"))

    def test_tables_have_headers_and_text_can_be_read(self) -> None:
        for night, tag, _ in self.each():
            with self.subTest(night=night, language=tag):
                self.open(night, tag)
                self.assertEqual(self.browser.run("return [...document.querySelectorAll('th')].filter((one) => !one.scope).length"), 0)
                for width, dark in ((420, False), (1100, False), (1100, True)):
                    self.browser.look(width, dark)
                    self.assertEqual(self.browser.run(CONTRAST), [])
                    self.picture("{}-{}-{}{}".format(night, tag, width, "-dark" if dark else ""), width)
                anchors = "return [...document.querySelectorAll('a')].filter((one) => !document.querySelector(one.getAttribute('href'))).length"
                self.assertEqual(self.browser.run(anchors), 0)

    def test_it_says_first_who_is_held_how_many_leave_and_what_it_costs(self) -> None:
        for tag, said in (("en", ("Held for approval", "leave", "Cost", "27 November 2026")), ("no", ("Venter på godkjenning", "går ut", "Kostnad", "27. november 2026"))):
            self.open("normal", tag)
            answers = self.browser.text("css:.answers")
            for words in said + ("Gunnhild",):
                self.assertIn(words, answers)
            self.assertEqual(self.browser.run("return document.querySelector('.numbers .leave dd').firstChild.textContent.trim()"), "3")
            self.assertNotIn("last_name", self.browser.text())

    def test_an_undo_list_shows_what_puts_people_back(self) -> None:
        for tag, said in (("en", ("User id", "Record", "authorised")), ("no", ("Bruker-id", "Post", "autorisert"))):
            self.open("undo", tag)
            self.browser.look(1400, dark=False)
            shown = self.browser.text()
            for words in said + ("590166", "E590166", "884211"):
                self.assertIn(words, shown)

    def test_a_runs_report_says_what_was_done_and_what_is_open(self) -> None:
        for tag, said in (("en", ("New since the last run", "Done", "next try")), ("no", ("Nytt siden forrige kjøring", "Utført", "neste forsøk"))):
            self.open("run", tag)
            shown = self.browser.text().lower()
            for words in said:
                self.assertIn(words.lower(), shown)

    def test_names_stay_text(self) -> None:
        self.open("hostile", "en")
        shown = self.browser.text()
        self.assertIn("<script>alert('1')</script>", shown)
        self.assertIn("\\u202e", shown)
        self.assertEqual(self.browser.run("return document.querySelectorAll('img, i, script').length"), 0)
