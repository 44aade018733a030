"""The calls in the code that make findings, as they are written: their codes and the words that they give."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.codes import CODES

_PACKAGE = Path(__file__).resolve().parents[2] / "workbook"
_FINDERS = {"found", "_found", "PartProblem", "Ambiguous"}
"""What takes a code and the words of its texts."""

_PLACES = {"sheet", "cell", "indicator", "file", "line", "spot", "clause", "word"}
"""Keywords that say where, not what."""

_HELD_BY = {
    "intake/kinds.py": "intake/kinds.py",
    "load/explain.py": "rubric/expr_parser.py",
    "verifier/isolated.py": "verifier/isolated.py",
}
"""For calls whose code is the attribute of something: the module that gives it."""

Function = ast.FunctionDef | ast.Lambda | ast.Module


@dataclass(frozen=True, slots=True)
class FindingCall:
    """One call: where it stands, the codes that it can have, and the words that it gives.

    ``written`` are those of the call itself; several calls may share others.
    """

    at: str
    codes: frozenset[str]
    words: frozenset[str]
    written: frozenset[str]


def finding_calls() -> Iterator[FindingCall]:
    """Every call of the package that makes a finding, but for those that hand on what they were given."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = path.relative_to(_PACKAGE).as_posix()
        for function, call in _calls(tree, tree):
            if not _hands_on(function, call):
                codes = frozenset(_codes(module, tree, function, call))
                words = frozenset(_words(function, call))
                written = frozenset(one.arg for one in call.keywords if one.arg is not None) - _PLACES
                yield FindingCall(f"{module}:{call.lineno}", codes, words, written)


def _calls(node: ast.AST, within: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
    """The calls below a node, each with the innermost function in which it stands."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _name(child.func) in _FINDERS and child.args:
            yield within, child
        yield from _calls(child, child if isinstance(child, ast.FunctionDef) else within)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _hands_on(function: ast.AST, call: ast.Call) -> bool:
    """Whether a call passes the code and the words of its own function's caller."""
    if not isinstance(function, ast.FunctionDef) or function.args.kwarg is None:
        return False
    return any(one.arg is None and ast.unparse(one.value) == function.args.kwarg.arg for one in call.keywords)


def _codes(module: str, tree: ast.AST, function: ast.AST, call: ast.Call) -> Iterator[str]:
    code = call.args[0]
    yield from _constants(code)
    if isinstance(code, ast.Attribute):
        held = _PACKAGE / _HELD_BY[module]
        yield from _constants(ast.parse(held.read_text(encoding="utf-8")))
    if isinstance(code, ast.Name):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and code.id in {
                name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
            }:
                yield from _constants(node.value)
        if isinstance(function, ast.FunctionDef) and code.id in {one.arg for one in function.args.args}:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _name(node.func) == function.name:
                    yield from _constants(node)


def _constants(node: ast.AST) -> Iterator[str]:
    """The codes that stand in a piece of code."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value in CODES:
            yield one.value


def _words(function: ast.AST, call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg is None:
            yield from _keys(function, ast.unparse(keyword.value))
        elif keyword.arg not in _PLACES:
            yield keyword.arg
    if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("subject"):
        yield "where"  # the subject of lints says it of each place


def _keys(function: ast.AST, variable: str) -> Iterator[str]:
    """The keys of a dictionary that a function has put together."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == variable:
            assert isinstance(node.value, ast.Dict), ast.unparse(node)
            yield from (key.value for key in node.value.keys if isinstance(key, ast.Constant))
