"""Texts of received workbooks: shared strings and inline ones, with the fonts of their parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

from workbook.xlsx_reader.colours import BLACK, Palette
from workbook.xlsx_reader.grammar import Checked, truth, whole
from workbook.xlsx_reader.grammar_book import STRINGS
from workbook.xlsx_reader.received import Run
from workbook.xlsx_reader.shelf import Shelf, digest
from workbook.xlsx_reader.xml import PartProblem, parse

Item: TypeAlias = tuple[str, tuple[Run, ...]]
"""A text, and the fonts of its parts where they have any."""

_END = b"</si>"
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>)?\s*<sst[ >][^<>]*>|<sst>")
_COUNTS = re.compile(rb'(?: (?:count|uniqueCount)="\d{1,6}")+>$')
"""Counts of items at the end of the root's tag; they say nothing of any item."""
_ESCAPE = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")
"""Escapes that programs write: of characters that XML does not hold, and of the escape's own first letter."""
_ANY_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
_SYMBOLS = 2
_PRESERVED = frozenset({"{http://www.w3.org/XML/1998/namespace}space"})


@dataclass(slots=True)
class Strings:
    """Texts by number; ``rich`` the fonts of the parts of those that have any.

    ``pieces`` are the bytes of each, and ``space`` stands for all else that they depend on; there are none
    where bytes do not tell one text from another.
    """

    texts: list[str] = field(default_factory=list)
    rich: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    pieces: list[bytes] = field(default_factory=list)
    space: bytes = b""

    def told(self, numbers: Sequence[int]) -> bytes | None:
        """Bytes that tell the texts of these numbers, in their order; None where none do."""
        if not numbers:
            return b""
        if max(numbers) >= len(self.pieces):
            return None
        return digest(self.space, b"".join([self.pieces[number] for number in numbers]))


def unescaped(text: str) -> str:
    """A text with its escapes decoded (``_xHHHH_``: ECMA-376 part 1, 22.9.2.19), and line ends alike."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decoded(name: str, text: str) -> str:
    """A text of a part as ``unescaped`` gives it.

    Raises PartProblem for an escape of a character that needs none: one program shows the character, another
    the escape, and a half of a pair is no character at all.
    """
    if "_x" in text:
        for match in _ANY_ESCAPE.finditer(text):
            if not _ESCAPE.fullmatch(match[0]):
                raise PartProblem("TEXT_ESCAPE", part=name, escape=match[0])
    return unescaped(text)


_READING = Run(reading=True)


def _said(text: str | None) -> bool:
    """Whether something stands between two elements."""
    return text is not None and text.strip(" \t\r\n") != ""


def _is_text(element: Element, tag: str) -> bool:
    """Whether an element is nothing but a text, which need not be checked further."""
    return (
        element.tag == tag and not len(element) and not element.tail and element.attrib.keys() <= _PRESERVED
    )


def is_plain_item(item: Element, tag: str) -> bool:
    """Whether a string item is nothing but one text, ``tag``, which need not be checked further."""
    return len(item) == 1 and not (item.text or item.attrib) and _is_text(item[0], tag)


def _font_key(dress: Element) -> tuple[object, ...]:
    return tuple((one.tag, *sorted(one.attrib.items())) for one in dress)


def _pieces(content: bytes) -> tuple[bytes, list[bytes], bytes] | None:
    """The bytes before the items, each item's bytes, the bytes after; None if these cannot be told apart."""
    start, end = content.find(b"<si>"), content.rfind(_END)
    if start < 0 or end < start or b"<!" in content or content.count(b"<?") > 1:
        return None
    end += len(_END)
    items = [one + _END for one in content[start:end].split(_END)[:-1]]
    if not _HEAD.fullmatch(content[:start]):
        return None
    return content[:start], items, content[end:]


def _listed(items: Sequence[Item]) -> Strings:
    return Strings(
        [text for text, _ in items], {number: runs for number, (_, runs) in enumerate(items) if runs}
    )


class TextReader:
    """Reads string items of a part whose markup is known; one for all parts of a workbook."""

    def __init__(self, palette: Palette, fonts: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.palette = palette
        self.fonts = fonts or {}
        self._runs: dict[tuple[object, ...], Run] = {}

    def read(self, name: str, content: bytes, known: Shelf[Item], styles_key: bytes) -> Strings:
        """The shared strings in a part; those that are known by their bytes, under the same styles, are not
        parsed again. Raises PartProblem."""
        pieces = _pieces(content)
        if pieces is None:
            return _listed(self._items(name, content))
        head, items, tail = pieces
        space = digest(_COUNTS.sub(b">", head), styles_key)
        found = {item: known.get((space, item)) for item in items}
        missing = [item for item, one in found.items() if one is None]
        if any(not one.startswith(b"<si>") or one.count(b"<si") != 1 or b"xmlns" in one for one in missing):
            return _listed(self._items(name, content))
        read = self._items(name, b"".join((head, *missing, tail)))
        if len(read) != len(missing):
            raise PartProblem("PART_DAMAGED", part=name)
        for piece, item in zip(missing, read, strict=True):
            found[piece] = known.keep((space, piece), item, len(piece))
        strings = _listed([one for item in items if (one := found[item]) is not None])
        strings.pieces, strings.space = items, space
        return strings

    def _items(self, name: str, content: bytes) -> list[Item]:
        root = parse(name, content)
        part = Checked(name, root, str(root.tag).rpartition("}")[0] + "}")
        plain, item = part.space + "t", part.space + "si"
        shallow = Element(root.tag, root.attrib)
        STRINGS.check(name, shallow, "sst")
        result: list[Item] = []
        # text between the items is nobody's: some programs take it for a part of one
        if _said(root.text):
            raise part.unknown("sst", "文字")
        for one in root:
            if _said(one.tail):
                raise part.unknown("sst", "文字")
            if one.tag != item:
                if part.local(one) == "extLst":
                    continue
                raise part.unknown("sst", str(one.tag).rpartition("}")[2])
            if is_plain_item(one, plain):
                text = one[0].text or ""
                result.append((decoded(name, text) if "_x" in text or "\r" in text else text, ()))
                continue
            if not self._is_known(one, part.space):
                STRINGS.element(part, one, "si")
            result.append(self.item(part, one))
        return result

    def item(self, part: Checked, item: Element) -> tuple[str, tuple[Run, ...]]:
        """The text of a checked string item and its parts' fonts, without readings in small print.

        Raises PartProblem as ``decoded`` does.
        """
        space, texts, runs = part.space, list[str](), list[Run]()
        for child in item:
            if child.tag == space + "t":
                texts.append(child.text or "")
            elif child.tag == space + "r":
                texts += [one.text or "" for one in child if one.tag == space + "t"]
                dress = child.find(space + "rPr")
                if dress is not None:
                    runs.append(self._run(space, dress))
            elif child.tag == space + "rPh" and any((one.text or "").strip() for one in child):
                runs.append(_READING)
        return decoded(part.name, "".join(texts)), tuple(dict.fromkeys(runs))

    def _is_known(self, item: Element, space: str) -> bool:
        """Whether an item is nothing but texts, each bare or in a font that has been checked before."""
        if item.text or item.attrib:
            return False
        for run in item:
            if run.tag != space + "r" or run.text or run.tail or run.attrib or not 1 <= len(run) <= 2:
                return False
            *dress, text = run
            if not _is_text(text, space + "t"):
                return False
            for one in dress:
                if one.tag != space + "rPr" or one.text or one.tail or one.attrib:
                    return False
                if _font_key(one) not in self._runs or any(
                    len(part) or part.text or part.tail for part in one
                ):
                    return False
        return True

    def _run(self, space: str, dress: Element) -> Run:
        key = _font_key(dress)
        if key not in self._runs:
            self._runs[key] = self._new_run({str(one.tag).removeprefix(space): one for one in dress})
        return self._runs[key]

    def _new_run(self, parts: dict[str, Element]) -> Run:
        get: Callable[[str], Element | None] = parts.get
        font, size, colour, charset = get("rFont"), get("sz"), get("color"), get("charset")
        strike, raised, scheme = get("strike"), get("vertAlign"), get("scheme")
        themed = () if scheme is None else self.fonts.get(scheme.get("val", ""), ())
        faces = (*themed, *(() if font is None else (font.get("val", ""),)))
        return Run(
            font="、".join(dict.fromkeys(faces)) if faces else None,
            size=None if size is None else float(size.get("val", "11").strip()),
            colour=None if colour is None else self.palette.colour(colour, BLACK),
            struck=strike is not None and truth(strike, "val", default=True),
            symbols=charset is not None and whole(charset, "val") == _SYMBOLS,
            raised="" if raised is None else raised.get("val", ""),
        )
