"""Reading of finished reports: text and tables, their figures, and what each says against the workbook."""
