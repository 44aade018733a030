"""Writing files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

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


class Sources:
    """Files that a command reads: evidence, figures, specs. No output of it may take the place of one."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths: set[str] = set()
        self._files: set[tuple[int, int]] = set()
        for path in paths:
            self._paths.update(_spellings(path))
            if (identity := _identity(path)) is not None:
                self._files.add(identity)

    def __contains__(self, path: Path) -> bool:
        """Whether ``path`` is one of the files: by its name, or under another name (links, letters' case)."""
        return not self._paths.isdisjoint(_spellings(path)) or _identity(path) in self._files

    def refuse(self, outputs: Iterable[Path]) -> None:
        """Raise Refused when one of ``outputs`` is one of the files; nothing overrules this."""
        findings = [found("OUTPUT_IS_INPUT", path=path) for path in outputs if path in self]
        if findings:
            raise Refused(findings)


def _spellings(path: Path) -> set[str]:
    """A path as it is written, and with all links followed; in one case where the system knows but one."""
    return {os.path.normcase(os.path.abspath(path)), os.path.normcase(os.path.realpath(path))}  # noqa: PTH100


def _identity(path: Path) -> tuple[int, int] | None:
    """The two numbers that ``os.path.samefile`` compares; None without a file, or without such numbers."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


NOTHING = Sources([])
"""For commands that read no files."""


def write_atomically(path: Path, data: bytes, *, force: bool = False, sources: Sources = NOTHING) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it. Raises Refused.

    A file that is already there and not empty is left alone unless ``force``; one of ``sources`` always.
    """
    sources.refuse([path])
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


UNFINISHED = "未写完"
"""The folder within an output folder in which a set is written; while it is there, the set is not whole."""

_TOLD = "说明.txt"
_TELLING = (
    "本文件夹中的文件是写到一半的：程序正在运行，或者上次运行时中断了。\r\n"
    "请不要使用，也不要寄出。上一级文件夹中的文件可能新旧混杂，同样不要使用。\r\n"
    "程序已不在运行的，请加 --force 重新运行同一命令，或换一个文件夹；重新写完后，本文件夹自动删除。\r\n"
)


class FileSet:
    """Files of one folder that belong together: all of them are written, or none.

    They are written aside, in a folder that says in its name that they are not finished, and moved to their
    places when all are there. Whatever fails before leaves the folder as it was; whoever is killed on the
    way leaves the folder ``未写完`` behind, and the next run replaces it with ``force``. ``names`` are those
    that may be written, all known before the first is made. Use it as a context manager. Raises Refused.
    """

    def __init__(
        self, folder: Path, names: Iterable[str], *, force: bool = False, sources: Sources = NOTHING
    ) -> None:
        self.folder, self.force, self.sources = folder, force, sources
        self.names = tuple(names)
        self.aside = folder / UNFINISHED
        self._written: list[str] = []
        self._made = False

    def check(self) -> None:
        """Raise Refused when a file is in the way, an earlier set is unfinished, or a source would suffer."""
        left = sorted(self.aside.iterdir()) if self._readable_aside() else []
        self.sources.refuse([*(self.folder / name for name in self.names), *left])
        if self.aside.exists() and not (self.force and self._ours()):
            raise Refused([found("OUTPUT_UNFINISHED", path=self.folder, aside=self.aside)])
        if not self.force:
            refuse_overwriting(self.folder / name for name in self.names)

    def __enter__(self) -> FileSet:
        self.check()
        try:
            shutil.rmtree(self.aside, ignore_errors=True)
            self._made = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            self.aside.mkdir()
            (self.aside / _TOLD).write_bytes(_TELLING.encode("utf-8-sig"))
        except OSError as error:
            raise self._unwritable(self.folder, error) from error
        return self

    def add(self, name: str, data: bytes) -> Path:
        """Write one of the files aside; returns its later path.

        Raises ValueError for a name that is not in the set or was written before, Refused on a failed write.
        """
        if name not in self.names or name in self._written:
            raise ValueError(name)
        try:
            (self.aside / name).write_bytes(data)
        except OSError as error:
            raise self._unwritable(self.folder / name, error) from error
        self._written.append(name)
        return self.folder / name

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        moved = False
        try:
            if error is None:
                self.sources.refuse(self.folder / name for name in self._written)
                if not self.force:
                    refuse_overwriting(self.folder / name for name in self._written)
                for name in self._written:
                    (self.aside / name).replace(self.folder / name)
                    moved = True
        except OSError as failure:
            stopped = self._unwritable(self.folder / name, failure)
            if moved:
                told = found("OUTPUT_UNFINISHED", path=self.folder, aside=self.aside)
                raise Refused([*stopped.findings, told]) from failure
            raise stopped from failure
        finally:
            # when some are at their places and others are not, the folder must go on to say so
            if not moved or not any((self.aside / name).exists() for name in self._written):
                shutil.rmtree(self.aside, ignore_errors=True)
            if self._made and not moved:
                with contextlib.suppress(OSError):
                    self.folder.rmdir()  # not while anything is in it

    def _readable_aside(self) -> bool:
        try:
            return self.aside.is_dir()
        except OSError:
            return False

    def _ours(self) -> bool:
        """Whether the unfinished folder is one of ours: it holds nothing yet, or says what it is."""
        try:
            if self.aside.is_symlink():
                return False
            told = self.aside / _TOLD
            if told.is_file():  # whoever was killed may have written a part of it
                return _TELLING.encode("utf-8-sig").startswith(told.read_bytes())
            return not any(self.aside.iterdir())
        except OSError:
            return False

    def _unwritable(self, path: Path, error: OSError) -> Refused:
        return Refused([found("FILE_UNWRITABLE", path=path, reason=error.strerror or str(error))])
