"""The catalogue of changes to returned workbooks: what each does, and what it must get."""
