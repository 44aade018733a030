"""No output takes the place of a file that was received or read: not by force, and not under another name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.cli import run_json
from tests.support.outcomes import YANTIAN, filled
from workbook.cli.sources import sources
from workbook.files import Sources, write_atomically
from workbook.findings import Refused
from workbook.load.builtin import builtin_path


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def harmless(folder: Path, *command: str | Path) -> dict:
    """The finding of a command that is refused with force and without, and changes nothing in ``folder``."""
    before = state(folder)
    for force in ((), ("--force",)) if command[0] != "preview" else ((),):
        found = run_json(*command, *force, status=2)["findings"]
        assert {one["code"] for one in found} == {"OUTPUT_IS_INPUT"}
        assert state(folder) == before
    return found[0]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件箱"
    (folder / "子").mkdir(parents=True)
    (folder / "子" / "甲局.xlsx").write_bytes(filled(YANTIAN, "甲局"))
    (folder / "坏.xlsx").write_bytes(b"PK no workbook")
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "昨日核验结果.xlsx").write_bytes(b"PK yesterday")
    return folder


@pytest.mark.parametrize("option", ["--report", "--html"])
def test_verify_never_writes_onto_what_it_received(inbox: Path, option: str) -> None:
    one = inbox / "子" / "甲局.xlsx"
    for place in (one, inbox, inbox / "子"):
        harmless(inbox, "verify", place, option, one)
    for name in ("坏.xlsx", "空.xlsx", "昨日核验结果.xlsx"):
        finding = harmless(inbox, "verify", inbox, option, inbox / name)
        assert name in finding["message"]
        assert "收件文件夹之外" in finding["fix"]
    harmless(inbox, "verify", inbox, option, inbox / "子" / ".." / "坏.xlsx")


def test_verify_is_refused_before_it_begins(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.api.receive", lambda *_, **__: pytest.fail("verified"))
    run_json("verify", inbox, "--report", inbox / "坏.xlsx", "--force", status=2)


def test_verify_looks_again_before_it_writes(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.verifier import receiving

    received_by, late = receiving.received_by, inbox / "核验结果.xlsx"

    def meanwhile(*arguments: object, **options: object) -> object:
        late.write_bytes(b"PK has just come in")
        return received_by(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("workbook.verifier.receiving.received_by", meanwhile)
    found = run_json("verify", inbox, "--report", late, "--force", "--record", inbox / "底册", status=2)
    assert [one["code"] for one in found["findings"]] == ["OUTPUT_IS_INPUT"]
    assert late.read_bytes() == b"PK has just come in"
    assert not (inbox / "底册").exists()


def test_new_files_may_stand_beside_received_ones(inbox: Path) -> None:
    before = state(inbox)
    options = ("--report", inbox / "结果.xlsx", "--return", inbox, "--record", inbox)
    run_json("verify", inbox / "子", inbox / "坏.xlsx", *options, status=1)
    after = state(inbox)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1 + 3 + 2
    # on the next day they are received files
    for option in ("--return", "--record"):
        found = run_json("verify", inbox, option, inbox, "--force", status=2)["findings"]
        assert {one["code"] for one in found} == {"OUTPUT_IS_INPUT"}
    assert state(inbox) == after


@pytest.mark.parametrize("link", ["hard", "symbolic", "folder"])
def test_links_lead_to_the_same_file(inbox: Path, tmp_path: Path, link: str) -> None:
    one, alias = inbox / "坏.xlsx", tmp_path / "结果.xlsx"
    try:
        if link == "hard":
            os.link(one, alias)
        elif link == "symbolic":
            alias.symlink_to(one)
        else:
            (tmp_path / "别处").symlink_to(inbox, target_is_directory=True)
            alias = tmp_path / "别处" / "坏.xlsx"
    except OSError:
        pytest.skip("no links on this file system")
    harmless(tmp_path, "verify", inbox, "--report", alias)
    # and the other way about: the link is what was received
    harmless(tmp_path, "verify", alias, "--report", one)


def test_letters_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows names differ in case and are one file, be it there or not."""
    monkeypatch.setattr(os.path, "normcase", str.lower)
    received = Sources([tmp_path / "A.xlsx"])
    assert tmp_path / "a.XLSX" in received
    assert tmp_path / "b.xlsx" not in received


def test_a_system_that_tells_no_file_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every file has the number 0, not all files are one."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"x")
    real = Path.stat

    def unnumbered(self: Path, **options: bool) -> os.stat_result:
        return os.stat_result((*real(self, **options)[:1], 0, *real(self, **options)[2:]))

    monkeypatch.setattr(Path, "stat", unnumbered)
    received = Sources([tmp_path / "a"])
    assert tmp_path / "a" in received
    assert tmp_path / "b" not in received
    try:
        (tmp_path / "c").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        return
    assert tmp_path / "c" / "a" in received
    assert tmp_path / "a" in Sources([tmp_path / "c" / "a"])
    assert tmp_path / "c" / "b" not in received


def test_own_specs_are_read_too(inbox: Path, tmp_path: Path) -> None:
    spec = tmp_path / "我区.yaml"
    spec.write_bytes(builtin_path(YANTIAN).read_bytes())
    harmless(tmp_path, "verify", inbox, "--rubric", str(spec), "--report", spec)
    harmless(tmp_path, "migrate", inbox / "子", "--to", YANTIAN, "--rubric", str(spec), "--report", spec)
    harmless(tmp_path, "diff", spec, YANTIAN, "-o", spec)
    harmless(tmp_path, "diff", YANTIAN, spec, "-o", tmp_path / "x" / ".." / spec.name)
    harmless(tmp_path, "new", spec, "-o", spec)
    over = tmp_path / "叠加.yaml"
    over.write_text(f"base: {spec.name}\nid: mine\ntitle: x\n", encoding="utf-8")
    harmless(tmp_path, "diff", over, YANTIAN, "-o", spec)


def test_built_in_specs_are_never_written_over() -> None:
    builtin = builtin_path(YANTIAN)
    for command in (("init",), ("diff", YANTIAN, "dapeng-2024"), ("new", YANTIAN)):
        harmless(builtin.parent, *command, "-o", builtin)
    harmless(builtin.parent, "schema", "-o", builtin.parent / "released" / "SHA256SUMS")


def test_figures_and_rosters(tmp_path: Path, figures: Path) -> None:
    harmless(tmp_path, "new", YANTIAN, "--data", figures, "-o", figures)
    book = tmp_path / "自评表.xlsx"
    book.write_bytes(filled(YANTIAN, "甲"))
    harmless(tmp_path, "new", YANTIAN, "--data", book, "-o", book)
    folder = tmp_path / "下发"
    folder.mkdir()
    issued = folder / f"{YANTIAN}_甲.xlsx"
    issued.write_bytes(book.read_bytes())
    roster = folder / "名册.csv"
    roster.write_text("部门名称\n甲\n", encoding="utf-8")
    harmless(tmp_path, "new", YANTIAN, "--roster", roster, "--data", issued, "-o", folder)


def test_migrate(inbox: Path, tmp_path: Path) -> None:
    one = inbox / "子" / "甲局.xlsx"
    harmless(inbox, "migrate", one, "--to", "dapeng-2024", "-o", one)
    harmless(inbox, "migrate", one, "--to", "dapeng-2024", "-o", tmp_path / "o", "--report", one)
    harmless(inbox, "migrate", inbox, "--to", "dapeng-2024", "-o", tmp_path / "o",
             "--report", inbox / "昨日核验结果.xlsx")  # fmt: skip
    made = inbox / "dapeng-2024_甲局_沿用2023年度.xlsx"
    made.write_bytes(b"PK received under this very name")
    harmless(inbox, "migrate", inbox, "--to", "dapeng-2024", "-o", inbox)
    assert not (tmp_path / "o").exists()


def test_preview(tmp_path: Path) -> None:
    spec = tmp_path / "我区.yaml"
    spec.write_bytes(builtin_path(YANTIAN).read_bytes())
    try:
        os.link(spec, tmp_path / f"{YANTIAN}_预览.pdf")
    except OSError:
        pytest.skip("no links on this file system")
    harmless(tmp_path, "preview", spec, "-o", tmp_path)


def test_writing_looks_for_itself(tmp_path: Path) -> None:
    one = tmp_path / "a.xlsx"
    one.write_bytes(b"")
    with pytest.raises(Refused) as caught:
        write_atomically(one, b"new", force=True, sources=sources(tmp_path))
    assert [found.code for found in caught.value.findings] == ["OUTPUT_IS_INPUT"]
    assert one.read_bytes() == b""
    write_atomically(tmp_path / "b.xlsx", b"new", sources=sources(tmp_path))
