"""The examples do what they say, and what the READMEs show is them."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from typing import Any

import nights
from stage import House, client, newcomer, people, sandbox, watched

SOURCE = os.environ["FINAUT_SOURCE"]
#: A program in a page: its path in the link before it, and its text.
SHOWN = r"\[(examples/[^\]]+)\]\([^)]*\):\n\n<!-- [^\n]* -->\n```\w+\n(.*?)```\n<!-- end"
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
    def test_a_batch_job_tells_by_its_exit_code_how_it_went(self) -> None:
        with client() as here, tempfile.TemporaryDirectory() as folder:
            results = here.results.list(from_date="2026-01-01")["count"]
            state = os.path.join(folder, "db")
            done = run_example("batch.py", "2026-01-01", state)
            self.assertEqual((done.returncode, len(done.stdout.splitlines())), (0, results), done.stderr)
            for status, words, arguments, environment in (
                (2, "Usage: ", [], {}),
                (2, "from_date: ", ["yesterday", state], {}),
                (2, "cannot be made", ["2026-01-01", os.path.join(folder, "missing", "db")], {}),
                (2, "does not accept client_id", ["2026-01-01", state], {"FINAUT_CLIENT_SECRET": "another"}),
                (2, "https://", ["2026-01-01", state], {"FINAUT_API_HOST": "http://finaut.example"}),
            ):
                with self.subTest(words):
                    done = run_example("batch.py", *arguments, **environment)
                    self.assertEqual(done.returncode, status, done.stderr)
                    self.assertIn(words, done.stderr)
                    self.assertNotIn("Traceback", done.stderr)

    def test_a_first_night_proposes_a_profile_and_then_plans_by_it(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            profile, state, page, hr = (os.path.join(folder, name) for name in ("hr.json", "state.db", "plan.html", "hr.csv"))
            somebody = people()[5]
            with open(hr, "w", encoding="utf-8") as file:
                file.write("fnr;ansattnr;fornavn;etternavn;avdeling;ordninger\n")
                file.write("{persnr};{employee_alias};{first_name};Berg;;\n".format(**somebody))
            os.utime(hr, (os.path.getmtime(hr) - 3600,) * 2)
            proposed = run_example("first_night.py", profile, state, page, hr)
            self.assertEqual(proposed.returncode, 0, proposed.stderr)
            with open(profile, encoding="utf-8") as file:
                told = json.load(file)
            self.assertEqual(told["leavers"], "report")
            told["scope"] = {"companies": [somebody["company_id"]], "schemes": ["afr"]}
            told["file"].pop("departments", None)
            with open(profile, "w", encoding="utf-8") as file:
                json.dump(told, file)
            planned = run_example("first_night.py", profile, state, page)
            self.assertEqual(planned.returncode, 0, planned.stderr)
            self.assertIn("requests", planned.stdout)
            with open(page, encoding="utf-8") as file:
                shown = file.read()
            self.assertIn("Berg", shown)
            self.assertNotIn(somebody["persnr"], shown + planned.stdout)

    def test_a_night_ends_with_the_exit_code_that_says_how_it_went_and_mails_where_its_page_is(self) -> None:
        nights.check(self, nights.python(os.path.join(SOURCE, "examples", "sync", "nightly.py")))

    @unittest.skipIf(sys.platform == "win32", "no other process can press Ctrl-C for one here")
    def test_a_batch_job_that_is_stopped_ends_with_130_and_one_without_requests_with_5(self) -> None:
        # The job itself, with a throttle that lets nothing through for an hour; the second time it may not wait so long.
        script = (
            "import sys; sys.path.insert(0, {!r})\nimport batch, finaut\nfrom stage import client\nclient().check()\nmade = finaut.Client\n"
            "def on_event(event):\n    if event['event'] == 'wait': ready()\n"
            "def narrow(**config): return made(**dict(config, throttle={{'requests': 1}}, on_event=on_event, {}))\n"
            "finaut.Client = narrow\nsys.exit(batch.main(['2026-01-01', None]))\n"
        )
        status, said = watched(script.format(EXAMPLES, ""))
        self.assertEqual(status, 130, said)
        status, said = watched(script.format(EXAMPLES, "max_wait_s=1"))
        self.assertEqual(status, 5, said)
        self.assertIn("docs/batch-jobs.md", said)

    def test_the_page_about_batch_jobs_shows_them(self) -> None:
        page = text_of("docs", "batch-jobs.md")
        for language, name in (("python", "batch.py"), ("c", "batch.c")):
            shown = "```{}\n{}```\n".format(language, text_of("examples", language, name))
            self.assertIn(shown, page.partition("<!-- {} -->\n".format(language))[2].partition("<!-- end of {} -->".format(language))[0])

    def test_the_pages_about_the_sync_show_the_programs(self) -> None:
        pages = ["sync.md", "sync-first-night.md", "sync-nights.md"]
        shown = [found for page in pages for found in re.findall(SHOWN, text_of("docs", page), re.S)]
        self.assertEqual(len(shown), 7)
        for path, program in shown:
            with self.subTest(path):
                self.assertEqual(program, text_of(*path.split("/")))

    def test_the_morning_after_a_broken_export_looks_as_the_page_shows_it(self) -> None:
        shown = nights.morning(self, nights.python(os.path.join(SOURCE, "examples", "sync", "nightly.py")))
        page = text_of("docs", "sync-nights.md")
        for name, text in shown.items():
            begin, end = "<!-- cut: {} -->\n".format(name), "<!-- end of cut: {} -->".format(name)
            before, _, rest = page.partition(begin)
            page = "{}{}```text\n{}```\n{}{}".format(before, begin, text, end, rest.partition(end)[2])
        if os.environ.get("FINAUT_RENEW"):
            with open(os.path.join(SOURCE, "docs", "sync-nights.md"), "w", encoding="utf-8") as file:
                file.write(page)
        self.assertEqual(page, text_of("docs", "sync-nights.md"))

    def test_what_was_reviewed_is_approved_and_the_audit_is_whole(self) -> None:
        house = nights.approve(self, [sys.executable, os.path.join(SOURCE, "examples", "sync", "approve.py")])
        audit = house.state + "-audit-night.ndjson"
        checked = run_example(os.path.join("..", "sync", "check_audit.py"), audit)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        with open(audit, "rb") as file:
            lines = file.read().splitlines(True)
        self.assertEqual(checked.stdout, "{} lines, {}\n".format(len(lines), hashlib.sha256(lines[-1][:-1]).hexdigest()))
        self.assertIn("Kari Prøve", b"".join(lines).decode())
        for number, changed in (
            (2, [lines[0].replace(b"night", b"month")] + lines[1:]),
            (2, lines[:1] + lines[2:]),
            (3, lines[:2] + lines[1:]),
            (1, lines[1:]),
            (len(lines), lines[:-1] + [lines[-1][:-10]]),
        ):
            with self.subTest(number):
                with open(audit, "wb") as file:
                    file.write(b"".join(changed))
                checked = run_example(os.path.join("..", "sync", "check_audit.py"), audit)
                self.assertEqual(checked.returncode, 1)
                self.assertIn("line {}".format(number), checked.stderr)

    def test_monitoring_says_how_old_the_last_run_is(self) -> None:
        house = House(self)

        def watch(status: int, words: str, *arguments: str) -> None:
            done = run_example(os.path.join("..", "sync", "watch.py"), *arguments)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(words, done.stdout + done.stderr)

        watch(2, "Usage: ", "night", house.state)
        watch(1, "none ever was", "night", house.state, "26")
        with client(state=house.state) as nightly:
            house.approve(nightly)
        watch(0, "done; last done 20", "night", house.state, "26")

    def test_the_schedules_start_programs_that_are_there_as_they_are_called(self) -> None:
        crontab, task = (text_of("examples", "sync", name) for name in ("crontab", "windows-task.xml"))
        night = re.findall(r"/opt/finaut/nightly\.py (.*)", crontab) + re.findall(r"nightly\.py (.*)</Arguments>", task)
        self.assertEqual([len(arguments.split()) for arguments in night], [4, 5])
        watching = re.findall(r"/opt/finaut/(\w+\.py) (.*)", crontab)[1]
        self.assertEqual((watching[0], len(watching[1].split())), ("watch.py", 3))
        triggers = xml.etree.ElementTree.fromstring(task).iter("{http://schemas.microsoft.com/windows/2004/02/mit/task}Interval")
        self.assertEqual([interval.text for interval in triggers], ["PT1H"])

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
