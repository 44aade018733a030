"""The identity of a returned workbook. It has three copies: those that are left must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbook.findings import Finding, found
from workbook.layout.book import IDENTITY_PARTS
from workbook.layout.names import IDENTITY_NAME, TITLE_IDENTITY
from workbook.template.identity import PROPERTY_PREFIX, Identity, parse_identity
from workbook.template.model import Formula
from workbook.xlsx_reader.received import Received

_FIRST_ROW = 2
_PLACES = ("文档属性", f"名称“{IDENTITY_NAME}”", f"隐藏工作表“{TITLE_IDENTITY}”")


def find_identity(received: Received) -> tuple[Identity | None, list[Finding]]:
    """The identity on which two copies agree, or the only one left, or None; and what is odd about them."""
    copies = dict(zip(_PLACES, (_property(received), _name(received), _sheet(received)), strict=True))
    present = [copy for copy in copies.values() if copy is not None]
    if not present:
        return None, [found("NOT_OURS")]
    identity, votes = Counter(present).most_common(1)[0]
    if len(present) == 1:
        place = next(place for place, copy in copies.items() if copy is not None)
        return identity, [found("IDENTITY_SINGLE", place=place)]
    if votes < 2:
        return None, [
            found("IDENTITY_DIFFERS", place="、".join(place for place, copy in copies.items() if copy))
        ]
    return identity, list(_oddities(copies, identity))


def _oddities(copies: dict[str, Identity | None], identity: Identity) -> Iterator[Finding]:
    for place, copy in copies.items():
        if copy is None:
            yield found("IDENTITY_MISSING", place=place)
        elif copy != identity:
            yield found("IDENTITY_DIFFERS", place=place)


def _property(received: Received) -> Identity | None:
    parts = [received.properties.get(PROPERTY_PREFIX + part) for part, _ in IDENTITY_PARTS]
    return _whole(parts)


def _name(received: Received) -> Identity | None:
    text = received.names.get(IDENTITY_NAME, "")
    if text.startswith("="):
        text = text[1:]
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return parse_identity(text[1:-1])
    return None


def _sheet(received: Received) -> Identity | None:
    sheet = received.sheets.get(TITLE_IDENTITY)
    if sheet is None:
        return None
    values = [sheet.cells.get(f"B{_FIRST_ROW + offset}") for offset in range(len(IDENTITY_PARTS))]
    return _whole([None if value is None or isinstance(value, Formula) else str(value) for value in values])


def _whole(parts: list[str | None]) -> Identity | None:
    texts = [part for part in parts if part]
    return Identity(*texts) if len(texts) == len(IDENTITY_PARTS) else None
