"""The three engines side by side: the reference scorer, ``formulas`` and LibreOffice."""
