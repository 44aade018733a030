"""Comments that the tool itself wrote into the copy which went back to the officer: findings as they read."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from string import Formatter

from workbook.codes.agreement import AGREEMENT
from workbook.codes.inputs import INPUTS
from workbook.codes.returned import CONTENTS
from workbook.codes.seen import SEEN

_BLOCK = re.compile(r"【(?:错误|警告|提示)】([^\n]+)(?:\n处理：([^\n]+))?")
_TYPED = re.compile(r"原填内容：[^\n]*")
_MENDED = re.compile(r"附件[^\n\d%％]{4,60}")
"""The remedy of a fault that the copy has mended."""
_KNOWN = [*CONTENTS.values(), *SEEN.values(), *AGREEMENT.values(), *INPUTS.values()]
"""Entries of the catalogue that may stand in a workbook that came back."""
_MOST = 200
"""Characters of what a finding quotes."""


def is_opinion(text: str, told: Set[str] = frozenset()) -> bool:
    """Whether a comment holds findings of the catalogue and nothing else; ``told``: what the rubric has
    to say of its checks."""
    blocks = [one.strip() for one in re.split(r"\n\s*\n|\n(?=【)", text.replace("\r\n", "\n").strip())]
    return bool(blocks) and all(_is_finding(one, told) for one in blocks)


def _is_finding(block: str, told: Set[str]) -> bool:
    if _TYPED.fullmatch(block):
        return True
    match = _BLOCK.fullmatch(block)
    if match is None or not _messages().fullmatch(match[1]):
        return False
    fix = match[2]
    if fix is None or _remedies().fullmatch(fix) or _MENDED.fullmatch(fix):
        return True
    return fix in told


@cache
def _messages() -> re.Pattern[str]:
    return _patterns([one.message for one in _KNOWN])


@cache
def _remedies() -> re.Pattern[str]:
    return _patterns([one.fix for one in _KNOWN])


def _patterns(texts: list[str]) -> re.Pattern[str]:
    """Texts of the catalogue as one pattern; those that are nothing but what is filled in are left out."""
    patterns = []
    for text in texts:
        parts = [(literal, name) for literal, name, _, _ in Formatter().parse(text)]
        if _said(text):
            gap = f"[^\\n]{{0,{_MOST}}}?"
            patterns.append("".join(re.escape(literal) + (gap if name else "") for literal, name in parts))
    return re.compile("|".join(dict.fromkeys(patterns)))


def _said(text: str) -> str:
    """The literal words of a text of the catalogue."""
    return "".join(literal for literal, *_ in Formatter().parse(text)).strip("，。：；“”")
