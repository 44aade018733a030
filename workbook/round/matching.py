"""Whose is it? By its 下发编号, then its sender, then its name; what does not fit is told, with a proposal.

A file counts for a department only while nothing says that it is another's: what contradicts itself is held
until the clerk decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from workbook.findings import Finding, found, nearest
from workbook.round.model import Department, Round

ISSUE, SENDER, NAME, NOBODY, CLERK = "issue", "sender", "name", "nobody", "clerk"
HOW_WORDS = {
    ISSUE: "下发编号", SENDER: "发件人", NAME: "部门名称", NOBODY: "没有依据", CLERK: "经办人指定",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clues:
    """What a file says of whose it is; None where it does not say. ``rubric`` is None for no workbook."""

    issue: str | None
    address: str | None
    name: str | None
    rubric: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """Whose a file is, how that is known, and what does not fit."""

    department: str | None
    how: str
    held: bool
    findings: tuple[Finding, ...]


class Matcher:
    """Finds departments of a round by what identifies them."""

    def __init__(self, one: Round) -> None:
        self.round = one
        self._senders: dict[str, list[Department]] = defaultdict(list)
        self._names: dict[str, list[Department]] = defaultdict(list)
        for department in one.departments.values():
            if department.email:
                self._senders[department.email.lower()].append(self._heir(department))
            for name in (department.name, *department.former):
                self._names[_plain(name)].append(self._heir(department))

    def match(self, clues: Clues) -> Match:
        """Whose the file with these clues is."""
        issued = self.round.departments.get(clues.issue or "")
        owner = None if issued is None else self._heir(issued)
        senders = self._senders.get((clues.address or "").lower(), [])
        named = self._names.get(_plain(clues.name or ""), [])
        if clues.rubric is not None and clues.rubric != self.round.rubric:
            return self._foreign(clues, senders, named)
        if owner is not None and issued is not None:
            return self._issued(issued, owner, clues, senders, named)
        return self._unknown(clues, senders, named)

    def of_sender(self, address: str | None) -> str | None:
        """The department of a sender; None for an unknown one, and for one of several departments."""
        return _single(self._senders.get((address or "").lower(), []))

    def _issued(
        self, issued: Department, owner: Department, clues: Clues, senders: list[Department],
        named: list[Department],
    ) -> Match:  # fmt: skip
        """A file with a 下发编号 of this round."""
        if senders and owner not in senders:
            told = found(
                "ROUND_OTHERS_FILE", sender=_names(senders), owner=owner.name, name=clues.name or "（空白）",
                proposal=_proposal([*senders, owner]),
            )  # fmt: skip
            return Match(_single(senders), SENDER, True, (told,))
        if not senders and named and owner not in named:
            told = found(
                "ROUND_NAME_OF_OTHER", owner=owner.name, name=clues.name, proposal=_proposal([owner, *named])
            )
            return Match(None, NOBODY, True, (told,))
        if issued is not owner:
            told = found("ROUND_MERGED_FORM", old=issued.name, name=owner.name)
            return Match(owner.id, ISSUE, True, (told,))
        return Match(owner.id, ISSUE, not owner.active, tuple(self._mismatches(owner, clues, named)))

    def _foreign(self, clues: Clues, senders: list[Department], named: list[Department]) -> Match:
        """A workbook of another rubric: another year's, or another district's."""
        whose = _single(senders) or (None if senders else _single(named))
        told = found("ROUND_OTHER_RUBRIC", rubric=clues.rubric, expected=self.round.rubric)
        return Match(whose, (SENDER if senders else NAME) if whose else NOBODY, True, (told,))

    def _unknown(self, clues: Clues, senders: list[Department], named: list[Department]) -> Match:
        """A file without a 下发编号, or with one that is not of this round."""
        both = [one for one in senders if one in named]
        owner_id = _single(both) or _single(senders) or (None if senders else _single(named))
        if owner_id is None:
            known = nearest(clues.name or "", [one.name for one in self.round.expected])
            told = found(
                "ROUND_UNMATCHED",
                issue=clues.issue or "没有", sender=clues.address or "没有", name=clues.name or "没有",
                proposal=known,
            )  # fmt: skip
            return Match(None, NOBODY, True, (told,))
        owner = self.round.departments[owner_id]
        how = SENDER if senders else NAME
        findings = list(self._mismatches(owner, clues, named))
        if clues.rubric is not None:
            told = found("ROUND_ISSUE_UNKNOWN", issue=clues.issue or "", how=HOW_WORDS[how], name=owner.name)
            findings.insert(0, told)
        elsewhere = senders and named and not both
        return Match(owner_id, how, bool(elsewhere) or not owner.active, tuple(findings))

    def _mismatches(self, owner: Department, clues: Clues, named: list[Department]) -> Iterator[Finding]:
        """What does not fit, and does not keep a file from being this department's."""
        if owner.dropped is not None:
            yield found("ROUND_DROPPED", name=owner.name, reason=owner.dropped)
        if clues.name and owner not in named:
            yield found("ROUND_NAME_OTHER", name=clues.name, known=owner.name)
        if clues.address and owner.email and clues.address != owner.email.lower():
            yield found("ROUND_SENDER_OTHER", address=clues.address, known=owner.email, name=owner.name)

    def _heir(self, department: Department) -> Department:
        """The department into which this one was merged at last, or itself."""
        while department.into is not None:
            department = self.round.departments[department.into]
        return department


def _plain(name: str) -> str:
    """A name without what people write in one way or another."""
    return "".join(name.split()).replace("（", "(").replace("）", ")").casefold()


def _single(departments: list[Department]) -> str | None:
    ids = {one.id for one in departments}
    return ids.pop() if len(ids) == 1 else None


def _names(departments: list[Department]) -> str:
    return "、".join(dict.fromkeys(one.name for one in departments))


def _proposal(departments: list[Department]) -> str:
    return " 或 ".join(dict.fromkeys(f"“{one.name}”" for one in departments))
