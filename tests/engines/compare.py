"""Compare the engines on every quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tests.engines.native import by_cellrune, by_formualizer
from tests.engines.office import recalculate, resave, saved_values
from workbook.engine import Model
from workbook.layout.book import Book
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import evaluate
from workbook.scorer.quantities import Quantity, quantities
from workbook.template.draw import draw
from workbook.template.identity import Identity
from workbook.template.model import Template
from workbook.verifier.agreement import Noise, agree
from workbook.xlsx_writer.xlsx import render

References: TypeAlias = Sequence[Mapping[Key, Quantity]]
Values: TypeAlias = dict[Key, object]

WRONG = "?"
"""The cached value of every formula in the files for LibreOffice: agreement cannot come from caches."""


SHARE = 4
"""One of so many generated cases goes through the engines that take longest."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A quantity of one case on which an engine differs from the reference."""

    engine: str
    case: int
    key: Key
    reference: object
    value: object
    formula: str


class Engines:
    """A rubric with its template, compiled once."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.book: Book
        self.template: Template
        self.book, self.template = draw(rubric)
        self.model = Model(self.template)

    def references(self, batch: Sequence[Inputs]) -> list[dict[Key, Quantity]]:
        """The reference's value of every quantity."""
        return [quantities(evaluate(self.rubric, inputs)) for inputs in batch]

    def with_formulas(self, batch: Sequence[Inputs], known: References | None = None) -> list[Disagreement]:
        """Where ``formulas`` differs from the reference; ``known``: the references, where they are there."""
        values: list[Values] = []
        for start in range(0, len(batch), 100):
            values += [dict(one) for one in self.model.recalculate(batch[start : start + 100])]
        return self._differences("formulas", known or self.references(batch), values)

    def with_formualizer(
        self, batch: Sequence[Inputs], known: References | None = None
    ) -> list[Disagreement]:
        """Where formualizer differs, as each input changes in one open workbook."""
        values = by_formualizer(self.template, self.file(Inputs({})), batch)
        return self._differences("formualizer", known or self.references(batch), values)

    def with_cellrune(self, batch: Sequence[Inputs], known: References | None = None) -> list[Disagreement]:
        """Where cellrune differs, as each input changes in one open workbook."""
        values = by_cellrune(self.template, self.file(Inputs({})), batch)
        return self._differences("cellrune", known or self.references(batch), values)

    def without_office(self, batch: Sequence[Inputs]) -> list[Disagreement]:
        """Where any engine differs but LibreOffice, which takes longest."""
        known = self.references(batch)
        engines = (self.with_formulas, self.with_formualizer, self.with_cellrune)
        return [found for engine in engines for found in engine(batch, known)]

    def with_office(self, batch: Sequence[Inputs], known: References | None = None) -> list[Disagreement]:
        """Where LibreOffice differs, as each input changes in one open workbook."""
        values = recalculate(self.template, self.file(Inputs({})), batch)
        return self._differences("LibreOffice", known or self.references(batch), values)

    def with_office_files(self, batch: Sequence[Inputs]) -> list[Disagreement]:
        """Where LibreOffice differs, each workbook opened by itself."""
        return self.after_office(batch, resave([self.file(inputs) for inputs in batch]))

    def after_office(self, batch: Sequence[Inputs], saved: Sequence[bytes]) -> list[Disagreement]:
        """Where workbooks that LibreOffice has saved differ from the reference."""
        values = [saved_values(self.template, data) for data in saved]
        return self._differences("LibreOffice", self.references(batch), values)

    def file(self, inputs: Inputs) -> bytes:
        """The filled workbook with wrong cached values everywhere."""
        identity = Identity(self.rubric.id, self.template.version, self.template.spec, "test")
        wrong: dict[Key, Quantity] = dict.fromkeys(self.template.quantities, WRONG)
        return render(self.book, self.template, identity, inputs, wrong)

    def _differences(
        self,
        engine: str,
        references: References,
        values: Sequence[Mapping[Key, object]],
    ) -> list[Disagreement]:
        found = []
        for number, (reference, value) in enumerate(zip(references, values, strict=True)):
            noise = Noise(reference)
            found += [
                Disagreement(engine, number, key, expected, value[key], self.template.formula(key))
                for key, expected in reference.items()
                if not agree(key, value[key], expected, noise)  # type: ignore[arg-type]
            ]
        return found
