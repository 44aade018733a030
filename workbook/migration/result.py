"""A migration as plain data for JSON."""

from __future__ import annotations

from typing import Any

from workbook.migration.carried import Carried, Dropped, Figure, Migration, Wording
from workbook.rubric.keys import Sort


def migration_result(migration: Migration) -> dict[str, Any]:
    """All that was carried, is new, was dropped; values are strings, numbers as exact decimals."""
    return {
        "from": migration.old.id,
        "to": migration.new.id,
        "carried": [_carried(one) for one in migration.carried],
        "from_tables": [
            {"id": str(one.key), "label": one.new.label, **_values(one.figures)}
            for one in migration.from_tables
        ],
        "new": [
            {"id": str(one.key), "label": one.label, "required": one.required} for one in migration.added
        ],
        "dropped": [_dropped(one) for one in migration.dropped],
        "blank": list(migration.blank),
        "counts": counts(migration),
    }


def counts(migration: Migration) -> dict[str, int]:
    """Count each kind; ``cells``: figures carried in detail tables, ``lost``: dropped with a value."""
    return {
        "carried": len(migration.carried),
        "cells": sum(len(one.figures) for one in migration.carried if one.key.sort is Sort.COLUMN),
        "reworded": sum(one.reworded for one in migration.carried),
        "from_tables": len(migration.from_tables),
        "new": len(migration.added),
        "dropped": len(migration.dropped),
        "lost": sum(bool(one.figures) for one in migration.dropped),
        "blank": len(migration.blank),
        "reasons": migration.reasons,
        "evidence": migration.evidence,
    }


def _carried(one: Carried) -> dict[str, Any]:
    data = {"id": str(one.key), "label": one.new.label, **_values(one.figures)}
    if one.reworded:
        data |= {"old": _wording(one.old), "new": _wording(one.new)}
    return data


def _dropped(one: Dropped) -> dict[str, Any]:
    return {"id": str(one.key), "label": one.label, **_values(one.figures), "reason": one.reason}


def _values(figures: tuple[Figure, ...]) -> dict[str, Any]:
    """The value of a field; for a column of a detail table the values by row."""
    if any(one.row for one in figures):
        return {"value": None, "rows": [{"row": one.row, "value": one.plain} for one in figures]}
    return {"value": figures[0].plain if figures else None}


def _wording(one: Wording) -> dict[str, str]:
    return {"label": one.label, "help": one.help, "clause": one.clause}
