"""Formulas of an officer's own: do they stay inside of the file?

A closed world: a formula is taken apart into signs, texts, names, references and functions. What refers to a
sheet must name a sheet of this file; a function must be one that neither fetches nor runs nor asks anything;
and what cannot be taken apart may mean anything in some program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from workbook.findings import Finding, found
from workbook.template.model import Formula, Template
from workbook.xlsx_reader.received import Follower, Received

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
"""What formulas are made of."""

_PLAIN = re.compile(r"[\w\s.$+\-*/^&=<>%,;:(){}@]*")
"""Without these signs' company there is no sheet, no text and no bracket to look at: functions only."""
_FUNCTION = re.compile(r"(?<![\w.])([^\W\d][\w.]*)\s*\(")
_ENDED = re.compile(r"\s*(?:[+\-*/^&=<>%,;:)}]|\Z)")
"""What follows a table's columns, or the mark of spilled cells: no title, whatever blanks are between."""
_ROOM = re.compile(r"_xlfn\.|_xlws\.|ORG\.(?:OPENOFFICE|LIBREOFFICE)\.", re.I)
"""Where programs keep functions that another does not have."""
_LEADS = re.compile(r"[\[\]\\#|/]")
"""Signs of an address that no reference to a sheet of the same file needs."""

_OUTSIDE = frozenset(
    """WEBSERVICE RTD IMAGE STOCKHISTORY PY COPILOT TRANSLATE DETECTLANGUAGE FILTERXML SQL.REQUEST CALL
    GOOGLEFINANCE GOOGLETRANSLATE AI GEMINI REGISTER REGISTER.ID UNREGISTER EVALUATE EXEC EXECUTE RUN
    INITIATE POKE REQUEST TERMINATE SEND.KEYS SEND.MAIL FILES DIRECTORY DOCUMENTS LINKS OPEN OPEN.LINKS
    OPEN.TEXT SAVE SAVE.AS FOPEN FCLOSE FREAD FREADLN FWRITE FWRITELN FPOS FSIZE FILE.DELETE
    CREATE.DIRECTORY DELETE.DIRECTORY WORKBOOK.ACTIVATE ALERT INPUT GOTO RETURN HALT ON.TIME ON.KEY
    ON.DATA FORMULA SET.NAME SET.VALUE""".split()  # noqa: SIM905
)
"""Functions that read outside of the file, run or ask something: Excel's, its old macros', Google's."""
_OUTSIDE_FAMILIES = ("CUBE", "DDE", "IMPORT", "FWRITE")
_DOTTED = frozenset(
    """BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV CEILING.MATH CEILING.PRECISE CHISQ.DIST
    CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST CONFIDENCE.NORM CONFIDENCE.T COVARIANCE.P
    COVARIANCE.S ECMA.CEILING ERF.PRECISE ERFC.PRECISE ERROR.TYPE EXPON.DIST F.DIST F.DIST.RT F.INV
    F.INV.RT F.TEST FLOOR.MATH FLOOR.PRECISE FORECAST.ETS FORECAST.ETS.ADD FORECAST.ETS.CONFINT
    FORECAST.ETS.MULT FORECAST.ETS.PI.ADD FORECAST.ETS.PI.MULT FORECAST.ETS.SEASONALITY
    FORECAST.ETS.STAT FORECAST.ETS.STAT.ADD FORECAST.ETS.STAT.MULT FORECAST.LINEAR GAMMA.DIST GAMMA.INV
    GAMMALN.PRECISE HYPGEOM.DIST ISO.CEILING LOGNORM.DIST LOGNORM.INV MODE.MULT MODE.SNGL
    MULTIPLE.OPERATIONS NEGBINOM.DIST NETWORKDAYS.INTL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV
    PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC POISSON.DIST QUARTILE.EXC QUARTILE.INC
    RANK.AVG RANK.EQ SKEW.P STDEV.P STDEV.S T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST VAR.P VAR.S
    WEIBULL.DIST WORKDAY.INTL Z.TEST""".split()  # noqa: SIM905
)
"""The functions with a point in their name: all others of that kind are macros' or an add-in's."""
_INSIDE = ("_XLPM.", "_TRO_")
"""A function that is handed to another, and the cutting off of blank edges."""
_WRAPPER = "__XLUDF.DUMMYFUNCTION"
"""In it Google keeps the formula, as a text, that it writes again when it opens the file."""
_FOLLOWED = "INDIRECT"


class _Part(NamedTuple):
    """A sign of a formula: its kind, its text, the function around it, whether an address is made there."""

    kind: str
    text: str
    around: str
    followed: bool


class _Unreadable(Exception):
    """Where a formula can no longer be taken apart."""


def call_findings(template: Template, received: Received) -> Iterator[Finding]:
    """Formulas that reach outside of the file, wherever they stand but in the template's own cells."""
    titles = frozenset(title.casefold() for title in received.order or received.sheets)
    for name, text in received.names.items():
        # ours are compared with what was issued
        if name not in template.names and (what := outside(text, titles)):
            yield _named(name, what, None)
    for title, sheet in received.sheets.items():
        for name, text in sheet.local_names.items():
            if what := outside(text, titles):
                yield _named(name, what, title)
        for place, text in sheet.frame.calls:
            if what := outside(text, titles):
                fix = "请删去这条条件格式或数据有效性规则，或把其中的公式改为只引用本文件。"
                yield found("CALLS_OUT", sheet=title, place=place, what=what, remedy=fix)
        if title in template.sheet:
            continue
        for ref, cell in sheet.cells.items():
            if not isinstance(cell, Formula) or isinstance(cell, Follower):
                continue
            if what := outside(cell.text, titles):
                fix = "请把该单元格“选择性粘贴”为数值，或删去该公式。"
                yield found("CALLS_OUT", sheet=title, cell=ref, place=f"单元格 {ref}", what=what, remedy=fix)


def _named(name: str, what: str, sheet: str | None) -> Finding:
    fix = "请在“公式 → 名称管理器”中找到该名称（可能是从别的文件粘贴时带来的）并删去，保存后再报送。"
    return found("CALLS_OUT", sheet=sheet, place=f"名称“{name[:40]}”", what=what, remedy=fix)


def outside(formula: str, titles: Collection[str]) -> str:
    """What in a formula reaches outside of a file with sheets of these titles, casefolded; "" for nothing."""
    if _PLAIN.fullmatch(formula):
        names = _FUNCTION.findall(formula)
        return next((f"{name[:40]}(" for name in names if _function_outside(name)), "")
    return _outside(formula, frozenset(titles))


@lru_cache(maxsize=4096)
def _outside(formula: str, titles: frozenset[str]) -> str:
    try:
        for part in _parts(formula):
            if what := _part_outside(part, titles):
                return what.strip()[:40]
    except _Unreadable as problem:
        return str(problem)
    return ""


def _part_outside(part: _Part, titles: frozenset[str]) -> str:
    match part.kind:
        case "function":
            return f"{part.text}(" if _function_outside(part.text) else ""
        case "quoted":
            title = part.text[1:-1].replace("''", "'")
            return "" if _own_sheets(title, titles) else part.text + "!"
        case "title":
            return "" if _own_sheets(part.text, titles) else part.text + "!"
        case "text":
            text = part.text[1:-1].replace('""', '"')
            if part.followed and _LEADS.search(text):
                return text
            if part.around == _WRAPPER:
                return outside(text, titles)
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


@lru_cache(maxsize=4096)
def _function_outside(name: str) -> bool:
    bare = _bare(name)
    if bare == _WRAPPER or bare.startswith(_INSIDE):
        return False
    if bare in _OUTSIDE or bare.startswith(("_", *_OUTSIDE_FAMILIES)):
        return True
    return "." in bare and bare not in _DOTTED


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
    """Where a table's columns end, which stand in brackets: ``[列]``, ``[[#This Row],[列]]``.

    A bracket before a title is another workbook's name, and so is a mere number in one.
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
