"""Norwegian letters, emoji, quotes and their like, through every layer: Python, the library, the wire, the register and back."""

import os
import tempfile
from typing import Any, List

import finaut

from stage import Case, client, newcomer, people, sandbox

NASTY = 'Æ ø å "quoted" \\ back \' 🙂 é ß 中 \u2028 </script> %2F {0} ${x}'


class Text(Case):
    def test_it_comes_back_as_it_went(self) -> None:
        person = newcomer(first_name=NASTY, last_name="Ø'Bråten 👩‍💼")
        created = self.client.users.create_candidate(schemes=["afr"], **person)
        got = self.client.users.get(persnr=person["persnr"])
        self.assertEqual((got["first_name"], got["last_name"]), (NASTY, "Ø'Bråten 👩‍💼"))
        self.assertEqual(got["first_name"], created["first_name"])
        held = self.client.users.hold(id=created["id"], scheme="afr", comment=NASTY)
        self.assertEqual(self.client.userstatus.get(id=held["id"])["comment"], NASTY)
        sent = sandbox("GET", "requests?raw=1")
        self.assertTrue(any('\\"quoted\\"' in seen["body"] for seen in sent))

    def test_in_a_filter(self) -> None:
        alias = "Å&B=c+d 🙂 \"'?#/"
        person = self.client.users.create_candidate(schemes=["afr"], **newcomer(employee_alias=alias))
        self.assertEqual(self.client.users.get(employee_alias=alias)["id"], person["id"])
        found = self.client.request(method="GET", path="user/", query={"employee_alias": alias})
        self.assertEqual(found["count"], 1)

    def test_in_errors_and_events(self) -> None:
        with self.assertRaises(finaut.FinAutError) as failed:
            self.client.users.get(id="blåbær 🙂")
        self.assertIn("blåbær 🙂", str(failed.exception))
        told: List[Any] = []
        with client(on_event=told.append) as telling:
            with self.assertRaises(finaut.FinAutError):
                telling.request(method="GET", path="bl%C3%A5b%C3%A6r/")
        self.assertTrue(any("bl%C3%A5b%C3%A6r" in event.get("path", "") for event in told), told)

    def test_in_the_configuration(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "bjørn 🐻.db")
            with client(state=file) as sharing:
                sharing.check()
            self.assertTrue(os.path.exists(file))

    def test_whatever_encoding_the_configuration_names(self) -> None:
        someone = people()[0]["id"]
        self.client.users.update(id=someone, changes={"first_name": "Åse 🙂"})
        for encoding in ("windows-1252", "latin1", "iso-8859-15", "koi8-r", "UTF-8"):
            with self.subTest(encoding), client(encoding=encoding) as other:
                self.assertEqual(other.users.get(id=someone)["first_name"], "Åse 🙂")
                with self.assertRaisesRegex(finaut.FinAutError, "blåbær"):
                    other.users.get(id="blåbær")

    def test_a_zero_byte_is_no_end(self) -> None:
        someone = people()[0]["id"]
        with self.assertRaises(finaut.ValidationError) as refused:
            self.client.request(method="PATCH", path="user/{}/".format(someone), body={"first_name": "a\0b"})
        self.assertEqual(refused.exception.fields, {"first_name": ["Null characters are not allowed."]})
