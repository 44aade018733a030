"""The files on disk below what the clerk points at, each once and in a stable order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.intake.limits import MAX_FOLDERS
from workbook.intake.unwanted import why_unwanted

_MAIL_FOLDERS = ("cur", "new")
_UNFINISHED = "尚未收完的邮件"
_NO_FILE = "不是普通文件"
_INDEXES = ("dovecot", "courier", "maildirfolder", "maildirsize", "subscriptions")


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A file on disk, or a folder that is not entered; ``reason`` or ``problem`` say why it is not opened."""

    path: Path
    reason: str | None = None
    problem: str | None = None
    is_mail: bool = False


def walk(paths: Iterable[Path]) -> Iterator[FoundPath]:
    """The places at and below ``paths``, which exist. What is named itself is looked at whatever its name."""
    seen: set[str] = set()
    for path in paths:
        for place in _at(path):
            key = os.path.normcase(os.path.abspath(place.path))  # noqa: PTH100  # absolute() keeps ".."
            if key not in seen:
                seen.add(key)
                yield place


def _at(path: Path) -> Iterator[FoundPath]:
    if _is_folder(path):
        yield from _folder(path, ())
    else:
        yield FoundPath(path, reason=_NO_FILE if _is_special(path) else None)


def _folder(path: Path, above: tuple[tuple[int, int], ...]) -> Iterator[FoundPath]:
    """All below the folder ``path``; ``above`` identifies the folders that lead to it."""
    try:
        status, entries = path.stat(), _entries(path)
    except OSError as error:
        yield FoundPath(path, problem=error.strerror or str(error))
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        yield FoundPath(path, reason="文件夹的链接成环")
        return
    if len(above) >= MAX_FOLDERS:
        yield FoundPath(path, problem=f"文件夹超过 {MAX_FOLDERS} 层")
        return
    is_maildir = _is_maildir(path)
    for entry in entries:
        below = path / entry.name
        if entry.is_symlink() and _is_folder(below):
            yield FoundPath(below, reason="指向其他文件夹的链接")
        elif not entry.is_dir(follow_symlinks=False):
            is_index = is_maildir and entry.name.startswith(_INDEXES)
            yield _file(entry, below, "邮箱的索引文件" if is_index else None)
        elif is_maildir and entry.name in (*_MAIL_FOLDERS, "tmp"):
            yield from _mails(below, _UNFINISHED if entry.name == "tmp" else None)
        elif not (is_maildir or _is_maildir(below)) and (reason := why_unwanted(entry.name)):
            yield FoundPath(below, reason=reason)
        else:
            yield from _folder(below, (*above, identity))


def _mails(path: Path, reason: str | None) -> Iterator[FoundPath]:
    """The files of a mail folder, which has no folders of its own."""
    try:
        entries = _entries(path)
    except OSError as error:
        yield FoundPath(path, problem=error.strerror or str(error))
        return
    for entry in entries:
        yield _file(entry, path / entry.name, reason, is_mail=True)


def _entries(path: Path) -> list[os.DirEntry[str]]:
    """In the order of their names. Raises OSError."""
    with os.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _file(entry: os.DirEntry[str], path: Path, reason: str | None, *, is_mail: bool = False) -> FoundPath:
    reason = why_unwanted(entry.name) or reason
    if reason is None and _is_special(path):
        reason = _NO_FILE
    return FoundPath(path, reason=reason, is_mail=is_mail)


def _is_maildir(path: Path) -> bool:
    return all(_is_folder(path / name) for name in _MAIL_FOLDERS)


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def _is_special(path: Path) -> bool:
    """Whether this is a pipe, a device or the like: opening one may wait for ever."""
    mode = _mode(path)
    return mode != 0 and not stat.S_ISREG(mode)


def _mode(path: Path) -> int:
    """The kind of file as the system knows it, 0 when it does not say: then opening the file tells why."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0
