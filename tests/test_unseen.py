"""Texts that anybody sees something of, and texts that only look filled in."""

from __future__ import annotations

import pytest

from workbook.data.typed import shows, unseen

UNSEEN = (
    "\u200b", "\u3164", "\u2800", "\ufeff", "\u2060", "\u00ad", "\ufe0f", "\U000e0020", "\u17b4", "\u2062",
    "\u180e", "\U0001d173", "\u115f", "\u1160", "\uffa0", "\u0301\u0302", "\u200e\n", "\ue000", "\u2028",
    "\u034f", "\U0001d159",
)  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN)
def test_signs_that_nobody_sees(text: str) -> None:
    assert not shows(text)
    assert unseen(text) == ("看不见的字符" if text.strip() else "空白字符")
    assert shows(f"{text}局{text}")
    assert unseen(f"{text}1") == ""


@pytest.mark.parametrize("text", [" ", "\u3000", "\u00a0\t\n"])
def test_blanks(text: str) -> None:
    assert unseen(text) == "空白字符"


@pytest.mark.parametrize("text", ["", "。", "—", "局", "é", "e\u0301", "0", "①", "😀", "〇", "𠀀"])
def test_what_is_empty_or_seen(text: str) -> None:
    assert unseen(text) == ""
    assert shows(text) is bool(text)
