"""The template of a rubric: cells, formulas, names and places; what is issued and later compared.

A :class:`Template` is all that the verifier needs of an issued workbook. It is drawn from the current
layout and formulas, or read back from the file kept for a released version, so that a change of the
generator never breaks the workbooks that are already out.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import NamedTuple

from workbook.layout.names import Place
from workbook.rubric.keys import Key

Result = float | str | bool
"""Values that a formula can give when a workbook is recalculated."""


class Formula(NamedTuple):
    """The text of a formula, with ``=``."""

    text: str


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet as issued. ``texts``/``numbers``/``formulas`` by A1 address; ``merges`` as ranges.

    ``links`` are the addresses that texts lead to; the first released templates do not tell them.
    """

    title: str
    hidden: bool
    texts: dict[str, str]
    numbers: dict[str, str]
    formulas: dict[str, str]
    merges: tuple[str, ...]
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetKeys:
    """Keys of the cells of a sheet, by A1 address."""

    inputs: dict[str, Key] = field(default_factory=dict)
    quantities: dict[str, Key] = field(default_factory=dict)
    identity: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """One version of a rubric's workbook. ``inputs`` and ``quantities`` map keys to their cells."""

    rubric: str
    version: str
    spec: str
    sheets: tuple[TemplateSheet, ...]
    names: dict[str, Place]
    inputs: dict[Key, Place]
    quantities: dict[Key, Place]
    identity: dict[str, Place]

    @cached_property
    def sheet(self) -> dict[str, TemplateSheet]:
        """Sheets by title."""
        return {sheet.title: sheet for sheet in self.sheets}

    @cached_property
    def keys(self) -> dict[str, SheetKeys]:
        """The keys of each sheet's cells, by its title."""
        found = {sheet.title: SheetKeys() for sheet in self.sheets}
        for part in ("inputs", "quantities", "identity"):
            for key, place in getattr(self, part).items():
                getattr(found[place.sheet], part)[place.cell] = key
        return found

    @cached_property
    def contents(self) -> dict[str, dict[str, str | Formula]]:
        """The texts and formulas of each sheet by address, by its title."""
        return {
            sheet.title: {**sheet.texts, **{cell: Formula(text) for cell, text in sheet.formulas.items()}}
            for sheet in self.sheets
        }

    @cached_property
    def used(self) -> dict[str, frozenset[str]]:
        """The cells of each sheet that hold something or may be filled in, by its title."""
        found = {}
        for sheet in self.sheets:
            keys = self.keys[sheet.title]
            cells = (sheet.formulas, sheet.texts, sheet.numbers, keys.inputs, keys.identity)
            found[sheet.title] = frozenset().union(*cells)
        return found

    @cached_property
    def repeated(self) -> dict[Place, Key]:
        """The cells without a key whose formula is but the name of a quantity, with its key."""
        keys = {place: key for key, place in self.quantities.items()}
        found = {}
        for sheet in self.sheets:
            for cell in sheet.formulas.keys() - self.keys[sheet.title].quantities.keys():
                named = self.names.get(sheet.formulas[cell].removeprefix("="))
                if named in keys:
                    found[Place(sheet.title, cell)] = keys[named]
        return found

    def place(self, key: Key) -> Place:
        """The cell of an input or a quantity."""
        return self.inputs[key] if key in self.inputs else self.quantities[key]

    def formula(self, key: Key) -> str:
        """The formula of a quantity."""
        place = self.quantities[key]
        return self.sheet[place.sheet].formulas[place.cell]


FIELDS = ("rubric", "version", "spec", "sheets", "names", "inputs", "quantities", "identity")
"""The parts of a template, in the order of its fingerprint."""


def link_target(place: Place) -> str:
    """A cell's address as links write it."""
    return f"'{place.sheet}'!{place.cell}"


def content_hash(template: Template) -> str:
    """12 hex digits that stand for all that a template holds, its version apart."""
    data = {name: getattr(template, name) for name in FIELDS if name != "version"}
    data["sheets"] = [asdict(sheet) for sheet in template.sheets]
    for part in ("names", "inputs", "quantities", "identity"):
        data[part] = {str(key): f"{place.sheet}!{place.cell}" for key, place in data[part].items()}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
