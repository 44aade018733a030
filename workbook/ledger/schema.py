"""The tables of a ledger, by versions: each migration leads to the next one, none leads back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
    text,
)

from workbook.findings import Refused, found

METADATA = MetaData()

EVENTS = Table(
    "events",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("time", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("department", Text),
    Column("about", Text),
    Column("key", Text),
    Column("body", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("round", "kind", "key", name="once"),
)
"""What happened. Rows are added, never changed: the database itself refuses it."""

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""What events refer to by its SHA-256 and is too long to stand in them, compressed."""

VERSIONS = Table("versions", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))
"""The migrations that have been made."""

Migration = Callable[[Connection], None]


def _first(connection: Connection) -> None:
    """Create events and documents, and what keeps events from being changed."""
    EVENTS.create(connection)
    DOCUMENTS.create(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
            )
        )
        for table in ("events", "documents"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
                )
            )
        return
    for table in ("events", "documents"):
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                )
            )


MIGRATIONS: tuple[Migration, ...] = (_first,)
"""The n-th leads from version n-1 to version n."""


def migrate(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the tables to the newest version, within the caller's transaction.

    Raises Refused for a ledger that a newer program has written.
    """
    version = current_version(connection)
    if version > len(migrations):
        raise Refused([found("LEDGER_NEWER", version=version, known=len(migrations))])
    if version == len(migrations):
        return
    if connection.dialect.name == "postgresql":  # two clerks who open a new ledger at once
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('workbook.ledger'))"))
        version = current_version(connection)
    VERSIONS.create(connection, checkfirst=True)
    for number, step in enumerate(migrations[version:], version + 1):
        step(connection)
        connection.execute(VERSIONS.insert().values(version=number))


def current_version(connection: Connection) -> int:
    """The version of the tables; 0 where there are none."""
    if not inspect(connection).has_table("versions"):
        return 0
    return max(connection.execute(select(VERSIONS.c.version)).scalars(), default=0)
