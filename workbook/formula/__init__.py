"""Back-end 2: Excel text. Pure; knows names and addresses, never values.

Every formula is element-wise (no range, no SUM, AND, OR, MIN, MAX) but for a few counters, so that
the engine can evaluate it over a column of many workbooks at once; ``x<>""`` and ISNUMBER guard every
figure, so that a blank never counts as zero and a cell that is open looks empty.
"""
