"""Receiving files: the gate on raw bytes, then the only importer of openpyxl."""
