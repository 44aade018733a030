"""The ledger keeps what it was told, in order, once, and says when it has been changed; on both databases."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tests.support.ledgers import ACTOR, at, opened
from workbook.findings import Refused
from workbook.ledger import Draft, Ledger
from workbook.ledger.database import ledger_url, without_password
from workbook.ledger.event import FIRST, moment_of, moment_text
from workbook.ledger.ledger import document_hash
from workbook.ledger.schema import MIGRATIONS, current_version, migrate


@pytest.fixture
def ledger(database: str | None, tmp_path: Path) -> Ledger:
    made = opened(database, tmp_path)
    made.create()
    return made


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].code


def test_events_come_back_as_they_went_in(ledger: Ledger) -> None:
    data = {"name": "区教育局\x00\ud800", "n": 3, "list": [1, "二"]}
    ledger.append([Draft("started", data=data)], time=at(), actor=ACTOR)
    ledger.append([Draft("received", "d1", "a" * 64, "k1"), Draft("received", "d2", "b" * 64, "k2")],
                  time=at(1), actor=ACTOR)  # fmt: skip
    events = ledger.events()
    assert [(one.number, one.kind, one.department, one.key) for one in events] == [
        (1, "started", None, None), (2, "received", "d1", "k1"), (3, "received", "d2", "k2"),
    ]  # fmt: skip
    assert events[0].data == data
    assert (events[0].actor, moment_of(events[0].time)) == (ACTOR, at())
    assert [one.previous for one in events] == [FIRST, events[0].hash, events[1].hash]
    assert all(one.holds() for one in events)
    assert [one.number for one in ledger.events(kinds=["received"], department="d2")] == [3]
    assert ledger.rows(kinds=["started"]) == [
        (1, moment_text(at()), "started", None, None, None, events[0].body)
    ]


def test_every_column_of_an_event_is_hashed(ledger: Ledger) -> None:
    (event,) = ledger.append([Draft("received", "d", "a" * 64, "k", {"x": 1})], time=at(), actor=ACTOR)
    others = {
        "round": "r", "number": 2, "time": moment_text(at(1)), "actor": "x", "kind": "y", "department": None,
        "about": None, "key": None, "body": '{"x":2}', "previous": "1" * 64,
    }  # fmt: skip
    assert set(others) == {field.name for field in dataclasses.fields(event)} - {"hash"}
    for name, value in others.items():
        assert not dataclasses.replace(event, **{name: value}).holds(), name


def test_the_same_is_recorded_once_and_a_part_of_it_never(ledger: Ledger) -> None:
    ledger.append([Draft("received", key="k")], time=at(), actor=ACTOR)
    with pytest.raises(Refused) as refused:
        ledger.append([Draft("noted", key="n"), Draft("received", key="k")], time=at(), actor=ACTOR,
                      documents=[b"never"])  # fmt: skip
    assert code(refused) == "LEDGER_TWICE"
    assert [one.kind for one in ledger.events()] == ["received"]
    assert ledger.documents([document_hash(b"never")]) == {}
    ledger.append([Draft("returned", key="k"), Draft("noted"), Draft("noted")], time=at(), actor=ACTOR)


def test_documents_are_kept_once_by_their_hash(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.append([], time=at(), actor=ACTOR, documents=[b"one" * 1000, b"two", b"two"])
    assert ledger.document(document_hash(b"two")) == b"two"
    many = [document_hash(b"%d" % number) for number in range(1000)]
    assert set(ledger.documents([*many, document_hash(b"one" * 1000)]).values()) == {b"one" * 1000}
    with pytest.raises(Refused) as refused:
        ledger.document("0" * 64)
    assert code(refused) == "DOCUMENT_MISSING"


@pytest.mark.parametrize("statement", [
    "UPDATE events SET actor = 'x'", "DELETE FROM events", "DELETE FROM documents",
    "UPDATE documents SET hash = 'x'",
])  # fmt: skip
def test_the_database_itself_refuses_changes(ledger: Ledger, statement: str) -> None:
    ledger.append([Draft("started")], time=at(), actor=ACTOR, documents=[b"one"])
    with pytest.raises(SQLAlchemyError, match="append-only"), ledger._engine.begin() as connection:
        connection.execute(text(statement))
    assert len(ledger.events()) == 1


def test_rounds_of_one_database_have_chains_of_their_own(database: str | None, tmp_path: Path) -> None:
    one, other = (opened(database, tmp_path, name) for name in ("甲", "乙"))
    one.create()
    other.create()
    one.append([Draft("started", key="k")], time=at(), actor=ACTOR)
    other.append([Draft("started", key="k")], time=at(), actor=ACTOR)
    assert [event.previous for ledger in (one, other) for event in ledger.events()] == [FIRST, FIRST]
    assert one.rounds() == ["乙", "甲"]


def test_migrations_lead_forward_only(database: str | None, tmp_path: Path) -> None:
    ledger = opened(database, tmp_path)

    def second(connection) -> None:
        connection.execute(text("ALTER TABLE documents ADD COLUMN note TEXT"))

    def broken(connection) -> None:
        connection.execute(text("ALTER TABLE documents ADD COLUMN more TEXT"))
        raise RuntimeError

    ledger.create()
    ledger.append([Draft("started")], time=at(), actor=ACTOR)
    with pytest.raises(RuntimeError), ledger._engine.begin() as connection:
        migrate(connection, [*MIGRATIONS, second, broken])
    with ledger._engine.begin() as connection:
        assert current_version(connection) == len(MIGRATIONS)
    with ledger._engine.begin() as connection:
        migrate(connection, [*MIGRATIONS, second])
        connection.execute(text("SELECT note FROM documents"))
    assert len(ledger.events()) == 1
    with pytest.raises(Refused) as refused:
        ledger.create()
    assert code(refused) == "LEDGER_NEWER"


def test_a_second_clerk_waits_or_is_told(database: str | None, tmp_path: Path) -> None:
    first, second = opened(database, tmp_path), opened(database, tmp_path)
    told: list[str] = []
    with (
        first.held("张三 收取"),
        pytest.raises(Refused) as refused,
        second.held("李四", wait=0.3, waiting=told.append),
    ):
        raise AssertionError
    assert code(refused) == "LEDGER_BUSY"
    assert len(told) == 1
    if database is None:
        assert told == ["张三 收取"]
    order: list[str] = []
    entered = threading.Event()

    def hold() -> None:
        with second.held("李四", wait=20):
            order.append("second")

    with first.held("张三"):
        thread = threading.Thread(target=hold)
        thread.start()
        entered.wait(0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_what_a_killed_clerk_held_is_free(database: str | None, tmp_path: Path) -> None:
    script = (
        "import sys, os\nfrom pathlib import Path\nfrom tests.support.ledgers import opened\n"
        "with opened(sys.argv[1] or None, Path(sys.argv[2])).held('x'):\n    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, database or "", str(tmp_path)], check=False)
    assert done.returncode == 9
    with opened(database, tmp_path).held("y", wait=5):
        pass


def test_addresses_of_ledgers(tmp_path: Path) -> None:
    for bad in ("sqlite:///x.db", "mysql://x/y", "no address"):
        with pytest.raises(Refused) as refused:
            ledger_url(bad)
        assert code(refused) == "LEDGER_URL"
    assert without_password(ledger_url("postgresql://u:secret@h/d")) == "postgresql://u@h/d"
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(Refused) as refused:
        opened(None, tmp_path).create()
    assert code(refused) == "LEDGER_DAMAGED"


def test_no_server_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        Ledger(ledger_url(f"postgresql://clerk@/x?host={tmp_path}"), "r").create()
    assert code(refused) == "LEDGER_FAILED"
