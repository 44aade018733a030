"""From what the clerk points at (files, folders, archives, mails) to single received files."""

from workbook.intake.collect import collect, count
from workbook.intake.items import Candidate, Ignored, Item, Origin, Unreadable

__all__ = ["Candidate", "Ignored", "Item", "Origin", "Unreadable", "collect", "count"]
