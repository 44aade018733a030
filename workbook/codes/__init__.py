"""The catalogue of finding codes: each with its severity, its message and its remedy.

Codes are stable: tools may rely on them. Messages are for officers and clerks (INPUT, TEMPLATE …) or
for rubric authors (SPEC, YAML …), in Chinese; ``meaning`` is for documentation, in English.
"""

from __future__ import annotations

from workbook.codes.entry import Code
from workbook.codes.expressions import EXPRESSIONS
from workbook.codes.files import FILES, RECEIVED
from workbook.codes.inputs import DATA, INPUTS
from workbook.codes.ledger import LEDGER
from workbook.codes.released import RELEASED
from workbook.codes.returned import AGREEMENT, CONTENTS
from workbook.codes.rounds import ROUNDS
from workbook.codes.rules import RULES
from workbook.codes.seen import SEEN
from workbook.codes.specs import ARGUMENTS, SPECS

__all__ = ["CODES", "GROUPS", "Code"]

GROUPS: dict[str, dict[str, Code]] = {
    "Files": FILES,
    "Received files, archives and mails": RECEIVED,
    "Arguments": ARGUMENTS,
    "Rubric specs": {**SPECS, **RULES},
    "Released versions": RELEASED,
    "Expressions in rubric specs": EXPRESSIONS,
    "DATA and rosters": DATA,
    "Inputs, from DATA and from workbooks alike": INPUTS,
    "Identity and integrity of a returned workbook": {**CONTENTS, **SEEN},
    "Agreement and readiness": AGREEMENT,
    "The ledger of a collection round": LEDGER,
    "A collection round": ROUNDS,
}
"""The codes of each group by its title."""

CODES: dict[str, Code] = {code: entry for group in GROUPS.values() for code, entry in group.items()}
"""Every code by its name."""
