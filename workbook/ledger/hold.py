"""One writer at a time: a clerk holds the ledger for the time of a command; a second one waits, or is told.

What is held is let go when the process ends, however it ends: by the system for a file, by the server for
a connection.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine, text

from workbook.findings import Refused, found

_AGAIN = 0.1
"""Seconds between two tries."""

_LOCKED_BYTE = 1 << 30
"""Windows keeps others from reading what is locked; who holds the file stands before this byte."""

_UNKNOWN = "另一位经办人"


@contextmanager
def hold_file(path: Path, who: str, *, wait: float, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the file at ``path``, and say in it ``who`` does.

    ``waiting`` is told once who holds it, when there is somebody; raises Refused after ``wait`` seconds.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("r+b" if path.exists() else "w+b")
    except OSError as error:
        raise Refused([found("FILE_UNWRITABLE", path=path, reason=error.strerror or str(error))]) from error
    with stream:
        _try(lambda: _lock(stream), lambda: _holder(path), wait, waiting)
        try:
            with contextlib.suppress(OSError):
                stream.seek(0)
                stream.truncate()
                stream.write(who.encode())
                stream.flush()
            yield
        finally:
            _unlock(stream)


@contextmanager
def hold_round(
    engine: Engine, round_id: str, *, wait: float, waiting: Callable[[str], None]
) -> Iterator[None]:
    """Hold a round on PostgreSQL, by a lock that lives as long as its connection."""
    number = int.from_bytes(hashlib.sha256(f"workbook:{round_id}".encode()).digest()[:8], signed=True)
    with engine.connect() as connection:
        ask, release = text("SELECT pg_try_advisory_lock(:n)"), text("SELECT pg_advisory_unlock(:n)")

        def take() -> bool:
            taken = bool(connection.execute(ask, {"n": number}).scalar())
            connection.commit()
            return taken

        _try(take, lambda: _UNKNOWN, wait, waiting)
        try:
            yield
        finally:
            with contextlib.suppress(Exception):  # the server lets it go with the connection
                connection.execute(release, {"n": number})
                connection.commit()


def _try(
    take: Callable[[], bool], holder: Callable[[], str], wait: float, waiting: Callable[[str], None]
) -> None:
    until, said = time.monotonic() + wait, False
    while not take():
        if time.monotonic() >= until:
            raise Refused([found("LEDGER_BUSY", who=holder())])
        if not said:
            said = True
            waiting(holder())
        time.sleep(_AGAIN)


def _holder(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            who = stream.read(300).decode("utf-8", "replace")
    except OSError:
        who = ""
    return " ".join(who.split()) or _UNKNOWN


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> bool:
        try:
            stream.seek(_LOCKED_BYTE)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(stream: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            stream.seek(_LOCKED_BYTE)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(stream: BinaryIO) -> bool:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(stream: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(stream.fileno(), fcntl.LOCK_UN)
