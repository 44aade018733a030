"""Verdicts: each statement of a report against the workbook and against the report's own other figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from workbook.findings import Finding, found, has_errors
from workbook.report_reader.arithmetic import Slip, slips
from workbook.report_reader.expected import Expected, equal, expected_of, rounded, shown
from workbook.report_reader.flow import Flow
from workbook.report_reader.model import Numeral, Place, Reading, Statement, Target, Told, Unplaced
from workbook.report_reader.naming import place_text, target_name
from workbook.report_reader.repeats import repeats
from workbook.report_reader.sums import BadSum, growths, sentence_sums, table_sums
from workbook.rubric.model import Rubric
from workbook.scorer.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding and the stretch of a passage that it is about."""

    finding: Finding
    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with its verdict; ``expected`` is ``value`` as the report would print it.

    ``why`` says why it is undecided.
    """

    statement: Statement
    verdict: Told
    expected: str | None
    why: str = ""
    value: Fraction | None = None


@dataclass(slots=True)
class Checked:
    """A report held against a workbook."""

    reading: Reading
    rubric: Rubric
    judged: list[Judged] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Told]:
        """The number of statements with each verdict."""
        return Counter(one.verdict for one in self.judged)

    @property
    def findings(self) -> list[Finding]:
        """All findings in reading order."""
        nothing = [] if self.judged else [found("REPORT_NOTHING_READ")]
        return [*nothing, *(mark.finding for mark in self.marks)]

    @property
    def holds(self) -> bool:
        """Whether nothing in the report differs, contradicts itself or fails to add up."""
        return not has_errors(self.findings)


def judge(reading: Reading, evaluation: Evaluation) -> Checked:
    """Every statement of a report against an evaluation."""
    checked = Checked(reading, evaluation.rubric)
    wrong = {id(slip.statement): slip for slip in slips(reading, evaluation.rubric)}
    groups: dict[Target, list[Statement]] = defaultdict(list)
    for one in reading.statements:
        groups[one.target].append(one)
    expected = {target: expected_of(evaluation, target) for target in groups}
    for one in reading.statements:
        judgement = _Judgement(reading, evaluation, one, expected[one.target], groups[one.target])
        judged, finding = judgement.told(wrong.get(id(one)))
        checked.judged.append(replace(judged, value=judgement.nearest()))
        if finding is not None:
            checked.marks.append(Mark(finding, one.place, one.start, one.end))
    marked = {(mark.place, mark.start) for mark in checked.marks}
    checked.marks += [mark for mark in _own_sums(reading) if (mark.place, mark.start) not in marked]
    checked.marks += list(_alike(reading))
    checked.marks += list(_malformed(reading))
    checked.marks.sort(key=lambda mark: (mark.place.line, mark.place.column or 0, mark.start))
    return checked


@dataclass(slots=True)
class _Judgement:
    reading: Reading
    evaluation: Evaluation
    one: Statement
    expected: Expected
    group: list[Statement]

    def told(self, slip: Slip | None) -> tuple[Judged, Finding | None]:
        """The verdict, and the finding where it is not a good one."""
        one, value = self.one, self._value()
        if one.numeral.value is None:
            return Judged(one, Told.UNDECIDED, value, "不是一个数"), None
        year = self.evaluation.rubric.fiscal_year
        if self.expected.values and one.year not in {None, year}:
            if any(equal(one.numeral, known) for known in self.expected.values):
                return Judged(one, Told.DIFFER, value), self._finding("REPORT_YEAR", year, year=one.year)
            return Judged(one, Told.UNDECIDED, value, f"说的是 {one.year} 年"), None
        agrees = self._agrees(one)
        if agrees is False:
            return self._differs(value)
        if agrees is None and (other := self._other()) is not None:
            return Judged(one, Told.CONTRADICT, value), self._contradicts(other, "")
        if slip is not None and slip.other is not None:
            return Judged(one, Told.CONTRADICT, value), self._contradicts(slip.other, "")
        if slip is not None:
            told = shown(slip.value, one.numeral)
            finding = self._finding(
                "REPORT_SUM_ROUNDED" if slip.by_rounding else "REPORT_ARITHMETIC", told, basis=slip.basis
            )
            return Judged(one, Told.ARITHMETIC, told), finding
        if agrees is None:
            within = self.expected.within
            why = "工作簿没有这项数据" if within is None else "工作簿尚未填完，得分未定"
            return Judged(one, Told.UNDECIDED, value, why), None
        return Judged(one, Told.AGREE, value), None

    def _agrees(self, one: Statement) -> bool | None:
        """Whether a figure is the workbook's; None where the workbook does not say."""
        if self.expected.within is not None:
            low, high = self.expected.within
            inside = one.numeral.value is not None and low <= one.numeral.value <= high
            return None if inside else False
        if not self.expected.values:
            return None
        return any(equal(one.numeral, value) for value in self.expected.values)

    def _differs(self, value: str | None) -> tuple[Judged, Finding]:
        right = next((other for other in self.group if other is not self.one and self._agrees(other)), None)
        if right is None:
            return Judged(self.one, Told.DIFFER, value), self._finding("REPORT_DIFFERS", value)
        told = f"，工作簿为 {value}"
        return Judged(self.one, Told.CONTRADICT, value), self._contradicts(right, told)

    def _other(self) -> Statement | None:
        """Another statement of the same figure that prints it otherwise."""
        return next((other for other in self.group if _apart(self.one.numeral, other.numeral)), None)

    def _contradicts(self, other: Statement, told: str) -> Finding:
        where = place_text(self.reading.document, other.place)
        printed = other.numeral.text + other.numeral.unit_text
        return self._finding("REPORT_CONTRADICTS", told, other=where, others=printed)

    def _value(self) -> str | None:
        """The workbook's value, as the report would print it."""
        if self.expected.within is not None:
            low, high = self.expected.within
            return f"{shown(low, self.one.numeral)} 至 {shown(high, self.one.numeral)}"
        value = self.nearest()
        return None if value is None else shown(value, self.one.numeral)

    def nearest(self) -> Fraction | None:
        """The value of the workbook, of several the one that is nearest to the print."""
        printed = Fraction(self.one.numeral.value or 0)
        return min(self.expected.values, key=lambda value: abs(value - printed), default=None)

    def _finding(
        self,
        code: str,
        expected: object,
        *,
        year: int | None = None,
        basis: str = "",
        other: str = "",
        others: str = "",
    ) -> Finding:
        """The finding of a code about this statement."""
        one = self.one
        return found(
            code,
            indicator=one.target.id if one.target.kind in {"score", "points", "deduction"} else None,
            line=one.place.line,
            place=place_text(self.reading.document, one.place),
            quote=one.quote,
            name=target_name(self.evaluation.rubric, one.target),
            printed=one.numeral.text + one.numeral.unit_text,
            expected=expected,
            year=year,
            basis=basis,
            other=other,
            others=others,
        )


def _apart(one: Numeral, other: Numeral) -> bool:
    """Whether two prints of one figure cannot both be right."""
    if one.value is None or other.value is None or one.bound != "=" or other.bound != "=":
        return False
    places = min(one.places, other.places)
    return rounded(Fraction(one.value), places) != rounded(Fraction(other.value), places)


def _own_sums(reading: Reading) -> Iterator[Mark]:
    for grid in reading.grids:
        for bad in table_sums(grid):
            assert bad.cell is not None
            digits = bad.numeral.text.lstrip("+-")
            start = max(bad.cell.text.find(digits), 0)
            quote = f"{bad.name} {bad.numeral.text}"
            yield _sum_mark(reading, bad, bad.cell.place, start, start + len(digits), quote)
    for flow, numbers in reading.flows:
        for bad in (*sentence_sums(flow.text, numbers), *growths(flow.text, numbers)):
            passage, start, end = flow.span(bad.numeral.start, bad.numeral.end)
            yield _sum_mark(reading, bad, passage.place, start, end, _quote(flow, bad.numeral))


def _quote(flow: Flow, numeral: Numeral) -> str:
    return flow.text[max(0, numeral.start - 18) : numeral.after + 6]


def _sum_mark(reading: Reading, bad: BadSum, place: Place, start: int, end: int, quote: str) -> Mark:
    finding = found(
        "REPORT_SUM_ROUNDED" if bad.by_rounding else "REPORT_ARITHMETIC",
        line=place.line,
        place=place_text(reading.document, place),
        quote=quote,
        name=bad.name or "此数",
        printed=bad.numeral.text + bad.numeral.unit_text,
        expected=shown(bad.value, bad.numeral),
        basis="、".join(bad.parts[:6]) + ("等" if len(bad.parts) > 6 else ""),
    )
    return Mark(finding, place, start, end)


def _alike(reading: Reading) -> Iterator[Mark]:
    for one, other in repeats(reading.unplaced):
        finding = found(
            "REPORT_ALIKE",
            line=one.place.line,
            place=place_text(reading.document, one.place),
            quote=one.quote,
            printed=one.numeral.text + one.numeral.unit_text,
            other=place_text(reading.document, other.place),
            others=other.numeral.text + other.numeral.unit_text,
        )
        yield Mark(finding, one.place, one.start, one.end)


def _malformed(reading: Reading) -> Iterator[Mark]:
    printed: list[Statement | Unplaced] = [*reading.statements, *reading.unplaced]
    for one in printed:
        if one.numeral.value is None:
            place = place_text(reading.document, one.place)
            finding = found(
                "REPORT_MALFORMED",
                line=one.place.line,
                place=place,
                quote=one.quote,
                printed=one.numeral.text,
            )
            yield Mark(finding, one.place, one.start, one.end)
