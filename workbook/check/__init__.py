"""Lints: what a rubric author got wrong, found before any workbook is made.

One module per theme, one small function per lint; each returns findings and none raises. The lints run
on whatever a spec says, so they walk the rules themselves and never calculate with them.
"""
