"""A folder of records, one for each file that passes, and the list of them."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbook.as_json import exact
from workbook.files import NOTHING, FileSet, Sources
from workbook.findings import Finding, Refused
from workbook.issue.roster import workbook_name
from workbook.reports.facts import facts_of
from workbook.reports.record import Recorder
from workbook.reports.words import UNNAMED
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verdict

MANIFEST = "record.json"
"""The list of records in their folder; what it does not list does not count."""


def write_records(
    folder: Path, entries: Sequence[Submission], *, force: bool = False, sources: Sources = NOTHING
) -> list[Path | None]:
    """Write a record for each entry that passes, and ``record.json``; their paths, None for other entries.

    All or none, and each verified before any is written. With ``force`` the records of departments that this
    run does not know stay, in the folder and in the list. Raises Refused when a file is in the way and not
    ``force``, when it is one of ``sources``, when a record does not verify, and when a file cannot be
    written. Entries that pass must have their ``digest``.
    """
    target = records_set(folder, entries, force=force, sources=sources)
    target.check()
    made = made_records(entries)
    names = _names(entries)
    listed = [_listed(names[number], data, entries[number]) for number, data in made.items()]
    manifest = {"records": [*(_earlier(folder, listed) if force else ()), *listed]}
    with target:
        paths = {number: target.add(names[number], data) for number, data in made.items()}
        target.add(MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    return [paths.get(number) for number in range(len(entries))]


def records_set(
    folder: Path, entries: Sequence[Submission], *, force: bool = False, sources: Sources = NOTHING
) -> FileSet:
    """The files that ``write_records`` would write: whether it can is checked before anything is made."""
    return FileSet(folder, [*_names(entries).values(), MANIFEST], force=force, sources=sources)


def made_records(entries: Sequence[Submission]) -> dict[int, bytes]:
    """The record of each entry that passes, by its number from 0. Raises Refused with all that fail."""
    recorder = Recorder()
    passed = {number: one for number, one in enumerate(entries) if one.report.verdict is Verdict.PASS}
    made: dict[int, bytes] = {}
    findings: list[Finding] = []
    for number, entry in passed.items():
        if entry.digest is None:
            raise ValueError(f"{entry.report.path}: the digest of the received bytes is not known")
        try:
            made[number] = recorder.record(entry.report, entry.digest)
        except Refused as refusal:
            findings += refusal.findings
    findings += recorder.differences(made, {number: passed[number].report for number in made})
    if findings:
        raise Refused(findings)
    return made


def _names(entries: Sequence[Submission]) -> dict[int, str]:
    """A name for each record, none twice on any file system; by the entry's number from 0."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for number, entry in enumerate(entries):
        if entry.report.verdict is not Verdict.PASS:
            continue
        facts = facts_of(number, entry)
        stem = workbook_name(facts.rubric_id, facts.department or UNNAMED).removesuffix(".xlsx")
        name, copy = f"{stem}.xlsx", 1
        while _key(name) in taken:
            copy += 1
            name = f"{stem}（{copy}）.xlsx"
        taken.add(_key(name))
        names[number] = name
    return names


def _key(name: str) -> str:
    """Equal for names that are one file on Windows or macOS."""
    return unicodedata.normalize("NFC", name).casefold()


def _listed(name: str, data: bytes, entry: Submission) -> dict[str, Any]:
    facts, report = facts_of(0, entry), entry.report
    assert report.evaluation is not None
    assert report.identity is not None
    return {
        "file": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "received": {"path": str(entry.origin or report.path), "sha256": entry.digest},
        "rubric": report.rubric,
        "template": report.template,
        "issue": report.identity.issue,
        "department": facts.department,
        "total": exact(report.evaluation.total),
        "grade": report.evaluation.grade,
    }


def _earlier(folder: Path, listed: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Entries that an earlier run has listed of other departments, with files still as they were."""
    anew = {(one["rubric"], one["department"]) for one in listed}
    files = {_key(one["file"]) for one in listed}
    try:
        kept = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["records"]
        for one in kept:
            name = one["file"]
            if (one["rubric"], one["department"]) in anew or _key(name) in files or Path(name).name != name:
                continue
            path = folder / name
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == one["sha256"]:
                yield one
    except (OSError, ValueError, KeyError, TypeError):
        return  # no list of ours
