"""What goes out: files of a folder, all or none, and the events that say so, once each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbook.api import new_workbook
from workbook.files import FileSet, safe_name
from workbook.ledger import Draft
from workbook.round.clerk import Clerk
from workbook.round.folder import ISSUED, Folder
from workbook.round.model import Department
from workbook.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Files for one department, by name, and the event that records them; none where only that is told."""

    draft: Draft
    files: dict[str, bytes] = field(default_factory=dict)


def send_out(folder: Folder, target: Path, outgoing: Sequence[Outgoing], clerk: Clerk) -> list[Path]:
    """Write all files, then record that they were; for whoever holds the ledger. Raises Refused.

    Files first: who is killed in between writes the same files again, and nothing is missing.
    """
    names = [name for one in outgoing for name in one.files]
    written = []
    if names:
        with FileSet(target, names, force=True) as files:
            for one in outgoing:
                written += [files.add(name, data) for name, data in one.files.items()]
    if outgoing:
        folder.ledger.append([one.draft for one in outgoing], time=clerk.now, actor=clerk.actor)
    return written


def stem(number: int, department: Department, word: str) -> str:
    """The name of files about something that came or about a reminder; the number makes it unique."""
    return f"{number:05}_{safe_name(department.name) or department.id}_{word}"


def own_form(folder: Folder, rubric: Rubric, department: Department) -> tuple[str, bytes]:
    """The workbook that was issued to a department; made anew where it is not in the folder any more."""
    name = Path(department.file).name
    try:
        return name, (folder.path / ISSUED / name).read_bytes()
    except OSError:
        return name, new_workbook(rubric, department=department.name, issue=department.id)


def mail_hash(data: bytes) -> str:
    """The hash of what is sent, for its event."""
    return hashlib.sha256(data).hexdigest()
