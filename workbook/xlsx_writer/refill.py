"""Fill in the blank workbook that is kept of a released template: for versions that are no longer drawn.

The blank workbook is one of ours, so its markup is regular; only the contents of cells, the identity and the
department in the headers change. The same inputs give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import escape

from workbook.addresses import split
from workbook.layout.canvas import text_height
from workbook.layout.names import IDENTITY_NAME
from workbook.rubric.inputs import EPOCH, FieldValue, Inputs
from workbook.rubric.keys import Key
from workbook.scorer.quantities import Quantity
from workbook.template.identity import PROPERTY_PREFIX, Identity
from workbook.template.model import Template
from workbook.xlsx_writer.saved import escaped, saved_value

_MOMENT = (1980, 1, 1, 0, 0, 0)
_MAX_HEIGHT = 409.0
_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(/>|>(.*?)</row>)', re.S)
_CELL = re.compile(r'<c r="([A-Z]+\d+)"((?: s="\d+")?)(?: t="\w+")?(?:/>|>(<f>.*?</f>)?.*?</c>)', re.S)
_SHEETS = re.compile(r'<sheet name="([^"]+)"')
_PROPERTY = re.compile(r'(<property [^>]*name="([^"]+)"[^>]*><vt:lpwstr>)[^<]*')
_SAVED_IN_CHART = re.compile(r"<c:numCache>.*?</c:numCache>", re.S)
_HEIGHT = re.compile(r' ht="([\d.]+)"(?: customHeight="1")?')


def refill(
    blank: bytes,
    template: Template,
    identity: Identity,
    inputs: Inputs,
    values: Mapping[Key, Quantity],
    properties: Mapping[str, str],
) -> bytes:
    """The .xlsx file of ``template`` with ``inputs``, ``values`` as its formulas' saved results, and document
    properties beside the identity's. ``blank`` is the workbook as it was released.
    """
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    titles = [_unescaped(title) for title in _SHEETS.findall(parts["xl/workbook.xml"])]
    for number, title in enumerate(titles, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        filler = _Filler(title, template, identity, inputs, values)
        parts[name] = filler.fill(parts[name])
    for name in [name for name in parts if name.startswith("xl/charts/")]:
        parts[name] = _SAVED_IN_CHART.sub("", parts[name])  # those of the blank workbook
    parts["xl/workbook.xml"] = _renamed(parts["xl/workbook.xml"], identity)
    parts["docProps/custom.xml"] = _with_properties(parts["docProps/custom.xml"], identity, properties)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


class _Filler:
    """Fills in one sheet."""

    def __init__(
        self,
        title: str,
        template: Template,
        identity: Identity,
        inputs: Inputs,
        values: Mapping[Key, Quantity],
    ) -> None:
        self.title = title
        self.template = template
        self.inputs = inputs
        self.values = values
        keys = template.keys[title]
        self.typed = {ref: inputs.at(key) for ref, key in keys.inputs.items()}
        self.typed |= {ref: identity.parts()[part] for ref, part in keys.identity.items()}
        repeated = {place: key for place, key in template.repeated.items() if place.sheet == title}
        self.results = {**keys.quantities, **{place.cell: key for place, key in repeated.items()}}
        self.widths: dict[str, float] = {}
        self.spans: dict[str, int] = {}

    def fill(self, text: str) -> str:
        """The sheet's markup, filled in."""
        head, opening, rest = text.partition("<sheetData>")
        body, closing, tail = rest.partition("</sheetData>")
        self.widths = _widths(head)
        merged = re.findall(r'<mergeCell ref="([A-Z]+)(\d+):[A-Z]+(\d+)"', tail)
        self.spans = {first + top: int(bottom) - int(top) + 1 for first, top, bottom in merged}
        department = escape((self.inputs.word("department") or "").replace("&", "&&"))
        tail = tail.replace("&amp;C&amp;10 &amp;R", f"&amp;C&amp;10 {department}&amp;R", 1)
        return head + opening + _ROW.sub(self._row, body) + closing + tail

    def _row(self, match: re.Match[str]) -> str:
        number, attributes, inside = match[1], match[2], match[4]
        if inside is None:
            return match[0]
        cells = _CELL.sub(self._cell, inside)
        needed = max((self._needed(ref) for ref in re.findall(r'<c r="([A-Z]+\d+)"', inside)), default=0.0)
        have = _HEIGHT.search(attributes)
        if needed > (float(have[1]) if have else 15.0):
            attributes = _HEIGHT.sub("", attributes) + f' ht="{min(needed, _MAX_HEIGHT):g}" customHeight="1"'
        return f'<row r="{number}"{attributes}>{cells}</row>'

    def _needed(self, ref: str) -> float:
        """The height that a text in an input of one row needs."""
        value = self.typed.get(ref)
        if not isinstance(value, str) or self.spans.get(ref, 1) > 1:
            return 0.0
        return text_height(value, self.widths.get(split(ref)[0], 8.43))

    def _cell(self, match: re.Match[str]) -> str:
        ref, style, formula = match[1], match[2], match[3]
        if ref in self.typed:
            return _cell(ref, style, "", self.typed[ref])
        if formula is not None and ref in self.results:
            value = saved_value(self.results[ref], self.inputs, self.values)
            return _cell(ref, style, formula, Decimal(repr(value)) if not isinstance(value, str) else value)
        return match[0]


def _cell(ref: str, style: str, formula: str, value: FieldValue | None) -> str:
    """The markup of one cell."""
    start = f'<c r="{ref}"{style}'
    match value:
        case Decimal():
            return f"{start}>{formula}<v>{value}</v></c>"
        case date():
            return f"{start}><v>{(value - EPOCH).days}</v></c>"
        case str() if formula:
            return f'{start} t="str">{formula}<v>{_text(value)}</v></c>'
        case str() if value:
            return f'{start} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    return f"{start}/>"


def _text(text: str) -> str:
    """A text as markup; what looks like an escape is escaped."""
    return escape(escaped(text), quote=False)


def _unescaped(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def _widths(head: str) -> dict[str, float]:
    """Column widths in characters, by letters."""
    widths = {}
    for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', head):
        for number in range(int(first), min(int(last), 26) + 1):
            widths[chr(64 + number)] = float(width)
    return widths


def _renamed(text: str, identity: Identity) -> str:
    """The workbook's markup with the identity in its name."""
    pattern = re.compile(rf'(<definedName name="{IDENTITY_NAME}"[^>]*>)[^<]*')
    return pattern.sub(lambda match: match[1] + escape(f'"{identity.text()}"', quote=False), text, count=1)


def _with_properties(text: str, identity: Identity, properties: Mapping[str, str]) -> str:
    """The document's own properties with the identity, and with further ones behind it."""
    parts = {PROPERTY_PREFIX + part: value for part, value in identity.parts().items()}
    text = _PROPERTY.sub(lambda match: match[1] + escape(parts.get(match[2], ""), quote=False), text)
    last = max(int(pid) for pid in re.findall(r'pid="(\d+)"', text))
    more = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{last + number}" '
        f'name="{PROPERTY_PREFIX}{name}"><vt:lpwstr>{escape(value, quote=False)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties.items(), 1)
    )
    return text.replace("</Properties>", more + "</Properties>")
