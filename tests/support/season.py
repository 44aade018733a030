"""A collection round in small: made-up departments, their workbooks, and the mails that bring them."""

from __future__ import annotations

import email.message
import email.policy
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from email.utils import format_datetime
from pathlib import Path

from tests.support.ledgers import ACTOR, at
from workbook.api import new_workbook
from workbook.issue.roster import Department as Addressee
from workbook.ledger import Store
from workbook.load.rubric import load_rubric
from workbook.returned.registry import Registry
from workbook.round.clerk import Clerk, checked_clerk
from workbook.round.collect import Collected, collect
from workbook.round.fold import load_round
from workbook.round.folder import Folder, new_folder, open_round
from workbook.round.model import Round
from workbook.round.standing import Standing, standings
from workbook.round.start import start_round
from workbook.round.status import find_standing
from workbook.rubric.inputs import Inputs
from workbook.rubric.model import Rubric
from workbook.verifier.verification import Verification
from workbook.verifier.verify import verify_batch

SPEC = Path(__file__).resolve().parents[1] / "specs" / "tiny.yaml"
DEADLINE = date(2025, 3, 10)
BASIS = "made-up"
NAMES = ("虚构一局", "虚构二局", "虚构三局", "虚构四局")


def clerk(days: float = 0) -> Clerk:
    return checked_clerk(ACTOR, at(days))


def roster() -> list[Addressee]:
    return [
        Addressee(name, f"d{number}@example.invalid", issue=f"D{number}")
        for number, name in enumerate(NAMES, 1)
    ]


@functools.cache
def rubric() -> Rubric:
    return load_rubric(SPEC)


@functools.cache
def _registry() -> Registry:
    return Registry({rubric().id: rubric()})


def workbook_of(
    number: int,
    *,
    name: str | None = None,
    issue: str | None = None,
    plan: int | None = 100,
    spent: str | None = "95",
    faults: int | None = 0,
    reason: str = "",
    note: str = "虚构",
    of: Rubric | None = None,
) -> bytes:
    """The filled workbook of the ``number``-th department, as issued; it passes as it stands.

    More ``spent`` than planned lights up a cross-check, ``faults`` ask for a reason, None is a blank field.
    """
    typed = {"plan": plan, "spent": spent, "faults": faults}
    values = {key: Decimal(value) for key, value in typed.items() if value is not None}
    reasons = {"execution": reason} if reason else {}
    return new_workbook(
        of or rubric(),
        department=NAMES[number - 1] if name is None else name,
        inputs=Inputs({**values, "preparer": note} if of is None else {}, reasons),
        issue=issue or f"D{number}",
    )


def mail(
    sender: str, moment: datetime | None, *attachments: tuple[str, bytes], subject: str = "绩效自评"
) -> bytes:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, "czj@example.invalid", subject
    if moment is not None:
        message["Date"] = format_datetime(moment)
    message.set_content("您好，报送见附件。")
    for name, data in attachments:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message.as_bytes()


_KNOWN: dict[bytes, Verification] = {}


def verified_here(files: Iterable[tuple[str, bytes]], count: int) -> Iterator[Verification]:
    """Verification in this process, each content once for all tests."""
    for name, data in files:
        if data not in _KNOWN:
            _KNOWN[data] = verify_batch([(name, data)], _registry(), quick=True)[0].slim()
        yield _KNOWN[data]


def verified_whole(files: Iterable[tuple[str, bytes]], count: int) -> Iterator[Verification]:
    """The same, with whole reports."""
    for name, data in files:
        yield verify_batch([(name, data)], _registry(), quick=True)[0]


@dataclass
class Season:
    """A round that has begun, and its inbox."""

    folder: Folder
    inbox: Path
    database: str | None

    @property
    def path(self) -> Path:
        return self.folder.path

    @property
    def store(self) -> Store:
        return self.folder.store

    def send(self, number: int, days: float, *attachments: bytes, name: str = "自评表.xlsx") -> None:
        """A mail of the ``number``-th department comes into the inbox."""
        files = [(name, data) for data in attachments]
        sender = f"虚构 <d{number}@example.invalid>"
        self.put(mail(sender, at(days), *files))

    def put(self, data: bytes, name: str | None = None) -> Path:
        """A file comes into the inbox."""
        self.inbox.mkdir(exist_ok=True)
        path = self.inbox / (name or f"{len(list(self.inbox.iterdir())):03}.eml")
        path.write_bytes(data)
        return path

    def collect(self, days: float = 1, *paths: Path, basis: str | None = None) -> Collected:
        who = clerk(days)
        with self.folder.held(who, "收取"):
            return collect(self.folder, paths or (self.inbox,), who, verified_here, basis or BASIS)

    def round(self) -> Round:
        return load_round(open_round(self.path, self.database).ledger)

    def now(self, days: float) -> tuple[Round, list[Standing]]:
        """The round and where its departments stand on a day."""
        one = self.round()
        return one, standings(one, clerk(days).today)

    def standing(self, number: int, days: float = 1) -> Standing:
        return find_standing(self.round(), f"D{number}", clerk(days).today)


def begun(folder: Path, database: str | None = None) -> Season:
    """A round of four departments that were issued their workbooks."""
    made, who = new_folder(folder / "2025自评", database, None), clerk()
    with made.held(who, "开始"):
        start_round(made, rubric(), roster(), who, source=str(SPEC), deadline=DEADLINE)
    return Season(made, folder / "收件箱", database)
