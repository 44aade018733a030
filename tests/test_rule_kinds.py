"""Every rule kind through every table that has to know it: a kind that one of them lacks fails here, by name.

The samples are those of the specimen, which shows every kind with every attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, assert_never, get_args

import pytest
import yaml

from tests.engines import generate
from workbook.author.difference import difference
from workbook.author.difference_words import told
from workbook.author.glossary import EDGES, KEYS, VALUES
from workbook.author.schema import spec_schema
from workbook.check.run import check_spec
from workbook.findings import Finding
from workbook.formula import rules as formula_rules
from workbook.load.rubric import load_rubric
from workbook.load.yamltext import load_yaml
from workbook.migration.same import Measures
from workbook.rubric import roles
from workbook.rubric.expr import unique_refs
from workbook.rubric.model import Dimension, Group, Indicator, Item, Rubric
from workbook.rubric.needs import item_needs
from workbook.rubric.parts import (
    Asked,
    ByOption,
    Inner,
    Listed,
    Named,
    Part,
    Said,
    Stated,
    attributes,
    check_kinds,
    described,
    measured,
    named,
    parts_of,
    rules_of,
    stated,
    walk_rules,
)
from workbook.rubric.rates import figure_name
from workbook.rubric.roles import DEGREE, LEVEL, Branch, Listing, Word, Worth
from workbook.rubric.rules import RULE_KINDS, DeductEach, OwnIndicators, Rule, RuleKind, kind_name
from workbook.rubric.values import Amount, ConditionText
from workbook.scorer import rules as score_rules
from workbook.scorer.basis import basis
from workbook.scorer.evaluate import Evaluation, evaluate
from workbook.scorer.rules import possible_points

ROOT = Path(__file__).resolve().parent.parent
SPECIMEN = ROOT / "tests" / "specs" / "every_rule.yaml"
RUBRIC: Rubric = load_rubric(SPECIMEN)
KINDS = pytest.mark.parametrize("kind", RULE_KINDS, ids=kind_name)


def samples(kind: type[RuleKind]) -> list[tuple[Item, Rule]]:
    """The rules of a kind in the specimen, with their items."""
    found = [(item, rule) for item, rule in rules_of(RUBRIC) if type(rule) is kind]
    assert found, f"{SPECIMEN.name} has no {kind_name(kind)}"
    return found


@cache
def evaluations() -> list[Evaluation]:
    """The specimen scored for made-up inputs of every sort."""
    return [evaluate(RUBRIC, inputs) for inputs in generate.cases(RUBRIC, 400)]


def earned(item: Item) -> set[Fraction | None]:
    """What an item earns in the made-up cases, settlements aside."""
    return {
        one.raw
        for evaluation in evaluations()
        for indicator in evaluation.indicators
        for one in indicator.items
        if one.item is item
    }


# what a kind says of itself


@KINDS
def test_the_specimen_shows_every_attribute(kind: type[RuleKind]) -> None:
    shown = {
        part.path[-1]
        for _, rule in samples(kind)
        for part in parts_of(rule)
        if isinstance(part.path[-1], str)
    }
    assert {one.name for one in attributes(kind)} - shown == set()


def test_an_attribute_without_a_role_is_told() -> None:
    class Forgetful(RuleKind, word="健忘"):
        kind: Literal["forgetful"]
        field: str

    class Torn(RuleKind, word="两可"):
        kind: Literal["torn"]
        points: Annotated[Amount, Worth.GIVEN, Worth.LOST]

    for kind, attribute in ((Forgetful, "Forgetful.field"), (Torn, "Torn.points")):
        with pytest.raises(TypeError, match=attribute):
            described(kind)


def test_a_kind_that_its_unions_do_not_know_is_told() -> None:
    class Measuring(RuleKind, word="计量"):
        kind: Literal["measuring"]
        on: Annotated[str, roles.SHARE]

    class Holding(RuleKind, word="套用"):
        kind: Literal["holding"]
        when: Annotated[ConditionText, Word.CONDITION]
        then: Annotated[Rule, Branch("when", "holds")]

    for kind in (Measuring, Holding):
        with pytest.raises(TypeError, match=kind.__name__):
            check_kinds([kind])
    check_kinds(RULE_KINDS)


def test_a_kind_without_a_word_is_none() -> None:
    with pytest.raises(TypeError, match="word"):

        class Wordless(RuleKind):  # type: ignore[call-arg]
            kind: Literal["wordless"]


def figures_in(value: Any) -> Iterator[str]:
    """Every id of a field or rate in plain data, wherever it stands."""
    match value:
        case str():
            yield from (one for one in re.findall(r"\w+", value) if one in {*RUBRIC.field, *RUBRIC.rate})
        case dict():
            for one in value.values():
                yield from figures_in(one)
        case list():
            for one in value:
                yield from figures_in(one)


@KINDS
def test_every_figure_is_needed_or_says_what_is(kind: type[RuleKind]) -> None:
    for item, rule in samples(kind):
        [indicator] = [one for one in RUBRIC.indicators if item in one.items]
        needs = [*item_needs(RUBRIC, indicator, item)]
        needed = {name for name, _ in needs}
        needed |= {name for _, path in needs for guard in path for name in unique_refs(guard.condition)}
        names = [*figures_in(rule.model_dump(mode="json", exclude={"kind", "clause"}))]
        for name in names:
            if name in RUBRIC.rate:  # what it is made of follows
                names += RUBRIC.rate[name].figures
            else:
                assert name in needed, (item.id, name)


# words, keys, docs


@KINDS
def test_the_glossary_has_a_word_for_everything(kind: type[RuleKind]) -> None:
    assert VALUES[kind_name(kind)] == kind.word
    for one in attributes(kind):
        assert one.name in {**KEYS, **EDGES}, one.name
        if one.mark in {Word.SIDE, Word.WAY}:
            options = set(get_args(kind.model_fields[one.name].annotation))
            assert options - VALUES.keys() == set()


@KINDS
def test_the_schema_for_editors_has_every_key(kind: type[RuleKind]) -> None:
    made = spec_schema()["$defs"][kind.__name__]
    assert made["properties"].keys() == {"kind", *(one.name for one in described(kind))}
    assert made["description"].startswith(str(kind.__doc__).splitlines()[0])


@KINDS
def test_the_docs_say_every_key(kind: type[RuleKind]) -> None:
    text = (ROOT / "docs" / "specs.md").read_text(encoding="utf-8")
    [row] = [line for line in text.splitlines() if line.startswith(f"| `{kind_name(kind)}` |")]
    keys = row.rpartition(" | ")[2]
    for one in attributes(kind):
        assert re.search(rf"\b{one.name}\b", keys), one.name


# what is wrong with a rule is told where it stands

RULE = ("dimensions", 0, "groups", 0, "indicators", 0, "items", 0, "rule")
SHARE = "control"
"""A rate of the specimen that is a share."""


def written(rule: Rule) -> dict[str, Any]:
    """A rule as an author writes it; what it measures is a share."""
    data = rule.model_dump(mode="json", exclude_defaults=True) | {"kind": rule.kind}
    return data | {one.path[0]: SHARE for one in named(rule) if one.role.measured}


def put(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """Plain data with another value at a path."""
    if not path:
        return value
    first, *rest = path
    changed = dict(data) if isinstance(data, Mapping) else list(data)
    changed[first] = put(data[first] if rest else None, tuple(rest), value)  # type: ignore[index]
    return changed


@cache
def short() -> dict[str, Any]:
    """The specimen with its first item, and the open points, as its only ones; its sums do not add up."""
    data = yaml.load(SPECIMEN.read_text(encoding="utf-8"), yaml.BaseLoader)
    first, *_, last = data["dimensions"]
    whole = first
    for part in ("groups", "indicators", "items"):
        del whole[part][1:]
        [whole] = whole[part]
    return {**data, "dimensions": [first, last]}


def linted(rule: dict[str, Any], folder: Path, **first: str) -> tuple[Path, list[Finding]]:
    """What is found in the short specimen with another rule; ``first`` is said of its first dimension."""
    data = put(short(), RULE, rule)
    data["dimensions"][0].update(first)
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path, check_spec(path)


def spoilt(part: Part) -> tuple[Any, str]:
    """A value that a part must not have, and the code that says so."""
    match part:
        case Named():
            return "nothing", "SPEC_REFERENCE"
        case Asked():
            return "nothing > 0", "SPEC_REFERENCE"
        case Inner():
            return {"kind": "nothing"}, "SPEC_RULE_UNKNOWN"
        case ByOption():
            return {}, "SPEC_OPTIONS_DIFFER"
        case Listed():
            codes = {Listing.PARTITION: "SPEC_BANDS_OPEN", Listing.LINE: "SPEC_KNOTS"}
            return [], codes.get(part.how, "SPEC_EMPTY")
        case Said():
            value: Any = ["甲"] if part.word is Word.REMARK else "nothing"
            return value, "SPEC_SCALE_UNKNOWN" if part.word is Word.SCALE else "SPEC_INVALID"
        case Stated():
            return SPOILT[part.worth]
        case _:
            assert_never(part)


SPOILT = {
    Worth.GIVEN: ("-1", "SPEC_BAND_POINTS"),
    Worth.ADDED: ("-1", "SPEC_BAND_POINTS"),
    Worth.LOST: ("0", "SPEC_DEDUCTION"),
    Worth.EARNED: ("0", "SPEC_DEDUCTION"),
    Worth.LIMIT: ("1000", "SPEC_SHARE_EDGE"),
    Worth.BEND: ("1000", "SPEC_SHARE_EDGE"),
    Worth.STEP: ("0", "SPEC_STEP"),
    Worth.RANK: ("many", "SPEC_INVALID"),
}


@KINDS
def test_whatever_is_spoilt_is_told_where_it_stands(kind: type[RuleKind], tmp_path: Path) -> None:
    for _, rule in one_of_each(kind):
        sound = written(rule)
        before = {(one.code, one.message) for one in linted(sound, tmp_path)[1]}
        for part in parts_of(rule):
            value, code = spoilt(part)
            path, findings = linted(put(sound, part.path, value), tmp_path)
            place = part.place if isinstance(part, Stated) else part.path
            spot = load_yaml(path).spot((*RULE, *place, *(["kind"] if isinstance(part, Inner) else [])))
            assert spot is not None
            new = {(one.code, one.line) for one in findings if (one.code, one.message) not in before}
            assert (code, spot.line) in new, (part, new)


def one_of_each(kind: type[RuleKind]) -> list[tuple[Item, Rule]]:
    """Samples that show every attribute between them."""
    chosen: list[tuple[Item, Rule]] = []
    seen: set[str | int] = set()
    for item, rule in samples(kind):
        shown = {part.path[-1] for part in parts_of(rule)}
        if not shown <= seen:
            chosen.append((item, rule))
            seen |= shown
    return chosen or samples(kind)[:1]


@KINDS
def test_a_key_that_is_misspelt_is_told_with_the_right_one(kind: type[RuleKind], tmp_path: Path) -> None:
    for _, rule in one_of_each(kind):
        for attribute in described(kind):
            _, findings = linted({**written(rule), f"{attribute.name}x": "1"}, tmp_path)
            [unknown] = [one for one in findings if one.code == "SPEC_KEY_UNKNOWN"]
            assert re.search(rf"\b{attribute.name}\b", unknown.fix), unknown.fix


@KINDS
def test_what_takes_points_away_is_no_malus(kind: type[RuleKind], tmp_path: Path) -> None:
    _, rule = samples(kind)[0]
    _, findings = linted(written(rule), tmp_path, beside="malus")
    assert ("SPEC_MALUS" in {one.code for one in findings}) == any(stated(rule, Worth.LOST))


# points


@KINDS
def test_both_back_ends_read_it(kind: type[RuleKind]) -> None:
    for _, rule in samples(kind):
        assert callable(score_rules.reading(rule))
        assert callable(formula_rules.reading(rule))


@KINDS
def test_made_up_cases_move_it(kind: type[RuleKind]) -> None:
    for item, rule in samples(kind):
        points = earned(item)
        if rule is item.rule and any(True for _ in figures_in(rule.model_dump(mode="json"))):
            assert None in points, "never open"
            assert len(points) > 2, "always the same"


@KINDS
def test_points_that_are_few_are_all_of_them(kind: type[RuleKind]) -> None:
    for item, rule in samples(kind):
        few = possible_points(rule, Fraction(item.points))
        settled = any((item.veto, item.exempt, item.default)) or item not in FREE
        if few is not None and rule is item.rule and not settled:
            assert earned(item) - {None} <= few, item.id


def test_points_are_taken_off_the_start() -> None:
    rule = DeductEach(kind="deduct_each", count="faults", each=Decimal("0.2"), start=Decimal("0.5"))
    assert possible_points(rule, Fraction(1)) == {Fraction(tenths, 10) for tenths in (5, 3, 1, 0)}


FREE = [item for one in RUBRIC.indicators if not (one.veto or one.exempt) for item in one.items]
"""Items that their indicator never settles."""


@KINDS
def test_what_is_measured_decides(kind: type[RuleKind]) -> None:
    for _, rule in samples(kind):
        inside = [one.name for inner in walk_rules(rule) for one in named(inner) if one.role.measured]
        told = {basis(rule, evaluation.ledger)[0] for evaluation in evaluations()} - {""}
        assert told == {figure_name(RUBRIC, name) for name in inside}


# a change is told


def changed(part: Part, kind: type[RuleKind]) -> Any:
    """Another value for a part."""
    match part:
        case Named():
            return "finish"
        case Asked():
            return "tick_a and not tick_b"
        case Inner():
            return {"kind": "fixed", "points": "0.123"}
        case ByOption():
            return {**dict.fromkeys(part.points, "0"), next(iter(part.points)): "0.123"}
        case Listed():
            return [one.model_dump(mode="json", exclude_defaults=True) for one in part.parts[:-1]]
        case Said(word=Word.SIDE | Word.WAY):
            options = get_args(kind.model_fields[str(part.path[-1])].annotation)
            return next(one for one in options if one != part.text)
        case Said():
            return "另一说法"
        case Stated():
            return "0.123"
        case _:
            assert_never(part)


@pytest.mark.parametrize("kind", [one for one in RULE_KINDS if one is not OwnIndicators], ids=kind_name)
def test_a_change_is_one_difference_in_words(kind: type[RuleKind]) -> None:
    """Of all but what the loader writes for open points, whose changes are those of the points."""
    for item, rule in one_of_each(kind):
        sound = written(rule)
        for part in parts_of(rule):
            other = put(sound, part.path, changed(part, kind))
            before, after = with_rule(item, sound), with_rule(item, other)
            [change] = [one for one in difference(before, after) if one.kind == "item"]
            assert change.part.startswith("rule")
            [row] = told([change], before, after)
            assert row.before != row.after
            words = set(re.findall(r"[a-z_]{2,}", row.before + row.after + row.change))
            assert words <= {*RUBRIC.scales}, (part, row)
            if isinstance(part, Stated):
                points = part.worth.of_points or measured(rule) is None
                assert ("0.123" in row.after) == points, row
                assert ("12.3%" in row.after) != points, row


def with_rule(item: Item, rule: dict[str, Any]) -> Rubric:
    """The specimen with another rule for an item."""

    def ruled(one: Item) -> Item:
        if one is not item:
            return one
        return Item.model_validate({**one.model_dump(exclude={"rule"}, exclude_defaults=True), "rule": rule})

    def items(indicator: Indicator) -> Indicator:
        return indicator.model_copy(update={"items": tuple(map(ruled, indicator.items))})

    def indicators(group: Group) -> Group:
        return group.model_copy(update={"indicators": tuple(map(items, group.indicators))})

    def groups(dimension: Dimension) -> Dimension:
        return dimension.model_copy(update={"groups": tuple(map(indicators, dimension.groups))})

    dimensions = tuple(map(groups, RUBRIC.dimensions))
    parts = {name: getattr(RUBRIC, name) for name in Rubric.model_fields}
    return Rubric.model_construct(**{**parts, "dimensions": dimensions})


@KINDS
def test_a_judgement_is_measured_when_it_is_carried_over(kind: type[RuleKind]) -> None:
    measures = Measures(RUBRIC)
    for _, rule in samples(kind):
        for one in named(rule):
            if one.role.of_points or one.role in {LEVEL, DEGREE}:
                assert measures.measure[one.name].text != "不设"
