"""Read a received workbook into plain data: formulas, saved values, names, and what anyone sees of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbook.findings import Refused
from workbook.xlsx_reader.book_part import read_book
from workbook.xlsx_reader.comments import read_comments
from workbook.xlsx_reader.memory import Memory
from workbook.xlsx_reader.package import ROOT, Package, open_package
from workbook.xlsx_reader.received import Received, ReceivedSheet
from workbook.xlsx_reader.sheet import CellBudget, Context, read_sheet
from workbook.xlsx_reader.shelf import digest
from workbook.xlsx_reader.strings import Strings, TextReader
from workbook.xlsx_reader.styles import Styles, read_styles
from workbook.xlsx_reader.table_formulas import read_table_formulas
from workbook.xlsx_reader.things import read_things
from workbook.xlsx_reader.xml import PartProblem, parse

_BOOK = "xl/workbook.xml"
_FIXED = {"xl/styles.xml": "styles", "xl/sharedstrings.xml": "sharedStrings"}
"""Places where some readers look for a part without asking which relationships lead there."""
_TARGETS = {
    "worksheet": re.compile(r"(?:/xl/)?worksheets/\w+\.xml", re.A),
    "styles": re.compile(r"(?:/xl/)?styles\.xml"),
    "sharedStrings": re.compile(r"(?:/xl/)?sharedStrings\.xml"),
}
"""Addresses that every reader takes for the same part."""
_RUN_WHEN_OPENED = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")


def read_workbook(data: bytes, memory: Memory | None = None) -> Received:
    """Read a workbook's bytes. Raises Refused when it is none, or none that has one meaning only.

    What ``memory`` knows by its bytes is not read again, and what is read is added to it.
    """
    known = Memory() if memory is None else memory
    try:
        return _Book(open_package(data, known.types, known.relations), known).read()
    except PartProblem as problem:
        raise Refused([problem.finding]) from problem


class _Book:
    def __init__(self, package: Package, memory: Memory) -> None:
        self.package = package
        self.memory = memory
        self.key = package.only(ROOT, "officeDocument") or ""
        name = package.name(self.key)
        content = package.zip.read_xml(self.key)
        self.text, self.names = read_book(name, content, memory.books, memory.names)

    def read(self) -> Received:
        styles, styles_key = self._styles()
        texts = TextReader(styles.palette, styles.fonts)
        context = Context(
            memory=self.memory,
            strings=self._strings(texts, styles_key),
            texts=texts,
            looks={str(number): look for number, look in enumerate(styles.looks)},
            tints=styles.tints,
            styles_key=styles_key,
            budget=CellBudget(),
            epoch_1904=self.text.epoch_1904,
        )
        sheets = self._sheets(context)
        titles = tuple(one.title for one in self.text.sheets)
        names, commands = self._names(titles, sheets)
        return Received(
            sheets=sheets,
            names=names,
            properties=self._properties(),
            order=titles,
            epoch_1904=self.text.epoch_1904,
            digit=styles.digit,
            objects=self.text.objects,
            calculation=self.text.calculation,
            windows=self.text.windows,
            route=self._route(),
            commands=tuple(commands),
        )

    def _route(self) -> bytes:
        """A stand-in for the names and packing of all entries, for the list of sheets and the
        relationships that lead to their parts, where all of these are as and where any reader looks for
        them."""
        package = self.package
        listed, names = package.relations.get(self.key, {}).values(), package.zip.names
        usual = (
            self.key == _BOOK
            and package.zip.sound
            and all(_TARGETS[one.kind].fullmatch(one.address) for one in listed if one.kind in _TARGETS)
            and all(package.kinds.get(key) == kind for key, kind in _FIXED.items() if key in names)
        )
        if not usual or not self.text.source:
            return b""
        return digest(package.zip.packing.encode(), self.text.source, package.listed[self.key])

    def _sheets(self, context: Context) -> dict[str, ReceivedSheet]:
        """The worksheets by title, in their order; each part is one sheet. Raises PartProblem."""
        sheets: dict[str, ReceivedSheet] = {}
        titles: set[str] = set()
        targets: set[str] = set()
        for title, hidden, relation in self.text.sheets:
            if not title or title.casefold() in titles:
                raise PartProblem("SHEET_TITLE_TWICE", title=title[:40])
            titles.add(title.casefold())
            key = self.package.related(self.key, relation, "worksheet", "chartsheet")
            if key in targets:
                raise PartProblem("SHEET_PART_SHARED", title=title[:40])
            targets.add(key)
            if self.package.kinds[key] == "chartsheet":
                continue
            sheet = ReceivedSheet(title, hidden)
            sheets[title] = sheet
            read_sheet(sheet, self.package.name(key), self.package.zip.read_xml(key), context)
            if key in self.package.relations or sheet.frame.drawings:
                sheet.things = read_things(self.package, key, sheet.frame, sheet.heights)
                sheet.comments = read_comments(self.package, key)
                sheet.table_formulas = tuple(read_table_formulas(self.package, key))
        if not sheets:
            raise PartProblem("NOT_WORKBOOK")
        return sheets

    def _strings(self, texts: TextReader, styles_key: bytes) -> Strings:
        key = self.package.only(self.key, "sharedStrings")
        if key is None:
            return Strings()
        content = self.package.zip.read_xml(key)
        return texts.read(self.package.name(key), content, self.memory.items, styles_key)

    def _styles(self) -> tuple[Styles, bytes]:
        """The styles, and what stands for them and their theme."""
        key, theme = (self.package.only(self.key, kind) for kind in ("styles", "theme"))
        if key is None:
            return Styles(), b""
        content = self.package.zip.read_xml(key)
        colours = None if theme is None else self.package.zip.read_xml(theme)
        at = digest(content, colours or b"")
        known = self.memory.styles.get(at)
        if known is None:
            known = self.memory.styles.keep(at, read_styles(self.package.name(key), content, colours))
        return known, at

    def _names(
        self, titles: Sequence[str], sheets: Mapping[str, ReceivedSheet]
    ) -> tuple[dict[str, str], list[str]]:
        """The workbook's names, and those that run something.

        What stands twice, be it in other letters, refers to all that it stands for. A name of a sheet that
        does not exist counts too: LibreOffice takes it for the whole workbook.
        """
        texts: dict[str, list[str]] = {}
        written: list[str] = []
        commands: list[str] = []
        for name, scope, text, runs in self.names:
            if runs or name.casefold().removeprefix("_xlnm.").startswith(_RUN_WHEN_OPENED):
                commands.append(name)
            if scope.isdecimal() and int(scope) < len(titles):
                if titles[int(scope)] in sheets:
                    local = sheets[titles[int(scope)]].local_names
                    local[name] = "、".join(filter(None, (local.get(name), text)))
                continue
            texts.setdefault(name.casefold(), []).append(text)
            written.append(name)
        return {name: "、".join(texts[name.casefold()]) for name in written}, commands

    def _properties(self) -> dict[str, str]:
        """The document's own properties, as texts."""
        key = self.package.only(ROOT, "custom-properties")
        if key is None:
            return {}
        name = self.package.name(key)
        found_properties: dict[str, str] = {}
        for one in parse(name, self.package.zip.read_xml(key)):
            text = "".join(child.text or "" for child in one)
            # what stands twice is neither
            key = one.get("name", "")
            found_properties[key] = "" if key in found_properties else text
        return found_properties
