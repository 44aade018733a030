"""Lints of the total and of the parts beside it: limits that can bite, parts that can be left out."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.check.subject import SpecPart, Subject, number
from workbook.findings import Finding
from workbook.rubric.parts import stated
from workbook.rubric.roles import Worth


def caps(subject: Subject) -> Iterator[Finding]:
    """A limit says what it limits, names a grade that there is, and lies within the points."""
    rubric = subject.rubric
    grades = [band.name for band in rubric.grades.bands]
    most = rubric.total_at_most
    if most is not None and most < rubric.points:
        problem = f"总分上限 {number(most)} 低于满分 {number(rubric.points)}"
        yield subject.found("SPEC_CAP", SpecPart(("total_at_most",), "总分上限"), problem=problem)
    for place, cap in subject.caps():
        if cap.total_at_most is None and cap.grade_at_most is None:
            yield subject.found("SPEC_CAP", place, problem="没有写限制什么")
        if cap.total_at_most is not None and not 0 <= cap.total_at_most < rubric.points:
            problem = f"总分上限 {number(cap.total_at_most)} 应在 0 至满分 {number(rubric.points)} 之间"
            yield subject.found("SPEC_CAP", place.at("total_at_most"), problem=problem)
        if cap.grade_at_most is not None and cap.grade_at_most not in grades:
            problem = f"没有等级“{cap.grade_at_most}”，可用的有 {'、'.join(grades)}"
            yield subject.found("SPEC_CAP", place.at("grade_at_most"), problem=problem)
        elif grades and cap.grade_at_most == grades[0]:
            yield subject.found("SPEC_CAP", place.at("grade_at_most"), problem="最高一级不是限制")


def malus(subject: Subject) -> Iterator[Finding]:
    """The items of a deduction beside the whole earn what is taken off: nothing happened, nothing taken."""
    for place, indicator, item in subject.items():
        if subject.rubric.beside.get(indicator.id) == "malus" and any(stated(item.rule, Worth.LOST)):
            yield subject.found("SPEC_MALUS", place.at("rule", "kind"), kind=item.rule.kind)


def beside(subject: Subject) -> Iterator[Finding]:
    """Check that nothing beside the whole is left out and scaled; it must add or take nothing instead."""
    for place, indicator in subject.indicators():
        if indicator.not_applicable is not None and indicator.id in subject.rubric.beside:
            yield subject.found("SPEC_BESIDE", place.at("not_applicable"))
