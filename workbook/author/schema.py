"""The JSON Schema of a spec file, from the models that the loader uses: editors complete and check by it."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from workbook.load.open_points import OpenPoints
from workbook.load.overlay import ADDED_LISTS, ADDED_MAPPINGS, NAMING
from workbook.load.rubric import FieldUse
from workbook.load.table_specs import TableUse
from workbook.rubric.model import Indicator, Rubric
from workbook.rubric.tables import Table
from workbook.rubric.values import Strict

_BY_THE_LOADER = {"tells_pending", "counts_exactly", "settles_zero"}
"""Keys that the loader sets; they are not for authors."""

_OwnFields: TypeAlias = dict[str, FieldUse | None] | None
_OwnTables: TypeAlias = tuple[str | TableUse | Table, ...] | None
_Replacing: TypeAlias = dict[str, tuple[Indicator, ...]]


def spec_schema() -> dict[str, Any]:
    """The schema, draft 2020-12. Numbers may be written plainly or as texts, as the loader takes them.

    A file with ``base`` is an overlay, any other a rubric of its own.
    """
    rubric = _rubric_spec()
    models = (rubric, _overlay_spec(rubric), OpenPoints)
    _, schema = models_json_schema(
        [(model, "validation") for model in models], schema_generator=_AsWritten, title="Rubric spec"
    )
    _leave_open(schema["$defs"]["Indicator"])
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        **schema,
        "if": {"required": ["base"]},
        "then": {"$ref": "#/$defs/OverlaySpec"},
        "else": {"$ref": "#/$defs/RubricSpec"},
    }


def _rubric_spec() -> type[Strict]:
    """The rubric as its author writes it: ``fields`` and ``tables`` say only what dictionaries do not."""
    parts: dict[str, Any] = {
        name: (part.annotation, part)
        for name, part in Rubric.model_fields.items()
        if name not in _BY_THE_LOADER
    }
    parts |= {"fields": (_OwnFields, None), "tables": (_OwnTables, None)}
    doc = "A rubric spec: one YAML file is one rubric version."
    return create_model("RubricSpec", __base__=Strict, __doc__=doc, **parts)


def _overlay_spec(rubric: type[Strict]) -> type[Strict]:
    """An overlay: what it may say of itself and add, and the indicators in the place of open points."""
    parts: dict[str, Any] = {"base": (str, ...), "id": (str, ...), "replaces": (_Replacing, ...)}
    for name in (*NAMING, *ADDED_LISTS, *ADDED_MAPPINGS):
        if name not in parts:
            part = rubric.model_fields[name]
            parts[name] = (part.rebuild_annotation() | None, None)
    doc = "An overlay: a department's own indicators in the place of open points of a base."
    return create_model("OverlaySpec", __base__=Strict, __doc__=doc, **parts)


def _leave_open(indicator: dict[str, Any]) -> None:
    """An indicator has ``items``, or leaves its points to the department with ``open``."""
    indicator["properties"]["open"] = {"$ref": "#/$defs/OpenPoints"}
    indicator["required"].remove("items")
    indicator["oneOf"] = [{"required": ["items"]}, {"required": ["open"]}]


class _AsWritten(GenerateJsonSchema):
    """Scalars as YAML writes them: the loader takes all of them as text."""

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {"type": ["integer", "string"], "pattern": r"^\s*[+-]?\d+\s*$"}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return {"type": ["number", "string"], "pattern": r"^\s*[+-]?\d+(\.\d+)?\s*$"}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"type": ["boolean", "string"], "pattern": "^([Tt]rue|TRUE|[Ff]alse|FALSE)$"}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"]}
