"""The ledger and its store under faults: killed at each step, a full disk, what a power cut leaves."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.faults import killed_each
from tests.support.ledger_work import check_whole, work
from tests.support.ledgers import ACTOR, at, opened
from workbook.findings import Refused
from workbook.ledger import Draft, Store

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.long
def test_killed_at_each_step_it_goes_on_where_it_was(database: str | None, tmp_path: Path) -> None:
    steps = killed_each(
        "tests.support.ledger_work:work", "tests.support.ledger_work:check_whole", (database, tmp_path),
        fresh=database is None,
    )  # fmt: skip
    assert steps > (30 if database is None else 10)


@pytest.mark.long
def test_killed_at_any_moment_from_outside(tmp_path: Path) -> None:
    for number in range(3):
        script = (
            "from pathlib import Path; from tests.support.ledger_work import work; work(None, Path({!r}))"
        )
        command = [sys.executable, "-c", script.format(str(tmp_path))]
        running = subprocess.Popen(command, cwd=ROOT)
        time.sleep(0.3 + 0.2 * number)
        running.send_signal(signal.SIGKILL)
        running.wait()
    work(None, tmp_path)
    check_whole(None, tmp_path, done=True)


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond ``size``: what a full disk does to whoever writes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_in_half(tmp_path: Path) -> None:
    ledger, store = opened(None, tmp_path), Store(tmp_path / "store")
    ledger.create()
    ledger.append([Draft("started")], time=at(), actor=ACTOR)
    big = os.urandom(400_000)
    with at_most(100_000):
        with pytest.raises(Refused) as refused:
            store.keep(big)
        assert refused.value.findings[0].code == "FILE_UNWRITABLE"
        with pytest.raises(Refused) as refused:
            ledger.append([Draft("noted")], time=at(), actor=ACTOR, documents=[big])
        assert refused.value.findings[0].code == "LEDGER_FAILED"
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []
    assert [one.kind for one in ledger.events()] == ["started"]
    ledger.append([Draft("noted")], time=at(), actor=ACTOR, documents=[big])
    assert store.read(store.keep(big)) == big
    assert [one.number for one in ledger.events()] == [1, 2]


def test_a_truncated_file_is_told_and_written_anew(tmp_path: Path) -> None:
    store, data = Store(tmp_path / "store"), b"received" * 100
    digest = store.keep(data)
    assert digest == hashlib.sha256(data).hexdigest()
    store.path(digest).write_bytes(data[:-1])  # the name was on the disk before the bytes were
    assert not store.has(digest)
    with pytest.raises(Refused) as refused:
        store.read(digest)
    assert refused.value.findings[0].code == "STORE_CHANGED"
    store.keep(data)
    assert store.read(digest) == data
    store.path(digest).unlink()
    with pytest.raises(Refused) as refused:
        store.read(digest)
    assert refused.value.findings[0].code == "STORE_MISSING"


def test_what_a_power_cut_leaves_of_a_transaction_is_undone(tmp_path: Path) -> None:
    """Copies of the database and its journal, made while a transaction is on its way."""
    ledger = opened(None, tmp_path)
    ledger.create()
    ledger.append([Draft("started")], time=at(), actor=ACTOR)
    after = tmp_path / "after"
    after.mkdir()
    with ledger._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = 1")  # so that pages are written before the end
        for number in range(300):
            connection.exec_driver_sql("INSERT INTO documents VALUES (?, ?)", (f"{number}", os.urandom(5000)))
        for path in tmp_path.glob("ledger.sqlite*"):
            shutil.copy(path, after)
        connection.rollback()
    assert (after / "ledger.sqlite-journal").stat().st_size > 0
    cut = opened(None, after)
    assert [one.kind for one in cut.events()] == ["started"]
    cut.append([Draft("noted")], time=at(), actor=ACTOR)
    assert [one.previous for one in cut.events()][1] == cut.events()[0].hash
    assert cut.documents(["0"]) == {}
