"""A whole morning killed at its steps: nothing is lost, nothing is there twice, the audit is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.faults import killed_each
from tests.support.ledgers import at
from tests.support.season import (
    BASIS,
    DEADLINE,
    SPEC,
    Season,
    clerk,
    mail,
    roster,
    rubric,
    verified_here,
    verified_whole,
    workbook_of,
)  # fmt: skip
from workbook.findings import Refused
from workbook.round.audit import audit
from workbook.round.fold import load_round
from workbook.round.folder import new_folder, open_round
from workbook.round.standing import standings
from workbook.round.start import start_round
from workbook.round.status import summary
from workbook.round.today import play_today


def work(database: str | None, folder: Path) -> None:
    """Begin a round, unless it has begun, and do a morning's work on four mails."""
    made, who = new_folder(folder / "2025自评", database, None), clerk(5)
    try:
        with made.held(who, "开始"):
            start_round(made, rubric(), roster(), who, source=str(SPEC), deadline=DEADLINE)
    except Refused as refused:
        assert [one.code for one in refused.findings] == ["ROUND_EXISTS"]
    season = Season(made, folder / "收件箱", database)
    mails = (
        (1, 0.5, "自评表.xlsx", workbook_of(1)),
        (2, 0.5, "自评表.xlsx", workbook_of(2, plan=None)),
        (3, 0.5, "自评.pdf", b"%PDF-1.7\n" + bytes(100)),
        (1, 0.6, "自评表.xlsx", workbook_of(1, spent="96")),
    )
    for count, (number, days, name, data) in enumerate(mails):
        season.put(mail(f"d{number}@example.invalid", at(days), (name, data)), f"{count}.eml")
    with made.held(who, "每日"):
        play_today(
            made, rubric(), [season.inbox], who,
            verifier=verified_here, reporter=verified_whole, basis=BASIS, before=3,
        )  # fmt: skip


def check(database: str | None, folder: Path, *, done: bool = False) -> None:
    """Whatever has been recorded holds; at the end everything has happened once."""
    try:
        opened = open_round(folder / "2025自评", database)
    except Refused as refused:
        assert not done
        assert [one.code for one in refused.findings] == ["ROUND_NONE"]
        return
    if not opened.ledger.rounds():
        assert not done
        return
    assert audit(opened, None).broken == []
    if not done:
        return
    kinds = [event.kind for event in opened.ledger.events()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "started": 1, "issued": 4, "received": 4, "verified": 3, "filed": 4, "returned": 4, "reminded": 1,
    }  # fmt: skip
    assert (
        summary(standings(load_round(opened.ledger), clerk(5).today))
        == "4 家：通过 1，退回 1，未填完 1，未报 1"
    )
    for event in opened.ledger.events(kinds=["returned", "reminded"]):
        for name in event.data.get("files", [event.data.get("file")]):
            assert len(list(opened.path.glob(f"每日/*/*/{name}"))) == 1
    assert len(list((opened.path / "下发").iterdir())) == 8


@pytest.mark.long
def test_killed_at_its_steps_a_morning_goes_on(database: str | None, tmp_path: Path) -> None:
    kills = killed_each(
        "tests.test_round_faults:work", "tests.test_round_faults:check", (database, tmp_path),
        fresh=database is None, stride=17,
    )  # fmt: skip
    assert kills >= (8 if database is None else 3)
