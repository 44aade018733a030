"""Issuing workbooks: the roster of departments and the letters that carry their files."""
