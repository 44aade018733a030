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
_MAILDIR_INDEX = "邮箱的索引文件"


@dataclass(frozen=True, slots=True)
class Place:
    """A file on disk, or a folder that is not entered; ``reason`` or ``problem`` say why it is not opened."""

    path: Path
    reason: str | None = None
    problem: str | None = None
    is_mail: bool = False


def walk(paths: Iterable[Path]) -> Iterator[Place]:
    """The places at and below ``paths``, which exist. What is named itself is looked at whatever its name."""
    seen: set[str] = set()
    for path in paths:
        for place in _at(path):
            key = os.path.normcase(os.path.abspath(place.path))  # noqa: PTH100  # absolute() keeps ".."
            if key not in seen:
                seen.add(key)
                yield place


def _at(path: Path) -> Iterator[Place]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Place(path, problem=error.strerror or str(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, ())
    elif stat.S_ISREG(mode):
        yield Place(path)
    else:
        yield Place(path, reason="不是普通文件")


def _folder(path: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Place]:
    """All below the folder ``path``; ``above`` identifies the folders that lead to it."""
    try:
        status = path.stat()
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        yield Place(path, problem=error.strerror or str(error))
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above or len(above) >= MAX_FOLDERS:
        yield Place(path, reason="文件夹的链接成环" if identity in above else f"文件夹超过 {MAX_FOLDERS} 层")
        return
    is_maildir = _is_maildir(path)
    for entry in entries:
        below = path / entry.name
        if entry.is_symlink() and below.is_dir():
            yield Place(below, reason="指向其他文件夹的链接")
        elif not entry.is_dir(follow_symlinks=False):
            yield _file(entry, below, _MAILDIR_INDEX if is_maildir else None)
        elif is_maildir and entry.name in (*_MAIL_FOLDERS, "tmp"):
            yield from _mails(below, _UNFINISHED if entry.name == "tmp" else None)
        elif not (is_maildir or _is_maildir(below)) and (reason := why_unwanted(entry.name)):
            yield Place(below, reason=reason)
        else:
            yield from _folder(below, (*above, identity))


def _mails(path: Path, reason: str | None) -> Iterator[Place]:
    """The files of a mail folder, which has no folders of its own."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        yield Place(path, problem=error.strerror or str(error))
        return
    for entry in entries:
        yield _file(entry, path / entry.name, reason, is_mail=True)


def _file(entry: os.DirEntry[str], path: Path, reason: str | None, *, is_mail: bool = False) -> Place:
    reason = why_unwanted(entry.name) or reason
    # Opening a pipe or a device may wait for ever. A dangling link is opened, which says what is wrong.
    if reason is None and not entry.is_symlink() and not entry.is_file():
        reason = "不是普通文件"
    if reason is None and entry.is_symlink() and path.exists() and not path.is_file():
        reason = "不是普通文件"
    return Place(path, reason=reason, is_mail=is_mail)


def _is_maildir(path: Path) -> bool:
    return all((path / name).is_dir() for name in _MAIL_FOLDERS)
