"""Compare the three engines on every quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

WRONG = "?"
"""The cached value of every formula in the files for LibreOffice: agreement cannot come from caches."""


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

    def with_formulas(self, batch: Sequence[Inputs]) -> list[Disagreement]:
        """Where ``formulas`` differs from the reference."""
        values: list[dict[str, object]] = []
        for start in range(0, len(batch), 100):
            values += [dict(one) for one in self.model.recalculate(batch[start : start + 100])]
        return self._differences("formulas", self.references(batch), values)

    def with_office(self, batch: Sequence[Inputs]) -> list[Disagreement]:
        """Where LibreOffice differs from the reference, as each input changes in one open workbook."""
        values = recalculate(self.template, self.file(Inputs({})), batch)
        return self._differences("LibreOffice", self.references(batch), values)

    def with_office_files(self, batch: Sequence[Inputs]) -> list[Disagreement]:
        """Where LibreOffice differs from the reference, each workbook opened by itself."""
        references = self.references(batch)
        files = [self.file(inputs) for inputs in batch]
        values = [saved_values(self.template, data) for data in resave(files)]
        return self._differences("LibreOffice", references, values)

    def file(self, inputs: Inputs) -> bytes:
        """The filled workbook with wrong cached values everywhere."""
        identity = Identity(self.rubric.id, self.template.version, self.template.spec, "test")
        wrong: dict[Key, Quantity] = dict.fromkeys(self.template.quantities, WRONG)
        return render(self.book, self.template, identity, inputs, wrong)

    def _differences(
        self,
        engine: str,
        references: Sequence[Mapping[Key, Quantity]],
        values: Sequence[Mapping[str, object]],
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
