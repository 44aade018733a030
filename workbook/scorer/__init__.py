"""Back-end 1, the reference: exact fractions, with a trace. Knows nothing of cells or formulas."""
