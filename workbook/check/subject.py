"""The subject of the lints: a rubric, the places of its parts in the file, their names in messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook.findings import Finding
from workbook.load.yamltext import Document, YamlPath
from workbook.rubric.fields import Field
from workbook.rubric.grading import Cap, Lights
from workbook.rubric.headings import indicator_headings
from workbook.rubric.model import Check, Dimension, Group, Indicator, Item, Rate, Rubric, Settlement
from workbook.rubric.parts import inner_rules
from workbook.rubric.rules import Rule

_SETTLEMENTS = {
    "not_applicable": "不适用条款",
    "veto": "否决条款",
    "exempt": "免评条款",
    "default": "默认得分条款",
}


@dataclass(frozen=True, slots=True)
class SpecPart:
    """A part of the spec: its YAML path, how a message calls it, and the legal heading above it.

    ``key`` when the key itself is meant, not what it says.
    """

    path: YamlPath
    where: str
    clause: str | None = None
    indicator: str | None = None
    key: bool = False

    def at(self, *steps: str | int) -> SpecPart:
        """The place of something inside this part."""
        return replace(self, path=(*self.path, *steps))


@dataclass(frozen=True, slots=True)
class Subject:
    """A rubric with the document that it was read from."""

    rubric: Rubric
    document: Document

    def found(self, code: str, place: SpecPart, *, word: str | None = None, **values: str) -> Finding:
        """The finding ``code`` at ``place``, or at a word of its text; its texts may use ``{where}``."""
        document, path = self.document, place.path
        return document.found(
            code,
            document.key(path) if place.key else document.spot(path, word=word),
            clause=place.clause,
            indicator=place.indicator,
            where=place.where,
            **values,
        )

    def line(self, place: SpecPart) -> int | None:
        """The line of a part of the spec."""
        return self.document.line(place.path)

    def text(self, place: SpecPart) -> str:
        """What is written there, of a single value."""
        return self.document.text(place.path)

    def fields(self) -> Iterator[tuple[SpecPart, Field]]:
        """Every field where the spec describes it, else (from the dictionary) where it is listed."""
        listed = {
            field_id: ("sections", number, "fields", index)
            for number, section in enumerate(self.rubric.sections)
            for index, field_id in enumerate(section.fields)
        }
        for field in self.rubric.fields:
            own: YamlPath = ("fields", field.id)
            path = own if own in self.document.keys else listed.get(field.id, ())
            yield SpecPart(path, f"字段“{field.id}”"), field

    def rates(self) -> Iterator[tuple[SpecPart, Rate]]:
        """Every rate."""
        for number, rate in enumerate(self.rubric.rates):
            yield SpecPart(("rates", number), f"比率“{rate.id}”", rate.name), rate

    def checks(self) -> Iterator[tuple[SpecPart, Check]]:
        """Every cross-check."""
        for number, check in enumerate(self.rubric.checks):
            yield SpecPart(("checks", number), f"勾稽“{check.id}”", check.title), check

    def caps(self) -> Iterator[tuple[SpecPart, Cap]]:
        """Every limit on the total or the grade."""
        for number, cap in enumerate(self.rubric.caps):
            yield SpecPart(("caps", number), f"限制“{cap.name}”", cap.name), cap

    def lights(self) -> Iterator[tuple[SpecPart, Lights]]:
        """Every warning light."""
        for number, lights in enumerate(self.rubric.lights):
            yield SpecPart(("lights", number), f"预警“{lights.name}”", lights.name), lights

    def dimensions(self) -> Iterator[tuple[SpecPart, Dimension]]:
        """Every first-level indicator."""
        for number, dimension in enumerate(self.rubric.dimensions):
            yield SpecPart(("dimensions", number), f"一级指标“{dimension.name}”", dimension.name), dimension

    def groups(self) -> Iterator[tuple[SpecPart, Dimension, Group]]:
        """Every second-level indicator."""
        for place, dimension in self.dimensions():
            for number, group in enumerate(dimension.groups):
                inner = SpecPart((*place.path, "groups", number), f"二级指标“{group.name}”", group.name)
                yield inner, dimension, group

    def indicators(self) -> Iterator[tuple[SpecPart, Indicator]]:
        """Every third-level indicator."""
        for place, _, group in self.groups():
            for number, indicator in enumerate(group.indicators):
                path = (*place.path, "indicators", number)
                called = indicator_headings(self.rubric)[indicator.id]
                yield SpecPart(path, f"指标“{called}”", indicator.name, indicator.id), indicator

    def items(self) -> Iterator[tuple[SpecPart, Indicator, Item]]:
        """Every item, called by its indicator's name and its place in the standard."""
        for place, indicator in self.indicators():
            for number, item in enumerate(indicator.items):
                heading = f"{indicator_headings(self.rubric)[indicator.id]} {item.place.strip() or item.id}"
                path = (*place.path, "items", number)
                yield SpecPart(path, f"“{heading}”", heading, indicator.id), indicator, item

    def rules(self) -> Iterator[tuple[SpecPart, Item, Rule]]:
        """Every rule with the item that it serves, the rules inside a rule included."""
        for place, _, item in self.items():
            for inner, rule in _inside(place.at("rule"), item.rule):
                yield inner, item, rule

    def settlements(self) -> Iterator[tuple[SpecPart, Settlement, Decimal]]:
        """Every veto, exemption and default, with the most points that it may give to an item."""
        for place, indicator in self.indicators():
            least = min((item.points for item in indicator.items), default=indicator.points)
            for inner, settlement in _settlements(place, indicator):
                yield inner, settlement, least
        for place, _, item in self.items():
            for inner, settlement in _settlements(place, item):
                yield inner, settlement, item.points


def _inside(place: SpecPart, rule: Rule) -> Iterator[tuple[SpecPart, Rule]]:
    yield place, rule
    for inner in inner_rules(rule):
        yield from _inside(place.at(*inner.path), inner.rule)


def _settlements(place: SpecPart, holder: Indicator | Item) -> Iterator[tuple[SpecPart, Settlement]]:
    for key, words in _SETTLEMENTS.items():
        settlement: Settlement | None = getattr(holder, key, None)
        if settlement is not None:
            yield replace(place.at(key), where=f"{place.where}的{words}"), settlement


def number(value: Decimal) -> str:
    """A number as an author writes it."""
    return f"{value.normalize():f}"


def percentage(value: Decimal) -> str:
    """A share as an author writes it: ``90%``."""
    return number(value * 100) + "%"
