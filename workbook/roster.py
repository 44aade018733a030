"""The list of departments to which workbooks are issued."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from workbook.findings import Refused, found
from workbook.load.yamltext import read_text

COLUMNS = ("部门名称", "部门", "单位名称", "department")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def read_roster(path: Path) -> list[str]:
    """Names of the departments in a CSV file (UTF-8 or GBK), in order; raises Refused."""
    rows = list(csv.DictReader(io.StringIO(read_text(path))))
    heading = next((name for name in COLUMNS if rows and name in rows[0]), None)
    if heading is None:
        raise Refused([found("ROSTER_SHAPE", file=path, line=1, columns="、".join(COLUMNS))])
    findings = []
    names: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        name = (row[heading] or "").strip()
        if not name:
            findings.append(found("ROSTER_BLANK", file=path, line=line))
        elif name in names:
            findings.append(found("ROSTER_TWICE", file=path, line=line, name=name, first=names[name]))
        else:
            names[name] = line
    if findings:
        raise Refused(findings)
    return list(names)


def workbook_name(rubric_id: str, department: str | None) -> str:
    """A file name that every file system accepts."""
    safe = _UNSAFE.sub("_", department or "空白").strip(" .") or "空白"
    return f"{rubric_id}_{safe[:80]}.xlsx"
