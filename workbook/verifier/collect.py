"""Which files to verify: files as named, folders with all the workbooks below them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from workbook.findings import Refused, found

_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".et"}


def collect(paths: Iterable[Path]) -> list[Path]:
    """Files in a stable order, each once; raises Refused when there is none or a path does not exist."""
    files: dict[Path, None] = {}
    findings = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and _is_candidate(one))
            if not inside:
                findings.append(found("NOTHING_FOUND", path=path))
            files.update(dict.fromkeys(inside))
        elif path.exists():
            files[path] = None
        else:
            findings.append(found("FILE_UNREADABLE", file=path, reason=f"{path} 不存在"))
    if findings:
        raise Refused(findings)
    return list(files)


def _is_candidate(path: Path) -> bool:
    """Lock files of open workbooks (``~$…``) are not workbooks."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", ".~"))
