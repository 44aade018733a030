"""Recalculating with ``formulas``: its functions as Excel has them, a template's formulas compiled."""

from workbook.recalc.engine import compiled
from workbook.recalc.model import Model, evaluate_formula

__all__ = ["Model", "compiled", "evaluate_formula"]
