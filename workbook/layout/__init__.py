"""From the rubric to sheets, cells and names. Pure: no formulas, no values, no files."""
