"""The catalogue of tricks: changes after which a workbook shows, prints, hides or runs something else."""
