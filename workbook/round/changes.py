"""What a department changed between two of its workbooks, in words: figures, texts, scores, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from workbook.reports.words import clean
from workbook.round.details import Detail, finding_id
from workbook.rubric.fields import Field, FieldKind
from workbook.rubric.inputs import EVIDENCE_PARTS
from workbook.rubric.model import Rubric, item_key

_PART_WORDS: dict[str, str] = dict(zip(EVIDENCE_PARTS, ("名称", "文号", "日期", "页码"), strict=True))
_RANKS = {"tables": 2, "reason": 3, "evidence": 4}
_BLANK = "（空白）"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise now; ``old`` or ``new`` is None where there was or is nothing.

    ``kind`` is ``figure``, ``reason``, ``evidence``, ``row``, ``score``, ``total``, ``grade`` or ``finding``;
    ``of`` is the id of what has changed, ``label`` its name.
    """

    kind: str
    of: str
    label: str
    old: str | None
    new: str | None

    def text(self) -> str:
        """The change in words."""
        if self.kind == "finding":
            return f"{'新增' if self.old is None else '已消除'}意见：{self.label}"
        return f"{self.label}：{_shown(self.old)} → {_shown(self.new)}"


def change_results(changes: list[Change]) -> list[dict[str, Any]]:
    """Changes as plain data for JSON."""
    return [{**asdict(one), "text": one.text()} for one in changes]


def changes(old: Detail, new: Detail, rubric: Rubric | None) -> list[Change]:
    """What is otherwise in ``new``; ``rubric`` gives things their names."""
    labels = Labels(rubric)
    found = [*_typed(old.filled, new.filled, labels), *_scores(old.result, new.result, labels)]
    return [*found, *_findings(old.result["findings"], new.result["findings"])]


class Labels:
    """The names of inputs and scores; their ids where the rubric is not at hand."""

    def __init__(self, rubric: Rubric | None) -> None:
        self.rubric = rubric
        indicators = {} if rubric is None else rubric.indicator
        self.indicators = {key: one.name for key, one in indicators.items()}
        places = [*([] if rubric is None else rubric.field), *indicators]
        self.places = {key: number for number, key in enumerate(places)}
        self.items = {
            item_key(one, item): f"{one.name} {item.place}".strip()
            for one in indicators.values()
            for item in one.items
        }

    def input(self, key: str) -> tuple[str, str, Field | None]:
        """The kind of an input, its name, and its field where it has one."""
        match key.split("."):
            case ["reason", indicator]:
                return "reason", f"{self._indicator(indicator)} 扣分原因", None
            case ["evidence", indicator, line, part]:
                word = _PART_WORDS.get(part, part)
                return "evidence", f"{self._indicator(indicator)} 佐证材料第 {line} 项{word}", None
            case ["evidence", indicator]:
                return "evidence", f"{self._indicator(indicator)} 佐证材料", None
            case ["tables", table, row, column]:
                known = None if self.rubric is None else self.rubric.table.get(table)
                field = None if known is None else {one.id: one for one in known.inputs}.get(column)
                title, label = known.title if known else table, field.label if field else column
                return "row", f"{title}第 {row} 行 {label}", field
        field = None if self.rubric is None else self.rubric.field.get(key)
        return "figure", field.label if field else key, field

    def order(self, key: str) -> tuple[object, ...]:
        """The place of an input among all: figures as the rubric has them, the cover, tables, texts."""
        head, *rest = key.split(".")
        parts = [(int(part), "") if part.isdigit() else (0, part) for part in rest]
        field = None if self.rubric is None else self.rubric.field.get(key)
        rank = _RANKS.get(head, 0) if rest else int(field is not None and field.cover)
        return rank, self.places.get(rest[0] if rest else head, 0), parts

    def _indicator(self, key: str) -> str:
        return self.indicators.get(key, key)


def _typed(old: Mapping[str, str], new: Mapping[str, str], labels: Labels) -> Iterator[Change]:
    for key in sorted({*old, *new}, key=labels.order):
        before, after = old.get(key), new.get(key)
        if before != after and not _is_joined(key, old, new):
            kind, label, field = labels.input(key)
            yield Change(kind, key, label, _value(before, field), _value(after, field))


def _is_joined(key: str, *filled: Mapping[str, str]) -> bool:
    """Whether the evidence of an indicator is told line by line as well."""
    parts = key.split(".")
    return parts[0] == "evidence" and len(parts) == 2 and any(f"{key}.1.name" in one for one in filled)


def _value(text: str | None, field: Field | None) -> str | None:
    """A value with its unit."""
    if text is None or field is None or not field.kind.numeric:
        return None if text is None else clean(text, most=2_000)
    if field.kind is FieldKind.PERCENT:
        return f"{(Decimal(text) * 100).normalize():f}%"
    return f"{text} {field.unit}".strip()


def _scores(old: Mapping[str, Any], new: Mapping[str, Any], labels: Labels) -> Iterator[Change]:
    before, after = _flat(old), _flat(new)
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            kind, of = key
            label = {"total": "总分", "grade": "等级"}.get(kind) or f"{labels.items.get(of, of)} 得分"
            if kind == "score" and of in labels.indicators:
                label = f"{labels.indicators[of]} 得分"
            yield Change(kind, of, label, before.get(key), after.get(key))


def _flat(result: Mapping[str, Any]) -> dict[tuple[str, str], str | None]:
    """Every score of a result by its kind and id."""
    flat: dict[tuple[str, str], str | None] = {
        ("total", "total"): result["total"]["reference"],
        ("grade", "grade"): result["grade"],
    }
    for one in result["indicators"]:
        flat["score", one["id"]] = one["reference"]
        for item in one["items"]:
            flat["score", item["id"]] = item["reference"]
    return flat


def _findings(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Change]:
    """Findings that are gone, and new ones; a note is not worth telling."""
    before, after = _by_id(old), _by_id(new)
    for key, text in before.items():
        if key not in after:
            yield Change("finding", key, text, text, None)
    for key, text in after.items():
        if key not in before:
            yield Change("finding", key, text, None, text)


def _by_id(findings: list[dict[str, Any]]) -> dict[str, str]:
    return {finding_id(one): clean(one["message"]) for one in findings if one["severity"] != "note"}


def _shown(value: str | None) -> str:
    if value is None:
        return _BLANK
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
