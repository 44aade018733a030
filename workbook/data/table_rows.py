"""Rows of a detail table in DATA: a list of row objects, or for fixed rows an object by their labels."""

from __future__ import annotations

from workbook.data.typed import bounds_findings, from_text
from workbook.findings import Finding, Severity, found, nearest
from workbook.load.yamltext import Plain, YamlPath
from workbook.rubric.inputs import FieldValue, TableRow
from workbook.rubric.keys import Beside, DataKey
from workbook.rubric.tables import Table

Found = list[tuple[YamlPath, Finding]]


def read_rows(table: Table, value: Plain) -> tuple[tuple[TableRow, ...], Found]:
    """The rows of ``table``, each in its place, with what was found by its path below the table."""
    findings: Found = []
    where = DataKey(Beside.TABLES, table.id)
    if isinstance(value, dict) and table.fixed:
        rows: list[dict[str, FieldValue]] = [{} for _ in table.labels]
        for label, row in value.items():
            if label not in table.labels:
                known = nearest(label, table.labels)
                findings.append(((label,), found("DATA_KEY_UNKNOWN", key=f"{where}.{label}", known=known)))
            else:
                rows[table.labels.index(label)] = _row(table, row, (label,), findings)
        return tuple(rows), findings
    if not isinstance(value, list):
        findings.append(((), found("DATA_SHAPE", where=str(where), problem="应为行的列表")))
        return (), findings
    if len(value) > table.size:
        problem = f"有 {len(value)} 行，最多 {table.size} 行"
        findings.append(((), found("DATA_SHAPE", where=str(where), problem=problem)))
        return (), findings
    return tuple(_row(table, row, (number,), findings) for number, row in enumerate(value)), findings


def _row(table: Table, row: Plain, path: YamlPath, findings: Found) -> dict[str, FieldValue]:
    values: dict[str, FieldValue] = {}
    where = f"{DataKey(Beside.TABLES, table.id)} 第 {path[0] if isinstance(path[0], str) else path[0] + 1} 行"
    if row is None:
        return values
    if not isinstance(row, dict):
        findings.append((path, found("DATA_SHAPE", where=where, problem="应为 {列: 值} 的结构")))
        return values
    columns = {one.id: one for one in table.inputs}
    for key, written in row.items():
        if key not in columns:
            known = nearest(key, columns)
            findings.append(((*path, key), found("DATA_KEY_UNKNOWN", key=f"{where}.{key}", known=known)))
            continue
        if written is None or written == "":
            continue
        if not isinstance(written, str):
            findings.append(((*path, key), found("DATA_SHAPE", where=f"{where}.{key}", problem="应为一个值")))
            continue
        read = from_text(columns[key], written)
        problems = [read] if isinstance(read, Finding) else list(bounds_findings(columns[key], read))
        findings += [((*path, key), problem) for problem in problems]
        usable = not any(problem.severity is Severity.ERROR for problem in problems)
        if not isinstance(read, Finding) and usable and read != "":
            values[key] = read
    return values
