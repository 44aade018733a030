"""Names of the figures of a rubric: its own labels and names, and the aliases of the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbook.load.rubric import shared_fields
from workbook.load.wording import Said, Wording
from workbook.report_reader.flow import one_way
from workbook.report_reader.model import Target, Unit
from workbook.rubric.fields import FieldKind
from workbook.rubric.headings import indicator_headings
from workbook.rubric.model import Indicator, Rubric
from workbook.rubric.rates import deciding_figures, rate_style, shown_name

_UNITS = {
    FieldKind.MONEY: (Unit.MONEY,),
    FieldKind.PERCENT: (Unit.PERCENT,),
    FieldKind.COUNT: (Unit.COUNT, Unit.NONE),
}
_ANY = tuple(Unit)
_POINTS = (Unit.POINTS, Unit.NONE)
_BRACKETS = re.compile(r"\([^()]*\)")
_CLASS = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to say a figure; ``target`` None is a figure that the rubric has not.

    ``words`` stand before it in their order, each one of several; ``behind`` follows it. ``whole``: the
    first word would be the department as a whole.
    """

    target: Target | None
    units: tuple[Unit, ...]
    words: tuple[tuple[str, ...], ...]
    behind: tuple[str, ...] = ()
    whole: bool = False


@dataclass(slots=True)
class Vocabulary:
    """All aliases for one rubric, by the word that stands right before a figure."""

    rubric: Rubric
    wording: Wording
    by_last: dict[str, list[Alias]] = field(default_factory=dict)
    behind_only: list[Alias] = field(default_factory=list)

    def __post_init__(self) -> None:
        for alias in self._aliases():
            if alias.words:
                for word in alias.words[-1]:
                    self.by_last.setdefault(word, []).append(alias)
            else:
                self.behind_only.append(alias)

    @property
    def longest(self) -> int:
        """The length of the longest last word."""
        return max(map(len, self.by_last))

    def settled(self, kind: str, name: str) -> Target | None:
        """The field or rate that holds a figure of the dictionary in this rubric."""
        if kind == "field" and name in self.rubric.field:
            return Target("field", name)
        if name in self.rubric.rate:
            name = self._uncapped(name)
            stated = self._stated_as(name)
            return Target("field", stated) if stated is not None else Target("rate", name)
        if name in self.rubric.field:
            return Target("field", name)
        said = (self.wording.fields if kind == "field" else self.wording.rates).get(name)
        if said is None or said.instead is None:
            return None
        return self.settled("field" if said.instead in self.wording.fields else "rate", said.instead)

    def _uncapped(self, rate: str) -> str:
        """The same quotient without a cap, where the rubric has it: what reports print."""
        one = self.rubric.rate[rate]
        if one.cap is None:
            return rate
        return next(
            (other.id for other in self.rubric.rates if other.of == one.of and other.cap is None), rate
        )

    def _stated_as(self, rate: str) -> str | None:
        """The field that may be given for a rate (a progress for amounts): the figure has one name then."""
        otherwise = self.rubric.rate[rate].otherwise
        name = getattr(otherwise, "id", None)
        return name if name in self.rubric.field else None

    def units_of(self, target: Target) -> tuple[Unit, ...]:
        """The units that a figure may have."""
        if target.kind == "field":
            return _UNITS.get(self.rubric.field[target.id].kind, ())
        if target.kind == "rate":
            share = rate_style(self.rubric, self.rubric.rate[target.id]) == "percent"
            return (Unit.PERCENT,) if share else _ANY
        return _POINTS

    def _aliases(self) -> Iterator[Alias]:
        yield from self._own()
        dictionary = shared_fields()
        for name, said in self.wording.fields.items():
            known = dictionary.get(name)
            units = _UNITS.get(known.kind, _ANY) if known is not None else _ANY
            yield from self._said(self.settled("field", name), units, said)
        for name, said in self.wording.rates.items():
            yield from self._said(self.settled("rate", name), (Unit.PERCENT,), said)
        yield from self._parsed(Target("total"), _POINTS, self.wording.total)
        for name, table in self.wording.tables.items():
            if name in self.rubric.table:
                for cell, said_so in table.said.items():
                    yield from self._parsed(Target("table", f"{name}/{cell}"), _ANY, said_so)
        yield from self._parsed(None, _ANY, self.wording.others)
        for _, group, indicator in self.rubric.walk():
            named = one_way(indicator.name)
            shared = indicator_headings(self.rubric)[indicator.id] != indicator.name
            above = ((one_way(group.name),),) if shared else ()  # said with its group, or of no one
            words = (*above, (named,), self.wording.scores)
            yield Alias(Target("score", indicator.id), (Unit.POINTS,), words)
            words = (*above, (named, *self._rates_of(indicator)), self.wording.deductions)
            yield Alias(Target("deduction", indicator.id), (Unit.POINTS,), words)

    def _rates_of(self, indicator: Indicator) -> Iterator[str]:
        """The names of the rates by which an indicator is scored."""
        for item in indicator.items:
            for name in deciding_figures(item):
                if name in self.rubric.rate:
                    yield plain_name(shown_name(self.rubric.rate[name].name))

    def _own(self) -> Iterator[Alias]:
        for one in self.rubric.fields:
            if one.kind in _UNITS and not one.cover:
                names = {plain_name(one.label), plain_name(one.name)}
                said = self.wording.fields.get(one.id)
                whole = said is not None and any(text.startswith("~") for text in said.aliases)
                yield Alias(Target("field", one.id), _UNITS[one.kind], (tuple(names),), whole=whole)
        for rate in self.rubric.rates:
            target = self.settled("rate", rate.id)
            assert target is not None
            yield Alias(target, self.units_of(target), ((plain_name(shown_name(rate.name)),),))

    def _said(self, target: Target | None, units: tuple[Unit, ...], said: Said) -> Iterator[Alias]:
        if target is not None and target.kind in {"field", "rate"}:
            units = self.units_of(target)
        yield from self._parsed(target, units, said.aliases)

    def _parsed(
        self, target: Target | None, units: tuple[Unit, ...], aliases: Iterable[str]
    ) -> Iterator[Alias]:
        for text in aliases:
            before, _, behind = text.partition("#")
            parts = before.split()
            whole = bool(parts) and parts[0] == "~"
            words = tuple(self._alternatives(part) for part in parts[whole:])
            yield Alias(
                target, units, words, self._alternatives(behind.strip()) if behind.strip() else (), whole
            )

    def _class(self, name: str) -> Iterator[str]:
        """The words of a class, with those of the classes in it."""
        for word in self.wording.words[name]:
            named = _CLASS.fullmatch(word)
            if named:
                yield from self._class(named[1])
            else:
                yield word

    def _alternatives(self, text: str) -> tuple[str, ...]:
        found: list[str] = []
        for part in text.split("|"):
            named = _CLASS.fullmatch(part)
            found += self._class(named[1]) if named else [part]
        found += [word[:-1] + other for word in found if word.endswith("率") for other in ("比例", "比率")]
        return tuple(dict.fromkeys(one_way(word) for word in found))


def plain_name(text: str) -> str:
    """A label without brackets: what is said in a sentence."""
    return _BRACKETS.sub("", one_way(text)).removeprefix("其中:")
