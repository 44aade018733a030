"""Tables in CSV files, and DATA written as such a table: a column of keys and a column of values.

Spreadsheet programs write CSV in UTF-8 or in the desk's own encoding, put a title above the headings and
leave blank rows behind; what they can also do is shift a figure into the next column at an unquoted
comma, which must never pass for a smaller figure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbook.data.read import Data, read_data
from workbook.findings import Finding, Refused, found, nearest
from workbook.load.yamltext import Document, Plain, Spot, read_text
from workbook.rubric.headings import plain_heading
from workbook.rubric.keys import Beside, data_key_of
from workbook.rubric.model import Rubric

KEY_COLUMNS = ("字段", "field", "id", "key", "填报项目")
VALUE_COLUMNS = ("数值", "value", "填报数据")
_TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row of cells as they are written, from ``line`` on."""

    line: int
    cells: tuple[str, ...]

    def text(self, column: int | None) -> str:
        """The cell without blanks around it (full-width ones too); empty where there is none."""
        return "" if column is None or column >= len(self.cells) else self.cells[column].strip()


@dataclass(slots=True)
class Table:
    """The rows below the headings, blank ones apart."""

    source: Path
    headings: CsvRow
    rows: list[CsvRow]
    findings: list[Finding] = field(default_factory=list)

    def columns(self, names: Sequence[str]) -> list[int]:
        """Columns headed by one of ``names``, in the order of ``names``."""
        plain = [_heading(cell) for cell in self.headings.cells]
        return [number for name in names for number, heading in enumerate(plain) if heading == name]

    def column(self, names: Sequence[str]) -> int | None:
        """The column headed by one of ``names``, if any. That there are two of them is a finding."""
        columns = self.columns(names)
        if len(columns) > 1:
            rivals = "、".join(self.headings.text(number) for number in columns)
            self._add(found("CSV_COLUMNS", columns=rivals), self.headings.line)
        return columns[0] if columns else None

    def check_width(self) -> None:
        """Find the rows with more cells than headings: an unquoted comma has split a value."""
        width = len(self.headings.cells)
        for row in self.rows:
            if any(cell.strip() for cell in row.cells[width:]):
                self._add(found("CSV_CELLS", cells=len(row.cells), columns=width), row.line)

    def _add(self, finding: Finding, line: int) -> None:
        self.findings.append(finding.placed(file=str(self.source), line=line))


def read_table(path: Path, *needed: Collection[str]) -> Table | None:
    """The table in a CSV file (UTF-8 or GBK); None when no row near the top has the headings.

    The headings are the first row with at least one name out of each of ``needed``. Raises Refused when
    the file is no CSV.
    """
    rows = _rows(path)
    for index, row in enumerate(rows[:_TITLE_ROWS]):
        headings = {_heading(cell) for cell in row.cells}
        if all(headings & set(names) for names in needed):
            table = Table(path, row, rows[index + 1 :])
            table.check_width()
            return table
    return None


def _rows(path: Path) -> list[CsvRow]:
    # newline=None makes every line end a \n, those inside quoted cells too.
    reader = csv.reader(io.StringIO(read_text(path), newline=None), strict=True)
    rows = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(CsvRow(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        # An open quote is noticed at the end of the file; where its row begins is what helps.
        raise Refused([found("CSV_SYNTAX", file=path, line=line)]) from error
    return rows


def _heading(cell: str) -> str:
    return plain_heading(cell).casefold()


def load_csv_data(rubric: Rubric, path: Path) -> Data:
    """Read a CSV DATA file. Raises Refused with every error."""
    table = read_table(path, KEY_COLUMNS, VALUE_COLUMNS)
    if table is None:
        keys, values = "、".join(KEY_COLUMNS), "、".join(VALUE_COLUMNS)
        raise Refused([found("DATA_CSV_COLUMNS", file=path, line=1, keys=keys, values=values)])
    reader = _Reader(rubric, table)
    for row in table.rows:
        reader.read(row)
    return read_data(rubric, reader.data, reader.document)


class _Reader:
    """Makes of a table's rows the plain mapping that a YAML file would hold."""

    def __init__(self, rubric: Rubric, table: Table) -> None:
        self.fields = rubric.field
        self.keys = table.columns(KEY_COLUMNS)
        self.value = table.column(VALUE_COLUMNS)
        self.data: dict[str, Plain] = {}
        top = Spot(table.headings.line, 1, table.source)
        self.document = Document(table.source, self.data, {(): top}, table.findings)
        self.words: dict[str, set[str]] = {}
        for one in rubric.fields:
            for word in (one.label, one.name):
                self.words.setdefault(plain_heading(word), set()).add(one.id)
        self.known = {word for one in rubric.fields for word in (one.id, one.label, one.name)}

    def read(self, row: CsvRow) -> None:
        written = [text for text in map(row.text, self.keys) if text]
        text = row.text(self.value)
        if not written:
            # Without a value it is a heading of a section.
            if text:
                self._add(found("DATA_CSV_KEY_BLANK", value=text), row.line)
            return
        key = self._key(written, row.line)
        if key is not None:
            value = row.cells[self.value] if text and self.value is not None else None
            self._keep(key, written[0], value, row.line)

    def _key(self, written: list[str], line: int) -> str | None:
        """The key that a row means: its first key cell decides, the others may not contradict it."""
        first = plain_heading(written[0])
        meant = self._fields(first)
        if not meant:
            if data_key_of(first) is not None:
                return first
            known = nearest(written[0], self.known)
            self._add(found("DATA_KEY_UNKNOWN", key=written[0], known=known), line)
            return None
        for other in written[1:]:
            also = self._fields(plain_heading(other))
            if also and not meant & also:
                self._add(found("DATA_CSV_KEYS_DIFFER", first=written[0], other=other), line)
                return None
            meant = meant & also or meant
        if len(meant) > 1:
            fields = "、".join(sorted(meant))
            self._add(found("DATA_LABEL_SHARED", label=written[0], fields=fields), line)
            return None
        return next(iter(meant))

    def _fields(self, word: str) -> set[str]:
        return {word} if word in self.fields else self.words.get(word, set())

    def _keep(self, key: str, written: str, value: str | None, line: int) -> None:
        before = self.data.get(key)
        beside = data_key_of(key)
        if key in self.data and beside is not None and beside.beside is Beside.EVIDENCE:
            lines: list[Plain] = before if isinstance(before, list) else [before]
            self.data[key] = [one for one in (*lines, value) if one is not None]
        elif key in self.data:
            also = "" if written == key else f"（{key}）"
            self._add(found("YAML_DUPLICATE_KEY", key=f"{written}{also}"), line)
        else:
            self.data[key] = value
            self.document.keys[(key,)] = Spot(line, 1, self.document.source)

    def _add(self, finding: Finding, line: int) -> None:
        self.document.findings.append(finding.placed(file=str(self.document.source), line=line))
