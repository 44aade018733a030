"""Figures in tables: by the heads of their row and column, and by the table's caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook.load.wording import TableWords
from workbook.report_reader.flow import one_way
from workbook.report_reader.matcher import Matcher
from workbook.report_reader.model import Grid, Numeral, Passage, ReadGrid, Target, Unit
from workbook.report_reader.numerals import numerals, rescaled
from workbook.report_reader.vocabulary import plain_name
from workbook.rubric.expr import Arithmetic, Ref, quotient

_NUMBERING = re.compile(
    r"^(?:其中:|\(?[一二三四五六七八九十]{1,3}[、)]|\(?\d{1,2}[.、)](?!\d)|\(\d\)|[①-⑳])+"
)
_UNIT = re.compile(r"单位:(万元|亿元|千元|元)|\((万元|亿元|千元|元|%|人|个)\)")
_NUMBER_CELL = re.compile(r"^[+-]?\d[\d,，]*(?:\.\d+)*\s*(?:%|‰|万元|元|亿元|人|个|分|项|件)?$")
_BROKEN = 3
_TOTAL = re.compile(r"^(?:合计|总计|小计|总和|共计)$")


def grid_figures(
    grid: Grid, title: str, matcher: Matcher, sentence: int
) -> tuple[ReadGrid, dict[tuple[int, int], Target | None]]:
    """A table's figures, and what each means; None for those without a meaning."""
    read = _read(grid, one_way(title), sentence)
    placed: dict[tuple[int, int], Target | None] = {}
    known = _table(read, matcher)
    for row, figures in enumerate(read.figures):
        for column, numeral in enumerate(figures):
            if numeral is None:
                continue
            target = None
            if known is not None:
                target = _cell(known, read, row, column, matcher)
            if target is None:
                target = _field(read, row, column, numeral, matcher)
            placed[row, column] = target
    return read, placed


def row_name(text: str) -> str:
    """A row's head without numbering and brackets."""
    return plain_name(_NUMBERING.sub("", one_way(text)))


def is_total(name: str) -> bool:
    """Whether a row is the total of a table."""
    return bool(_TOTAL.match(name))


def _read(grid: Grid, title: str, sentence: int) -> ReadGrid:
    width = max((len(row) for row in grid.rows), default=0)
    rows = [row + (Passage("", row[-1].place),) * (width - len(row)) for row in grid.rows if row]
    texts = [[one_way(cell.text) for cell in row] for row in rows]
    first = next((at for at, row in enumerate(texts) if any(map(_is_number, row))), len(rows))
    heads = tuple(_head([row[column] for row in texts[:first]]) for column in range(width))
    unit = _unit("".join(heads)) or _unit(title)
    names: list[str] = []
    figures: list[tuple[Numeral | None, ...]] = []
    kept = []
    for cells, row in zip(rows[first:], texts[first:], strict=True):
        if names and not any(map(_is_number, row)) and row[0] and max(map(len, row)) <= _BROKEN:
            names[-1] = names[-1].replace("|", row[0] + "|", 1)  # a name that goes on in the next line
            continue
        kept.append(cells)
        names.append("|".join(cell for cell in row[: _numbers_from(row)] if cell))
        figures.append(tuple(_figure(cell, heads[at], unit) for at, cell in enumerate(row)))
    return ReadGrid(title, heads, tuple(names), tuple(figures), tuple(kept), sentence)


def _is_number(text: str) -> bool:
    return bool(_NUMBER_CELL.match(text))


def _numbers_from(row: Sequence[str]) -> int:
    return next((at for at, cell in enumerate(row) if _is_number(cell)), len(row))


def _head(cells: Sequence[str]) -> str:
    """A column's head: its cells from top to bottom, each said once."""
    return "".join(dict.fromkeys(cell for cell in cells if cell))


def _unit(text: str) -> str:
    match = _UNIT.search(text)
    return (match[1] or match[2]) if match else ""


def _figure(text: str, head: str, unit: str) -> Numeral | None:
    if not _is_number(text):
        return None
    sign = text[0] if text[0] in "+-" else ""
    found = list(numerals(text[len(sign) :]))
    if len(found) != 1:
        return None
    one = found[0]
    if sign == "-" and one.value is not None:
        one = one.within(one.unit, one.unit_text, -one.value, one.places)
    if one.unit is Unit.NONE and not one.unit_text:
        own = _unit(head)
        if own or (unit and not re.search("率|比|人数|个数|数量", head)):
            one = rescaled(one, own or unit)
            one = (
                one
                if sign != "-" or one.value is None
                else one.within(one.unit, one.unit_text, -abs(one.value), one.places)
            )
        elif re.search("率|占比", head):
            one = rescaled(one, "%")
    return one


def _table(read: ReadGrid, matcher: Matcher) -> tuple[str, TableWords] | None:
    """The detail table of the rubric that a table of the report prints."""
    best: tuple[int, str, TableWords] | None = None
    for name, words in matcher.vocabulary.wording.tables.items():
        if name not in matcher.vocabulary.rubric.table:
            continue
        columns = sum(_column(words, head) is not None for head in read.heads)
        if columns < 1 or not any(word in read.title for word in words.caption):
            continue
        if best is None or columns > best[0]:
            best = columns, name, words
    return None if best is None else best[1:]


def _column(words: TableWords, head: str) -> str | None:
    name = plain_name(head)
    fitting = [
        (len(word), column)
        for column, said in words.columns.items()
        for word in said
        if head.endswith(word) or name.endswith(word)
    ]
    return max(fitting)[1] if fitting else None


def _cell(
    known: tuple[str, TableWords], read: ReadGrid, row: int, column: int, matcher: Matcher
) -> Target | None:
    name, words = known
    table = matcher.vocabulary.rubric.table[name]
    found = _column(words, read.heads[column])
    if found is None or found not in table.column:
        return None
    said = row_name(read.names[row].split("|")[0])
    if not said or is_total(said):
        return None
    if not table.fixed:
        return Target("table", f"{name}/{said}/{found}")
    label = _fixed(words, table.labels, said)
    return None if label is None else _one_cell(matcher, name, table.labels.index(label) + 1, label, found)


def _one_cell(matcher: Matcher, table: str, row: int, label: str, column: str) -> Target:
    """A cell of a fixed row; the field, where one is taken from this cell alone."""
    for field, source in matcher.vocabulary.rubric.sources.items():
        if (source.table, source.column, source.rows) == (table, column, (row, row)):
            return Target("field", field)
    spec = matcher.vocabulary.rubric.table[table].column[column]
    parts = quotient(spec.of) if spec.of is not None else None
    if parts is not None and all(isinstance(part, Ref) for part in parts):
        sides = [_one_cell(matcher, table, row, label, part.id) for part in parts if isinstance(part, Ref)]
        for rate in matcher.vocabulary.rubric.rates:
            if rate.of == Arithmetic("/", Ref(sides[0].id), Ref(sides[1].id)):
                return Target("rate", rate.id)
    return Target("table", f"{table}/{label}/{column}")


def _fixed(words: TableWords, labels: Sequence[str], said: str) -> str | None:
    """The fixed row that a row's head means: its label, or one of its other names."""
    same = re.sub("[、和及]", "", said)
    for label in labels:
        names = {plain_name(label), *words.rows.get(label, ())}
        if said in names or same in {re.sub("[、和及]", "", name) for name in names}:
            return label
    return None


def _field(read: ReadGrid, row: int, column: int, numeral: Numeral, matcher: Matcher) -> Target | None:
    """The field of a cell, by the words of its row and column as if a sentence said them."""
    name, head = row_name(read.names[row].replace("|", "")), plain_name(read.heads[column])
    if is_total(name):
        name = ""
    caption = re.sub(r"^.*\||情况表$|表$", "", re.sub(r"\|?单位:.*$", "", read.title))
    caption = re.sub(r"(?:执行)?情况$", "", re.sub(r"^表[\d-]+", "", caption))
    orders = [name + head, head + name] if name else [caption + "，" + head]
    for said in orders:
        match = matcher.match(said, "", numeral.unit)
        if match is not None:
            return match.target
    return None
