"""Writing files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from workbook.findings import Refused, found


def write_atomically(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it. Raises Refused.

    A file that is already there and not empty is left alone unless ``force``: it may be an officer's.
    """
    try:
        if not force and path.exists() and path.stat().st_size > 0:
            raise Refused([found("FILE_EXISTS", path=path)])
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
