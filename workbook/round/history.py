"""Verification results as they were kept: a department's submissions, and what each one changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbook.findings import Refused
from workbook.ledger import Ledger
from workbook.load.builtin import builtin_ids
from workbook.load.released import load_released_rubric, released_versions
from workbook.load.rubric import load_rubric
from workbook.round.changes import Change, changes
from workbook.round.details import Detail, read_detail
from workbook.round.model import Department, Filing, Round
from workbook.rubric.model import Rubric


@dataclass(slots=True)
class History:
    """Reads what was kept, each once."""

    ledger: Ledger
    round: Round
    _details: dict[str, Detail] = field(default_factory=dict)
    _rubrics: dict[tuple[str | None, str | None], Rubric | None] = field(default_factory=dict)

    def read(self, filings: Iterable[Filing]) -> None:
        """Read the details of many filings at once."""
        wanted = {one.facts["detail"] for one in filings} - self._details.keys()
        for digest, body in self.ledger.documents(wanted).items():
            self._details[digest] = read_detail(body)

    def detail(self, filing: Filing) -> Detail:
        """The details of a filing; raises Refused where they are missing."""
        digest = filing.facts["detail"]
        if digest not in self._details:
            self._details[digest] = read_detail(self.ledger.document(digest))
        return self._details[digest]

    def changes(self, department: Department, filing: Filing) -> list[Change] | None:
        """What a filing changed against the department's workbook before it; None where there is none."""
        before = self.before(department, filing)
        if before is None or not filing.facts["rubric"]:
            return None
        return changes(self.detail(before), self.detail(filing), self._rubric(filing))

    def before(self, department: Department, filing: Filing) -> Filing | None:
        """The department's workbook before a filing, of another content."""
        earlier = department.filings[: department.filings.index(filing)]
        others = (one for one in reversed(earlier) if one.facts["rubric"] and one.about != filing.about)
        return next((one for one in others if one.facts["rubric"] == filing.facts["rubric"]), None)

    def _rubric(self, filing: Filing) -> Rubric | None:
        """The rubric of a filing as it was when its template was released; None where it is not known."""
        key = (filing.facts["rubric"], filing.facts["template"])
        if key not in self._rubrics:
            self._rubrics[key] = self._loaded(str(key[0]), str(key[1]))
        return self._rubrics[key]

    def _loaded(self, rubric_id: str, template: str) -> Rubric | None:
        if rubric_id not in {self.round.rubric, *builtin_ids()}:  # a name in a file leads nowhere else
            return None
        if template in released_versions(rubric_id):
            return load_released_rubric(rubric_id, template)
        try:
            return load_rubric(self.round.source if rubric_id == self.round.rubric else rubric_id)
        except Refused:
            return None
