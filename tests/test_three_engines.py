"""The same cases through the reference scorer and four engines: 0 disagreements.

Written and published cases go through all of them. Of the generated ones, all go through ``formulas`` and
formualizer, and a share through cellrune and LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
import yaml

from tests.engines.compare import SHARE, Engines
from tests.engines.generate import MODES, cases
from tests.engines.office import resave
from tests.support.budget import share_of
from tests.support.returned import RUBRICS as COMPLETE
from workbook.api import new_workbook
from workbook.data.read import read_data
from workbook.data.typed import bounds_findings, level_findings
from workbook.engine import Model
from workbook.evaluations.published import load_case, load_cases
from workbook.load.builtin import builtin_ids, published_path
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import Document
from workbook.returned.registry import Registry
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Key
from workbook.rubric.states import IndicatorState
from workbook.scorer.evaluate import evaluate
from workbook.verifier.agreement import agree
from workbook.verifier.result import file_result
from workbook.verifier.verify import verify_batch

HERE = Path(__file__).resolve().parent
EVERY_RULE = "tests/specs/every_rule.yaml"
COMPOSED = "tests/specs/composed.yaml"
SEMANTICS = "tests/specs/semantics.yaml"
RUBRICS = [*builtin_ids(), EVERY_RULE, COMPOSED, SEMANTICS]
GENERATED = {
    EVERY_RULE: 100,
    COMPOSED: 100,
    SEMANTICS: 100,
    **dict.fromkeys(set(builtin_ids()) - set(COMPLETE), 40),
}
"""Cases per rubric; 300 where nothing else is said, fewer for the reconstructed rubrics, which take their
rules from a complete one."""
WRITTEN = [
    case
    for path in sorted((HERE / "cases").glob("*.yaml"))
    for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
]


@cache
def engines(rubric: str) -> Engines:
    path = HERE.parent / rubric
    return Engines(load_rubric(path if path.suffix else rubric))


def inputs_of(case: dict) -> Inputs:
    document = Document(HERE / "cases", None)
    return read_data(engines(case["rubric"]).rubric, case["data"], document).inputs


def written(rubric: str) -> list[Inputs]:
    return [inputs_of(case) for case in WRITTEN if case["rubric"] == rubric]


def generated(rubric: str) -> list[Inputs]:
    return cases(engines(rubric).rubric, share_of(GENERATED.get(rubric, 300)), seed=7)


def expectations(case: dict) -> Iterator[tuple[Key, Fraction | None]]:
    for key, value in case["expect"].items():
        yield (Key.item if "." in key else Key.score)(key), None if value == "open" else Fraction(value)


@pytest.mark.parametrize("case", WRITTEN, ids=[case["case"] for case in WRITTEN])
def test_written_case_by_the_reference(case: dict) -> None:
    (values,) = engines(case["rubric"]).references([inputs_of(case)])
    for key, expected in expectations(case):
        assert agree(key, values[key], expected), (key, values[key])


@pytest.mark.parametrize("rubric", RUBRICS)
def test_written_cases_agree(rubric: str) -> None:
    one = engines(rubric)
    batch = written(rubric)
    assert batch
    assert one.without_office(batch) == []


@pytest.mark.parametrize("rubric", RUBRICS)
def test_generated_cases_agree(rubric: str) -> None:
    one = engines(rubric)
    batch = generated(rubric)
    known = one.references(batch)
    assert one.with_formulas(batch, known) == []
    assert one.with_formualizer(batch, known) == []
    assert one.with_cellrune(batch[1::SHARE], known[1::SHARE]) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("rubric", RUBRICS)
def test_cases_agree_in_libreoffice(rubric: str) -> None:
    """One start for the written cases and a share of the generated ones."""
    batch = [*written(rubric), *generated(rubric)[::SHARE]]
    assert engines(rubric).with_office(batch) == []


def test_a_share_has_every_kind_of_case() -> None:
    assert {number % len(MODES) for number in range(0, 40, SHARE)} == set(range(len(MODES)))
    assert {number % len(MODES) for number in range(1, 40, SHARE)} == set(range(len(MODES)))


@pytest.mark.parametrize("rubric", RUBRICS)
def test_generated_inputs_are_valid_and_varied(rubric: str) -> None:
    """The generator's own honesty: what it makes passes the input checks, and reaches every state."""
    spec = engines(rubric).rubric
    states, complete = set(), 0
    for inputs in cases(spec, 100, seed=3):
        for field_id, value in inputs.values.items():
            assert not list(bounds_findings(spec.field[field_id], value)), field_id
        assert not list(level_findings(spec, inputs))
        evaluation = evaluate(spec, inputs)
        states |= set(evaluation.fields.values())
        complete += not evaluation.indicator_counts[IndicatorState.OPEN]
    assert len(states) >= 3
    assert complete >= 20


@pytest.mark.parametrize("rubric", RUBRICS)
def test_a_batch_gives_what_one_by_one_gives(rubric: str) -> None:
    batch = cases(engines(rubric).rubric, share_of(10), seed=11)
    template = engines(rubric).template
    together = Model(template).recalculate(batch)
    alone = Model(template)  # in another order, so that values left over from a case before would be seen
    assert together == [alone.recalculate([one])[0] for one in reversed(batch)][::-1]
    for number in (0, len(batch) - 1):  # a model that has seen nothing
        assert together[number] == Model(template).recalculate([batch[number]])[0]


@pytest.mark.parametrize("rubric_id", COMPLETE)
def test_whole_files_too(rubric_id: str) -> None:
    """What is said of a file does not depend on those it is verified with."""
    rubric = engines(rubric_id).rubric
    batch = [case for case in cases(rubric, share_of(12), seed=5) if not list(level_findings(rubric, case))]
    files = [(f"{number}.xlsx", new_workbook(rubric, inputs=inputs)) for number, inputs in enumerate(batch)]
    together = [file_result(report) for report in verify_batch(files, Registry())]
    alone = [file_result(verify_batch([file], Registry())[0]) for file in files]
    assert together == alone


@pytest.mark.parametrize("rubric_id", COMPLETE)
def test_published_evaluation_by_the_reference(rubric_id: str) -> None:
    case = load_case(published_path(rubric_id))
    evaluation = evaluate(case.rubric, case.data.inputs)
    assert {one.indicator.id: one.score for one in evaluation.indicators} == {
        key: Fraction(value) for key, value in case.scores.items()
    }
    assert case.total is not None
    assert evaluation.total == Fraction(case.total)
    assert evaluation.ready


@pytest.mark.parametrize("rubric_id", builtin_ids())
def test_published_evaluations_agree(rubric_id: str) -> None:
    one = engines(rubric_id)
    assert one.without_office([case.data.inputs for case in load_cases(rubric_id)]) == []


@pytest.mark.libreoffice
@pytest.mark.everyday
def test_published_evaluations_agree_in_libreoffice() -> None:
    """Each as a file of its own, all in one start."""
    batches = {rubric_id: [case.data.inputs for case in load_cases(rubric_id)] for rubric_id in builtin_ids()}
    files = [engines(rubric_id).file(inputs) for rubric_id, batch in batches.items() for inputs in batch]
    saved = iter(resave(files))
    for rubric_id, batch in batches.items():
        assert engines(rubric_id).after_office(batch, list(islice(saved, len(batch)))) == []


def test_published_totals() -> None:
    totals = {rubric_id: str(load_case(published_path(rubric_id)).total) for rubric_id in COMPLETE}
    assert totals == {"dapeng-2024": "91.75", "yantian-2023": "95.00"}
    assert sum(len(load_case(published_path(rubric_id)).scores) for rubric_id in COMPLETE) == 52


@pytest.fixture
def misled(monkeypatch: pytest.MonkeyPatch) -> tuple[Engines, list[Inputs], set[Key]]:
    """The engines with one weight changed in the formulas, a case, and what ``formulas`` sees of it."""
    one = Engines(load_rubric("yantian-2023"))
    place = one.template.quantities[Key.item("public_expenses.sangong")]
    texts = one.template.sheet[place.sheet].formulas
    monkeypatch.setitem(texts, place.cell, texts[place.cell].replace("<90%,3,", "<90%,2,"))
    changed = Engines.__new__(Engines)
    changed.rubric, changed.book, changed.template = one.rubric, one.book, one.template
    changed.model = type(one.model)(one.template)
    batch = [load_case(published_path("yantian-2023")).data.inputs]
    return changed, batch, {found.key for found in changed.with_formulas(batch)}


def test_a_wrong_formula_is_seen(misled: tuple[Engines, list[Inputs], set[Key]]) -> None:
    """The comparison can fail: each engine shows it."""
    one, batch, seen = misled
    assert {Key.item("public_expenses.sangong"), Key.score("public_expenses"), Key.total()} <= seen
    assert seen == {found.key for found in one.with_formualizer(batch)}
    assert seen == {found.key for found in one.with_cellrune(batch)}


@pytest.mark.libreoffice
def test_a_wrong_formula_is_seen_in_libreoffice(misled: tuple[Engines, list[Inputs], set[Key]]) -> None:
    one, batch, seen = misled
    assert seen == {found.key for found in one.with_office(batch)}
