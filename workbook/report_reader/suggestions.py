"""The figures of a report as suggestions for DATA: each with its place, and what else is printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbook import rounding
from workbook.report_reader.model import Reading, Statement, Unit
from workbook.report_reader.naming import place_text
from workbook.rubric.expr import Ref
from workbook.rubric.model import Rubric
from workbook.rubric.tables import Table

HEAD = (
    "# 由报告读出的建议数据：{report}",
    "# 每一行后面注明出处；“另有”是报告别处所印的其他数。请逐项核对后再用于 workbook new --data。",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field or a table's cell, as DATA writes it, with its statement and the competing ones."""

    key: str
    value: str
    statement: Statement
    others: tuple[tuple[str, Statement], ...]


def suggestions(reading: Reading, rubric: Rubric) -> list[Suggestion]:
    """A suggestion for each figure that is a field or a cell: what is printed most often, else last.

    Of a figure that is computed, the field that states what the report prints takes it.
    """
    groups: dict[str, list[Statement]] = defaultdict(list)
    stated = {
        check.right.id: check.left.id
        for check in rubric.checks
        if check.relation == "=" and isinstance(check.left, Ref) and isinstance(check.right, Ref)
        and check.left.id in rubric.field and check.right.id in rubric.rate
    }  # fmt: skip
    for one in reading.statements:
        if one.numeral.value is None or (one.year is not None and one.year != rubric.fiscal_year):
            continue
        key = _key(rubric, one, stated)
        if key is not None:
            groups[key].append(one)
    found = [_chosen(key, group) for key, group in groups.items()]
    order = {field.id: number for number, field in enumerate(rubric.fields)}
    return sorted(found, key=lambda one: (order.get(one.key, len(order)), one.key))


def _key(rubric: Rubric, one: Statement, stated: dict[str, str]) -> str | None:
    match one.target.kind:
        case "field":
            return None if rubric.field[one.target.id].cover else one.target.id
        case "rate":
            return stated.get(one.target.id)
        case "table":
            table, _, rest = one.target.id.partition("/")
            row, _, column = rest.rpartition("/")
            return (
                f"tables/{table}/{row}/{column}"
                if rubric.table[table].column[column].computed is None
                else None
            )
    return None


def _chosen(key: str, group: list[Statement]) -> Suggestion:
    counts = Counter(_plain(one) for one in group)
    most = max(counts.values())
    best = [one for one in group if counts[_plain(one)] == most][-1]
    others: dict[str, Statement] = {}
    for one in group:
        if _plain(one) != _plain(best):
            others.setdefault(_plain(one), one)
    first = next(one for one in group if _plain(one) == _plain(best))
    return Suggestion(key, _plain(best), first, tuple(others.items()))


def _plain(one: Statement) -> str:
    """A printed figure as DATA writes it: amounts in 万元, shares as percentages.

    No input is below zero: a sign in a report says which way a figure went.
    """
    value = abs(Decimal(one.numeral.value or 0))
    if one.numeral.unit is Unit.PERCENT:
        return rounding.plain(Fraction(value * 100)) + "%"
    return rounding.plain(Fraction(value))


def suggestions_result(found: list[Suggestion], reading: Reading) -> dict[str, object]:
    """The suggestions as plain data."""
    return {
        "suggestions": [
            {
                "field": one.key.replace("/", "."),
                "value": one.value,
                "quote": one.statement.quote,
                "place": place_text(reading.document, one.statement.place),
                "others": [
                    {"value": value, "quote": other.quote, "place": place_text(reading.document, other.place)}
                    for value, other in one.others
                ],
            }
            for one in found
        ]
    }


def suggestions_yaml(found: list[Suggestion], reading: Reading, rubric: Rubric, report: str) -> str:
    """The suggestions as DATA, with a comment behind each that says where it stands."""
    lines = [line.format(report=report) for line in HEAD]
    cells: dict[str, dict[str, list[Suggestion]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        if one.key.startswith("tables/"):
            _, table, rest = one.key.split("/", 2)
            cells[table][rest.rpartition("/")[0]].append(one)
            continue
        lines.append(f"# {rubric.field[one.key].label}：{_source(one, reading)}")
        lines += _others(one, reading)
        lines.append(f"{one.key}: {one.value}")
    if cells:
        lines.append("tables:")
        for table, rows in cells.items():
            lines += _table(rubric.table[table], rows, reading)
    return "\n".join(lines) + "\n"


def _table(table: Table, rows: dict[str, list[Suggestion]], reading: Reading) -> list[str]:
    lines = [f"  {table.id}:"]
    first = next(one.id for one in table.inputs if not one.kind.numeric) if not table.fixed else ""
    for row, found in rows.items():
        lines += [f"    # {_source(one, reading)}" for one in found[:1]]
        for one in found:
            lines += ["  " + other for other in _others(one, reading)]
        values = ", ".join(f"{one.key.rpartition('/')[2]}: {one.value}" for one in found)
        lines.append(
            f"    {_quoted(row)}: {{{values}}}"
            if table.fixed
            else f"    - {{{first}: {_quoted(row)}, {values}}}"
        )
    return lines


def _source(one: Suggestion, reading: Reading) -> str:
    return f"{place_text(reading.document, one.statement.place)}“{one.statement.quote}”"


def _others(one: Suggestion, reading: Reading) -> list[str]:
    return [
        f"#   另有 {value}：{place_text(reading.document, other.place)}“{other.quote}”"
        for value, other in one.others
    ]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
