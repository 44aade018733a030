"""Recalculating with ``formulas``: its functions as Excel has them, a template's formulas compiled."""

from workbook.engine.engine import compiled
from workbook.engine.recalculation import Model, evaluate_formula

__all__ = ["Model", "compiled", "evaluate_formula"]
