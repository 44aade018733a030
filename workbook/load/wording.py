"""The dictionary of wordings: the names of fields, rates and tables in reports."""

from __future__ import annotations

from functools import cache

from pydantic import Field, ValidationError, field_validator

from workbook.findings import Refused
from workbook.load.builtin import WORDING, specs_folder
from workbook.load.explain import explained
from workbook.load.yamltext import load_yaml
from workbook.rubric.values import Strict


class Said(Strict):
    """The aliases of a figure, and the field or rate that has it where a rubric does not know this one."""

    aliases: tuple[str, ...]
    instead: str | None = Field(default=None, alias="else")


class TableWords(Strict):
    """The signs of a detail table in a report: its caption, its columns and its fixed rows.

    ``said`` are cells that prose tells, as ``row/column``.
    """

    caption: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    rows: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    said: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Series(Strict):
    """A row of subjects that a list of figures goes through: its members, and what names them together."""

    names: tuple[str, ...]
    members: tuple[str, ...]


class AnnexWords(Strict):
    """Heads of the scored table at the end of a report."""

    names: tuple[str, ...]
    levels: tuple[str, ...]
    points: tuple[str, ...]
    scores: tuple[str, ...]
    criteria: tuple[str, ...]
    totals: tuple[str, ...]


class Wording(Strict):
    """The whole dictionary; the file says what its parts mean."""

    fillers: tuple[str, ...]
    neutral: tuple[str, ...]
    organisation: tuple[str, ...]
    not_for: tuple[str, ...]
    things: str
    words: dict[str, tuple[str, ...]]
    fields: dict[str, Said]
    rates: dict[str, Said]
    series: tuple[Series, ...]
    total: tuple[str, ...]
    scores: tuple[str, ...]
    deductions: tuple[str, ...]
    others: tuple[str, ...]
    tables: dict[str, TableWords]
    annex: AnnexWords

    @field_validator("fields", "rates", mode="before")
    @classmethod
    def _lists(cls, value: object) -> object:
        """A figure without more than aliases is a plain list of them."""
        if not isinstance(value, dict):
            return value
        return {key: {"aliases": one} if isinstance(one, list) else one for key, one in value.items()}


@cache
def load_wording() -> Wording:
    """The built-in dictionary of wordings. Raises Refused when its file is damaged."""
    document = load_yaml(specs_folder() / WORDING)
    if document.findings:
        raise Refused(document.findings)
    try:
        return Wording.model_validate(document.data)
    except ValidationError as error:
        raise Refused(explained(error, document, (), Wording)) from error
