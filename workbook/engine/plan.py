"""The order in which a template's cells are calculated: which shape, of which cells, after which others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from workbook.addresses import split
from workbook.engine.tokens import NUMBER, shape
from workbook.layout.names import Place
from workbook.rubric.keys import Key
from workbook.template.model import Template

_CELL = re.compile(r"^(?:'?([^'!]+)'?!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")

References = Sequence[Sequence[int]]
"""A formula's references in order, each the positions of its cells."""


@dataclass(frozen=True, slots=True)
class Group:
    """Formulas of one shape that do not depend on each other; ``cells`` are each one's references.

    ``ranges`` tells that a reference is more than one cell.
    """

    text: str
    targets: Sequence[int]
    cells: Sequence[References]
    ranges: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a template's calculation. Every cell that is an input, a quantity or used by one has a position
    below ``size``; ``inputs`` and ``quantities`` are positions by key.
    """

    size: int
    constants: Mapping[int, str | float]
    groups: Sequence[Group]
    inputs: Mapping[Key, int]
    quantities: Mapping[Key, int]

    def plain(self) -> dict[str, Any]:
        """The plan as plain data."""
        return {
            "size": self.size,
            "constants": list(self.constants.items()),
            "groups": [[one.text, one.targets, one.cells, one.ranges] for one in self.groups],
            "inputs": {str(key): position for key, position in self.inputs.items()},
            "quantities": {str(key): position for key, position in self.quantities.items()},
        }

    @classmethod
    def of_plain(cls, data: Mapping[str, Any], template: Template) -> Plan:
        """A plan from plain data. Raises ValueError, or what wrong types make fail, when it is none of this
        template's.
        """
        groups = [Group(text, targets, cells, ranges) for text, targets, cells, ranges in data["groups"]]
        inputs = _keyed(data["inputs"], template.inputs)
        quantities = _keyed(data["quantities"], template.quantities)
        plan = cls(data["size"], dict(data["constants"]), groups, inputs, quantities)
        targets = [target for group in groups for target in group.targets]
        used = {cell for group in groups for cells in group.cells for one in cells for cell in one}
        used.update(plan.constants, plan.inputs.values(), targets)
        fits = (
            sorted(targets) == sorted(plan.quantities.values())
            and all(len(group.targets) == len(group.cells) for group in groups)
            and all(isinstance(one, int) and 0 <= one < plan.size for one in used)
        )
        if not fits:
            raise ValueError("a plan of another template")
        return plan


def _keyed(positions: Mapping[str, int], expected: Iterable[Key]) -> dict[Key, int]:
    """Positions by the template's own keys, as which they must be written. Raises ValueError."""
    keys = list(expected)
    if list(positions) != [str(key) for key in keys]:
        raise ValueError("the keys of another template")
    return dict(zip(keys, positions.values(), strict=True))


def plan_of(template: Template) -> Plan:
    """The plan of a template. Raises ValueError for a formula that is none of ours."""
    return _Planner(template).plan()


class _Planner:
    def __init__(self, template: Template) -> None:
        self.template = template
        self._position: dict[Place, int] = {}

    def plan(self) -> Plan:
        template = self.template
        constants: dict[int, str | float] = {}
        keys = set(template.quantities.values())
        inputs = set(template.inputs.values())
        graph: dict[int, set[int]] = {}
        shapes: dict[int, tuple[str, References]] = {}
        for place in template.quantities.values():
            formula = template.sheet[place.sheet].formulas[place.cell]
            form = shape(formula, split(place.cell)[1])
            references = tuple(self._cells(reference, place.sheet) for reference in form.references)
            used = [cell for cells in references for cell in cells]
            for cell in used:
                if cell not in keys and cell not in inputs and (constant := self._constant(cell)) is not None:
                    constants[self._at(cell)] = constant
            target = self._at(place)
            shapes[target] = (form.text, tuple(tuple(map(self._at, cells)) for cells in references))
            graph[target] = {self._at(cell) for cell in used if cell in keys}
        groups = tuple(_grouped(graph, shapes))
        positions = {key: self._at(place) for key, place in template.inputs.items()}
        results = {key: self._at(place) for key, place in template.quantities.items()}
        return Plan(len(self._position), constants, groups, positions, results)

    def _at(self, place: Place) -> int:
        return self._position.setdefault(place, len(self._position))

    def _constant(self, place: Place) -> str | float | None:
        """The template's own value in a cell, or the number of a formula."""
        if place.sheet == NUMBER:
            return float(place.cell)
        sheet = self.template.sheet[place.sheet]
        number = sheet.numbers.get(place.cell)
        return sheet.texts.get(place.cell) if number is None else float(number)

    def _cells(self, reference: str, sheet: str) -> tuple[Place, ...]:
        if reference.startswith(NUMBER):
            return (Place(NUMBER, reference.removeprefix(NUMBER)),)
        if reference in self.template.names:
            named = self.template.names[reference]
            reference, sheet = named.cell, named.sheet
        match = _CELL.match(reference)
        if match is None:
            raise ValueError(f"unknown reference in a template's formula: {reference}")
        title, column, first, last_column, last = match.groups()
        if last is None:
            return (Place(title or sheet, f"{column}{first}"),)
        if column != last_column:
            raise ValueError(f"a template's ranges are one column wide: {reference}")
        return tuple(Place(title or sheet, f"{column}{row}") for row in range(int(first), int(last) + 1))


def _grouped(graph: Mapping[int, set[int]], shapes: Mapping[int, tuple[str, References]]) -> Iterator[Group]:
    """The formulas in order of calculation; those that are ready together and share a shape together."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    while sorter.is_active():
        ready: dict[tuple[str, bool], list[int]] = {}
        for target in sorter.get_ready():
            text, references = shapes[target]
            ranges = any(len(cells) > 1 for cells in references)
            ready.setdefault((text, ranges), []).append(target)
            sorter.done(target)
        for (text, ranges), targets in ready.items():
            yield Group(text, tuple(targets), tuple(shapes[target][1] for target in targets), ranges)
