"""Draw the current template of a rubric from layout and formulas; find the released one that it equals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from workbook import rounding
from workbook.formula.quantities import formulas
from workbook.layout.book import Book, lay_out
from workbook.layout.canvas import IdentityCell, Input, Link, Quantity, Sheet, Target
from workbook.layout.names import Place, defined_names
from workbook.load.released import released_versions
from workbook.load.rubric import spec_hash
from workbook.rubric.keys import AreaKey, Key
from workbook.rubric.model import Rubric
from workbook.template.fingerprint import load_released
from workbook.template.model import Template, TemplateSheet, content_hash, link_target


def draw(rubric: Rubric) -> tuple[Book, Template]:
    """The current layout of ``rubric`` and its template; the version is the released one that it equals."""
    book = lay_out(rubric)
    template = _template(book)
    return book, _with_version(template)


def _template(book: Book) -> Template:
    rubric = book.rubric
    inputs: dict[Key, Place] = {}
    quantities: dict[Key, Place] = {}
    identity: dict[str, Place] = {}
    for sheet in book.sheets:
        for cell in sheet.cells:
            place = Place(sheet.title, cell.ref)
            match cell.content:
                case Input(key=key):
                    _keep(inputs, key, place)
                case Quantity(key=key):
                    _keep(quantities, key, place)
                case IdentityCell(part=part):
                    identity[part] = place
    places = {**inputs, **quantities}
    areas = {
        key: Place(sheet.title, area.range) for sheet in book.sheets for key, area in sheet.areas.items()
    }
    texts = formulas(rubric, places, {key: f"'{one.sheet}'!{one.cell}" for key, one in areas.items()})
    named = defined_names(rubric)
    names = {name: areas[key] if isinstance(key, AreaKey) else places[key] for key, name in named.items()}
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


def _keep(places: dict[Key, Place], key: Key, place: Place) -> None:
    """Note the place of a key. Raises ValueError for a second one: a key stands for one cell."""
    if key in places:
        raise ValueError(f"{key} stands in {places[key]} and in {place}")
    places[key] = place


def _sheet(sheet: Sheet, formula_texts: dict[Key, str], places: dict[Key, Place]) -> TemplateSheet:
    texts: dict[str, str] = {}
    links: dict[str, str] = {}
    numbers: dict[str, str] = {}
    formulas_here: dict[str, str] = {}
    for cell in sheet.cells:
        match cell.content:
            case str() if cell.content:
                texts[cell.ref] = cell.content
            case Link(text=text, sheet=title, key=key, cell=target):
                texts[cell.ref] = text
                links[cell.ref] = link_target(Place(title, target) if key is None else places[key])
            case Target(key=key):
                texts[cell.ref] = link_target(places[key])
            case Decimal():
                numbers[cell.ref] = rounding.plain(cell.content)
            case Quantity(key=key):
                formulas_here[cell.ref] = formula_texts[key]
    merges = tuple(cell.range for cell in sheet.cells if cell.merged)
    return TemplateSheet(sheet.title, sheet.hidden, texts, numbers, formulas_here, merges, links)


def _with_version(template: Template) -> Template:
    own = content_hash(template)
    for version in released_versions(template.rubric):
        if content_hash(load_released(template.rubric, version)) == own:
            return replace(template, version=version)
    return replace(template, version=f"draft-{own}")
