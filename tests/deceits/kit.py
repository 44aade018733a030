"""A workbook taken apart as text, to change it by hand; and what a change is expected to get."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.support import returned
from tests.support.returned import Issued
from tests.support.zips import zipped
from workbook.layout.names import Place

TOTAL, SCORE, WEIGHT = Place("得分汇总", "D17"), Place("得分汇总", "D3"), Place("得分汇总", "C3")
CLAUSE, LABEL, AMOUNT = Place("评分表", "F4"), Place("数据填报", "B4"), Place("数据填报", "D4")
COVER, DATE, GRADE = Place("填报说明", "E20"), Place("填报说明", "C9"), Place("得分汇总", "B28")
"""The same in both rubrics: results, a weight, a clause, a label, inputs."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
BOOK, STYLES, STRINGS, THEME = (
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/theme/theme1.xml",
)

_XF = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.S)


class Draft:
    """A workbook's parts by name, to be changed in place."""

    def __init__(self, case: Issued) -> None:
        self.case = case
        self.parts = returned.parts(case.filled)
        self.relations = 900

    # text

    def text(self, part: str) -> str:
        return self.parts[part].decode()

    def put(self, part: str, text: str | bytes, content_type: str = "") -> None:
        """A part added or replaced."""
        self.parts[part] = text if isinstance(text, bytes) else text.encode()
        if content_type:
            new = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
            self.replace("[Content_Types].xml", "</Types>", new)

    def replace(self, part: str, old: str, new: str) -> None:
        """The first ``old`` in a part, which must be there."""
        text = self.text(part)
        assert old in text, f"{old} is not in {part}"
        self.parts[part] = text.replace(old, new, 1).encode()

    def sub(self, part: str, pattern: str, new: str, *, count: int = 1) -> None:
        """The first match of a regular expression in a part, which must be there."""
        text, changed = re.subn(pattern, new, self.text(part), count=count, flags=re.S)
        assert changed, f"{pattern} is not in {part}"
        self.parts[part] = text.encode()

    # sheets

    def sheet(self, title: str) -> str:
        """The part of a sheet."""
        titles = re.findall(r'<sheet name="([^"]+)"', self.text(BOOK))
        return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"

    def after(self, title: str, tags: str, new: str) -> None:
        """Markup put into a sheet after the first of these elements that it has, named by ``a b c``."""
        part = self.sheet(title)
        for tag in tags.split():
            if match := re.search(rf"</{tag}>|<{tag}(?: [^>]*)?/>(?!.*</?{tag}[ >])", self.text(part), re.S):
                text = self.text(part)
                self.parts[part] = (text[: match.end()] + new + text[match.end() :]).encode()
                return
        raise AssertionError(tags)

    def cell(self, place: Place, pattern: str, new: str) -> None:
        """A change within the markup of one cell."""
        part, text = self.sheet(place.sheet), self.text(self.sheet(place.sheet))
        match = re.search(rf'<c r="{place.cell}"[^>]*?(?:/>|>.*?</c>)', text, re.S)
        assert match, place
        changed, count = re.subn(pattern, new, match[0], count=1, flags=re.S)
        assert count, (pattern, match[0])
        self.parts[part] = (text[: match.start()] + changed + text[match.end() :]).encode()

    def own_sheet(self, title: str, markup: str = "<sheetData/>", *, first: bool = False) -> str:
        """A sheet of the officer's; its part."""
        number = len(re.findall("<sheet ", self.text(BOOK))) + 1
        part = f"xl/worksheets/sheet{number}.xml"
        head = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE.rstrip("/")}">'
        self.put(part, f"{head}{markup}</worksheet>", SHEETML + "worksheet+xml")
        identifier = self.relate(BOOK, OFFICE + "worksheet", f"worksheets/sheet{number}.xml")
        entry = f'<sheet name="{escape(title)}" sheetId="{number}" r:id="{identifier}"/>'
        old = "<sheets>" if first else "</sheets>"
        self.replace(BOOK, old, old + entry if first else entry + old)
        return part

    # relationships

    def relate(self, source: str, kind: str, target: str, mode: str = "") -> str:
        """A relationship of a part (``""``: of the package); its id."""
        folder, _, name = source.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self.parts:
            self.put(rels, f'<Relationships xmlns="{RELATIONS}"></Relationships>')
        self.relations += 1
        outside = f' TargetMode="{mode}"' if mode else ""
        entry = f'<Relationship Id="r{self.relations}" Type="{kind}" Target="{escape(target)}"{outside}/></Relationships>'
        self.replace(rels, "</Relationships>", entry)
        return f"r{self.relations}"

    # styles

    def styled(self, *places: Place, **changes: str) -> None:
        """Cells in a style of their own: ``format``, ``font`` and ``fill`` are markup, ``xf`` attributes,
        ``alignment`` attributes; ``drop`` an attribute of the alignment to leave out."""
        for place in places:
            number = int(re.search(rf'<c r="{place.cell}" s="(\d+)"', self.text(self.sheet(place.sheet)))[1])  # type: ignore[index]
            styles = self.text(STYLES)
            block = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
            xfs = _XF.findall(block)
            xf = self._changed(xfs[number], changes)
            self.replace(STYLES, "</cellXfs>", xf + "</cellXfs>")
            self.cell(place, r'^<c r="(\w+)" s="\d+"', rf'<c r="\1" s="{len(xfs)}"')

    def _changed(self, xf: str, changes: dict[str, str]) -> str:
        if "format" in changes:
            xf = re.sub(r'numFmtId="\d+"', f'numFmtId="{self.format(changes["format"])}"', xf)
        if "number" in changes:
            xf = re.sub(r'numFmtId="\d+"', f'numFmtId="{changes["number"]}"', xf)
        for tag, group in (("font", "fonts"), ("fill", "fills"), ("border", "borders")):
            if tag in changes:
                new = self.item(group, tag, changes[tag])
                xf = re.sub(rf'{tag}Id="\d+"', f'{tag}Id="{new}"', xf)
        if "alignment" in changes:
            old = re.search(r"<alignment([^>]*)/>", xf)
            kept = dict(re.findall(r'(\w+)="([^"]*)"', old[1] if old else ""))
            kept.update(re.findall(r'(\w+)="([^"]*)"', changes["alignment"]))
            kept.pop(changes.get("drop", ""), None)
            new = "<alignment " + " ".join(f'{key}="{value}"' for key, value in kept.items()) + "/>"
            xf = re.sub(r"<alignment[^>]*/>", new, xf)
        if "xf" in changes:
            xf = xf.replace("<xf ", f"<xf {changes['xf']} ", 1)
        return xf

    def format(self, code: str, number: str = "") -> str:
        """A number format; its number."""
        number = number or str(300 + self.relations)
        self.relations += 1
        self.replace(
            STYLES, "</numFmts>", f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/></numFmts>'
        )
        return number

    def item(self, group: str, tag: str, inside: str) -> int:
        """One more font, fill, border or dxf; its number."""
        styles = self.text(STYLES)
        block = styles[styles.index(f"<{group}") : styles.index(f"</{group}>")]
        number = (
            len(re.findall(rf"<{tag}[ >/]", block)) if tag != "font" else len(re.findall("<font>", block))
        )
        self.replace(STYLES, f"</{group}>", f"<{tag}>{inside}</{tag}></{group}>")
        return number

    def font(
        self, inside: str = "", *, name: str = "微软雅黑", colour: str = 'rgb="FF1F2937"', size: str = "10.5"
    ) -> str:
        """The markup of a font like the issued ones."""
        return f'<sz val="{size}"/><color {colour}/><name val="{name}"/><family val="2"/>{inside}'

    def packed(self, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        return zipped(self.parts, method, level=1)


Change = Callable[[Draft], bytes | None]
At = Place | str


@dataclass(frozen=True)
class Trick:
    """A change; the code that it must get; where: a cell, a sheet (without a cell), or words of the message."""

    change: Change
    code: str
    at: At
    rubric: str = ""
    """The rubric that it needs; ``""`` for any."""

    def apply(self, case: Issued) -> bytes:
        draft = Draft(case)
        data = self.change(draft)
        return draft.packed() if data is None else data


def solid(colour: str) -> str:
    """A fill's markup."""
    return f'<patternFill patternType="solid"><fgColor {colour}/><bgColor indexed="64"/></patternFill>'
