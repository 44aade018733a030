"""Limits of a process that reads files from the mail."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

MEMORY = 400_000_000
"""Bytes that reading and recalculating may take beyond what the loaded program takes."""

READ_SECONDS = 20.0
"""For reading one file; an honest one takes a tenth of a second, a slow machine and a first one longer."""

CHUNK_SECONDS = 300.0
"""For recalculating a chunk of files."""


def limit_memory(beyond: int = MEMORY) -> bool:
    """Limit what this process takes beyond what it has; False where that cannot be done (Windows, macOS)."""
    if not sys.platform.startswith("linux"):
        return False
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + beyond
    with contextlib.suppress(ValueError, OSError):  # the administrator's own limit may be lower
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
        return True
    return False
