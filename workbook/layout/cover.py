"""填报说明: the cover, the steps and the live state."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.layout import names
from workbook.layout.canvas import Area, Content, Input, Link, Quantity, Sheet, text_height
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric
from workbook.rubric.provenance import marked_title, notice
from workbook.rubric.states import OUTCOME_NAMES, CheckState, FieldState, RowState
from workbook.rubric.todo import SHOWN

_LEGEND = (
    (FieldState.OPEN, "还要填写"),
    (FieldState.PENDING, "由别的数据决定要不要填"),
    (FieldState.NOT_NEEDED, "按已填的数据不用填"),
    (FieldState.OPTIONAL, "可以不填"),
    (FieldState.FROM_TABLE, "由明细表汇总得出"),
    (FieldState.UNUSUAL, "数值少见，核对无误即可"),
    (FieldState.INVALID, "超出范围或不是数字，改正后才能报送"),
    (RowState.PARTIAL, "明细表的行缺少＊列"),
    (CheckState.UNCHECKED, "数据不齐，暂不核对"),
    (CheckState.BLOCKS, "改正后才能报送"),
)
"""Explanations of the states that need one."""


def _steps(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Text and sheet of each step."""
    yield (
        f"1. 在“{names.TITLE_ENTRY}”填写浅黄色单元格：数字直接输入，是/否和档次从下拉列表选择；"
        f"按“状态”列填到没有“{FieldState.OPEN}”。",
        names.TITLE_ENTRY,
    )
    required = list(dict.fromkeys(table.sheet for table in rubric.tables if table.required))
    for title in required:
        yield f"　 在“{title}”逐行填写，带＊的列都要填；合计自动汇总到“{names.TITLE_ENTRY}”。", title
    sheets = list(dict.fromkeys(table.sheet for table in rubric.tables if not table.required))
    if sheets:
        listed = "、".join(f"“{title}”" for title in sheets)
        yield (
            f"　 有台账的可先填明细表{listed}，由明细自动汇总（选填）；"
            f"没有的直接在“{names.TITLE_ENTRY}”填合计数。",
            sheets[0],
        )
    yield (
        f"2. 在“{names.TITLE_SCORING}”查看得分；有扣分的指标，在浅黄色“扣分原因”栏写明原因。"
        f"得分怎样算出见“{names.TITLE_PROCESS}”。",
        names.TITLE_SCORING,
    )
    yield f"3. 在“{names.TITLE_EVIDENCE}”列出佐证材料的名称、文号、日期和页码。", names.TITLE_EVIDENCE
    yield (
        f"4. 在“{names.TITLE_CHECKS}”处理{FieldState.OPEN}、{FieldState.INVALID}和{CheckState.FAILS}的项目；"
        f"确属实际情况的{CheckState.FAILS}项可以报送。",
        names.TITLE_CHECKS,
    )
    printed = "".join(f"“{title}”" for title in (names.TITLE_SCORING, *required, names.TITLE_SUMMARY))
    yield (
        f"5. 下方“{OUTCOME_NAMES[Key.ready()]}”显示“是”后保存，把本文件作为附件回复；"
        f"需要纸质的，打印{printed}“{names.TITLE_EVIDENCE}”。",
        names.TITLE_SUMMARY,
    )


_STATE_COL = 3

_STATE = (
    ((Key.ready(), "state"), (Key.total(), "points")),
    ((Key.grade(), "state"), (Key.total("share"), "percent")),
    ((Key.low(), "points"), (Key.high(), "points")),
    ((Key.count("filled"), "count"), (Key.count("open"), "count")),
    ((Key.count("invalid"), "count"), (Key.count("unscored"), "count")),
    ((Key.count("reasons"), "count"), (Key.count("failed"), "count")),
    ((Key.count("blocking"), "count"), (Key.count("rows"), "count")),
    ((Key.count("unusual"), "count"), (Key.count("unproven"), "count")),
)
"""Results of a workbook, pair by pair: the key and style of each."""

_LABELS = {**OUTCOME_NAMES, Key.total(): f"{OUTCOME_NAMES[Key.total()]}（已评部分）"}


def cover_sheet(rubric: Rubric) -> Sheet:
    """The first sheet: who, what to do, how far."""
    sheet = Sheet(names.TITLE_COVER, widths=(3, 24, 34, 24, 34), one_page=True)
    sheet.banner(rubric.form_title, "title", height=36, first_col=1)
    sheet.banner(f"{rubric.issuer}  {marked_title(rubric)}", "subtitle", height=24, first_col=1)
    if told := notice(rubric):
        sheet.banner(told, "notice", height=text_height(told, sum(sheet.widths[1:])) + 8, first_col=1)
    sheet.row += 1
    sheet.banner("一、基本信息", "section", height=22, first_col=1)
    top = sheet.row
    for field in (field for field in rubric.fields if field.cover):
        sheet.line(
            [
                (None, ""),
                (field.label, "label"),
                (Input(Key.input(field.id)), f"input.{field.kind.value}"),
                (Quantity(Key.field_state(field.id)), "formula.state"),
                (field.help, "text"),
            ],
            least=24,
        )
    states = Area(top, sheet.row - 1, _STATE_COL)
    sheet.areas[AreaKey.states("cover")] = states
    sheet.states.append(states)
    sheet.row += 1
    sheet.banner("二、填报步骤", "section", height=22, first_col=1)
    for text, target in _steps(rubric):
        row = sheet.row
        sheet.put(row, 1, text, "text", last_col=3)
        sheet.put(row, 4, Link(f"→ {target}", target), "link")
        sheet.heights[row] = text_height(text, sum(sheet.widths[1:4])) + 4
        sheet.row += 1
    sheet.row += 1
    sheet.banner("三、填报状态（随填随算）", "section", height=22, first_col=1)
    for pairs in _STATE:
        parts: list[tuple[Content, str]] = [(None, "")]
        for key, style in pairs:
            parts += [(_LABELS[key], "label"), (Quantity(key.echo("cover")), f"formula.{style}")]
        sheet.line(parts, least=24)
    sheet.row += 1
    sheet.banner(f"四、接下来要做（最先的 {SHOWN} 项；点击右侧“前往”）", "section", height=22, first_col=1)
    for line in range(1, SHOWN + 1):
        row = sheet.row
        sheet.put(row, 1, Quantity(Key.todo(line, "text")), "formula.text", last_col=3)
        sheet.put(row, 4, Quantity(Key.todo(line, "link")), "formula.link")
        sheet.heights[row] = 21
        sheet.row += 1
    sheet.row += 1
    sheet.banner("五、颜色约定与计分口径", "section", height=22, first_col=1)
    for content, style in (
        ("浅黄底、实线框的单元格由填报人填写；灰底单元格由公式计算，不能改动。", "text"),
        (
            "没有填的不等于 0：有待填数据的指标暂不计分，可得分区间按待填指标得 0 分和满分计算。"
            f"{rubric.grades.interpretation}",
            "text",
        ),
        ("状态：" + "；".join(f"{word}，{meaning}" for word, meaning in _LEGEND) + "。", "text"),
        (
            "金额单位为万元；百分比可输入 12.5%；没有发生的数量填 0。单元格内可以写算式，如 =120.5+36。",
            "text",
        ),
    ):
        height = text_height(content, sum(sheet.widths[1:])) + 4
        sheet.banner(content, style, height=max(height, 24), first_col=1)
    return sheet
