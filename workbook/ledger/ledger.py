"""A round's ledger: events are added and read, in one order, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Select, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from workbook.findings import Refused, found
from workbook.ledger.database import engine_of, file_url, told
from workbook.ledger.event import FIRST, Draft, Event, recorded
from workbook.ledger.hold import hold_file, hold_round
from workbook.ledger.schema import DOCUMENTS, EVENTS, migrate

WAIT = 20.0
"""Seconds that a second clerk waits."""

_TOGETHER = 400
"""Hashes that are asked for at once."""

Row = tuple[int, str, str, str | None, str | None, str | None, str]
"""Number, time, kind, department, about, key and body of an event."""


class Ledger:
    """The ledger of one round. Reading waits for nobody; whoever writes holds it first."""

    def __init__(self, url: URL, round_id: str) -> None:
        self.url, self.round = url, round_id
        self._engine = engine_of(url)

    @classmethod
    def in_file(cls, path: Path, round_id: str) -> Ledger:
        """The ledger in an SQLite file."""
        return cls(file_url(path), round_id)

    @property
    def file(self) -> Path | None:
        """The file of a ledger on SQLite."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    def create(self) -> None:
        """Make the tables, or bring them to the newest version. Raises Refused."""
        with told(self.url), self._engine.begin() as connection:
            migrate(connection)

    @contextmanager
    def held(
        self, who: str, *, wait: float = WAIT, waiting: Callable[[str], None] = lambda who: None
    ) -> Iterator[None]:
        """Hold the ledger: the only one that writes. A second clerk waits, then is told by Refused."""
        with contextlib.ExitStack() as stack:
            with told(self.url):
                if self.file is not None:
                    path = self.file.with_suffix(".lock")
                    stack.enter_context(hold_file(path, who, wait=wait, waiting=waiting))
                else:
                    stack.enter_context(hold_round(self._engine, self.round, wait=wait, waiting=waiting))
            self.create()
            yield

    def append(
        self, drafts: Sequence[Draft], *, time: datetime, actor: str, documents: Iterable[bytes] = ()
    ) -> list[Event]:
        """Record events and the documents that they refer to: all of them or, when this raises, none."""
        with told(self.url):
            try:
                with self._engine.begin() as connection:
                    _keep(connection, documents)
                    return self._append(connection, drafts, time, actor)
            except IntegrityError as error:
                raise Refused([found("LEDGER_TWICE")]) from error

    def _append(
        self, connection: Connection, drafts: Sequence[Draft], time: datetime, actor: str
    ) -> list[Event]:
        last = connection.execute(
            select(EVENTS.c.number, EVENTS.c.hash)
            .where(EVENTS.c.round == self.round)
            .order_by(EVENTS.c.number.desc())
            .limit(1)
        ).first()
        number, previous = (0, FIRST) if last is None else (last.number, last.hash)
        events = []
        for draft in drafts:
            number += 1
            event = recorded(
                draft, round_id=self.round, number=number, time=time, actor=actor, previous=previous
            )
            previous = event.hash
            events.append(event)
        if events:
            names = [column.name for column in EVENTS.columns]
            connection.execute(
                EVENTS.insert(), [{name: getattr(one, name) for name in names} for one in events]
            )
        return events

    def events(self, *, kinds: Iterable[str] = (), department: str | None = None) -> list[Event]:
        """The events in their order; of some kinds, or of one department, only."""
        with told(self.url), self._reading() as connection:
            rows = connection.execute(self._asked(select(EVENTS), kinds, department))
            return [Event(**row._mapping) for row in rows]

    def rows(self, *, kinds: Iterable[str] = (), but: Iterable[str] = ()) -> Sequence[Row]:
        """Events of some kinds, or of all ``but`` some, in order, as plain tuples: for many thousands."""
        asked = self._asked(
            select(
                EVENTS.c.number, EVENTS.c.time, EVENTS.c.kind, EVENTS.c.department, EVENTS.c.about,
                EVENTS.c.key, EVENTS.c.body,
            ),
            kinds,
        ).where(EVENTS.c.kind.not_in(list(but)))  # fmt: skip
        with told(self.url), self._reading() as connection:
            cursor = connection.execute(asked).cursor
            assert cursor is not None
            return [tuple(row) for row in cursor.fetchall()]

    def rounds(self) -> list[str]:
        """The rounds that have events in this database; none where it is no ledger yet."""
        from workbook.ledger.schema import current_version

        with told(self.url), self._reading() as connection:
            if current_version(connection) == 0:
                return []
            return sorted(connection.execute(select(EVENTS.c.round).distinct()).scalars())

    def document(self, digest: str) -> bytes:
        """A document by its hash; raises Refused where it is missing or is not as it was."""
        body = self.documents([digest]).get(digest)
        if body is None:
            raise Refused([found("DOCUMENT_MISSING", hash=digest)])
        return body

    def documents(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Documents by their hashes; what is missing or not as it was is left out."""
        wanted, read = list(dict.fromkeys(digests)), {}
        with told(self.url), self._reading() as connection:
            for start in range(0, len(wanted), _TOGETHER):
                asked = select(DOCUMENTS).where(DOCUMENTS.c.hash.in_(wanted[start : start + _TOGETHER]))
                for row in connection.execute(asked):
                    with contextlib.suppress(zlib.error):
                        body = zlib.decompress(row.body)
                        if document_hash(body) == row.hash:
                            read[row.hash] = body
        return read

    def _asked(
        self, asked: Select[tuple[object, ...]], kinds: Iterable[str], department: str | None = None
    ) -> Select[tuple[object, ...]]:
        asked = asked.where(EVENTS.c.round == self.round).order_by(EVENTS.c.number)
        if wanted := list(kinds):
            asked = asked.where(EVENTS.c.kind.in_(wanted))
        return asked if department is None else asked.where(EVENTS.c.department == department)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(reads=True) as connection:
            yield connection


def _keep(connection: Connection, documents: Iterable[bytes]) -> None:
    """Add the documents that are not there yet."""
    bodies = {document_hash(body): body for body in documents}
    wanted = list(bodies)
    for start in range(0, len(wanted), _TOGETHER):
        asked = select(DOCUMENTS.c.hash).where(DOCUMENTS.c.hash.in_(wanted[start : start + _TOGETHER]))
        for digest in connection.execute(asked).scalars().all():
            bodies.pop(digest)
    if bodies:
        connection.execute(
            DOCUMENTS.insert(),
            [{"hash": digest, "body": zlib.compress(body)} for digest, body in bodies.items()],
        )


def document_hash(body: bytes) -> str:
    """The hash by which a document is kept."""
    return hashlib.sha256(body).hexdigest()
