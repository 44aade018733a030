"""Received files of every kind with their reports, for what is made of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.support.clean import clean
from tests.support.paths import MAILED_FOLDER
from tests.support.returned import error, formula, issued, number, text, verified, with_cell, with_cells
from workbook.api import new_workbook
from workbook.intake.items import Ignored, Origin
from workbook.load.rubric import load_rubric
from workbook.rubric.fields import FieldKind
from workbook.verifier.inbox import Inbox
from workbook.verifier.submission import Submission, Superseded

YANTIAN, DAPENG = "yantian-2023", "dapeng-2024"
NASTY = "<script>alert(1)</script>&局"


def filled(rubric_id: str, department: str) -> bytes:
    """A complete workbook of a department, without any contradiction."""
    return new_workbook(load_rubric(rubric_id), department=department, inputs=clean(rubric_id))


def wrong() -> bytes:
    """Six inputs of the wrong kind, one of them what would be a formula; one input computed."""
    book = issued(YANTIAN)
    money = [book[book.field(FieldKind.MONEY, index).id] for index in range(5)]
    cells = {
        money[0]: text("约三千万元"),
        money[1]: number(-5),
        money[2]: error(),
        money[3]: formula("1+2*3", 7),
        money[4]: text('=HYPERLINK("http://x.example","a")'),
        book[book.field(FieldKind.YESNO).id]: text("可能"),
        book[book.field(FieldKind.COUNT).id]: number("2.5"),
    }
    return with_cells(filled(YANTIAN, NASTY), cells)


def tampered() -> bytes:
    """A complete workbook in which one score's formula is another."""
    place = issued(YANTIAN).formula_with("IF(")
    return with_cell(filled(YANTIAN, "区卫生健康局"), place, formula("1+1", 2))


def old() -> bytes:
    """A workbook of the first released template, whose rubric has changed since."""
    return (MAILED_FOLDER / f"{YANTIAN}.t1.xlsx").read_bytes()


FILES: dict[str, Callable[[], bytes]] = {
    "公布_盐田.xlsx": lambda: issued(YANTIAN).published,
    "自评表.xlsx": lambda: filled(DAPENG, "区教育局"),
    "空白.xlsx": lambda: issued(DAPENG).blank,
    "=wrong.xlsx": wrong,
    "改公式.xlsx": tampered,
    "@照片.xlsx": lambda: b"\xff\xd8 no workbook",
    "旧版.xlsx": old,
    "公布_大鹏.xlsx": lambda: issued(DAPENG).published,
}


def origin(name: str, *, sender: str | None = "张三 <zhang@example.gov.cn>") -> Origin:
    """An attachment of a mail in a folder."""
    sent = datetime(2025, 3, 1, 20, 30, tzinfo=UTC)
    return Origin(Path("收件箱/一.eml"), ("+自评表", name), sender, "+自评表", sent)


@functools.cache
def entry(name: str) -> Submission:
    """One of ``FILES``, verified, as the attachment of a mail."""
    report = verified(FILES[name]())
    report.path = f"收件箱/{name}"
    return Submission(report, [origin(name)])


def inbox() -> Inbox:
    """All of ``FILES``; one sent twice, one without an origin; one superseded and one ignored file."""
    entries = [entry(name) for name in FILES]
    entries[0] = Submission(entries[0].report, entries[0].origins * 2)
    entries[2] = Submission(entries[2].report)
    return Inbox(
        entries,
        superseded=[Superseded(origin("旧稿.xlsx"), origin("新稿.xlsx"), "-有较新的一份")],
        ignored=[Ignored("logo.png", Origin(Path("收件箱/logo.png")), "图片")],
    )
