"""The catalogue of finding codes: each with its severity, its message and its remedy.

Codes are stable: tools may rely on them. Messages are for officers and clerks (INPUT, TEMPLATE …) or
for rubric authors (SPEC, YAML …), in Chinese; ``meaning`` is for documentation, in English.
"""

from __future__ import annotations

from workbook.codes.agreement import AGREEMENT
from workbook.codes.code import Code, addressed
from workbook.codes.expressions import EXPRESSIONS
from workbook.codes.files import FILES, RECEIVED
from workbook.codes.inputs import DATA, INPUTS
from workbook.codes.ledger import LEDGER
from workbook.codes.packages import MARKUP, PARTS, ZIPS
from workbook.codes.released import RELEASED
from workbook.codes.reports import REPORTS
from workbook.codes.returned import CONTENTS
from workbook.codes.rounds import ROUNDS
from workbook.codes.rules import RULES
from workbook.codes.seen import SEEN
from workbook.codes.specs import ARGUMENTS, SPECS

__all__ = ["CODES", "GROUPS", "Code"]

GROUPS: dict[str, dict[str, Code]] = {
    "Files": addressed(FILES, "clerk"),
    "Received files, archives and mails": addressed(RECEIVED, "clerk", told=True),
    "Arguments": addressed(ARGUMENTS, "clerk"),
    "Rubric specs": addressed({**SPECS, **RULES}, "author"),
    "Released versions": addressed(RELEASED, "author"),
    "Expressions in rubric specs": addressed(EXPRESSIONS, "author"),
    "DATA and rosters": addressed(DATA, "clerk"),
    "Inputs, from DATA and from workbooks alike": INPUTS,
    "Files that are no sound workbook": {**ZIPS, **PARTS, **MARKUP},
    "Identity and integrity of a returned workbook": {**CONTENTS, **SEEN},
    "Agreement and readiness": AGREEMENT,
    "The ledger of a collection round": addressed(LEDGER, "clerk"),
    "A collection round": addressed(ROUNDS, "clerk"),
    "Finished reports": addressed(REPORTS, "clerk"),
}
"""The codes of each group by its title."""

CODES: dict[str, Code] = {code: entry for group in GROUPS.values() for code, entry in group.items()}
"""Every code by its name."""
