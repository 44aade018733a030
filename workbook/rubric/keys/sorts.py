"""Sorts of cells: the first word of each key, to whom its value belongs, and how its values compare."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from typing import Literal, TypeAlias, get_args

EvidencePart: TypeAlias = Literal["name", "number", "date", "page"]
Tally: TypeAlias = Literal["score", "open", "share"]
"""Values that a group and a dimension each show beside their points."""
CheckPart: TypeAlias = Literal["left", "right", "difference", "state"]
TablePart: TypeAlias = Literal["used", "partial", "invalid"]
TodoPart: TypeAlias = Literal["text", "link", "position", "n"]
LargestPart: TypeAlias = Literal["rank", "name", "points", "score", "deduction", "reason"]
TotalPart: TypeAlias = Literal["", "open", "share", "scored", "void", "raw", "sum"]
Count: TypeAlias = Literal[
    "filled", "open", "invalid", "unscored", "reasons", "failed", "blocking", "unusual", "rows", "partial",
    "idle", "unproven", "evidence",
]  # fmt: skip


class Kind(Enum):
    """The way in which the values of a key compare."""

    POINTS = auto()
    """Rounded by the rubric: exact."""
    ITEM_POINTS = auto()
    """Points of one clause, at four decimals."""
    SHARE = auto()
    """A part of the whole: exact."""
    RATE = auto()
    """A rate at nine decimals, or what is compared with one."""
    QUOTIENT = auto()
    """Typed or divided and not rounded: it carries the noise of binary engines."""
    TYPED = auto()
    """A value that an officer typed: a number as quotients are, a text as it is."""
    COUNT = auto()
    """A whole number."""
    WORDS = auto()
    """A text that an officer or the rubric wrote."""
    STATE = auto()
    """One of a few words of ours."""


class Owner(Enum):
    """The kind of owner of a cell's value."""

    FIELD = auto()
    RATE = auto()
    ITEM = auto()
    INDICATOR = auto()
    GROUP = auto()
    DIMENSION = auto()
    TABLE = auto()
    CHECK = auto()
    CAP = auto()
    LIGHT = auto()
    LIST = auto()
    """A line of what is to do, or of the largest deductions."""
    WHOLE = auto()
    """The workbook."""


class Sort(StrEnum):
    """The sort of a cell's content; but for inputs, the first word of its key."""

    INPUT = "input"
    """The value typed into a field."""
    REASON = "reason"
    DOCUMENT = "document"
    """One part of one line of an indicator's evidence."""
    DOCUMENTS = "documents"
    """All of an indicator's evidence in one cell, as in the first templates."""
    CELL = "cell"
    """The value typed into a row of a detail table."""
    COLUMN = "column"
    """A column of a detail table: all of its cells, so none by itself."""

    RAW = "raw"
    RATE = "rate"
    NUMERATOR = "num"
    DENOMINATOR = "den"
    ITEM = "item"
    BAND = "band"
    BASIS = "basis"
    """The name of the figure that decides an item …"""
    FIGURE = "figure"
    """… and that figure."""
    SCORE = "score"
    DEDUCTION = "deduction"
    STATE = "state"
    LISTED = "evidence"
    """The number of documents that an indicator lists."""
    RANK = "rank"
    FIELD = "field"
    """The state of a field."""
    SOURCE = "source"
    """The figure that a field takes from its table …"""
    USED = "used"
    """… and what counts of the two."""
    ROW = "row"
    TABLE = "table"
    GROUP = "group"
    DIMENSION = "dimension"
    CHECK = "check"
    CAP = "cap"
    LIGHT = "light"
    TODO = "todo"
    LARGEST = "largest"
    TOTAL = "total"
    LOW = "low"
    HIGH = "high"
    GRADE = "grade"
    READY = "ready"
    COUNT = "count"
    SUM = "sum"
    """The total against the sum of the scores."""


INPUTS = (Sort.INPUT, Sort.REASON, Sort.DOCUMENT, Sort.DOCUMENTS, Sort.CELL, Sort.COLUMN)
"""Sorts that an officer fills in, by their place; all other sorts are calculated."""

OWNERS: Mapping[Sort, Owner] = {
    **dict.fromkeys((Sort.INPUT, Sort.FIELD, Sort.SOURCE, Sort.USED), Owner.FIELD),
    **dict.fromkeys((Sort.RAW, Sort.RATE, Sort.NUMERATOR, Sort.DENOMINATOR), Owner.RATE),
    **dict.fromkeys((Sort.ITEM, Sort.BAND, Sort.BASIS, Sort.FIGURE), Owner.ITEM),
    **dict.fromkeys((Sort.SCORE, Sort.DEDUCTION, Sort.STATE, Sort.LISTED, Sort.RANK), Owner.INDICATOR),
    **dict.fromkeys((Sort.REASON, Sort.DOCUMENT, Sort.DOCUMENTS), Owner.INDICATOR),
    **dict.fromkeys((Sort.CELL, Sort.COLUMN, Sort.ROW, Sort.TABLE), Owner.TABLE),
    Sort.GROUP: Owner.GROUP, Sort.DIMENSION: Owner.DIMENSION, Sort.CHECK: Owner.CHECK,
    Sort.CAP: Owner.CAP, Sort.LIGHT: Owner.LIGHT, Sort.TODO: Owner.LIST, Sort.LARGEST: Owner.LIST,
    **dict.fromkeys((Sort.TOTAL, Sort.LOW, Sort.HIGH, Sort.GRADE, Sort.READY), Owner.WHOLE),
    **dict.fromkeys((Sort.COUNT, Sort.SUM), Owner.WHOLE),
}  # fmt: skip


def _alike(parts: object, kind: Kind, **others: Kind) -> dict[str, Kind]:
    """The kinds of all parts of a key that a type allows: one, but for ``others``."""
    return {**dict.fromkeys(get_args(parts), kind), **others}


_ANY = "*"
"""Stands for every part that is not named: the columns of a table."""

KINDS: Mapping[Sort, Kind | Mapping[str, Kind]] = {
    **dict.fromkeys((Sort.INPUT, Sort.REASON, Sort.DOCUMENTS), Kind.TYPED),
    Sort.DOCUMENT: _alike(EvidencePart, Kind.TYPED),
    Sort.CELL: {_ANY: Kind.TYPED}, Sort.COLUMN: {_ANY: Kind.TYPED},
    **dict.fromkeys((Sort.RAW, Sort.NUMERATOR, Sort.DENOMINATOR, Sort.SOURCE, Sort.USED), Kind.QUOTIENT),
    **dict.fromkeys((Sort.RATE, Sort.FIGURE), Kind.RATE),
    Sort.ITEM: Kind.ITEM_POINTS,
    **dict.fromkeys((Sort.SCORE, Sort.DEDUCTION), Kind.POINTS),
    **dict.fromkeys((Sort.STATE, Sort.FIELD, Sort.CAP, Sort.LIGHT, Sort.GRADE, Sort.READY), Kind.STATE),
    **dict.fromkeys((Sort.BAND, Sort.BASIS), Kind.WORDS),
    **dict.fromkeys((Sort.LISTED, Sort.RANK), Kind.COUNT),
    **dict.fromkeys((Sort.GROUP, Sort.DIMENSION), _alike(Tally, Kind.POINTS, share=Kind.SHARE)),
    Sort.ROW: {"state": Kind.STATE, _ANY: Kind.RATE},
    Sort.TABLE: _alike(TablePart, Kind.COUNT),
    Sort.CHECK: _alike(CheckPart, Kind.RATE, state=Kind.STATE),
    Sort.TODO: _alike(TodoPart, Kind.COUNT, text=Kind.WORDS, link=Kind.WORDS),
    Sort.LARGEST: _alike(
        LargestPart, Kind.POINTS, name=Kind.WORDS, reason=Kind.TYPED, rank=Kind.COUNT
    ),
    Sort.TOTAL: _alike(TotalPart, Kind.POINTS, share=Kind.SHARE),
    Sort.LOW: {"": Kind.POINTS, "raw": Kind.POINTS}, Sort.HIGH: {"": Kind.POINTS, "raw": Kind.POINTS},
    Sort.COUNT: _alike(Count, Kind.COUNT),
    Sort.SUM: {"difference": Kind.POINTS, "state": Kind.STATE},
}  # fmt: skip
"""Kinds of comparison of the values of a sort: one for all, or one for each last part of the key."""


def kind_of(sort: Sort, part: str) -> Kind:
    """The kind of comparison for a part. Raises ValueError for a part that no cell of the sort has."""
    kinds = KINDS[sort]
    if isinstance(kinds, Kind):
        kinds = {"": kinds}
    kind = kinds.get(part, kinds.get(_ANY) if part else None)
    if kind is None:
        raise ValueError(f"no key of the sort {sort.value} has a part “{part}”")
    return kind
