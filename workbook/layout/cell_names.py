"""Stems of defined names: a heading where it can be one, else a readable text made from it.

A heading is printed for readers and may hold anything; a defined name must be accepted, and understood
alike, by Excel, WPS, LibreOffice and ``formulas``, and be the only one of its spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

from workbook.layout.name_parts import Named, Pattern

_NAME = re.compile(r"[^\W\d][\w.]*")
_A1 = re.compile(r"[A-Za-z]{1,3}\d{1,7}")
_R1C1 = re.compile(r"R\d*(C\d*)?|C\d*", re.IGNORECASE)
_WORDS = {"TRUE", "FALSE"}
_LONGEST = 255
_LONGEST_ABOVE = 200
"""Characters of a stem before another one: what follows it still has room."""

_LONGEST_MADE = 40
"""Characters of a stem that is made here: a formula of many names has 8192 at the most."""

_KINDS = {
    "field": "数据", "rate": "比率", "indicator": "指标", "dimension": "一级指标", "group": "二级指标",
    "table": "明细表", "column": "列", "cap": "限制", "light": "预警", "item": "要点",
}  # fmt: skip
"""What a stem begins with that could not be a name otherwise."""


def name_problem(name: str) -> str | None:
    """Why ``name`` cannot be a defined name in every program, or None."""
    if len(name) > _LONGEST:
        return f"超过 {_LONGEST} 个字符"
    if unicodedata.normalize("NFKC", name) != name:
        return "含全角字母、数字或符号"
    if not _NAME.fullmatch(name):
        return "含不允许的字符，或不以汉字、字母、下划线开头"
    if _A1.fullmatch(name) or _R1C1.fullmatch(name):
        return "像单元格地址"
    if name.upper() in _WORDS:
        return "是逻辑值"
    return None


def stems(listed: Iterable[Pattern], reserved: Iterable[str]) -> dict[Named, str]:
    """The stem of each part; ``reserved`` are names that no part may have.

    What the author chose comes first, as it is; then each heading that is a name by itself, in the order of
    the rubric; then what is made from the other headings. So a new heading never changes the name of one
    that is a name by itself.
    """
    made = _Stems(listed, reserved)
    for level in (False, True):  # a part below another one is called by the stem above it
        parts = [one for one, own in made.patterns.items() if any(p.above is not None for p in own) is level]
        made.settle(parts)
    return made.stems


class _Stems:
    def __init__(self, listed: Iterable[Pattern], reserved: Iterable[str]) -> None:
        self.patterns: dict[Named, list[Pattern]] = {}
        self.taken = {name.casefold() for name in reserved}
        self.stems: dict[Named, str] = {}
        self.above: set[Named] = set()
        for one in listed:
            if one.part is None:
                self.taken.add(one.before.casefold())
            else:
                self.patterns.setdefault(one.part, []).append(one)
            if one.above is not None:
                self.above.add(one.above)

    def settle(self, parts: list[Named]) -> None:
        for part in parts:
            if part.chosen:
                self._take(part, part.chosen)
        rest = [part for part in parts if not part.chosen]
        for part in rest:
            if self._fits(part, part.heading):
                self._take(part, part.heading)
        for part in rest:
            if part not in self.stems:
                self._take(part, next(one for one in self._made(part) if self._fits(part, one)))

    def _take(self, part: Named, stem: str) -> None:
        self.stems[part] = stem
        self.taken.update(name.casefold() for name in self._names(part, stem))

    def _names(self, part: Named, stem: str) -> list[str]:
        return [
            one.name(stem, "" if one.above is None else self.stems[one.above]) for one in self.patterns[part]
        ]

    def _valid(self, part: Named, stem: str) -> bool:
        if not stem.strip("_") or (part in self.above and len(stem) > _LONGEST_ABOVE):
            return False
        return all(name_problem(name) is None for name in self._names(part, stem))

    def _fits(self, part: Named, stem: str) -> bool:
        free = all(name.casefold() not in self.taken for name in self._names(part, stem))
        return free and self._valid(part, stem)

    def _made(self, part: Named) -> Iterator[str]:
        """Stems for a heading that cannot be one: alone, with the headings above it, with a number."""
        base = plain_name(part.heading)
        above = [_joined(plain_name(one), base) for one in part.within]
        roots = [base, *above, _joined(_KINDS[part.kind], base)]
        if not self._valid(part, base):
            roots.insert(1, roots.pop())
        yield from roots
        root = next((one for one in roots if self._valid(part, one)), roots[-1])
        for number in count(2):
            yield _joined(root, str(number))


def _joined(first: str, second: str) -> str:
    room = _LONGEST_MADE - len(second) - 1
    return f"{first[: max(room, 8)].rstrip('_')}_{second}".strip("_")


def plain_name(heading: str) -> str:
    """A heading's letters and digits, with underscores for all else: ``投入（20分）`` as 投入_20分."""
    normal = unicodedata.normalize("NFKC", heading)
    kept = "".join(map(_plain_char, normal))
    return re.sub("_+", "_", kept)[:_LONGEST_MADE].strip("_")


def _plain_char(char: str) -> str:
    """The character where every program takes it in a name: a letter of the basic plane, an ASCII digit."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return char if char.isalpha() and ord(char) <= 0xFFFF else "_"
