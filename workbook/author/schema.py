"""The JSON Schema of a spec file, from the models that the loader uses: editors complete and check by it."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from workbook.load.rubric import FieldUse
from workbook.load.tables import TableUse
from workbook.spec.model import Rubric
from workbook.spec.tables import Table
from workbook.spec.values import Strict

_BY_THE_LOADER = {"tells_pending"}
"""What the loader settles; it is not for authors."""

_OwnFields: TypeAlias = dict[str, FieldUse | None] | None
_OwnTables: TypeAlias = tuple[str | TableUse | Table, ...] | None


def spec_schema() -> dict[str, Any]:
    """The schema, draft 2020-12. Numbers may be written plainly or as texts, as the loader takes them."""
    schema = _author_model().model_json_schema(schema_generator=_AsWritten)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def _author_model() -> type[Strict]:
    """The rubric as its author writes it: ``fields`` and ``tables`` say only what dictionaries do not."""
    parts: dict[str, Any] = {
        name: (part.annotation, part)
        for name, part in Rubric.model_fields.items()
        if name not in _BY_THE_LOADER
    }
    parts |= {"fields": (_OwnFields, None), "tables": (_OwnTables, None)}
    doc = "A rubric spec: one YAML file is one rubric version."
    return create_model("RubricSpec", __base__=Strict, __doc__=doc, **parts)


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
