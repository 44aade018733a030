"""The template of a rubric: its cells and formulas, how it is drawn, its fingerprint and identity."""
