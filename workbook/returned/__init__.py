"""Reading of returned workbooks: whose they are, of which template, and what was filled in."""
