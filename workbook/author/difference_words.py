"""Differences in the words of a finance clerk: ids become names, rules and bands become phrases.

What has no word here (a rule kind or a key that is new) is told by its own name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from workbook.author.change import Change
from workbook.author.glossary import CHANGES, EDGES, KEYS, KINDS, OPERATORS, VALUES
from workbook.rubric.aggregate import parse_aggregate
from workbook.rubric.fields import DEFAULT_UNIT, FieldKind
from workbook.rubric.headings import indicator_headings
from workbook.rubric.model import Rubric, item_key
from workbook.rubric.parts import attributes, described
from workbook.rubric.roles import Role, Worth
from workbook.rubric.rules import RULE_KINDS

HEADINGS = ("类别", "对象", "变化", "甲", "乙")

_NOTHING = "（无）"
_BLANK: tuple[object, ...] = (None, "", [], {})
_ID = re.compile(r"[^\W\d]\w*")
_PARTS = [one for kind in RULE_KINDS for one in attributes(kind)]
_POINTS = {one.name for one in _PARTS if isinstance(one.mark, Worth) and one.mark.of_points}
"""Keys whose numbers are points, whatever figure decides."""

_SHARES = {"cap"} | {
    one.name for kind in RULE_KINDS for one in described(kind) if one.mark in {Worth.LIMIT, Worth.STEP}
}
"""Keys whose numbers are always shares."""

_MEASURED = {one.name for one in _PARTS if isinstance(one.mark, Role) and one.mark.measured}
"""Keys that name the figure with which numbers are compared."""

_EXPRESSIONS = {"of", "otherwise", "when", "left", "right", "given", "when_filled", "last_year_of"} | {
    one.name for one in _PARTS if isinstance(one.mark, Role)
}
"""Keys under which ids stand, which may be words of any language."""

_IDS = {"id", "name"}
_SILENT = {"proof", "interpretation", "kind"}


@dataclass(frozen=True, slots=True)
class Told:
    """A difference as a row of a table."""

    kind: str
    object: str
    change: str
    before: str
    after: str

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row, in the order of ``HEADINGS``."""
        return self.kind, self.object, self.change, self.before, self.after


def told(changes: list[Change], before: Rubric, after: Rubric) -> list[Told]:
    """Every difference as a row."""
    old, new = _Names(before), _Names(after)
    return [_told(change, old, new) for change in changes]


def counted(changes: list[Change]) -> str:
    """The number of differences by kind of change, in Chinese."""
    if not changes:
        return "两份评分标准内容相同。"
    counts = Counter(str(change.change) for change in changes)
    parts = "，".join(f"{word} {counts[key]}" for key, word in CHANGES.items() if counts[key])
    return f"共 {len(changes)} 处不同：{parts}"


def _told(change: Change, old: _Names, new: _Names) -> Told:
    return Told(
        KINDS.get(change.kind, change.kind),
        old.of(change.kind, change.id) or new.of(change.kind, change.id) or change.id,
        _what(change),
        _value(change, change.before, old, change.holders[0]),
        _value(change, change.after, new, change.holders[1]),
    )


def _what(change: Change) -> str:
    """Name the kind of change: ``新增``, ``分值修改``, ``否决·条件修改``."""
    word = CHANGES[change.change]
    if change.change not in {"changed", "reordered"} or not change.part:
        return word
    if change.before in _BLANK:
        word = CHANGES["added"]
    elif change.after in _BLANK:
        word = CHANGES["removed"]
    steps = [KEYS.get(step, step) for step in change.part.split(".")]
    return "·".join(steps[1:] if len(steps) > 1 and change.part.startswith("rule.") else steps) + word


def _value(change: Change, value: Any, names: _Names, holder: object) -> str:
    if value is None:
        return _NOTHING
    if not change.part and isinstance(value, dict):
        return names.summary(change.kind, value)
    key = change.part.rpartition(".")[2]
    if change.change == "reordered":
        kind = key.removesuffix("s")
        called = ((names.of(kind, one), names.of(kind, f"{change.id}.{one}"), one) for one in value)
        return "、".join(next(filter(None, some)) for some in called)
    if change.kind == "source":
        return names.source(value)
    share = (
        key in _SHARES or change.kind == "scale" or names.are_shares(lambda one: getattr(holder, one, None))
    )
    percent = getattr(holder, "kind", None) is FieldKind.PERCENT
    return names.text(key, value, share=share or percent)


class _Names:
    """Names for the ids of a rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric

    @cached_property
    def figures(self) -> dict[str, str]:
        """Names of fields and rates, as they stand in formulas."""
        fields = {one.id: one.name for one in self.rubric.fields}
        return fields | {one.id: one.name for one in self.rubric.rates}

    @cached_property
    def objects(self) -> dict[tuple[str, str], str]:
        """Names of objects, by kind and id."""
        rubric = self.rubric
        called = indicator_headings(rubric)
        items = ((indicator, item) for indicator in rubric.indicators for item in indicator.items)
        return {
            ("rubric", rubric.id): rubric.title,
            **_called(rubric),
            **{("indicator", key): heading for key, heading in called.items()},
            **{("item", item_key(one, item)): f"{called[one.id]} {item.place}" for one, item in items},
            **{("source", one.id): one.label for one in rubric.fields},
            **{
                ("column", f"{table.id}.{one.id}"): f"{table.title}·{one.label}"
                for table in rubric.tables
                for one in table.columns
            },
        }

    def of(self, kind: str, key: str) -> str | None:
        """The name of an object, or None for one that is not in this rubric."""
        return self.objects.get((kind, key))

    def is_share(self, figure: str | None) -> bool:
        """Whether a rate or field is a share, told in per cent."""
        field = self.rubric.field.get(figure or "")
        return figure in self.rubric.rate or (field is not None and field.kind is FieldKind.PERCENT)

    def are_shares(self, part: Callable[[str], Any]) -> bool:
        """Whether the numbers beside a figure are shares; ``part`` gives what stands under a key."""
        return any(self.is_share(part(key)) for key in _MEASURED)

    def summary(self, kind: str, data: Mapping[str, Any]) -> str:
        """An added or removed object, in short."""
        match kind:
            case "indicator":
                items = "；".join(
                    f"{one.get('clause', '')}（{one.get('points', '')}分）" for one in data["items"]
                )
                return f"{data.get('points', '')}分：{items}"
            case "item":
                return f"{data.get('points', '')}分：{data.get('clause', '')}"
            case "rate":
                return str(data.get("clause", "")) or self.text("of", data["of"])
            case "field":
                unit = data["unit"] if data["unit"] != DEFAULT_UNIT.get(data["kind"]) else ""
                return self.text("kind", data["kind"]) + (f"（{unit}）" if unit else "")
            case "check":
                left, right = (self.text(key, data[key]) for key in ("left", "right"))
                sign = OPERATORS.get(f" {data['relation']} ", data["relation"])
                return f"{left}{sign}{right}"
            case "table":
                return "、".join(one["label"] for one in data["columns"])
            case "column":
                return self.text("kind", data["kind"])
        return self.text("", data, skip=_IDS) or "—"

    def source(self, text: str) -> str:
        """The source of a field, in words."""
        aggregate = parse_aggregate(text)
        table = self.of("table", aggregate.table) or aggregate.table
        parts = [
            self.of("column", f"{aggregate.table}.{one}") or f"{table}·{one}" if one else None
            for one in (aggregate.column, aggregate.where)
        ]
        rows = f"第{aggregate.rows[0]}至{aggregate.rows[1]}行" if aggregate.rows else ""
        if aggregate.op == "count":
            return f"{parts[0]}为“是”的行数" if parts[0] else f"{table}的行数"
        return f"{parts[0]}{rows}合计" + (f"（{parts[1]}为“是”的行）" if parts[1] else "")

    def text(self, key: str, value: Any, *, share: bool = False, skip: set[str] | None = None) -> str:
        """Plain data as a phrase; ``share`` when its numbers are told in per cent."""
        match value:
            case None:
                return _NOTHING
            case bool():
                return "是" if value else "否"
            case dict():
                return self._mapping(value, share=share, skip=skip or set())
            case list():
                mark = "；" if any(isinstance(one, dict) for one in value) else "、"
                return mark.join(self.text(key, one, share=share) for one in value) or _NOTHING
        text = str(value)
        if not text:
            return _NOTHING
        if key.endswith("_origin") and text in self.rubric.origins:
            return self.rubric.origins[text].text
        if share and key not in _POINTS and re.fullmatch(r"-?\d+(\.\d+)?", text):
            return f"{(Decimal(text) * 100).normalize():f}%"
        return self._expression(text) if text.isascii() or key in _EXPRESSIONS else text

    def _mapping(self, data: Mapping[str, Any], *, share: bool, skip: set[str]) -> str:
        share = share or self.are_shares(data.get)
        edges = "，".join(
            sign + self.text(key, data[key], share=share)
            for key, sign in EDGES.items()
            if data.get(key) is not None
        )
        if edges:
            name = f"{data['name']} " if "name" in data else ""
            points = f" 得{data['points']}分" if "points" in data else ""
            others = [key for key in data if key not in {*EDGES, "name", "points"} and data[key] is not None]
            return name + edges + points + "".join(f" {self.text(key, data[key])}" for key in others)
        if data.keys() == {"field", "points"}:
            return f"{self.text('field', data['field'])} {data['points']}分"
        kind = data.get("kind")
        parts = [
            f"{KEYS.get(key, key)}：{self.text(key, one, share=share or key in _SHARES)}"
            for key, one in data.items()
            if key not in skip | _SILENT and one not in (None, "")
        ]
        return (f"{VALUES.get(kind, kind)}：" if kind else "") + "；".join(parts)

    def _expression(self, text: str) -> str:
        """An expression with the names of its figures; a word of the spec language in Chinese."""
        if text in VALUES:
            return VALUES[text]
        if not any(name in self.figures for name in _ID.findall(text)):
            return text
        if text.startswith("(") and _closing(text) == len(text) - 1:
            text = text[1:-1]
        for operator, sign in OPERATORS.items():
            text = text.replace(operator, sign)
        return _ID.sub(lambda match: self.figures.get(match[0], match[0]), text)


def _closing(text: str) -> int:
    """The index of the bracket that closes the one at the start of a text; its length if none does."""
    depth = 0
    for place, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return place
    return len(text)


def _called(rubric: Rubric) -> dict[tuple[str, str], str]:
    """Names of the objects that a rubric lists with their ids."""
    called = {}
    for key in type(rubric).model_fields:
        listed = getattr(rubric, key)
        for one in listed if isinstance(listed, tuple) else ():
            names = [getattr(one, part, None) for part in ("label", "title", "name")]
            if hasattr(one, "id"):
                called[key.removesuffix("s"), one.id] = next(filter(None, names), one.id)
    return called
