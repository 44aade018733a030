"""Ledgers of collection rounds: events, only ever added, and the received bytes that they are about."""

from workbook.ledger.event import Draft, Event
from workbook.ledger.ledger import Ledger
from workbook.ledger.store import Store

__all__ = ["Draft", "Event", "Ledger", "Store"]
