"""Whether a field of one rubric is the field of another: the same kind, unit, choices and measure."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.data.typed import bounds_findings
from workbook.findings import Severity
from workbook.migration.carried import Wording
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.inputs import FieldValue
from workbook.rubric.model import Rubric
from workbook.rubric.parts import achieved, named, rules_of
from workbook.rubric.roles import JUDGED

_KINDS = {
    FieldKind.MONEY: "金额", FieldKind.COUNT: "个数", FieldKind.PERCENT: "百分比", FieldKind.YESNO: "是/否",
    FieldKind.CHOICE: "选项", FieldKind.POINTS: "自评得分", FieldKind.TEXT: "文字", FieldKind.DATE: "日期",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure of a judgement, in Chinese; ``level`` is the field beside a degree of achievement."""

    text: str = "不设"
    level: str = ""


class Measures:
    """The measures of a rubric's officer: the points and clause of a judgement, the scale of a degree.

    A judgement made under other points, or on another scale, is another judgement.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.measure: dict[str, Measure] = {
            field.id: Measure(f"满分 {field.max.normalize():f} 分")
            for field in rubric.fields
            if field.kind is FieldKind.POINTS and field.max is not None
        }
        self.clause: dict[str, str] = {}
        for item, rule in rules_of(rubric):
            for one in named(rule, JUDGED):
                self.measure[one.name] = Measure(f"满分 {item.points.normalize():f} 分")
                self.clause[one.name] = item.clause
            degree = achieved(rule)
            if degree is not None:
                levels = rubric.scales[degree.scale]
                text = "、".join(f"{level.name} {level.text}" for level in levels)
                for name in (degree.level, degree.degree):
                    self.measure[name] = Measure(text, degree.level)
                    self.clause[name] = item.clause

    def wording(self, field: Field) -> Wording:
        """The texts beside a field."""
        return Wording(field.label, field.help, self.clause.get(field.id, ""))


def difference(old: Field, new: Field) -> str | None:
    """The reason in Chinese why two fields of one id cannot hold one value; None when they can."""
    if old.kind is not new.kind:
        return f"数据类型不同：原为{_KINDS[old.kind]}，现为{_KINDS[new.kind]}"
    if old.unit != new.unit:
        return f"单位不同：原为“{old.unit}”，现为“{new.unit}”"
    if set(old.choices) != set(new.choices):
        return f"选项不同：原为 {'、'.join(old.choices)}，现为 {'、'.join(new.choices)}"
    return None


def misfit(old: Field, new: Field, value: FieldValue) -> str | None:
    """The reason why a value of ``old`` is not valid in ``new``, otherwise the same; None when it is."""
    fewer_decimals = (new.decimals or 0) < (old.decimals or 0)
    for finding in bounds_findings(new, value):
        if finding.severity is Severity.ERROR or fewer_decimals:
            return f"不符合新标准的要求：{finding.message}"
    return None
