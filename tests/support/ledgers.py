"""Ledgers for the tests: in a file, and on a real PostgreSQL, a fresh one each."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from workbook.ledger import Ledger
from workbook.ledger.database import engine_of, ledger_url

START = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)
ACTOR = "虚构经办人"


def at(days: float = 0) -> datetime:
    """A moment of the made-up season."""
    return START + timedelta(days=days)


def fresh_database(server: str) -> str:
    """The URL of a new, empty database on a server."""
    name = f"t{uuid.uuid4().hex}"
    with (
        engine_of(ledger_url(server)).connect().execution_options(isolation_level="AUTOCOMMIT") as connection
    ):
        connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(server).set(database=name).render_as_string()


def opened(database: str | None, folder: Path, round_id: str = "虚构轮次") -> Ledger:
    """A ledger in a folder's file, or in a database of a server."""
    if database is None:
        return Ledger.in_file(folder / "ledger.sqlite", round_id)
    return Ledger(ledger_url(database), round_id)
