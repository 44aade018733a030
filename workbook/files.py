"""Writing files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from workbook.findings import Refused, found

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_NAME_BYTES = 180
"""Of a text in a file name: most file systems allow 255 bytes for the whole."""


def safe_name(text: str) -> str:
    """``text`` as a part of a file name that every file system accepts; empty when nothing of it is left.

    What begins the name must stand before it: Windows reserves whole names such as ``CON``.
    """
    safe = _UNSAFE.sub("_", text).strip(" .")
    # A character cut in two is left out.
    return safe[:80].encode()[:_NAME_BYTES].decode(errors="ignore").strip(" .")


def refuse_overwriting(paths: Iterable[Path]) -> None:
    """Raise Refused when one of ``paths`` is taken, before anything is written to any of them.

    A file that is there and not empty is left alone: it may be an officer's.
    """
    findings = []
    for path in paths:
        try:
            if path.exists() and path.stat().st_size > 0:
                findings.append(found("FILE_EXISTS", path=path))
        except OSError as error:
            findings.append(found("FILE_UNWRITABLE", path=path, reason=error.strerror or str(error)))
    if findings:
        raise Refused(findings)


def write_atomically(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it. Raises Refused.

    A file that is already there and not empty is left alone unless ``force``.
    """
    if not force:
        refuse_overwriting([path])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".workbook-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise Refused([found("FILE_UNWRITABLE", path=path, reason=error.strerror or str(error))]) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise Refused([found("FILE_UNWRITABLE", path=path, reason=error.strerror or str(error))]) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
