"""For who writes a rubric: a first spec, the schema for editors, two rubrics compared."""
