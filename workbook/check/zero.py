"""Zero bases: what a spec relies on without saying so, and what it says for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbook.check.subject import SpecPart, Subject
from workbook.findings import Finding
from workbook.load.released import released_versions
from workbook.rubric.expr import quotient, unique_refs
from workbook.rubric.means import left_out
from workbook.rubric.model import Indicator, Item, Rate, Rubric
from workbook.rubric.parts import asked, walk_rules
from workbook.rubric.rates import deciding_figures
from workbook.rubric.row_scope import needed_columns
from workbook.rubric.rules import Branching, Cases
from workbook.rubric.signs import inapplicable, ways

_SAYS_SO = re.compile(r"(?<![\d.])0(?![\d.])|零|不适用")
"""A reading that speaks of zero."""


def zero_bases(subject: Subject) -> Iterator[Finding]:
    """What 0 ÷ 0 comes to is stated wherever points hang on it; a released standard says it no more."""
    if released_versions(subject.rubric.id):
        return
    told: set[str] = set()
    yield from _of_items(subject, told)
    yield from _of_branches(subject, told)
    yield from _of_means(subject)
    yield from _of_columns(subject)


def _of_items(subject: Subject, told: set[str]) -> Iterator[Finding]:
    """Items that go by a rate; each rate is told of once (``told``)."""
    rubric = subject.rubric
    for place, indicator, item in subject.items():
        if item.zero_base is not None or _says_so(item.interpretation, indicator.interpretation):
            continue
        for rate in _relied_on(rubric, item):
            stated = rate.id in told or _stated(rubric, rate)
            if not stated and not _settled(rubric, indicator, item, rate):
                told.add(rate.id)
                reading = f"“{rate.id}”不适用，该要点得满分"
                yield subject.found("SPEC_ZERO_BASE", place.at("rule"), reading=reading)


def _of_branches(subject: Subject, told: set[str]) -> Iterator[Finding]:
    """Branches that a rate decides."""
    rubric = subject.rubric
    for place, _, rule in subject.rules():
        for one in asked(rule) if isinstance(rule, Branching) else ():
            for name in unique_refs(one.condition):
                if (
                    name in inapplicable(rubric)
                    and name not in told
                    and not _stated(rubric, rubric.rate[name])
                ):
                    told.add(name)
                    reading = f"“{name}”不适用，条件不成立，按 otherwise 计分"
                    yield subject.found("SPEC_ZERO_BASE", place.at(*one.path), reading=reading)


def _of_means(subject: Subject) -> Iterator[Finding]:
    """Means that can lose a part."""
    for place, rate in subject.rates():
        mean = any(left_out(subject.rubric, rate, one) for one in ways(rate))
        if mean and rate.zero_base is None and not _says_so(rate.interpretation):
            yield subject.found("SPEC_ZERO_BASE", place.at("of"), reading="不适用的部分不计入平均")


def _of_columns(subject: Subject) -> Iterator[Finding]:
    """Columns that a source needs and that have no value over a divisor of zero."""
    rubric = subject.rubric
    for number, table in enumerate(rubric.tables):
        needed = {one for row in range(1, table.size + 1) for one in needed_columns(rubric, table, row)}
        for index, column in enumerate(table.columns):
            over = column.of is not None and quotient(column.of) is not None
            if over and column.id in needed and (column.zero_base, column.beyond_base) == (None, None):
                place = SpecPart(("tables", number, "columns", index), f"明细表“{table.id}”的列“{column.id}”")
                reading = "该行没有数值，由它汇总的数一直空缺"
                yield subject.found("SPEC_ZERO_BASE", place, reading=reading)


def needless(subject: Subject) -> Iterator[Finding]:
    """What is stated for 0 ÷ 0 can come up."""
    rubric = subject.rubric
    for place, _, item in subject.items():
        if item.zero_base is not None and not any(True for _ in _relied_on(rubric, item)):
            yield subject.found("SPEC_ZERO_BASE_NEEDLESS", place.at("zero_base"))
    for place, rate in subject.rates():
        plain = rate.model_copy(update={"zero_base": None})
        if rate.zero_base == "left_out":
            idle = not any(left_out(rubric, rate, one) for one in ways(rate))
        else:
            idle = isinstance(rate.zero_base, Decimal) and not _can_lack(rubric, plain)
        if idle:
            yield subject.found("SPEC_ZERO_BASE_NEEDLESS", place.at("zero_base"))


def _can_lack(rubric: Rubric, rate: Rate) -> bool:
    """Whether a rate can be without a value, whatever is stated for that."""
    rates = tuple(rate if one.id == rate.id else one for one in rubric.rates)
    return rate.id in inapplicable(
        rubric.model_copy(update={"rates": rates, "rate": {r.id: r for r in rates}})
    )


def _relied_on(rubric: Rubric, item: Item) -> Iterator[Rate]:
    """The rates that can be 不适用 by which an item gives points, each once."""
    names = dict.fromkeys(deciding_figures(item))
    for rule in walk_rules(item.rule):
        if isinstance(rule, Cases):
            for one in asked(rule):
                names.update(dict.fromkeys(unique_refs(one.condition)))
    yield from (rubric.rate[name] for name in names if name in inapplicable(rubric))


def _stated(rubric: Rubric, rate: Rate) -> bool:
    """Whether the spec says what a rate is at 0 ÷ 0: of itself, or of all in it that can be that."""
    if rate.zero_base is not None or _says_so(rate.interpretation):
        return True
    if any(quotient(one) is not None for one in ways(rate)):
        return False
    inner = [name for one in ways(rate) for name in unique_refs(one) if name in inapplicable(rubric)]
    return bool(inner) and all(_stated(rubric, rubric.rate[name]) for name in inner)


def _settled(rubric: Rubric, indicator: Indicator, item: Item, rate: Rate) -> bool:
    """Whether a clause about the figures behind the rate comes first: a default, an exemption, 不适用."""
    clauses = (
        item.default,
        item.exempt,
        item.veto,
        indicator.exempt,
        indicator.veto,
        indicator.not_applicable,
    )
    asked_about = {name for one in clauses if one is not None for name in unique_refs(one.when)}
    return bool(asked_about & _behind(rubric, rate))


def _behind(rubric: Rubric, rate: Rate) -> set[str]:
    """A rate and all that it is computed from."""
    names = {rate.id, *rate.figures}
    return names.union(*(_behind(rubric, rubric.rate[one]) for one in rate.figures if one in rubric.rate))


def _says_so(*texts: str) -> bool:
    return any(_SAYS_SO.search(text) for text in texts)
