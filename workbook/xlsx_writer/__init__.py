"""Writing of workbooks: from template and evaluation to an .xlsx file; the only importer of XlsxWriter."""
