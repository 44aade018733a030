"""Texts of received workbooks: shared strings and inline ones, with the fonts of their parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workbook.receive.colours import BLACK, Palette
from workbook.receive.grammar import Checked, truth, whole
from workbook.receive.grammar_book import STRINGS
from workbook.receive.received import Run
from workbook.receive.xml import RESAVE, PartProblem, parse

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SYMBOLS = 2
_PRESERVED = frozenset({"{http://www.w3.org/XML/1998/namespace}space"})


@dataclass(slots=True)
class Strings:
    """Texts by number; ``rich`` the fonts of the parts of those that have any."""

    texts: list[str] = field(default_factory=list)
    rich: dict[int, tuple[Run, ...]] = field(default_factory=dict)


def unescaped(text: str) -> str:
    """A text with ``_xHHHH_`` decoded (ECMA-376 part 1, 22.9.2.19), and line ends alike."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_WRITTEN = re.compile(r"00[01]|005F|FFF[EF]")
"""Escapes that programs write: of characters that XML does not hold, and of the escape's own first letter."""


def decoded(name: str, text: str) -> str:
    """A text of a part as ``unescaped`` gives it.

    Raises PartProblem for an escape of a character that needs none: one program shows the character, another
    the escape, and a half of a pair is no character at all.
    """
    if "_x" in text:
        for match in _ESCAPE.finditer(text):
            if not _WRITTEN.match(match[1].upper()):
                raise PartProblem(f"部件 {name} 的文字中有不寻常的转义 {match[0]}", RESAVE)
    return unescaped(text)


def _said(text: str | None) -> bool:
    """Whether something stands between two elements."""
    return text is not None and text.strip(" \t\r\n") != ""


def _is_plain(item: Element, tag: str) -> bool:
    """Whether an item with one child is nothing but a text, which need not be checked further."""
    text = item[0]
    return (
        text.tag == tag
        and not len(text)
        and not (item.text or text.tail or item.attrib)
        and text.attrib.keys() <= _PRESERVED
    )


class TextReader:
    """Reads string items of a part whose markup is known; one for all parts of a workbook."""

    def __init__(self, palette: Palette, fonts: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.palette = palette
        self.fonts = fonts or {}
        self._runs: dict[tuple[object, ...], Run] = {}

    def read(self, name: str, content: bytes) -> Strings:
        """The shared strings in a part; raises PartProblem."""
        root = parse(name, content)
        part = Checked(name, root, str(root.tag).rpartition("}")[0] + "}")
        result, plain, item = Strings(), part.space + "t", part.space + "si"
        shallow = Element(root.tag, root.attrib)
        STRINGS.check(name, shallow, "sst")
        add = result.texts.append
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
            if len(one) == 1 and _is_plain(one, plain):
                text = one[0].text or ""
                add(decoded(name, text) if "_x" in text or "\r" in text else text)
                continue
            STRINGS.element(part, one, "si")
            text, runs = self.item(part, one)
            if runs:
                result.rich[len(result.texts)] = runs
            add(text)
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
        return decoded(part.name, "".join(texts)), tuple(dict.fromkeys(runs))

    def _run(self, space: str, dress: Element) -> Run:
        key = tuple((str(one.tag), *sorted(one.attrib.items())) for one in dress)
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
