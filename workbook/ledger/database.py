"""The connection to a ledger's database: SQLite in a file, or PostgreSQL by its URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from workbook.findings import Finding, Refused, found

_BUSY_SECONDS = 30
"""How long a transaction waits for another one to end."""


def file_url(path: Path) -> URL:
    """The URL of a ledger in a file."""
    return URL.create("sqlite", database=str(path))


def ledger_url(text: str) -> URL:
    """The URL of a PostgreSQL database as given by a clerk; raises Refused for any other."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise Refused([found("LEDGER_URL", problem="不是数据库地址")]) from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise Refused([found("LEDGER_URL", problem=f"不支持 {url.get_backend_name()}")])
    return url.set(drivername="postgresql+psycopg")


def without_password(url: URL) -> str:
    """A URL as it may be written down."""
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string()


def engine_of(url: URL) -> Engine:
    """The engine for a URL; a transaction on SQLite takes the right to write when it begins.

    Raises Refused where the driver is missing.
    """
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, poolclass=NullPool)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise Refused([found("LEDGER_DRIVER")]) from error
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says so
        for setting in ("synchronous = FULL", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def told(url: URL) -> Iterator[None]:
    """What the database makes fail is a finding."""
    try:
        yield
    except SQLAlchemyError as error:
        raise Refused([_finding(error, url)]) from error
    except sqlite3.Error as error:
        raise Refused([found("LEDGER_FAILED", reason=str(error))]) from error


def _finding(error: SQLAlchemyError, url: URL) -> Finding:
    original = error.orig if isinstance(error, DBAPIError) else None
    reason = " ".join(str(original or error).split())[:300]
    if url.get_backend_name() == "sqlite":
        if any(words in reason for words in ("malformed", "not a database")):
            return found("LEDGER_DAMAGED", path=url.database, reason=reason)
        if "locked" in reason:
            return found("LEDGER_BUSY", who="另一个程序")
        if "is full" in reason:
            return found("LEDGER_FAILED", reason="磁盘已满")
    return found("LEDGER_FAILED", reason=reason)
