"""The tests' own house: what several modules use lives beside them, not in one of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support.paths import ROOT, TESTS


def imported(source: str, package: str) -> Iterator[str]:
    """Full names of all that a module of ``package`` imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{one.name}" for one in node.names)


def of_test_modules(source: str, package: str = "tests") -> list[str]:
    return [name for name in imported(source, package) if name.startswith("tests.test_")]


def test_no_module_imports_a_test_module() -> None:
    """Helpers move to ``tests/support``: a test module is read for its own tests."""
    folders = (TESTS, ROOT / "benchmarks")
    found = {
        str(path.relative_to(ROOT)): names
        for folder in folders
        for path in folder.rglob("*.py")
        if (names := of_test_modules(path.read_text("utf-8"), ".".join(path.parent.relative_to(ROOT).parts)))
    }
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import tests.test_cli",
        "from tests.test_cli import run",
        "from tests import test_cli",
        "def f():\n    from .test_cli import run",
        "from . import test_cli as x",
    ],
)
def test_every_way_to_import_one_is_seen(source: str) -> None:
    assert of_test_modules(source)


def test_a_package_of_helpers_is_no_test_module() -> None:
    assert not of_test_modules("from tests.support import cli\nfrom ..tests_of import x\nimport testing")
    assert of_test_modules("from ..test_cli import run", "tests.support")


def test_every_module_in_support_is_used() -> None:
    """What nobody imports nor runs has been left behind."""
    sources = {path: path.read_text("utf-8") for path in TESTS.rglob("*.py")}
    named = " ".join(
        name
        for path, text in sources.items()
        for name in imported(text, ".".join(path.parent.relative_to(ROOT).parts))
    )
    run = "\n".join(text for path, text in sources.items() if path.parent != TESTS / "support")
    for path in (TESTS / "support").glob("*.py"):
        if path.name != "__init__.py":
            name = f"tests.support.{path.stem}"
            assert name in named or name in run, name
