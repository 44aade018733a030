"""The ledger of a collection round: events that are only ever added, and the bytes they are about."""

from workbook.ledger.event import Draft, Event
from workbook.ledger.ledger import Ledger
from workbook.ledger.store import Store

__all__ = ["Draft", "Event", "Ledger", "Store"]
