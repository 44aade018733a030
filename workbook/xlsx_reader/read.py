"""Read a received workbook into plain data: formulas, saved values, names, and what anyone sees of them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from workbook.findings import Refused
from workbook.xlsx_reader.comments import read_comments
from workbook.xlsx_reader.grammar import relation_id, truth
from workbook.xlsx_reader.grammar_book import BOOK
from workbook.xlsx_reader.memory import Memory, digest
from workbook.xlsx_reader.package import ROOT, Package, open_package
from workbook.xlsx_reader.received import Received, ReceivedSheet
from workbook.xlsx_reader.sheet import Budget, Context, read_sheet
from workbook.xlsx_reader.strings import Strings, TextReader
from workbook.xlsx_reader.styles import Styles, read_styles
from workbook.xlsx_reader.table_formulas import read_table_formulas
from workbook.xlsx_reader.things import read_things
from workbook.xlsx_reader.xml import ORIGINAL, RESAVE, PartProblem, parse

_MEMORY = Memory()
"""What this process has read; each process of a batch has its own."""

_COMMANDS = ("function", "vbProcedure", "xlm")
_RUN_WHEN_OPENED = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")


def read_workbook(data: bytes, memory: Memory = _MEMORY) -> Received:
    """Read a workbook's bytes; raises Refused when it is none, or none that has one meaning only."""
    try:
        return _Book(open_package(data), memory).read()
    except PartProblem as problem:
        raise Refused([problem.finding]) from problem


class _Book:
    def __init__(self, package: Package, memory: Memory) -> None:
        self.package = package
        self.memory = memory
        self.key = package.only(ROOT, "officeDocument") or ""
        name = package.name(self.key)
        self.part = BOOK.check(name, parse(name, package.zip.read_xml(self.key)), "workbook")

    def read(self) -> Received:
        book = self.part.one("workbookPr")
        epoch_1904 = truth(book, "date1904")
        styles, styles_key = self._styles()
        texts = TextReader(styles.palette, styles.fonts)
        context = Context(
            memory=self.memory,
            strings=self._strings(texts, styles_key),
            texts=texts,
            looks={str(number): look for number, look in enumerate(styles.looks)},
            tints=styles.tints,
            styles_key=styles_key,
            budget=Budget(),
            epoch_1904=epoch_1904,
        )
        listed = self.part.all("sheets", "sheet")
        sheets = self._sheets(listed, context)
        calculation = self.part.one("calcPr")
        titles = [one.get("name", "") for one in listed]
        names, commands = self._names(titles, sheets)
        return Received(
            sheets=sheets,
            names=names,
            properties=self._properties(),
            order=tuple(titles),
            epoch_1904=epoch_1904,
            digit=styles.digit,
            objects="" if book is None else book.get("showObjects", "").strip(),
            calculation={}
            if calculation is None
            else {key: one.strip() for key, one in calculation.attrib.items()},
            windows=tuple(
                {key: value.strip() for key, value in one.attrib.items()}
                for one in self.part.all("bookViews", "workbookView")
            ),
            commands=tuple(commands),
        )

    def _sheets(self, listed: list[Element], context: Context) -> dict[str, ReceivedSheet]:
        """The worksheets by title, in their order; each part is one sheet."""
        sheets: dict[str, ReceivedSheet] = {}
        titles: set[str] = set()
        targets: set[str] = set()
        for one in listed:
            title = one.get("name", "")
            if not title or title.casefold() in titles:
                raise PartProblem(f"工作簿内容无法读取：有两个工作表“{title[:40]}”", RESAVE)
            titles.add(title.casefold())
            key = self.package.related(self.key, relation_id(one) or "", "worksheet", "chartsheet")
            if key in targets:
                raise PartProblem(f"工作簿内容无法读取：工作表“{title[:40]}”", ORIGINAL)
            targets.add(key)
            if self.package.kinds[key] == "chartsheet":
                continue
            sheet = ReceivedSheet(title=title, hidden=one.get("state", "visible") != "visible")
            sheets[title] = sheet
            read_sheet(sheet, self.package.name(key), self.package.zip.read_xml(key), context)
            if key in self.package.relations or sheet.frame.drawings:
                sheet.things = read_things(self.package, key, sheet.frame, sheet.heights)
                sheet.comments = read_comments(self.package, key)
                sheet.table_formulas = tuple(read_table_formulas(self.package, key))
        if not sheets:
            raise PartProblem("这不是 .xlsx 工作簿", "请报送下发的 .xlsx 原文件。")
        return sheets

    def _strings(self, texts: TextReader, styles_key: bytes) -> Strings:
        key = self.package.only(self.key, "sharedStrings")
        if key is None:
            return Strings()
        content = self.package.zip.read_xml(key)
        known = self.memory.items(digest(content.partition(b"<si>")[0], styles_key))
        return texts.read(self.package.name(key), content, known)

    def _styles(self) -> tuple[Styles, bytes]:
        """The styles, and what stands for them and their theme."""
        key, theme = (self.package.only(self.key, kind) for kind in ("styles", "theme"))
        if key is None:
            return Styles(), b""
        content = self.package.zip.read_xml(key)
        colours = None if theme is None else self.package.zip.read_xml(theme)
        known = digest(content, colours or b"")
        if known not in self.memory.styles:
            self.memory.keep_styles(known, read_styles(self.package.name(key), content, colours))
        return self.memory.styles[known], known

    def _names(self, titles: list[str], sheets: dict[str, ReceivedSheet]) -> tuple[dict[str, str], list[str]]:
        """The workbook's names, and those that run something.

        What stands twice, be it in other letters, refers to all that it stands for. A name of a sheet that
        does not exist counts too: LibreOffice takes it for the whole workbook.
        """
        texts: dict[str, list[str]] = {}
        written: list[str] = []
        commands: list[str] = []
        for one in self.part.all("definedNames", "definedName"):
            name, scope = one.get("name", ""), one.get("localSheetId", "").strip()
            bare = name.casefold().removeprefix("_xlnm.")
            if any(truth(one, key) for key in _COMMANDS) or bare.startswith(_RUN_WHEN_OPENED):
                commands.append(name)
            if scope.isdecimal() and int(scope) < len(titles):
                if titles[int(scope)] in sheets:
                    local = sheets[titles[int(scope)]].local_names
                    local[name] = "、".join(filter(None, (local.get(name), one.text or "")))
                continue
            texts.setdefault(name.casefold(), []).append(one.text or "")
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
