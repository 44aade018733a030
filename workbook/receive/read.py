"""Read a received workbook into plain data: formulas, saved values, names, merges, protection."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from workbook.findings import Refused, found
from workbook.receive.gate import open_package
from workbook.receive.package import BOOK, MAIN, Relation, book_relations, only, relations
from workbook.receive.package import ROOT as PACKAGE
from workbook.receive.received import Look, Received, ReceivedSheet
from workbook.receive.sheet import Budget, read_sheet
from workbook.receive.styles import read_looks
from workbook.receive.xml import ORIGINAL, RESAVE, PartProblem, Reading, parse

_TRUE = {"1", "true"}
_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def read_workbook(data: bytes) -> Received:
    """Read a workbook's bytes; raises Refused when it is none, or none that has one meaning only."""
    parts = open_package(data)
    try:
        return _Book(parts).read()
    except PartProblem as problem:
        text, remedy = problem.args
        raise Refused([found("NOT_WORKBOOK", problem=text, remedy=remedy)]) from problem


class _Book:
    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts
        self.relations = book_relations(parts)
        self.part = Reading(MAIN, parse(MAIN, parts[MAIN]), "workbook")
        self.budget = Budget()

    def read(self) -> Received:
        settings = self.part.only("workbookPr")
        epoch_1904 = settings is not None and settings.get("date1904") in _TRUE
        strings, looks = self._strings(), self._looks()
        sheets: dict[str, ReceivedSheet] = {}
        targets: set[str] = set()
        listed = list(self.part.children(self.part.only("sheets"), "sheet"))
        for one in listed:
            title = one.get("name", "")
            if title.casefold() in {other.get("name", "").casefold() for other in listed if other is not one}:
                raise PartProblem(f"工作簿内容无法读取：有两个工作表“{title[:40]}”", RESAVE)
            relation = self._relation(one)
            if relation.kind == "chartsheet":
                continue
            name = relation.target or ""
            if relation.kind != "worksheet" or name not in self.parts or name in targets:
                raise PartProblem(f"工作簿内容无法读取：工作表“{title[:40]}”", ORIGINAL)
            targets.add(name)
            sheets[title] = ReceivedSheet(title=title, hidden=one.get("state", "visible") != "visible")
            read_sheet(
                sheets[title], name, self.parts[name],
                strings=strings, looks=looks, budget=self.budget, epoch_1904=epoch_1904,
            )  # fmt: skip
        calculation = self.part.only("calcPr")
        return Received(
            sheets=sheets,
            names=self._names([one.get("name", "") for one in listed], sheets),
            properties=self._properties(),
            epoch_1904=epoch_1904,
            calculation={} if calculation is None else dict(calculation.attrib),
        )

    def _relation(self, sheet: Element) -> Relation:
        identifier = next((sheet.attrib[key] for key in _RELATION_IDS if key in sheet.attrib), "")
        if identifier not in self.relations:
            raise PartProblem(f"工作簿内容无法读取：{BOOK} 中没有 {identifier[:20]}", RESAVE)
        return self.relations[identifier]

    def _strings(self) -> list[str]:
        name = only(self.relations, "sharedStrings")
        if name is None:
            return []
        part = Reading(name, parse(name, self._content(name)), "sst")
        return [part.text(one) for one in part.children(part.root, "si")]

    def _looks(self) -> list[Look]:
        name = only(self.relations, "styles")
        return [Look()] if name is None else read_looks(name, self._content(name)) or [Look()]

    def _content(self, name: str) -> bytes:
        if name not in self.parts:
            raise PartProblem(f"工作簿内容无法读取：缺少部件 {name}", RESAVE)
        return self.parts[name]

    def _names(self, titles: list[str], sheets: dict[str, ReceivedSheet]) -> dict[str, str]:
        """The workbook's names; what stands twice, be it in other letters, refers to all that it stands for.

        A name of a sheet that does not exist counts too: LibreOffice takes it for the whole workbook.
        """
        texts: dict[str, list[str]] = {}
        written: list[str] = []
        for one in self.part.children(self.part.only("definedNames"), "definedName"):
            name, scope = one.get("name", ""), one.get("localSheetId", "")
            if scope.isdecimal() and int(scope) < len(titles):
                if titles[int(scope)] in sheets:
                    sheets[titles[int(scope)]].local_names.add(name)
                continue
            texts.setdefault(name.casefold(), []).append(one.text or "")
            written.append(name)
        return {name: "、".join(texts[name.casefold()]) for name in written}

    def _properties(self) -> dict[str, str]:
        """The document's own properties, as texts."""
        name = only(relations(PACKAGE, self.parts[PACKAGE]), "custom-properties")
        if name is None or name not in self.parts:
            return {}
        found_properties: dict[str, str] = {}
        for one in parse(name, self.parts[name]):
            key = one.get("name", "")
            text = "".join(child.text or "" for child in one)
            # what stands twice is neither
            found_properties[key] = "" if key in found_properties else text
        return found_properties
