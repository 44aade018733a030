"""The rubric model: what a spec says, with no arithmetic, no cells and no files."""
