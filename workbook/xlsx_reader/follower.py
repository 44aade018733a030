"""A cell that shares the formula of another."""

from __future__ import annotations

from typing import cast

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from workbook.template.model import Formula


class Follower(Formula):
    """A cell that shares the formula of another, shifted when it is asked for: long columns seldom are."""

    __slots__ = ()

    @classmethod
    def of(cls, first: str, origin: str, ref: str) -> Follower:
        """The formula ``first`` of the cell ``origin``, as it stands in ``ref``."""
        return tuple.__new__(cls, ((first, origin, ref),))

    @property
    def text(self) -> str:
        """The text of the formula, with ``=``; ``=#REF!`` where it cannot be shifted."""
        first, origin, ref = cast(tuple[str, str, str], next(iter(self)))
        try:
            return str(Translator(first, origin).translate_formula(ref))
        except (TokenizerError, TranslatorError, ValueError, IndexError):
            return "=#REF!"
