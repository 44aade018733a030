"""Formulas of an officer's own: do they stay inside of the file?

A closed world: a formula is taken apart into signs, texts, names, references and functions. What refers to a
sheet must name a sheet of this file; a function must be one that neither fetches nor runs nor asks anything;
and what cannot be taken apart may mean anything in some program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from workbook.findings import Finding, found
from workbook.template.model import Formula, Template
from workbook.verifier.integrity.functions import KNOWN, OUTSIDE, OUTSIDE_FAMILIES
from workbook.xlsx_reader.follower import Follower
from workbook.xlsx_reader.links import is_plain, starts_program
from workbook.xlsx_reader.received import Received

_TOKEN = re.compile(
    r"""(?xs)
    (?P<blank>\s+)
    | (?P<text>"(?:[^"]|"")*")
    | (?P<error>\#(?:REF!|NULL!|DIV/0!|VALUE!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!
        |CONNECT!|BUSY!|UNKNOWN!|PYTHON!|EXTERNAL!|GETTING_DATA))
    | (?P<quoted>'(?:[^']|'')*')!
    | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?(?![\w!.\[]))
    | (?P<title>[^\s'"()\[\]{}+\-*/^&=<>%,;:!\#|@$\\~?、]+)!
    | (?P<function>(?:[^\W\d]|\\)[\w.\\?]*)\s*\(
    | (?P<name>[\w$\\][\w$.\\?]*)
    | (?P<table>\[)
    | (?P<spilled>\#)
    | (?P<close>\))
    | (?P<open>\()
    | (?P<sign>[+\-*/^&=<>%,;:{}@、])""",
    re.I,
)
"""Tokens of formulas."""

_PLAIN = re.compile(r"[\w\s.$+\-*/^&=<>%,;:(){}@]*")
"""Without these signs' company there is no sheet, no text and no bracket to look at: functions only."""
_FUNCTION = re.compile(r"(?<![\w.])([^\W\d][\w.]*)\s*\(")
_ENDED = re.compile(r"\s*(?:[+\-*/^&=<>%,;:)}]|\Z)")
"""Text behind a table's columns, or the mark of spilled cells: no title, whatever blanks are between."""
_ROOM = re.compile(r"_xlfn\.|_xlws\.|ORG\.(?:OPENOFFICE|LIBREOFFICE)\.", re.I)
"""Prefixes of functions that only one program has."""
_LEADS = re.compile(r"[\[\]\\#|/]")
"""Signs of an address that no reference to a sheet of the same file needs."""

_INSIDE = ("_XLPM.", "_TRO_")
"""A function that is handed to another, and the cutting off of blank edges."""
_WRAPPER = "__XLUDF.DUMMYFUNCTION"
"""In it Google keeps the formula, as a text, that it writes again when it opens the file."""
_FOLLOWED, _LINK = "INDIRECT", "HYPERLINK"
_ADDRESS = re.compile(r"\[[^\]]+\][^!]*!|#\$?[^.]+\.\$?[A-Za-z]{1,3}\$?\d|^[^!]*\|[^!]*!")
"""A reference to another file as Excel and LibreOffice write it, or to another program."""


class World(NamedTuple):
    """Sheets and names of a file: titles and names are casefolded."""

    titles: frozenset[str]
    names: frozenset[str] = frozenset()


class _Part(NamedTuple):
    """A sign of a formula: its kind, its text, the function around it, whether an address is made there."""

    kind: str
    text: str
    around: str
    followed: bool


class _At(NamedTuple):
    """The place of a formula, and the way to be rid of it."""

    place: str
    fix: str
    sheet: str | None = None
    cell: str | None = None


_NAME_FIX = "请在“公式 → 名称管理器”中找到该名称（可能是从别的文件粘贴时带来的）并删去，保存后再报送。"
_RULE_FIX = "请删去这条条件格式或数据有效性规则，或把其中的公式改为只引用本文件。"
_TABLE_FIX = "请选中该表格，用“表格设计 → 转换为区域”改为普通单元格。"
_CELL_FIX = "请把该单元格“选择性粘贴”为数值，或删去该公式。"


class _Unreadable(Exception):
    """A formula that cannot be taken apart; the message is the text from there on."""


def call_findings(template: Template, received: Received) -> Iterator[Finding]:
    """Formulas that reach outside of the file, wherever they stand but in the template's own cells."""
    local = (name for sheet in received.sheets.values() for name in sheet.local_names)
    world = _world(tuple(received.order or received.sheets), (*received.names, *local))
    followed = False
    for text, at in _formulas(template, received):
        followed = followed or _FOLLOWED in text.upper()
        if what := outside(text, world):
            yield _called(at, what)
    if followed:
        yield from (_called(at, text[:40]) for text, at in _addresses(received))


@lru_cache(maxsize=64)
def _world(titles: tuple[str, ...], names: tuple[str, ...]) -> World:
    """One world for files whose sheets and names are the same, as most are: worlds take long to compare."""
    return World(*(frozenset(one.casefold() for one in listed) for listed in (titles, names)))


def _formulas(template: Template, received: Received) -> Iterator[tuple[str, _At]]:
    """The formulas that are not the template's; its names are compared with what was issued."""
    for name, text in received.names.items():
        if name not in template.names:
            yield text, _At(f"名称“{name[:40]}”", _NAME_FIX)
    for title, sheet in received.sheets.items():
        for name, text in sheet.local_names.items():
            yield text, _At(f"名称“{name[:40]}”", _NAME_FIX, title)
        for place, text in sheet.frame.calls:
            yield text, _At(place, _RULE_FIX, title)
        for text in sheet.table_formulas:
            yield text, _At("表格（超级表）的公式", _TABLE_FIX, title)
        if title not in template.sheet:
            for ref, cell in sheet.cells.items():
                if isinstance(cell, Formula) and not isinstance(cell, Follower):
                    yield cell.text, _At(f"单元格 {ref}", _CELL_FIX, title, ref)


def _addresses(received: Received) -> Iterator[tuple[str, _At]]:
    """Texts in cells that are addresses outside of the file, which something else may follow."""
    for title, sheet in received.sheets.items():
        for ref, value in chain(sheet.cells.items(), sheet.cached.items()):
            if isinstance(value, str) and _ADDRESS.search(value):
                yield value, _At(f"单元格 {ref}", _CELL_FIX, title, ref)


def _called(at: _At, what: str) -> Finding:
    return found("CALLS_OUT", sheet=at.sheet, cell=at.cell, place=at.place, what=what, remedy=at.fix)


def outside(formula: str, world: World) -> str:
    """The first part of a formula that reaches outside a file with these sheets and names; "" for none."""
    if _PLAIN.fullmatch(formula):
        names = _FUNCTION.findall(formula)
        return next((f"{name[:40]}(" for name in names if _function_outside(name, world)), "")
    return _outside(formula, world)


@lru_cache(maxsize=4096)
def _outside(formula: str, world: World) -> str:
    try:
        for part in _parts(formula):
            if what := _part_outside(part, world):
                return what.strip()[:40]
    except _Unreadable as problem:
        return str(problem)
    return ""


def _part_outside(part: _Part, world: World) -> str:
    match part.kind:
        case "function":
            return f"{part.text}(" if _function_outside(part.text, world) else ""
        case "quoted":
            title = part.text[1:-1].replace("''", "'")
            return "" if _own_sheets(title, world.titles) else part.text + "!"
        case "title":
            return "" if _own_sheets(part.text, world.titles) else part.text + "!"
        case "text":
            text = part.text[1:-1].replace('""', '"')
            if part.followed and _LEADS.search(text):
                return text
            if part.around == _LINK and (starts_program(text) or not is_plain(text)):
                return text
            if part.around == _WRAPPER:
                return outside(text, world)
    return ""


def _own_sheets(title: str, titles: frozenset[str]) -> bool:
    """Whether a title, or a first and a last one, are of this file."""
    return all(one.casefold() in titles for one in title.split(":", 1))


def _bare(name: str) -> str:
    """A function's name in capital letters as Excel has it, without the room that it is kept in."""
    name = unicodedata.normalize("NFKC", name)
    while match := _ROOM.match(name):
        name = name[match.end() :]
    return name.upper()


def _function_outside(name: str, world: World) -> bool:
    return _kind_of(name) != "inside" and not (_kind_of(name) == "unknown" and name.casefold() in world.names)


@lru_cache(maxsize=4096)
def _kind_of(name: str) -> Literal["inside", "outside", "unknown"]:
    """The reach of a function of this name; unknown: a name of the file may stand for its work."""
    bare = _bare(name)
    if bare == _WRAPPER or bare.startswith(_INSIDE):
        return "inside"
    if bare in OUTSIDE or bare.startswith(("_", *OUTSIDE_FAMILIES)):
        return "outside"
    if bare in KNOWN:
        return "inside"
    if "." in bare:
        return "outside"
    # programs keep what they have added since in a room of its own
    return "inside" if _ROOM.match(unicodedata.normalize("NFKC", name)) else "unknown"


def _parts(formula: str) -> Iterator[_Part]:
    """The parts of a formula in their order. Raises _Unreadable with what stands there."""
    around = [("", False)]
    place = 1 if formula.startswith("=") else 0
    while place < len(formula):
        match = _TOKEN.match(formula, place)
        if match is None:
            raise _Unreadable(formula[place:].strip()[:40])
        kind, text, start = str(match.lastgroup), match[str(match.lastgroup)], place
        place = match.end()
        if kind == "table":
            place = _end_of_table(formula, start)
        elif kind == "spilled" and not _ENDED.match(formula, place):
            raise _Unreadable(formula[start:].strip()[:40])
        inner, followed = around[-1]
        yield _Part(kind, text, inner, followed)
        if kind in {"function", "open"}:
            name = _bare(text) if kind == "function" else ""
            around.append((name, followed or name == _FOLLOWED))
        elif kind == "close" and len(around) > 1:
            around.pop()


def _end_of_table(formula: str, start: int) -> int:
    """The index behind a table's columns, which stand in brackets: ``[列]``, ``[[#This Row],[列]]``.

    A bracket before a title is another workbook's name, and so is a mere number in one. Raises _Unreadable.
    """
    depth, place = 0, start
    while place < len(formula):
        sign = formula[place]
        if sign == "'":  # the sign after it is itself
            place += 1
        elif sign in "[]":
            depth += 1 if sign == "[" else -1
            if not depth:
                inside = formula[start + 1 : place].strip()
                if inside.isdecimal() or not _ENDED.match(formula, place + 1):
                    break
                return place + 1
        place += 1
    raise _Unreadable(formula[start:].strip()[:40])
