"""Fields: the figures and choices that an officer enters."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from workbook.rubric.values import Amount, Strict

YES = "是"
NO = "否"


class FieldKind(StrEnum):
    """The kind of an input; amounts are in 万元, percentages are fractions of one."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    YESNO = "yesno"
    CHOICE = "choice"
    POINTS = "points"
    TEXT = "text"
    DATE = "date"

    @property
    def numeric(self) -> bool:
        """True for the kinds whose value is a number that rules may calculate with."""
        return self in _NUMERIC


_NUMERIC = frozenset({FieldKind.MONEY, FieldKind.COUNT, FieldKind.PERCENT, FieldKind.POINTS})

DEFAULT_UNIT = {
    FieldKind.MONEY: "万元",
    FieldKind.PERCENT: "%",
    FieldKind.POINTS: "分",
    FieldKind.YESNO: "是/否",
    FieldKind.DATE: "日期",
}
DEFAULT_DECIMALS = {FieldKind.MONEY: 2, FieldKind.COUNT: 0, FieldKind.PERCENT: 4, FieldKind.POINTS: 2}
DEFAULT_MAX = {
    FieldKind.MONEY: Decimal(1_000_000),
    FieldKind.COUNT: Decimal(100_000),
    FieldKind.PERCENT: Decimal(1),
}


DEFAULT_USUAL_MAX = {FieldKind.MONEY: Decimal(100_000), FieldKind.COUNT: Decimal(1_000)}
"""Above these a figure is unusual for a department: often 元 instead of 万元, or a slip."""


class FieldText(Strict):
    """One field as the shared dictionary and a rubric's own ``fields`` describe it.

    ``help`` says what counts and what does not, ``document`` where the figure comes from. Outside
    ``usual_min`` … ``usual_max`` a figure is possible but deserves a second look. ``alert`` is what a cell's
    messages say instead of the usual words of its kind; ``last_year_of`` is the id of the field that held
    this figure a year ago. ``name`` is a shorter heading for formulas and comparisons, else the label;
    ``cell_name`` what its defined name is made from instead.
    """

    label: str
    name: str = ""
    cell_name: str = ""
    kind: FieldKind
    unit: str | None = None
    decimals: int | None = None
    min: Amount | None = None
    max: Amount | None = None
    usual_min: Amount | None = None
    usual_max: Amount | None = None
    choices: tuple[str, ...] = ()
    help: str = ""
    document: str = ""
    alert: str = ""
    last_year_of: str = ""

    @property
    def called(self) -> str:
        """Its short heading."""
        return self.name or self.label


class Field(Strict):
    """A field as a rubric uses it: every default settled.

    ``decimals``, ``min`` and ``max`` are None for
    the kinds that are no numbers. ``required``: True (always), False (never counts as open) or None
    (open only when it matters, ``"conditional"`` in the public map).
    """

    id: str
    label: str
    name: str
    kind: FieldKind
    unit: str
    decimals: int | None
    min: Amount | None
    max: Amount | None
    choices: tuple[str, ...]
    help: str
    cover: bool = False
    section: str = ""
    document: str = ""
    usual_min: Amount | None = None
    usual_max: Amount | None = None
    alert: str = ""
    last_year_of: str = ""
    cell_name: str = ""


def settled(field_id: str, text: FieldText, section: str = "", *, cover: bool = False) -> Field:
    """The field with the defaults of its kind."""
    kind = text.kind
    numeric = kind.numeric
    high = text.max if text.max is not None else DEFAULT_MAX.get(kind)
    usual = text.usual_max if text.usual_max is not None else DEFAULT_USUAL_MAX.get(kind)
    if usual is not None and high is not None and usual >= high:
        usual = None
    return Field(
        id=field_id,
        label=text.label,
        name=text.called,
        cell_name=text.cell_name,
        kind=kind,
        unit=text.unit if text.unit is not None else DEFAULT_UNIT.get(kind, ""),
        decimals=(text.decimals if text.decimals is not None else DEFAULT_DECIMALS[kind])
        if numeric
        else None,
        min=(text.min if text.min is not None else Decimal(0)) if numeric else None,
        max=high if numeric else None,
        choices=text.choices,
        help=text.help,
        cover=cover,
        section=section,
        document=text.document,
        usual_min=text.usual_min,
        usual_max=usual if numeric else None,
        last_year_of=text.last_year_of,
        alert=text.alert,
    )
