"""Catalogues of tricks: changes to a returned workbook that must not get through."""
