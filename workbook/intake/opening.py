"""One received file, opened as far as it can be: itself, or what is inside."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from workbook.findings import Finding, found
from workbook.intake import archive, kinds, mail, mailbox
from workbook.intake.folders import FoundPath
from workbook.intake.items import Candidate, Ignored, Item, Origin, Unreadable
from workbook.intake.kinds import Sort
from workbook.intake.labels import base_name, clean, on_disk
from workbook.intake.limits import HEAD, MAX_DEPTH, MAX_HELD, LimitReached, UnpackBudget
from workbook.intake.piece import Piece
from workbook.intake.unwanted import UNWANTED
from workbook.xlsx_reader.gate import MAX_FILE, too_large


@dataclass(frozen=True, slots=True)
class _Received:
    """A file to look at: on disk, in an archive or in a mail. ``depth`` counts the containers around it."""

    name: str
    origin: Origin
    stream: BinaryIO
    budget: UnpackBudget
    depth: int = 0
    is_mail: bool = False

    def unreadable(self, finding: Finding) -> Unreadable:
        """The item that says why this file cannot be verified."""
        return Unreadable(self.name, self.origin, finding)


def items(place: FoundPath) -> Iterator[Item]:
    """The items of a file on disk; one at least. Nothing is raised: what goes wrong is an item."""
    name, origin = clean(on_disk(place.path.name or str(place.path))), Origin(place.path)
    if place.reason is not None:
        yield Ignored(name, origin, place.reason)
        return
    try:
        if place.problem is not None:
            raise OSError(place.problem)
        stream = place.path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Unreadable(name, origin, found("FILE_UNREADABLE", reason=reason))
        return
    with stream:
        budget = UnpackBudget(os.fstat(stream.fileno()).st_size)
        yield from _items(_Received(name, origin, stream, budget, is_mail=place.is_mail))


def _items(received: _Received) -> Iterator[Item]:
    """The items of ``received``; a fault costs no more than the file it is in."""
    try:
        yield from _opened(received)
    except LimitReached as limit:
        yield received.unreadable(limit.finding)
    except OSError as error:
        yield received.unreadable(found("FILE_UNREADABLE", reason=error.strerror or str(error)))
    except Exception as error:
        yield received.unreadable(found("INTERNAL", reason=type(error).__name__))


def _opened(received: _Received) -> Iterator[Item]:
    stream = received.stream
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not size:
        yield received.unreadable(found("FILE_EMPTY", kind="文件"))
        return
    head = stream.read(HEAD)
    stream.seek(0)
    kind = kinds.by_head(head, received.name)
    if kind.sort is Sort.OLE:
        kind = kinds.of_ole(stream.read(MAX_FILE), received.name)
    elif received.is_mail and not kinds.is_known(head):
        kind = kinds.MAIL
    match kind.sort:
        case Sort.PACKAGE:
            yield from _package(received, head)
        case Sort.MAIL:
            yield from _mail(received)
        case Sort.MAILBOX:
            yield from _mailbox(received)
        case _:
            yield received.unreadable(kind.finding())


def _package(received: _Received, head: bytes) -> Iterator[Item]:
    """A workbook, another document that is a zip, or an archive."""
    package = archive.opened(received.stream)
    if package is None:
        kind = kinds.of_damaged_package(head, received.name)
    else:
        kind = kinds.of_package(archive.names(package), head, received.name)
    if kind.sort is Sort.WORKBOOK:
        yield _workbook(received)
    elif package is None or kind.sort is not Sort.ARCHIVE:
        yield received.unreadable(kind.finding())
    else:
        has_any = has_wanted = False
        for item in _contents(received, archive.pieces(package, received.budget)):
            has_any = True
            has_wanted = has_wanted or not (isinstance(item, Ignored) and item.reason in UNWANTED)
            yield item
        if not has_wanted:
            # Somebody sent this for a reason: perhaps the lock file went in instead of the workbook.
            what = "除了锁定文件和系统文件，压缩包" if has_any else "压缩包"
            yield received.unreadable(found("FILE_EMPTY", kind=what))


def _workbook(received: _Received) -> Item:
    received.stream.seek(0)
    data = received.stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        return received.unreadable(too_large())
    return Candidate(received.name, received.origin, data)


def _mail(received: _Received) -> Iterator[Item]:
    data = received.stream.read(MAX_HELD + 1)
    if len(data) > MAX_HELD:
        yield received.unreadable(too_large(MAX_HELD))
        return
    one = mail.read(data)
    within = replace(received, origin=one.origin(received.origin))
    yield from _contents(within, mail.pieces(one, received.budget))


def _mailbox(received: _Received) -> Iterator[Item]:
    """Each mail of a mailbox; on disk a mailbox may be of any size, so each has limits of its own."""
    for number, data in enumerate(mailbox.mails(received.stream), 1):
        subject = mail.read(data).subject if data is not None else None
        name = subject or mail.NO_SUBJECT
        if received.depth:
            received.budget.enter()
        one = replace(
            received,
            name=name,
            origin=replace(received.origin, inside=(*received.origin.inside, f"第 {number} 封：{name}")),
            stream=io.BytesIO(data or b""),
            budget=received.budget if received.depth else UnpackBudget(len(data or b"")),
            depth=received.depth + 1,
            is_mail=True,
        )
        if data is None:
            yield one.unreadable(too_large(MAX_HELD))
        else:
            yield from _items(one)


def _contents(container: _Received, pieces: Iterator[Piece]) -> Iterator[Item]:
    """The items of what is inside ``container``. Raises LimitReached."""
    if container.depth >= MAX_DEPTH:
        raise LimitReached(f"压缩包或邮件的嵌套超过 {MAX_DEPTH} 层")
    labels: Counter[str] = Counter()
    for piece in pieces:
        container.budget.enter()
        if piece.label is None:
            yield Ignored(container.name, container.origin, piece.reason or "")
            continue
        labels[piece.label] += 1
        label = (
            piece.label if labels[piece.label] == 1 else f"{piece.label}（同名第 {labels[piece.label]} 个）"
        )
        name = piece.name or base_name(piece.label) or piece.label
        origin = replace(container.origin, inside=(*container.origin.inside, label))
        if piece.reason is not None:
            yield Ignored(name, origin, piece.reason)
        elif piece.finding is not None:
            yield Unreadable(name, origin, piece.finding)
        else:
            yield from _items(
                replace(
                    container,
                    name=name,
                    origin=origin,
                    stream=io.BytesIO(piece.data),
                    depth=container.depth + 1,
                    is_mail=piece.is_mail,
                )
            )
