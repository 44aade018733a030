"""Detail tables: rows of figures from which fields can be counted and summed."""

from __future__ import annotations

from functools import cached_property

from pydantic import field_validator

from workbook.rubric.expr import AllOf, Expr, Filled, source, unique_refs
from workbook.rubric.fields import Field, FieldKind, FieldText, settled
from workbook.rubric.keys import Key
from workbook.rubric.states import RowState
from workbook.rubric.values import ConditionText, OperandText, Strict


class Column(FieldText):
    """A column: an input of each row, or computed from the row's inputs.

    ``of`` is a number at 6 decimals, empty while a figure is blank or the divisor zero; ``when`` says 是/否
    (empty while open). A number with ``given`` stays empty until that condition holds. Where the divisor is
    zero it is ``zero_base`` if nothing stands above the line, ``beyond_base`` if something does.
    """

    id: str
    width: float = 12
    of: OperandText | None = None
    when: ConditionText | None = None
    given: ConditionText | None = None
    zero_base: OperandText | None = None
    beyond_base: OperandText | None = None

    @property
    def computed(self) -> Expr | None:
        """The expression of a computed column, or None for an input."""
        return self.of if self.of is not None else self.when


class Table(Strict):
    """A detail table. ``rows``: how many the officer may fill, or the labels of its fixed rows.

    Tables with the same ``sheet`` stand on one sheet, below each other.
    ``name``, else the title, is what its defined names are made from, unless there is a ``cell_name``.
    ``required``: the officer is told to fill it in; ``lines`` of text have room in a row.
    """

    id: str
    title: str
    name: str = ""
    cell_name: str = ""
    sheet: str
    rows: int | tuple[str, ...]
    about: str = ""
    heading: str = "序号"
    required: bool = False
    lines: int = 1
    columns: tuple[Column, ...]

    @field_validator("rows", mode="before")
    @classmethod
    def _number_from_text(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdigit() else value

    @property
    def called(self) -> str:
        """Its short heading."""
        return self.name or self.title

    @property
    def size(self) -> int:
        """The number of rows."""
        return self.rows if isinstance(self.rows, int) else len(self.rows)

    @property
    def fixed(self) -> bool:
        """Whether its rows have labels of their own."""
        return not isinstance(self.rows, int)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The first cell of each row."""
        return tuple(map(str, range(1, self.size + 1))) if isinstance(self.rows, int) else self.rows

    @cached_property
    def column(self) -> dict[str, Column]:
        """Columns by id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """The columns that the officer fills, as fields."""
        return tuple(settled(one.id, one) for one in self.columns if one.computed is None)

    @cached_property
    def _row_inputs(self) -> dict[tuple[int, str], Field]:
        return {}

    def row_input(self, row: int, column: str) -> Field:
        """A column's field as it stands in a row, whose label tells the row; rows count from 1."""
        if (row, column) not in self._row_inputs:
            spec = next(one for one in self.inputs if one.id == column)
            label = f"{self.title}第 {self.labels[row - 1]} 行“{spec.label}”"
            self._row_inputs[row, column] = spec.model_copy(update={"label": label})
        return self._row_inputs[row, column]

    @cached_property
    def computed(self) -> tuple[Column, ...]:
        """The columns that are computed from a row's inputs."""
        return tuple(one for one in self.columns if one.computed is not None)

    @cached_property
    def blank_rows(self) -> dict[Key, str]:
        """The keys of all rows' states and computed columns, with what they show while blank."""
        blank: dict[Key, str] = {}
        for row in range(1, self.size + 1):
            blank[Key.row_state(self.id, row)] = RowState.BLANK.value
            blank |= {Key.computed(self.id, row, column.id): "" for column in self.computed}
        return blank

    def inputs_behind(self, column_id: str) -> tuple[str, ...]:
        """The input columns that must be filled for a column; itself, for an input.

        What a condition asks to be filled (``filled(x) and …``) may as well be blank; not so in a ``given``
        that is nothing else.
        """
        computed, given = self.column[column_id].computed, self.column[column_id].given
        if computed is None:
            return (column_id,)
        asked = {f"filled({name})" for name in unique_refs(computed)}
        optional = {one for one in asked if one in source(computed)}
        behind = [name for name in unique_refs(computed) if f"filled({name})" not in optional]
        parts = given.parts if isinstance(given, AllOf) else (given,)
        return *behind, *(part.id for part in parts if isinstance(part, Filled))


def yes_no(column: Column) -> bool:
    """Whether a column says 是 or 否."""
    return column.kind is FieldKind.YESNO
