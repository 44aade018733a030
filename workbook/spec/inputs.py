"""What an officer has filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

FieldValue: TypeAlias = Decimal | str | date
"""A number for the numeric kinds, 是/否 for yes/no, the chosen text, a text, or a date."""


FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 1, 1)
"""A date of filling lies from the first on and before the last."""


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Inputs:
    """Checked inputs. A blank field is absent, never None and never zero.

    ``reasons`` and ``evidence`` are texts by indicator id; evidence holds one document per line.
    """

    values: Mapping[str, FieldValue]
    reasons: Mapping[str, str] = field(default_factory=_nothing)
    evidence: Mapping[str, str] = field(default_factory=_nothing)

    def number(self, field_id: str) -> Decimal | None:
        """The number in a numeric field, or None while it is blank."""
        value = self.values.get(field_id)
        return value if isinstance(value, Decimal) else None

    def word(self, field_id: str) -> str | None:
        """The text or choice in a field, or None while it is blank."""
        value = self.values.get(field_id)
        return value if isinstance(value, str) else None


BLANK = Inputs({})
