"""An entry of the catalogue of codes."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Code(NamedTuple):
    """One kind of finding; ``message`` and ``fix`` are format strings."""

    severity: Literal["error", "warning", "note"]
    meaning: str
    message: str
    fix: str
    audience: Literal["officer", "clerk", "author"] = "officer"
    """The person to tell. Clerks are told all that officers are told."""
    mender: Literal["officer", "clerk", "author"] = "officer"
    """The person who can do what ``fix`` says; nobody else is told of it."""
    mended: str | None = None
    """The rest of the work once the officer's workbook has been made anew, where that mends it by itself."""


def addressed(
    codes: dict[str, Code], mender: Literal["clerk", "author"], *, told: bool = False
) -> dict[str, Code]:
    """Codes that officers cannot mend; ``told``: of which they are told nevertheless."""
    return {
        name: code._replace(mender=mender, audience=code.audience if told else mender)
        for name, code in codes.items()
    }


RESTORED = "附件已恢复原样，无需处理。"
RECALCULATED = "附件已重新计算，无需处理。"
