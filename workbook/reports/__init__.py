"""What the clerk hands on: the table of results, the page, and each department's copy and reply."""
