"""Last year's inputs under another rubric: what means the same is carried, all else is said."""
