"""Keys of DATA files beside the fields: ``reason.indicator``, ``evidence.indicator``, ``tables.table``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Beside(StrEnum):
    """Parts of DATA beside the fields; each is the first word of its keys."""

    REASON = "reason"
    EVIDENCE = "evidence"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key of a DATA file: an indicator's or an item's reason, an indicator's evidence, a table's rows."""

    beside: Beside
    id: str

    def __str__(self) -> str:
        return f"{self.beside}.{self.id}"


def data_key_of(text: str) -> DataKey | None:
    """The key beside the fields that is written so, if any; whether the rubric has its owner is not asked."""
    word, dot, rest = text.partition(".")
    return DataKey(Beside(word), rest) if dot and word in {*Beside} else None


def meant_beside(text: str) -> tuple[Beside, ...]:
    """Parts beside the fields that an unknown key may have been meant for: ``reasons.x``, ``table.y``."""
    word = text.partition(".")[0]
    likely = {Beside.REASON: "reason", Beside.EVIDENCE: "evidence", Beside.TABLES: "table"}
    other = word not in {*Beside}  # a reason is given most often
    return tuple(
        one for one, start in likely.items() if word.startswith(start) or (other and one is Beside.REASON)
    )
