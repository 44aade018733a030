"""Detail tables: from the shared dictionary, or described in the rubric itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from workbook.findings import Finding, Refused, found, nearest
from workbook.load.builtin import SHARED_TABLES, specs_folder
from workbook.load.yamltext import Document, load_yaml


@cache
def _dictionary() -> dict[str, Any]:
    """Tables by id, as plain data; they are validated where a rubric uses them."""
    document = load_yaml(specs_folder() / SHARED_TABLES)
    if document.findings or not isinstance(document.data, dict):
        raise Refused(document.findings)
    return document.data


def resolved_tables(document: Document, listed: Any, findings: list[Finding]) -> Iterator[Any]:
    """The tables that a rubric lists, an id being replaced by what the dictionary says of it."""
    if listed is None:
        return
    if not isinstance(listed, list):
        yield listed  # the model says what is wrong with it
        return
    for number, entry in enumerate(listed):
        if not isinstance(entry, str):
            yield entry
        elif entry in _dictionary():
            yield {"id": entry, **_dictionary()[entry]}
        else:
            line = document.line(("tables", number))
            known = nearest(entry, _dictionary())
            findings.append(
                found("SPEC_TABLE_UNKNOWN", file=document.source, line=line, table=entry, known=known)
            )
