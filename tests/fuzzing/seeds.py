"""The workbooks from which the fuzzer starts: small and whole ones, as issued and as other programs save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from tests.support.clean import clean
from tests.support.returned import RUBRICS, by_libreoffice, by_openpyxl
from workbook.api import new_workbook
from workbook.load.rubric import load_rubric
from workbook.returned.registry import Registry
from workbook.rubric.inputs import Evidence, Inputs
from workbook.rubric.model import Rubric

SPEC = Path(__file__).resolve().parents[1] / "specs" / "small.yaml"
DEPARTMENT = "测试局"


@dataclass(frozen=True)
class Seed:
    """A workbook that passes, and whether it is a small one."""

    name: str
    rubric: Rubric
    data: bytes
    small: bool
    saved: Callable[[bytes], bytes] = bytes
    """What the program that saved it makes of another workbook; charts, for one, are drawn by each anew."""


@cache
def registry() -> Registry:
    """The built-in rubrics and the small one."""
    return Registry.with_specs([SPEC])


def small_inputs() -> Inputs:
    """Inputs of the small rubric that score below full, with all reasons and documents."""
    return Inputs(
        {
            "plan": Decimal("1200.5"),
            "spent": Decimal("1100.25"),
            "faults": Decimal(1),
            "published": "是",
            "content_share": Decimal("0.925"),
            "level": "中",
        },
        reasons={"execution": "有一项差错", "openness": "档次为中"},
        evidence={
            one: (Evidence("测试材料", "测〔2030〕1号", "2030-03-01", "第2页"),)
            for one in ("execution", "openness")
        },
    )


def _office(data: bytes) -> bytes:
    return by_libreoffice({"one.xlsx": data})["one.xlsx"]


@cache
def seeds(*, whole: bool, office: bool) -> tuple[Seed, ...]:
    """The workbooks: of the small rubric, with ``whole`` of the complete ones too; with ``office`` also as
    LibreOffice saves them."""
    books = [(registry().own["small-2030"], small_inputs())]
    if whole:
        books += [(load_rubric(name), clean(name)) for name in RUBRICS]
    found = []
    for rubric, inputs in books:
        small = rubric.id not in RUBRICS
        data = new_workbook(rubric, department=DEPARTMENT if small else None, inputs=inputs)
        found.append(Seed(rubric.id, rubric, data, small))
        found.append(Seed(f"{rubric.id}-openpyxl", rubric, by_openpyxl(data), small, by_openpyxl))
    if office:
        issued = {f"{one.name}.xlsx": one for one in found[::2]}
        for name, data in by_libreoffice({name: one.data for name, one in issued.items()}).items():
            one = issued[name]
            found.append(Seed(f"{one.name}-office", one.rubric, data, one.small, _office))
    return tuple(found)
