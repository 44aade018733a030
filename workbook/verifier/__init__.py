"""Findings about returned workbooks: identity → integrity → inputs → recalculation → agreement."""
