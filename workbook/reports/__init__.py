"""Results for the clerk to hand on: the table, the page, each department's copy and reply, the record."""
