"""No module of the package imports another that imports it, be it by way of others, inside a function or for types only."""

import ast
import os
import unittest
from typing import Dict, List, Optional

import finaut

#: Module → what it imports of the package → the line.
Arrows = Dict[str, Dict[str, int]]


def sources() -> Dict[str, str]:
    """The text of each module, by its name; a package's is its `__init__`."""
    package = os.path.dirname(os.path.abspath(finaut.__file__))
    found = {}
    for folder, _, files in os.walk(package):
        for name in files:
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                parts = os.path.relpath(path, os.path.dirname(package))[: -len(".py")].split(os.sep)
                with open(path, encoding="utf-8") as file:
                    found[".".join(parts)] = file.read()
    return found


def arrows_of(texts: Dict[str, str]) -> Arrows:
    """Names are as in `texts`. That a module's packages are imported with it is no arrow: it does not name them."""
    return {module: imports_of(module, text, texts) for module, text in texts.items()}


def imports_of(module: str, text: str, texts: Dict[str, str]) -> Dict[str, int]:
    imports: Dict[str, int] = {}
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        named = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            # `a.b` and `a.__init__` are both in the package `a`.
            outer = module.split(".")[: -node.level] if node.level else []
            base = ".".join(outer + ([node.module] if node.module else []))
            inner = [base + "." + name for name in named]
            named = [name if file_of(name, texts) else base for name in inner]
        for name in named:
            target = file_of(name, texts)
            if target is not None and target != module:
                imports.setdefault(target, node.lineno)
    return imports


def file_of(name: str, texts: Dict[str, str]) -> Optional[str]:
    return next((module for module in (name, name + ".__init__") if module in texts), None)


def circle(arrows: Arrows) -> List[str]:
    """A circle as "module:line" of each import, in order; [] if there is none."""
    left = {module: dict(imports) for module, imports in arrows.items()}
    while True:
        ends = [module for module, imports in left.items() if not any(target in left for target in imports)]
        if not ends:
            break
        for module in ends:
            del left[module]
    way: List[str] = []
    if not left:
        return []
    module = min(left)
    while module not in way:
        way.append(module)
        module = next(target for target in left[module] if target in left)
    way = way[way.index(module) :]
    return ["{}:{}".format(at, arrows[at][to]) for at, to in zip(way, way[1:] + way[:1])]


class Structure(unittest.TestCase):
    def test_imports_form_no_circle(self) -> None:
        texts = sources()
        self.assertIn("finaut.finautapi_client.resources.resource", texts)
        self.assertEqual(circle(arrows_of(texts)), [])

    def test_one_import_more_that_closes_a_circle_is_found(self) -> None:
        texts = sources()
        for module, line in (
            ("finaut.finautapi_client.resources.resource", "from ..client import FinAutAPIClient"),
            ("finaut.finautapi_client.resources.resource", "from .. import client"),
            ("finaut.finautapi_client.exceptions", "def added(): from .response import Response"),
            ("finaut.finautapi_client.exceptions", "if TYPE_CHECKING: from . import FinAutAPIClient"),
            ("finaut.errors", "import finaut.client"),
            ("finaut.errors", "from finaut import Client"),
            ("finaut.declared", "from .groups import Operations"),
        ):
            with self.subTest(module + ": " + line):
                text = texts[module] + line + "\n"
                found = circle(arrows_of(dict(texts, **{module: text})))
                self.assertIn("{}:{}".format(module, text.count("\n")), found)
