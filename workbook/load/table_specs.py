"""Detail tables: from the shared dictionary, or described in the rubric itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from workbook.findings import Finding, Refused, nearest
from workbook.load.builtin import SHARED_TABLES, specs_folder
from workbook.load.explain import explained
from workbook.load.yamltext import Document, YamlPath, load_yaml
from workbook.rubric.values import Strict


class TableUse(Strict):
    """A table of the dictionary with some of its columns, or all of them."""

    use: str
    columns: tuple[str, ...] | None = None


@cache
def _dictionary() -> dict[str, Any]:
    """Tables by id, as plain data; a rubric that uses them validates them. Raises Refused."""
    document = load_yaml(specs_folder() / SHARED_TABLES)
    if document.findings or not isinstance(document.data, dict):
        raise Refused(document.findings)
    return document.data


def resolved_tables(document: Document, listed: Any, findings: list[Finding]) -> Iterator[Any]:
    """The tables that a rubric lists, an id being replaced by what the dictionary says of it.

    An entry is an id, ``{use: id, columns: [ids]}`` for some of its columns, or a table of the rubric's own.
    """
    if listed is None:
        return
    if not isinstance(listed, list):
        yield listed  # the model says what is wrong with it
        return
    for number, entry in enumerate(listed):
        if isinstance(entry, dict) and "use" not in entry:
            yield entry
            continue
        place: YamlPath = ("tables", number)
        try:
            use = TableUse.model_validate(entry if isinstance(entry, dict) else {"use": entry})
        except ValidationError as error:
            findings.extend(explained(error, document, place, TableUse))
            continue
        shared = _dictionary().get(use.use)
        if shared is None:
            spot = document.spot((*place, "use") if isinstance(entry, dict) else place)
            known = nearest(use.use, _dictionary())
            findings.append(document.found("SPEC_TABLE_UNKNOWN", spot, table=use.use, known=known))
            continue
        columns = {column["id"]: column for column in shared["columns"]}
        chosen = tuple(columns) if use.columns is None else use.columns
        for index, column in enumerate(chosen):
            if column not in columns:
                known = nearest(column, columns)
                spot = document.spot((*place, "columns", index))
                findings.append(document.found("SPEC_COLUMN_UNKNOWN", spot, column=column, known=known))
        picked = [column for name, column in columns.items() if name in chosen]
        yield {"id": use.use, **shared, "columns": picked}
