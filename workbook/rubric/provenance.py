"""The status of a rubric and the origins of its weights and clauses: the words for officers."""

from __future__ import annotations

from workbook.rubric.model import Indicator, Item, Origin, Rubric

PUBLISHED, RECONSTRUCTED, EXAMPLE = "published", "reconstructed", "example"

LABELS = {
    PUBLISHED: "正式印发",
    RECONSTRUCTED: "推定标准",
    "draft": "草案",
    EXAMPLE: "示例",
    "made-up": "虚构标准",
}
"""Values of a spec's ``status``, each with its word."""

_HOW = {"printed": "〔印出〕", "inferred": "〔推定〕"}


def status_label(status: str) -> str:
    """The word for a status; an unknown one as it stands, so that nothing passes for official."""
    return LABELS.get(status, status)


def status_mark(status: str | None) -> str:
    """``〔推定标准〕`` and the like, to stand beside a rubric; empty for a published or unknown one."""
    return "" if status in {None, PUBLISHED} else f"〔{status_label(status or '')}〕"


def mark(rubric: Rubric) -> str:
    """The mark to stand beside a rubric's id or title."""
    return status_mark(rubric.status)


def marked_title(rubric: Rubric) -> str:
    """The title, which says so where the rubric is not the published one."""
    return rubric.title + mark(rubric)


def notice(rubric: Rubric) -> str:
    """The notice to officers that a rubric is not the published one; empty for a published one."""
    if rubric.status == PUBLISHED:
        return ""
    if rubric.status == RECONSTRUCTED:
        return (
            "本标准为推定标准：按已公布报告印出的内容和同类标准推定，非财政部门印发，仅供测算，不作为正式评分依据。"
            "〔印出〕为报告或标准所印，〔推定〕为推断，来源见各指标。"
        )
    if rubric.status == EXAMPLE:
        return "本标准为示例：按公开文本整理，出处和所做的推定见各指标；仅供参考和测算，不作为正式评分依据。"
    return f"本标准为{status_label(rubric.status)}，非财政部门正式印发，仅供测算，不作为正式评分依据。"


def weight_origin(rubric: Rubric, indicator: Indicator) -> Origin | None:
    """The origin of an indicator's points, where it names one."""
    return rubric.origins.get(indicator.weight_origin or "")


def clause_origin(rubric: Rubric, indicator: Indicator, item: Item) -> Origin | None:
    """The origin of an item's clause and rule: its own, or its indicator's."""
    return rubric.origins.get(item.clause_origin or indicator.clause_origin or "")


def origin_text(origin: Origin | None, what: str = "") -> str:
    """``〔推定〕分值：…``; ``what`` it is the origin of. Empty for none."""
    if origin is None:
        return ""
    return f"{_HOW[origin.how]}{what}：{origin.text}" if what else f"{_HOW[origin.how]}{origin.text}"


def indicator_origins(rubric: Rubric, indicator: Indicator) -> tuple[str, ...]:
    """The origins of an indicator's name, points and items' clauses; one text for those that are the same."""
    named = {"名称": indicator.name_origin, "分值": indicator.weight_origin, "条款": indicator.clause_origin}
    parts: dict[str, list[str]] = {}
    for what, key in named.items():
        if key is not None:
            parts.setdefault(key, []).append(what)
    return tuple(origin_text(rubric.origins.get(key), "、".join(what)) for key, what in parts.items())
