"""A template made ready for calculation, from the cache on disk or anew."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import schedula
from formulas import __version__ as formulas_version

from workbook.engine.disk_cache import cache_folder, read_cached, write_cached
from workbook.engine.engine import known_steps, remember
from workbook.engine.plan import Plan, plan_of
from workbook.engine.steps import Constant, Steps
from workbook.template.model import Template


def prepared(template: Template) -> Plan:
    """The plan of a template, its shapes compiled."""
    key = _key(template) if cache_folder() is not None else None
    if key is not None and (plan := _from_cache(read_cached(key), template)) is not None:
        return plan
    plan = plan_of(template)
    steps = known_steps({group.text for group in plan.groups})
    if key is not None:
        shapes = {text: [one.order, one.constants, one.calls, one.result] for text, one in steps.items()}
        write_cached(key, {"plan": plan.plain(), "shapes": shapes})
    return plan


def _from_cache(data: Any, template: Template) -> Plan | None:
    """The plan in the cache, when it fits."""
    if data is None:
        return None
    try:
        plan = Plan.of_plain(data["plan"], template)
        steps = {
            text: Steps(
                tuple(order), tuple(constants), tuple((name, tuple(slots)) for name, slots in calls), end
            )
            for text, (order, constants, calls, end) in data["shapes"].items()
        }
        if steps.keys() - {group.text for group in plan.groups}:
            return None
        remember(steps)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return plan


def _steps(
    order: list[int], constants: list[Constant], calls: list[tuple[str, list[int]]], end: int
) -> Steps:
    return Steps(tuple(order), tuple(constants), tuple((name, tuple(slots)) for name, slots in calls), end)


def _key(template: Template) -> str | None:
    """The file name that stands for all that is calculated with, and for what made of it what is kept; None
    where the code cannot be read.
    """
    code = _code()
    if code is None:
        return None
    sheets = [[one.title, one.texts, one.numbers, one.formulas] for one in template.sheets]
    listed = (template.names, template.inputs, template.quantities)
    places = [[(str(key), place) for key, place in one.items()] for one in listed]
    content = json.dumps([code, sheets, places], default=lambda place: [place.sheet, place.cell])
    return hashlib.sha256(content.encode()).hexdigest() + ".json"


@cache
def _code() -> str | None:
    """The versions of the engine, of what it stands on, and the content of our own modules."""
    versions = [sys.version_info[:2], formulas_version, schedula.__version__, np.__version__]
    digest = hashlib.sha256(json.dumps(versions).encode())
    try:
        for path in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(path.read_bytes())
    except OSError:
        return None
    return digest.hexdigest()
