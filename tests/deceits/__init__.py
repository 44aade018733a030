"""More ways to make a returned workbook show, print or hide something else than what is verified, by topic."""
