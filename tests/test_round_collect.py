"""What comes in is kept, verified once, filed, and never lost or counted twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.ledgers import at
from tests.support.received import PNG
from tests.support.season import BASIS, Season, begun, clerk, mail, verified_here, workbook_of
from tests.support.zips import zipped
from workbook.findings import Refused
from workbook.round.audit import audit
from workbook.round.collect import collect
from workbook.round.details import read_detail
from workbook.round.folder import open_round
from workbook.round.model import Kind, State
from workbook.round.status import status_result


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return begun(tmp_path)


def kinds(season: Season) -> list[str]:
    return [event.kind for event in season.folder.ledger.events()][5:]


def test_a_day_of_mail(database: str | None, tmp_path: Path) -> None:
    """On both databases: what passed, what is incomplete, a photo, a mail without attachment."""
    season = begun(tmp_path, database)
    season.send(1, 0.5, workbook_of(1))
    season.send(2, 0.5, workbook_of(2, faults=None))
    season.send(3, 0.5, PNG, name="照片.png")
    season.put(mail("虚构 <d4@example.invalid>", at(0.7), subject="收到，月底前报"))
    taken = season.collect(1)
    assert (taken.new, taken.known, taken.lost, len(taken.noted)) == (3, 0, [], 1)
    result = status_result(*season.now(1), clerk(1).today)
    assert [(one["state"], one["total"], one["open"] > 0) for one in result["departments"]] == [
        ("passed", "10.00", False), ("incomplete", None, True), ("to_correct", None, True),
        ("not_returned", None, False),
    ]  # fmt: skip
    counts = {"not_returned": 1, "to_correct": 1, "incomplete": 1, "passed": 1}
    assert result["counts"] == {**dict.fromkeys(map(str, State), 0), **counts}
    (noted,) = season.folder.ledger.events(kinds=[Kind.NOTED])
    assert (noted.department, noted.data["subject"]) == ("D4", "收到，月底前报")
    before = kinds(season)
    again = season.collect(2)
    assert (again.new, again.known, again.again, again.noted) == (0, 3, 0, [])
    assert kinds(season) == before
    assert audit(season.folder, verified_here).broken == []


def test_the_bytes_and_the_whole_result_are_kept(season: Season) -> None:
    data = workbook_of(1)
    season.send(1, 0.5, data)
    season.collect()
    (verified,) = season.folder.ledger.events(kinds=[Kind.VERIFIED])
    assert season.store.read(str(verified.about)) == data
    detail = read_detail(season.folder.ledger.document(verified.data["detail"]))
    assert detail.result["verdict"] == "pass"
    assert detail.filled["department"] == "虚构一局"
    assert "path" not in detail.result


def test_the_same_content_again_is_told_and_not_verified_again(season: Season) -> None:
    data = workbook_of(1)
    season.send(1, 0.5, data)
    season.send(1, 0.6, data)
    season.put(zipped({"一局.xlsx": data}), "一局.zip")
    taken = season.collect()
    assert (taken.new, taken.known) == (3, 0)  # two mails and a file without one
    assert kinds(season).count("verified") == 1
    season.put(data, "又一份.xlsx")
    assert season.collect(2).known == 4
    assert len(season.standing(1).department.filings) == 3


def test_another_program_or_rubric_verifies_again_and_says_so(season: Season) -> None:
    season.send(1, 0.5, workbook_of(1))
    season.collect()
    taken = season.collect(2, basis="newer")
    assert (taken.new, taken.known, taken.again) == (0, 1, 1)
    assert [one for one in kinds(season) if one != "noted"] == ["received", "verified", "filed", "verified"]
    assert season.collect(3, basis="newer").again == 0
    assert season.standing(1).state is State.PASSED


def test_what_was_interrupted_goes_on_from_the_kept_bytes(season: Season) -> None:
    """Killed while verifying: the inbox is gone, the bytes are not."""
    season.send(1, 0.5, workbook_of(1))
    season.send(2, 0.5, workbook_of(2))
    who = clerk(1)

    def dies(files, count):
        given = list(files)
        yield from verified_here(given[:1], count)
        raise KeyboardInterrupt

    with season.folder.held(who, "收取"), pytest.raises(KeyboardInterrupt):
        collect(season.folder, [season.inbox], who, dies, BASIS)
    assert kinds(season) == ["received", "received"]
    gone = [
        path.rename(tmp)
        for path, tmp in ((one, one.parent.parent / one.name) for one in season.inbox.iterdir())
    ]
    season.put(b"", "空.txt")
    taken = season.collect(2)
    assert (taken.new, taken.lost) == (3, [])
    assert [season.standing(number).state for number in (1, 2)] == [State.PASSED, State.PASSED]
    assert season.collect(3, *gone).new == 0
    assert kinds(season).count("filed") == 3


def test_a_cut_file_is_written_anew_when_it_comes_again(season: Season) -> None:
    data = workbook_of(1)
    season.send(1, 0.5, data)
    season.collect()
    (received,) = season.folder.ledger.events(kinds=[Kind.RECEIVED])
    path = season.store.path(str(received.about))
    path.write_bytes(data[:100])
    assert [one.finding.code for one in audit(season.folder, None).broken] == ["STORE_CHANGED"]
    season.collect(2)
    assert audit(season.folder, None).broken == []


def test_a_mail_is_kept_where_its_attachment_cannot_be_verified(season: Season) -> None:
    season.send(3, 0.5, b"%PDF-1.7\n" + bytes(100), name="自评.pdf")
    season.collect()
    (received,) = season.folder.ledger.events(kinds=[Kind.RECEIVED])
    assert b"From:" in season.store.read(str(received.about))
    assert received.data["finding"]["code"] == "FILE_DOCUMENT"
    assert season.standing(3).department.filings[0].how == "sender"


def test_evidence_beside_a_workbook_is_no_submission(season: Season) -> None:
    message = mail("虚构 <d1@example.invalid>", at(0.5), ("自评表.xlsx", workbook_of(1)), ("佐证.png", PNG))
    season.put(message)
    taken = season.collect()
    assert taken.new == 1
    assert taken.ignored["随工作簿寄来的其他材料"] == 1


def test_hostile_texts_are_data(season: Season) -> None:
    name = '=HYPERLINK("http://example.invalid")<script>alert(1)</script>'
    season.put(mail("x@example.invalid", at(0.5), (f"{name}.xlsx", workbook_of(1, name=name)), subject=name))
    season.collect()
    (filed,) = season.folder.ledger.events(kinds=[Kind.FILED])
    assert filed.department == "D1"
    assert {one["code"] for one in filed.data["findings"]} == {"ROUND_NAME_OTHER", "ROUND_SENDER_OTHER"}
    assert json.loads(filed.body) == filed.data


def test_there_is_no_round_in_another_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_round(tmp_path)
    assert refused.value.findings[0].code == "ROUND_NONE"
    (tmp_path / "round.json").write_text("{}")
    with pytest.raises(Refused) as refused:
        open_round(tmp_path)
    assert refused.value.findings[0].code == "FILE_UNREADABLE"
