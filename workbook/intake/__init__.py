"""From what the clerk points at (files, folders, archives, mails) to single received files."""
