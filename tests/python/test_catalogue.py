"""The binding's methods against what the loaded library says it can do."""

import inspect
import json
import keyword
from typing import Any, Dict, Set

import finaut
import finaut.aio
from finaut import groups
from finaut.replies import OperationRow

from stage import Case

CATALOGUE = finaut.operations()


def method(owner: Any, operation: str) -> Any:
    """The method of an operation: users.get of a client is its users' get."""
    for name in operation.split("."):
        owner = getattr(owner, name + "_" if keyword.iskeyword(name) else name)
    return owner


def wanted(operation: OperationRow) -> Dict[str, bool]:
    """The arguments of an operation, and whether they must be given."""
    person = CATALOGUE["person"] if operation["person"] else []
    return {argument["name"]: argument["required"] for argument in person + operation["arguments"] + CATALOGUE["any"]}


def offered(call: Any) -> Dict[str, bool]:
    parameters = inspect.signature(call).parameters.values()
    # A word of Python has an underscore behind it.
    own = {parameter.name: parameter.name[:-1] if keyword.iskeyword(parameter.name.rstrip("_")) else parameter.name for parameter in parameters}
    return {own[parameter.name]: parameter.default is parameter.empty for parameter in parameters}


def declared() -> Set[str]:
    """The operations that groups.py has a method for, but for those that go through pages."""
    found = {name for name, _ in inspect.getmembers(groups.Operations, inspect.isfunction) if not name.startswith("_")}
    for group, value in inspect.getmembers(groups.Operations, lambda member: isinstance(member, property)):
        kind = inspect.signature(value.fget).return_annotation
        for name in vars(kind):  # what it inherits is no operation
            if not name.startswith("_") and not name.startswith("iterate"):
                found.add("{}.{}".format(group, name.rstrip("_")))
    return found


class Catalogue(Case):
    def test_each_operation_has_its_method_and_no_other(self) -> None:
        self.assertEqual(declared(), {operation["name"] for operation in CATALOGUE["operations"]})

    def test_each_method_has_its_operations_arguments(self) -> None:
        for operation in CATALOGUE["operations"]:
            with self.subTest(operation["name"]):
                call = method(self.client, operation["name"])
                self.assertEqual(offered(call), wanted(operation))
                self.assertTrue(" ".join(call.__doc__.split()).startswith(operation["summary"]))

    def test_the_awaited_client_has_the_same_methods(self) -> None:
        awaited = finaut.aio.Client()
        for operation in CATALOGUE["operations"]:
            with self.subTest(operation["name"]):
                call = method(awaited, operation["name"])
                self.assertTrue(inspect.iscoroutinefunction(call))
                self.assertEqual(inspect.signature(call), inspect.signature(method(self.client, operation["name"])))
        wanted = inspect.signature(finaut.Client.__init__).parameters
        self.assertEqual(set(inspect.signature(finaut.aio.Client.__init__).parameters) - set(wanted), {"threads"})
        self.assertLessEqual(set(wanted), set(inspect.signature(finaut.aio.Client.__init__).parameters))

    def test_what_has_pages_can_be_gone_through(self) -> None:
        for operation in CATALOGUE["operations"]:
            paged = any(argument["name"] == "page" for argument in operation["arguments"])
            group, _, name = operation["name"].rpartition(".")
            rows = "iterate" if name == "list" else "iterate_" + name
            with self.subTest(operation["name"]):
                owner = method(self.client, group) if group else self.client
                self.assertEqual(hasattr(owner, rows), paged)
                if paged:
                    self.assertEqual(offered(getattr(owner, rows)), wanted(operation))
                    awaited = getattr(method(finaut.aio.Client(), group) if group else finaut.aio.Client(), rows)
                    self.assertEqual(offered(awaited), wanted(operation))

    def test_each_method_reaches_its_operation(self) -> None:
        # The catalogue's own examples: what fails here fails in the server or for lack of a link, never for its arguments.
        for operation in CATALOGUE["operations"]:
            with self.subTest(operation["name"]):
                args = json.loads(operation["example"])
                try:
                    method(self.client, operation["name"])(**args)
                except finaut.ArgumentError:
                    raise
                except finaut.FinAutError as error:
                    self.assertEqual(error.operation, operation["name"])
                    self.assertGreater(len(str(error)), 20)

    def test_the_configurations_keys_are_the_constructors(self) -> None:
        with self.assertRaises(finaut.ConfigError) as refused:
            finaut.Client(no_such_key=1)  # type: ignore[call-arg]
        known = str(refused.exception).split("known are ")[1].split(".")[0].split(", ")
        own = {"self", "on_event", "progress_s", "parse_float"}
        self.assertEqual(set(inspect.signature(finaut.Client.__init__).parameters) - own, set(known))
