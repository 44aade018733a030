"""A first spec to start from: a small rubric with one example of everything that most rubrics need."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template

from workbook.findings import Refused, found
from workbook.load.builtin import builtin_ids

_TEMPLATE = Path(__file__).with_name("skeleton.yaml")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def skeleton(rubric_id: str, year: int, title: str | None = None) -> str:
    """The text of the spec. Raises Refused for an id that no new rubric can have."""
    if not usable_id(rubric_id):
        raise Refused([found("RUBRIC_ID_NEW", id=rubric_id)])
    words = " ".join((title or f"部门整体支出绩效自评评分标准（{year}年度）").split())
    values = {
        "id": json.dumps(rubric_id) if rubric_id.isdigit() else rubric_id,
        "year": str(year),
        "title": json.dumps(words, ensure_ascii=False),
    }
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(values)


def usable_id(rubric_id: str) -> bool:
    """Whether a new rubric may have this id: well formed, and none of the built-in ones."""
    return _ID.fullmatch(rubric_id) is not None and rubric_id not in builtin_ids()
