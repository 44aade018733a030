"""Standard streams that cannot make a command fail: what is lost is remembered, and told at the end."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
import time
from collections.abc import Callable
from typing import Any

LOST = 74
"""Exit status when standard output could not be written: ``EX_IOERR`` of ``sysexits.h``."""

CUT = 141
"""Exit status when the reader of a pipe has gone: 128 and the number of ``SIGPIPE``, as shells report it."""

_REASONS = {
    errno.EPIPE: "读取输出的程序已经结束",
    errno.ENOSPC: "磁盘已满",
    errno.EBADF: "标准输出已关闭",
    errno.EINVAL: "标准输出不能写入",  # what a broken pipe is on Windows
}


class _Kept(io.RawIOBase):
    """The raw end of a standard stream; the first error is kept, and what comes after it is dropped.

    A command goes on when nobody reads it: the files that it writes do not depend on its reader.
    """

    def __init__(self, raw: Any) -> None:
        super().__init__()
        self.raw = raw
        self.error: OSError | None = None if raw is not None else OSError(errno.EBADF, "")
        self.asked = False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.raw is not None and bool(self.raw.isatty())

    def fileno(self) -> int:
        if self.raw is None:
            raise io.UnsupportedOperation("fileno")
        return int(self.raw.fileno())

    def write(self, data: Any) -> int:
        """Write what can be written; all of it counts as written."""
        size = len(memoryview(data).cast("B"))
        self.asked = self.asked or size > 0
        if self.error is None:
            try:
                while (written := self.raw.write(data)) is None:
                    time.sleep(0.01)  # a pipe that does not wait, and is full
                return int(written)
            except OSError as error:
                self.error = error
        return size

    @property
    def lost(self) -> OSError | None:
        """The error that something was lost by; None while nothing was."""
        return self.error if self.asked else None


def guarded(command: Callable[[], object]) -> int:
    """Run a command on guarded streams: its exit status, or ``LOST`` or ``CUT`` when output was lost."""
    _occupy()
    out = _guard("stdout")
    _guard("stderr")
    status: object = 0
    try:
        command()
    except SystemExit as end:
        status = end.code
    if out is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        if out.lost is not None:
            return _tell(out.lost)
    if isinstance(status, int):
        return status
    return 0 if status is None else 1


def _occupy() -> None:
    """Take the numbers of closed standard streams, so that no file that is opened later gets one.

    Closed for good, they would be what this or another program writes its output into.
    """
    for number in range(3):
        with contextlib.suppress(OSError):
            try:
                os.fstat(number)
            except OSError:
                taken = os.open(os.devnull, os.O_RDWR)
                if taken != number:
                    os.close(taken)
                else:
                    os.set_inheritable(taken, True)


def _guard(name: str) -> _Kept | None:
    """Guard one of the standard streams; None for one that is no plain stream, such as a test's."""
    stream = getattr(sys, name)
    raw = None
    encoding, buffered_lines = "utf-8", False
    if stream is not None:
        buffer = getattr(stream, "buffer", None)
        raw = buffer if isinstance(buffer, io.RawIOBase) else getattr(buffer, "raw", None)
        if raw is None:
            return None
        encoding, buffered_lines = stream.encoding, stream.line_buffering or raw is buffer
    kept = _Kept(raw)
    guarded_stream = io.TextIOWrapper(
        io.BufferedWriter(kept), encoding=encoding, errors="replace", line_buffering=buffered_lines
    )
    setattr(sys, name, guarded_stream)
    return kept


def _tell(error: OSError) -> int:
    from workbook.cli.show import print_findings
    from workbook.findings import found

    reason = _REASONS.get(error.errno or 0, error.strerror or "标准输出不能写入")
    print_findings([found("OUTPUT_LOST", reason=reason)])
    return CUT if error.errno == errno.EPIPE else LOST
