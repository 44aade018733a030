"""Points that a standard leaves to the department: an indicator with ``open`` instead of ``items``.

At load time ``open`` becomes a detail table with a row for each indicator of the department's own, the sums
of its points and scores as fields, one item that is scored by them, and a cross-check that the points add
up. What stands in the table is the officer's; all that is computed from it is the rubric's as usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError, field_validator

from workbook.findings import Finding
from workbook.load.explain import explained
from workbook.load.yamltext import Document, YamlPath
from workbook.rubric.values import Strict, decimal_from_text

SHEET = "自定指标"
"""The sheet of the tables of own indicators."""


class OpenPoints(Strict):
    """Open points of a spec: the number of rows for the officer, and the place in the standard."""

    rows: int
    place: str
    clause: str

    @field_validator("rows", mode="before")
    @classmethod
    def _number_from_text(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdigit() else value


def listed_indicators(data: dict[str, Any]) -> Iterator[tuple[YamlPath, dict[str, Any]]]:
    """Every indicator of a spec's plain data with its path; what has another shape is passed over."""
    for d, dimension in _mappings(data.get("dimensions")):
        for g, group in _mappings(dimension.get("groups")):
            for i, indicator in _mappings(group.get("indicators")):
                yield ("dimensions", d, "groups", g, "indicators", i), indicator


def _mappings(listed: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, dict):
            yield number, entry


def points_of(indicator: dict[str, Any]) -> Decimal | None:
    """The points of an indicator's plain data, None where they are no number (the model says so)."""
    try:
        return decimal_from_text(indicator.get("points"))
    except ValueError:
        return None


def expand_open_points(document: Document, data: dict[str, Any], findings: list[Finding]) -> None:
    """Put items, tables, fields, sources and checks in the place of every ``open`` in ``data``."""
    for path, indicator in listed_indicators(data):
        if "open" not in indicator:
            continue
        at = (*path, "open")
        written = indicator.pop("open")
        if "items" in indicator:
            problem = "open 与 items 只能写一个"
            spot, where = document.key(at), _where(indicator)
            findings.append(document.found("SPEC_INVALID", spot, where=where, problem=problem))
            continue
        indicator["items"] = []
        try:
            stated = OpenPoints.model_validate(written)
        except ValidationError as error:
            findings.extend(explained(error, document, at, OpenPoints))
            continue
        points = points_of(indicator)
        if points is not None:
            own = _Own(f"own_{indicator.get('id')}", str(indicator.get("name")), f"{points.normalize():f}")
            indicator["items"] = [own.item(stated)]
            findings.extend(_Extension(document, data, at).add(own, stated))


def _where(indicator: dict[str, Any]) -> str:
    return f"指标“{indicator.get('name')}”"


@dataclass(frozen=True, slots=True)
class _Own:
    """The parts that stand for open points, as plain data: ``full`` points of the indicator ``name``."""

    key: str
    name: str
    full: str

    def item(self, stated: OpenPoints) -> dict[str, Any]:
        return {
            "id": "own",
            "points": self.full,
            "place": stated.place,
            "clause": stated.clause,
            "interpretation": f"各自定指标列在“{SHEET}”表，得分＝分值×实现程度；"
            f"分值合计不是 {self.full} 分时暂不计分",
            "rule": {"kind": "own_indicators", "points": f"{self.key}_points", "score": f"{self.key}_score"},
        }

    def table(self, rows: int) -> dict[str, Any]:
        weight = f"请输入该指标的分值，0 至 {self.full} 分，最多两位小数；各行合计应正好 {self.full} 分"
        return {
            "id": self.key,
            "title": f"{self.name}自定指标",
            "name": f"自定_{self.name}",
            "sheet": SHEET,
            "rows": rows,
            "required": True,
            "lines": 2,
            "about": f"“{self.name}”的 {self.full} 分由部门自定指标：一行一个指标，"
            f"各行分值合计应正好 {self.full} 分，得分＝分值×实现程度。"
            "实现程度低于 100% 的，须写明原因，否则该行为“不全”、不计得分。",
            "columns": [
                _column("name", "指标名称", "text", 24),
                _column("points", "分值", "points", 10, max=self.full, alert=weight),
                _column("standard", "评分标准", "text", 44),
                _column("degree", "实现程度", "percent", 12),
                _column("reason", "未达 100% 的原因（低于 100% 时必填）", "text", 34, name="原因"),
                _column("score", "得分", "points", 11, of="points * degree", given=_COMPLETE),
            ],
        }

    def fields(self) -> dict[str, dict[str, Any]]:
        said = {
            "points": ("分值", f"应正好 {self.full} 分；有行没有填分值时暂无合计"),
            "score": (
                "得分",
                "有“不全”的行时暂无合计：请补齐该行的名称、分值、评分标准、实现程度；低于 100% 的还要写原因",
            ),
        }
        return {
            f"{self.key}_{part}": {
                "label": f"{self.name}自定指标的{word}合计",
                "name": f"自定指标{word}_{self.name}",
                "kind": "points",
                "help": text,
                "alert": f"请输入各自定指标的{word}合计，0 至 {self.full} 分，最多两位小数",
            }
            for part, (word, text) in said.items()
        }

    def section(self, rows: int) -> dict[str, Any]:
        note = f"请先填“{SHEET}”表，两项合计由表自动汇总；只有指标多于 {rows} 个时才在此直接填合计。"
        return {"title": f"{SHEET}（{self.name}）", "fields": list(self.fields()), "note": note}

    def sources(self) -> dict[str, str]:
        return {f"{self.key}_{part}": f"sum({self.key}.{part})" for part in ("points", "score")}

    def check(self) -> dict[str, Any]:
        return {
            "id": f"{self.key}_whole",
            "title": f"{self.name}自定指标的分值合计等于 {self.full} 分",
            "left": f"{self.key}_points",
            "relation": "=",
            "right": self.full,
            "blocking": "true",
            "why": f"请在“{SHEET}”表调整各行分值，或增减指标，使合计正好 {self.full} 分；"
            f"合计相符后“{self.name}”才能计分。",
        }


_COMPLETE = "filled(name) and filled(standard) and (degree >= 1 or filled(reason))"
"""The condition on a row, beside its points and degree, for a score."""


def _column(column: str, label: str, kind: str, width: int, **more: str) -> dict[str, Any]:
    return {"id": column, "label": label, "name": label, "kind": kind, "width": str(width), **more}


@dataclass(frozen=True, slots=True)
class _Extension:
    """Adds to a spec's data; what is added is reported at the line of ``at``, the ``open`` behind it."""

    document: Document
    data: dict[str, Any]
    at: YamlPath

    def add(self, own: _Own, stated: OpenPoints) -> Iterator[Finding]:
        """Add all parts; the findings are about entries of the spec that stand in their place."""
        for field_id, made in own.fields().items():
            self._put("fields", field_id, self._worded(field_id, made))
        for field_id, source in own.sources().items():
            if self._mapping("sources") and field_id in self.data["sources"]:
                spot, where = self.document.key(("sources", field_id)), f"来源“{field_id}”"
                yield self.document.found("SPEC_ID_TWICE", spot, where=where, id=field_id)
            self._put("sources", field_id, source)
        self._append("sections", own.section(stated.rows))
        self._append("tables", own.table(stated.rows))
        self._append("checks", own.check())

    def _worded(self, field_id: str, made: dict[str, Any]) -> Any:
        """A field that is made here, with what the spec words otherwise."""
        own = self.data["fields"].get(field_id) if self._mapping("fields") else None
        return {**made, **own} if isinstance(own, dict) else own or made

    def _mapping(self, key: str) -> bool:
        return isinstance(self.data.get(key), dict)

    def _put(self, key: str, part: str, value: Any) -> None:
        """Add to a mapping; one of another shape stays as it is, for the model to report."""
        if self.data.get(key) is None:
            self.data[key] = {}
        if self._mapping(key):
            self.data[key] = {**self.data[key], part: value}
            self._locate((key, part))

    def _append(self, key: str, value: Any) -> None:
        """Add to a list; one of another shape stays as it is, for the model to report."""
        if self.data.get(key) is None:
            self.data[key] = []
        if isinstance(self.data[key], list):
            self.data[key] = [*self.data[key], value]
            self._locate((key, len(self.data[key]) - 1))

    def _locate(self, path: YamlPath) -> None:
        spot = self.document.key(self.at)
        if spot is not None:
            self.document.keys.setdefault(path, spot)
