"""The examples do what they say, and what the READMEs show is them."""

import os
import subprocess
import sys
import unittest
from typing import Any

from stage import client, newcomer, people, sandbox

SOURCE = os.environ["FINAUT_SOURCE"]
EXAMPLES = os.path.join(SOURCE, "examples", "python")


def run_example(name: str, *arguments: str, **environment: str) -> Any:
    return subprocess.run(
        [sys.executable, os.path.join(EXAMPLES, name), *arguments],
        env=dict(os.environ, PYTHONIOENCODING="utf-8", **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=1800,
    )


def text_of(*path: str) -> str:
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as file:
        return file.read()


class Examples(unittest.TestCase):
    def test_onboarding(self) -> None:
        persnr = newcomer()["persnr"]
        done = run_example("onboard.py", persnr)
        self.assertEqual((done.stderr, done.returncode), ("", 0))
        for line in (
            "Hired Kjærsti Bjørnås-Ødegård in ",
            "Set on hold in afr from ",
            "    afr   {}  on hold (begins after parental leave)".format(sandbox("GET", "state")["today"]),
            "Withdrawn from krd from ",
            "This took 13 requests; 187 more can go this hour.",
        ):
            self.assertIn("\n" + line, done.stdout)

    def test_onboarding_that_fails_says_why_and_how_to_go_on(self) -> None:
        known, unknown = people()[0]["persnr"], newcomer()["persnr"]
        for status, words, arguments, environment in (
            (1, "persnr: ", [known], {}),
            (2, "Usage: ", [], {}),
            (2, "Set FINAUT_API_HOST", [unknown], {"FINAUT_API_HOST": ""}),
            (2, "https://", [unknown], {"FINAUT_API_HOST": "http://finaut.example"}),
            (2, "does not accept client_id", [unknown], {"FINAUT_CLIENT_SECRET": "another"}),
        ):
            with self.subTest(words):
                done = run_example("onboard.py", *arguments, **environment)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertIn(words, done.stderr)
                self.assertNotIn("Traceback", done.stderr)
                self.assertNotIn(known, done.stderr)

    def test_the_short_one(self) -> None:
        with client() as here:
            here.users.create_candidate(schemes=["afr"], **newcomer(employee_alias="E1001"))
            sandbox("POST", "results", {"user": people()[0]["id"], "exam_name": "Prøve 7", "score": "87.50"})
            results = here.results.list(from_date="2026-11-01")["count"]
        done = run_example("short.py")
        self.assertEqual((done.stderr, done.returncode), ("", 0))
        lines = done.stdout.splitlines()
        self.assertEqual((lines[0], len(lines)), ("Prøve-Næss", 1 + results))
        self.assertIn("Prøve 7 87.5", lines)

    def test_the_readmes_show_the_short_one(self) -> None:
        shown = "```python\n{}```\n".format(text_of("examples", "python", "short.py"))
        for readme in (("README.md",), ("bindings", "python", "README.md")):
            with self.subTest(readme):
                text = text_of(*readme)
                if readme == ("README.md",) and "<!-- python -->" not in text:
                    self.skipTest("README.md has no section for Python")
                _, _, section = text.partition("<!-- python -->\n")
                self.assertIn(shown, section.partition("<!-- end of python -->")[0])
