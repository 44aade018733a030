"""Parts that the loader makes of open points. They follow from the indicator and are no differences."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.author.change import Change
from workbook.rubric.expr import unique_refs
from workbook.rubric.model import Rubric, item_key
from workbook.rubric.parts import walk_rules
from workbook.rubric.rules import OwnIndicators

_OF_ITEM = {"points", "interpretation"}
_OF_TABLE = {"rows"}
"""The part of the table that the author does write: its number of rows."""


def without_generated(changes: Iterator[Change], before: Rubric, after: Rubric) -> Iterator[Change]:
    """The differences that an author has made; ``open`` stands in for all that was made of it."""
    made = {*_generated(before), *_generated(after)}
    for change in changes:
        of_table = change.kind == "column" and ("table", change.id.partition(".")[0]) in made
        told = change.part in _OF_TABLE or (change.kind == "item" and change.part not in _OF_ITEM)
        if told or not (of_table or (change.kind, change.id) in made):
            yield change


def _generated(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Kind and id of everything that stands for open points."""
    for indicator in rubric.indicators:
        for item in indicator.items:
            for rule in walk_rules(item.rule):
                if isinstance(rule, OwnIndicators):
                    yield "item", item_key(indicator, item)
                    yield from _around(rubric, {rule.points, rule.score})


def _around(rubric: Rubric, fields: set[str]) -> Iterator[tuple[str, str]]:
    for key in fields:
        yield "field", key
        if key in rubric.sources:
            yield "source", key
            yield "table", rubric.sources[key].table
    for check in rubric.checks:
        if fields & {*unique_refs(check.left, check.right)}:
            yield "check", check.id
    for section in rubric.sections:
        if section.fields and fields >= {*section.fields}:
            yield "section", section.title
