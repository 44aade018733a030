"""The template of a rubric: cells, formulas, names and places; what is issued and later compared.

A :class:`Template` is all that the verifier needs of an issued workbook. It is made from the current
layout and formulas, or read back from the file kept for a released version, so that a change of the
generator never breaks the workbooks that are already out.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from workbook import rounding
from workbook.formula.quantities import formulas
from workbook.layout.book import Book, lay_out
from workbook.layout.draft import Identity, Input, Link, Quantity, Sheet, Target
from workbook.layout.names import IDENTITY_NAME, Place, area_names, quantity_names
from workbook.load.released import released_path, released_versions
from workbook.load.rubric import spec_hash
from workbook.spec.model import Rubric

FORMAT = 1
"""Version of the fingerprint file's own form."""


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet as issued. ``texts``/``numbers``/``formulas`` by A1 address; ``merges`` as ranges."""

    title: str
    hidden: bool
    texts: dict[str, str]
    numbers: dict[str, str]
    formulas: dict[str, str]
    merges: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """One version of a rubric's workbook. ``inputs`` and ``quantities`` map keys to their cells."""

    rubric: str
    version: str
    spec: str
    sheets: tuple[TemplateSheet, ...]
    names: dict[str, Place]
    inputs: dict[str, Place]
    quantities: dict[str, Place]
    identity: dict[str, Place]

    @cached_property
    def sheet(self) -> dict[str, TemplateSheet]:
        """Sheets by title."""
        return {sheet.title: sheet for sheet in self.sheets}

    def place(self, key: str) -> Place:
        """The cell of an input or a quantity."""
        return self.inputs[key] if key in self.inputs else self.quantities[key]

    def formula(self, key: str) -> str:
        """The formula of a quantity."""
        place = self.quantities[key]
        return self.sheet[place.sheet].formulas[place.cell]


def draw(rubric: Rubric) -> tuple[Book, Template]:
    """The current layout of ``rubric`` and its template; the version is the released one that it equals."""
    book = lay_out(rubric)
    template = _template(book)
    return book, _with_version(template)


def _template(book: Book) -> Template:
    rubric = book.rubric
    inputs: dict[str, Place] = {}
    quantities: dict[str, Place] = {}
    identity: dict[str, Place] = {}
    for sheet in book.sheets:
        for cell in sheet.cells:
            place = Place(sheet.title, cell.ref)
            match cell.content:
                case Input(key=key):
                    inputs[key] = place
                case Quantity(key=key):
                    quantities[key] = place
                case Identity(part=part):
                    identity[part] = place
    places = {**inputs, **quantities}
    areas = {
        key: Place(sheet.title, area.range) for sheet in book.sheets for key, area in sheet.areas.items()
    }
    texts = formulas(rubric, places, {key: f"'{one.sheet}'!{one.cell}" for key, one in areas.items()})
    names = {field.name: inputs[field.id] for field in rubric.fields}
    names.update({name: quantities[key] for key, name in quantity_names(rubric)})
    names.update({name: areas[key] for key, name in area_names(rubric)})
    return Template(
        rubric=rubric.id,
        version="",
        spec=spec_hash(rubric),
        sheets=tuple(_sheet(sheet, texts, places) for sheet in book.sheets),
        names=names,
        inputs=inputs,
        quantities=quantities,
        identity=identity,
    )


def _sheet(sheet: Sheet, formula_texts: dict[str, str], places: dict[str, Place]) -> TemplateSheet:
    texts: dict[str, str] = {}
    numbers: dict[str, str] = {}
    formulas_here: dict[str, str] = {}
    for cell in sheet.cells:
        match cell.content:
            case str() if cell.content:
                texts[cell.ref] = cell.content
            case Link(text=text):
                texts[cell.ref] = text
            case Target(key=key):
                texts[cell.ref] = link_target(places[key])
            case Decimal():
                numbers[cell.ref] = rounding.plain(cell.content)
            case Quantity(key=key):
                formulas_here[cell.ref] = formula_texts[key]
    merges = tuple(cell.range for cell in sheet.cells if cell.merged)
    return TemplateSheet(sheet.title, sheet.hidden, texts, numbers, formulas_here, merges)


def link_target(place: Place) -> str:
    """A cell's address as links write it."""
    return f"'{place.sheet}'!{place.cell}"


def content_hash(template: Template) -> str:
    """12 hex digits that stand for all that a template holds, its version apart."""
    data = {key: value for key, value in to_json(template).items() if key != "version"}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _with_version(template: Template) -> Template:
    own = content_hash(template)
    for version in released_versions(template.rubric):
        if content_hash(load_released(template.rubric, version)) == own:
            return _versioned(template, version)
    return _versioned(template, f"draft-{own}")


def _versioned(template: Template, version: str) -> Template:
    return Template(**{**{name: getattr(template, name) for name in _FIELDS}, "version": version})


_FIELDS = ("rubric", "version", "spec", "sheets", "names", "inputs", "quantities", "identity")


def load_released(rubric_id: str, version: str) -> Template:
    """Read the fingerprint of a released template."""
    return from_json(json.loads(released_path(rubric_id, version).read_text(encoding="utf-8")))


def to_json(template: Template) -> dict[str, Any]:
    """The fingerprint as plain data."""
    data: dict[str, Any] = {"format": FORMAT, **{name: getattr(template, name) for name in _FIELDS}}
    data["sheets"] = [asdict(sheet) for sheet in template.sheets]
    for part in ("names", "inputs", "quantities", "identity"):
        data[part] = {key: f"{place.sheet}!{place.cell}" for key, place in data[part].items()}
    return data


def from_json(data: dict[str, Any]) -> Template:
    """A template from its fingerprint."""
    sheets = tuple(TemplateSheet(**{**sheet, "merges": tuple(sheet["merges"])}) for sheet in data["sheets"])
    places = {
        part: {key: Place(*text.rsplit("!", 1)) for key, text in data[part].items()}
        for part in ("names", "inputs", "quantities", "identity")
    }
    return Template(
        rubric=data["rubric"], version=data["version"], spec=data["spec"], sheets=sheets, **places
    )


__all__ = [
    "IDENTITY_NAME", "Place", "Template", "TemplateSheet", "content_hash", "draw", "from_json",
    "load_released", "to_json",
]  # fmt: skip
