"""Plain data kept in the user's cache folder, so that the next start need not work it out again.

It is a convenience that may be missing at any time: what cannot be read, does not fit or may be somebody
else's counts as not there, and what cannot be written is not. Files hold JSON, so that reading one runs no
code. ``WORKBOOK_CACHE=off`` turns it off, ``WORKBOOK_CACHE=FOLDER`` puts it elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

VARIABLE = "WORKBOOK_CACHE"
_MOST_BYTES = 20_000_000
_MOST_FILES = 40
"""Kept at a time, the newest; a template takes half a megabyte."""


def cache_folder() -> Path | None:
    """The folder, which need not exist; None when nothing is to be kept."""
    told = os.environ.get(VARIABLE, "")
    if told.lower() in {"off", "0", "no"}:
        return None
    if told:
        return Path(told)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "workbook" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "workbook"
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else home / ".cache") / "workbook"


def read_cached(key: str) -> Any:
    """The data kept under a key, which is a file name; None if nothing is to be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        if not _ours(folder.stat()):
            return None
        # not by way of a link, and without waiting for what is no file
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(folder / key, flags | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or not _ours(status) or status.st_size > _MOST_BYTES:
                return None
            digest, _, body = stream.read().partition(b"\n")
        if digest != _digest(key, body):
            return None
        return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None


def write_cached(key: str, data: Any) -> None:
    """Keep plain data under a key, whole or not at all; nothing happens where that is not possible."""
    folder = cache_folder()
    if folder is None:
        return
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(folder.stat()):
            return
        handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_digest(key, body) + b"\n" + body)
            Path(name).replace(folder / key)
        finally:
            Path(name).unlink(missing_ok=True)
        _tidy(folder)


def _digest(key: str, body: bytes) -> bytes:
    """Stands for a file's content and the key under which it was kept."""
    return hashlib.sha256(key.encode() + b"\n" + body).hexdigest().encode()


def _ours(status: os.stat_result) -> bool:
    """Whether nobody else can have written it; Windows has no such bits, and user folders of its own."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _tidy(folder: Path) -> None:
    """Remove the oldest files beyond those that are kept."""
    files = [(path.stat().st_mtime, path) for path in folder.glob("*.json")]
    for _, path in sorted(files, reverse=True)[_MOST_FILES:]:
        path.unlink(missing_ok=True)
