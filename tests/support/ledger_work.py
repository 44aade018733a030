"""A clerk's command on a ledger, and what must hold of it however often it was killed."""

from __future__ import annotations

from pathlib import Path

from tests.support.ledgers import ACTOR, at, opened
from workbook.ledger import Draft, Store


def work(database: str | None, folder: Path) -> None:
    """What a clerk's command does: keep bytes, then record them, unless they are known."""
    store = Store(folder / "store")
    with opened(database, folder).held("x"):
        ledger = opened(database, folder)
        store.tidy()
        for number in range(2):
            data = b"received %d" % number
            digest = store.keep(data)
            if digest not in {one.key for one in ledger.events()}:
                drafts = [Draft("received", about=digest, key=digest), Draft("verified", about=digest)]
                ledger.append(drafts, time=at(), actor=ACTOR, documents=[data])


def check_whole(database: str | None, folder: Path, *, done: bool = False) -> None:
    """What the ledger says holds: its chain, the bytes and documents of all events, nothing twice."""
    ledger, store = opened(database, folder), Store(folder / "store")
    events = ledger.events() if ledger.rounds() else []
    assert [one.kind for one in events] == ["received", "verified"] * (len(events) // 2)
    assert all(one.holds() for one in events)
    assert [one.previous for one in events[1:]] == [one.hash for one in events[:-1]]
    assert len({one.about for one in events}) == len(events) // 2
    for one in events:
        assert one.about is not None
        assert store.has(one.about)
        assert ledger.document(one.about) == store.read(one.about)
    if done:
        assert len(events) == 4
        assert not list((folder / "store").glob("*/*.part"))
