"""Received bytes by their content hash, in a folder: each whole or not there at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from workbook.findings import Refused, found

_ASIDE = ".part"
"""Ending of what is being written."""


class Store:
    """A folder in which each file has the SHA-256 of its bytes as its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this hash are, if they are."""
        return self.folder / digest[:2] / digest

    def keep(self, data: bytes) -> str:
        """Keep bytes; their hash. What is there already and whole is left alone. Raises Refused.

        When this returns, the bytes are on the disk: a power cut takes them away no more.
        """
        digest = hashlib.sha256(data).hexdigest()
        if not self.has(digest):
            self._write(self.path(digest), data)
        return digest

    def has(self, digest: str) -> bool:
        """Whether the bytes with this hash are there, whole."""
        try:
            return hashlib.sha256(self.path(digest).read_bytes()).hexdigest() == digest
        except OSError:
            return False

    def seems_whole(self, digest: str, size: int) -> bool:
        """Whether a file of this size is there: what a power cut cuts off is noticed without reading."""
        try:
            return self.path(digest).stat().st_size == size
        except OSError:
            return False

    def read(self, digest: str) -> bytes:
        """The bytes with this hash; raises Refused where they are missing or are not as they were."""
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Refused([found("STORE_MISSING", path=path)]) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise Refused([found("STORE_CHANGED", path=path)])
        return data

    def tidy(self) -> None:
        """Remove what was being written when a program was killed; for whoever holds the ledger."""
        for path in self.folder.glob(f"*/*{_ASIDE}"):
            with contextlib.suppress(OSError):
                path.unlink()

    def _write(self, path: Path, data: bytes) -> None:
        aside: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(suffix=_ASIDE, dir=path.parent)
            aside = Path(name)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            aside.chmod(0o644)
            aside.replace(path)
            _sync(path.parent)
        except OSError as error:
            raise Refused(
                [found("FILE_UNWRITABLE", path=path, reason=error.strerror or str(error))]
            ) from error
        finally:
            if aside is not None:
                with contextlib.suppress(OSError):
                    aside.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make the names in a folder last; Windows does so by itself, and has no way to ask for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
