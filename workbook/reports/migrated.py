"""Inputs that migrations have carried, found new and dropped, as a workbook for clerk and officers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook.findings import Finding
from workbook.layout.canvas import Content, Line, Sheet, text_height
from workbook.migration.carried import Carried, Figure, Migration, Wording, figures_text
from workbook.migration.result import counts
from workbook.reports.words import clean
from workbook.rubric.keys import Sort
from workbook.xlsx_writer.sheets import render_sheets
from workbook.xlsx_writer.xlsx import MAX_HEIGHT

TITLE = "沿用上年度数据的说明"
NEEDED = {True: "必填", False: "选填", "conditional": "视情况"}
"""Whether a new field must be filled in, as officers read it."""

_FILES = (
    ("序号", 6), ("部门", 28), ("原文件", 34), ("原标准", 16), ("新标准", 16), ("结果", 10), ("沿用项目", 9),
    ("明细格数", 9), ("取自明细", 9), ("新增项目", 9), ("未沿用", 9), ("上年未填", 9), ("未带扣分原因", 10),
    ("未带佐证", 9), ("新文件或不能处理的原因", 60),
)  # fmt: skip
_CARRIED = (
    ("序号", 6), ("部门", 24), ("类别", 10), ("项目", 34), ("上年度数", 24), ("原标准的说法", 44),
    ("新标准的说法", 44), ("核对后的本年度数", 18),
)  # fmt: skip
_ADDED = (("序号", 6), ("部门", 28), ("项目", 52), ("要求", 10), ("说明", 64))
_DROPPED = (("序号", 6), ("部门", 28), ("项目", 44), ("上年度数", 30), ("为什么没有沿用", 64))

_MOST = 120
"""Characters of a value: the workbook that was carried from has all of it."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """One file: ``written`` is the new workbook, or ``findings`` say why there is none."""

    source: str
    rubric: str = ""
    migration: Migration | None = None
    written: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def department(self) -> str:
        """The department's name, empty where there is none."""
        return "" if self.migration is None else self.migration.inputs.word("department") or ""


def warning(files: Iterable[Migrated]) -> str:
    """The warning to check the figures carried, with the years that they are of."""
    done = [one.migration for one in files if one.migration is not None]
    years = "、".join(sorted({str(one.old.fiscal_year) for one in done})) or "上"
    now = "、".join(sorted({str(one.new.fiscal_year) for one in done})) or "本"
    return (
        f"沿用的都是 {years} 年度工作簿中的数据，不是 {now} 年度的实际数："
        f"请逐项核对，改成 {now} 年度的数后再报送。"
    )


def migration_book(files: Sequence[Migrated]) -> bytes:
    """The .xlsx report on migrated files; the same files give the same bytes, no text becomes a formula."""
    told = warning(files)
    numbered = list(enumerate(files, 1))
    done = [(_whose(number, one), one.migration) for number, one in numbered if one.migration is not None]
    return render_sheets(
        TITLE,
        (
            _table("迁移结果", told, _FILES, [_file(number, one) for number, one in numbered]),
            _table("沿用_请逐项核对", told, _CARRIED, [row for one in done for row in _carried(*one)]),
            _table("新增_请填报", told, _ADDED, [row for one in done for row in _added(*one)]),
            _table("未沿用", told, _DROPPED, [row for one in done for row in _dropped(*one)]),
        ),
    )


def _table(title: str, told: str, columns: Sequence[tuple[str, int]], rows: Iterable[Line]) -> Sheet:
    sheet = Sheet(
        title,
        widths=tuple(width for _, width in columns),
        landscape=True,
        freeze_rows=2,
        repeat_rows=(0, 1),
    )
    sheet.banner(told, "warning", height=max(26.0, text_height(told, sum(sheet.widths))))
    sheet.line([(heading, "heading") for heading, _ in columns], least=34)
    for row in rows:
        number = sheet.line(row, least=22)
        sheet.heights[number] = min(sheet.heights[number], MAX_HEIGHT)
    if sheet.row == 2:
        sheet.banner("没有", "text", height=22)
    sheet.filtered = (1, 0, sheet.row - 1, len(columns) - 1)
    return sheet


def _whose(number: int, one: Migrated) -> list[tuple[Content, str]]:
    return [(Decimal(number), "center"), (clean(one.department, most=200), "text")]


def _file(number: int, one: Migrated) -> Line:
    head = [*_whose(number, one), (clean(one.source), "text")]
    if one.migration is None:
        why = "；".join(f"{finding.message}{finding.fix}" for finding in one.findings)
        blank: list[tuple[Content, str]] = [("", "center")] * 8
        return [*head, (clean(one.rubric, most=200), "text"), ("", "text"), ("未迁移", "fail"), *blank,
                (clean(why), "text")]  # fmt: skip
    count = counts(one.migration)
    keys = ("carried", "cells", "from_tables", "new", "lost", "blank", "reasons", "evidence")
    return [
        *head,
        (one.migration.old.id, "text"),
        (one.migration.new.id, "text"),
        ("已迁移", "pass"),
        *((Decimal(count[key]), "year") for key in keys),
        (clean(one.written), "text"),
    ]


def _carried(whose: Line, migration: Migration) -> Iterator[Line]:
    for one in migration.carried:
        yield _carried_row(whose, one, "明细表" if one.key.sort is Sort.COLUMN else "填报数据")
    for one in migration.from_tables:
        yield _carried_row(whose, one, "取自明细")


def _carried_row(whose: Line, one: Carried, kind: str) -> Line:
    return [
        *whose,
        (kind, "center"),
        (clean(one.new.label), "text"),
        (short_text(one.figures), "text"),
        (clean(wording_text(one.old, one.new)), "text"),
        (clean(wording_text(one.new, one.old)) if one.reworded else "与原标准相同", "text"),
        ("", "text"),
    ]


def _added(whose: Line, migration: Migration) -> Iterator[Line]:
    for one in migration.added:
        yield [
            *whose,
            (clean(one.label), "text"),
            (NEEDED[one.required], "center"),
            (clean(one.help), "text"),
        ]


def _dropped(whose: Line, migration: Migration) -> Iterator[Line]:
    for one in migration.dropped:
        yield [
            *whose,
            (clean(one.label), "text"),
            (short_text(one.figures), "text"),
            (clean(one.reason), "text"),
        ]


def short_text(figures: tuple[Figure, ...]) -> str:
    """A value as it stands in a list; of a column of a detail table how many, and the first of them."""
    if not any(one.row for one in figures):
        return clean(figures_text(figures), most=_MOST)
    return clean(f"共 {len(figures)} 格：{figures_text(figures)}", most=_MOST)


def wording_text(one: Wording, other: Wording) -> str:
    """The parts of a wording in which it differs from another."""
    parts = (
        ("名称", one.label, other.label),
        ("说明", one.help, other.help),
        ("条款", one.clause, other.clause),
    )
    return "\n".join(f"{name}：{text or '（无）'}" for name, text, there in parts if text != there)
