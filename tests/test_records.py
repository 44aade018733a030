"""The record: made anew from the inputs of a received file, and verified like a received file."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.support.clean import clean
from tests.support.cli import run, run_json
from tests.support.outcomes import DAPENG, YANTIAN, filled, wrong
from tests.support.package import package_problems
from tests.support.paths import MAILED_FOLDER
from tests.support.returned import (
    by_libreoffice,
    by_openpyxl,
    codes,
    formula,
    issued,
    number,
    parts,
    text,
    verified,
    with_cell,
    with_part,
)
from workbook.api import new_workbook, receive
from workbook.author.skeleton import skeleton
from workbook.findings import Refused, Severity
from workbook.layout.book import Book
from workbook.load.rubric import load_rubric
from workbook.reports import record
from workbook.reports.record import record_workbook
from workbook.reports.records import MANIFEST, write_records
from workbook.rubric.fields import FieldKind
from workbook.rubric.inputs import Inputs
from workbook.rubric.keys import Sort
from workbook.rubric.model import Rubric
from workbook.template.fingerprint import load_released
from workbook.template.model import Template
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verdict, Verification

CUSTOM = "docProps/custom.xml"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def recorded(data: bytes) -> bytes:
    report = verified(data)
    assert report.verdict is Verdict.PASS
    return record_workbook(report, sha(data))


def same_but_for_the_hash(first: bytes, second: bytes) -> bool:
    """Whether two records differ in one property only, and in that they do differ."""
    one, other = parts(first), parts(second)
    differing = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
    return differing == {CUSTOM} and list(one) == list(other)


def property_of(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return str(book.custom_doc_props["workbook.received"].value)


def entry(data: bytes, path: str = "收件箱/甲.xlsx") -> Submission:
    report = verified(data)
    report.path = path
    return Submission(report, digest=sha(data))


@pytest.mark.parametrize("name", ["yantian-2023.t1", "yantian-2023.t2", "dapeng-2024.t1", "dapeng-2024.t2"])
def test_each_released_version_has_a_record_that_passes(name: str) -> None:
    """The first versions too, which today's generator draws no more."""
    data = (MAILED_FOLDER / f"{name}.xlsx").read_bytes()
    before, made = verified(data), recorded(data)
    assert package_problems(made) == []
    after = verified(made)
    assert after.verdict is Verdict.PASS
    assert (after.identity, after.rubric, after.template) == (before.identity, before.rubric, before.template)
    assert after.inputs == before.inputs
    assert after.evaluation.total == before.evaluation.total  # type: ignore[union-attr]
    assert after.cached == before.cached
    assert after.cached
    notes = {"EVIDENCE_OPEN", "ROWS_PARTIAL"}  # about the inputs
    assert codes(after) <= codes(before) | notes
    assert not codes(after) & {"VALIDATION_CHANGED", "LOCK_CHANGED", "FORMAT_CHANGED", "PROTECTION_OFF"}
    assert recorded(data) == made
    # a record is a file like another: what it counts for is itself
    assert same_but_for_the_hash(made, recorded(made))


@pytest.mark.parametrize("name", ["yantian-2023.t2", "dapeng-2024.t2"])
def test_what_is_drawn_today_can_be_written_from_what_is_kept(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it will be when the generator has changed again: links, detail tables and hidden sheets, too."""
    rubric_id, _, version = name.partition(".t")

    def kept(rubric: Rubric, wanted: str) -> tuple[Book | None, Template]:
        assert wanted == version
        issued = load_released(rubric_id, version)
        return None, issued

    monkeypatch.setattr(record, "_laid_out", kept)
    data = (MAILED_FOLDER / f"{name}.xlsx").read_bytes()
    before, made = verified(data), recorded(data)
    assert package_problems(made) == []
    after = verified(made)
    assert (after.verdict, after.inputs, after.cached) == (Verdict.PASS, before.inputs, before.cached)
    assert not codes(after) - codes(before) - {"EVIDENCE_OPEN", "ROWS_PARTIAL"}
    sheets, drawn = (openpyxl.load_workbook(io.BytesIO(one)) for one in (made, data))
    for sheet in sheets:
        ranges = {str(one) for rule in sheet.data_validations.dataValidation for one in rule.sqref.ranges}
        rules = drawn[sheet.title].data_validations.dataValidation
        assert ranges == {str(one) for rule in rules for one in rule.sqref.ranges}


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["yantian-2023.t1", "dapeng-2024.t1"])
def test_a_plain_record_recalculates_to_the_same(name: str) -> None:
    made = recorded((MAILED_FOLDER / f"{name}.xlsx").read_bytes())
    saved = verified(by_libreoffice({"a.xlsx": made}, recalculate=True)["a.xlsx"])
    assert saved.verdict is Verdict.PASS
    assert not codes(saved, Severity.WARNING) - codes(verified(made), Severity.WARNING)


def decorated(data: bytes) -> bytes:
    """What an officer leaves in a file: own sheets, colours, a comment, widths, another author."""

    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("我的草稿")["A1"] = "=1+1"
        sheet = book["数据填报"]
        sheet["D4"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF0000")
        sheet["D4"].comment = openpyxl.comments.Comment("核对过", "张三")
        sheet.column_dimensions["D"].width = 50
        book.properties.creator = "张三"

    return by_openpyxl(data, change)


def typed(data: bytes) -> bytes:
    """The same amount, typed as arithmetic."""
    book = issued(YANTIAN)
    place = book[book.field(FieldKind.MONEY).id]
    value = clean(YANTIAN).values[book.field(FieldKind.MONEY).id]
    assert isinstance(value, Decimal)
    return with_cell(data, place, formula(f"{value - 1}+1", float(value)))


@pytest.mark.parametrize("change", [by_openpyxl, decorated, typed], ids=lambda one: one.__name__)
def test_files_with_the_same_inputs_have_the_same_record(change: Callable[[bytes], bytes]) -> None:
    first = filled(YANTIAN, "区教育局")
    second = change(first)
    records = recorded(first), recorded(second)
    assert same_but_for_the_hash(*records)
    assert [property_of(one) for one in records] == [sha(first), sha(second)]
    assert "我的草稿" not in openpyxl.load_workbook(io.BytesIO(records[1])).sheetnames
    assert record_workbook(verified(second), sha(first)) == records[0]


def test_other_inputs_have_another_record() -> None:
    inputs = clean(YANTIAN)
    rubric = load_rubric(YANTIAN)
    first = new_workbook(rubric, department="甲", inputs=inputs)
    indicator = next(iter(inputs.evidence))
    other = replace(inputs, reasons={**inputs.reasons, indicator: "另有说明"})
    second = new_workbook(rubric, department="甲", inputs=other)
    assert not same_but_for_the_hash(recorded(first), recorded(second))


def uncalculated(data: bytes) -> bytes:
    """The file without saved values, as programs write it that do not calculate."""
    for name, part in parts(data).items():
        if name.startswith("xl/worksheets/sheet"):
            data = with_part(data, name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part))
    return data


@pytest.mark.parametrize("figure", [4755.140000000001, 3436.3199999999997])
def test_numbers_are_kept_as_the_sheet_reads_them(figure: float) -> None:
    """A pasted result has 17 digits, of which spreadsheets read 15."""
    book = issued(YANTIAN)
    field = book.field(FieldKind.MONEY)
    before = verified(uncalculated(with_cell(filled(YANTIAN, "甲"), book[field.id], number(repr(figure)))))
    assert before.verdict is Verdict.PASS
    again = verified(record_workbook(before, "0" * 64))
    assert again.inputs is not None
    assert again.inputs.number(field.id) == Decimal(f"{figure:.15g}")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("一\r\n二", "一\n二"),
        ("一_x000D_\n二", "一\n二"),
        ("=1+1", "=1+1"),
        ("甲_x005F_x0041_", "甲_x0041_"),
        (" 空 ", " 空 "),
    ],
)
def test_texts_are_plain(written: str, kept: str) -> None:
    key = next(one for one in issued(YANTIAN).template.inputs if one.sort is Sort.REASON)
    data = uncalculated(with_cell(filled(YANTIAN, "甲"), issued(YANTIAN)[key], text(written)))
    report = verified(data)
    assert report.verdict is Verdict.PASS
    again = verified(record_workbook(report, sha(data)))
    assert again.inputs is not None
    assert again.inputs.at(key) == kept


def test_a_record_that_would_not_hold_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entries = [entry(filled(YANTIAN, "甲")), entry(filled(YANTIAN, "乙"), "收件箱/乙.xlsx")]
    real = record.render

    def lossy(*arguments: object, **options: object) -> bytes:
        data = real(*arguments, **options)  # type: ignore[arg-type]
        if "乙" in str(arguments[3]):
            book = issued(YANTIAN)
            return by_openpyxl(with_cell(data, book[book.field(FieldKind.MONEY).id], number(1)))
        return data

    monkeypatch.setattr(record, "render", lossy)
    with pytest.raises(Refused) as caught:
        write_records(tmp_path / "底册", entries)
    (finding,) = caught.value.findings
    assert (finding.code, finding.file) == ("RECORD_DIFFERS", "收件箱/乙.xlsx")
    assert not (tmp_path / "底册").exists()


def test_a_text_longer_than_a_cell_is_refused() -> None:
    report = verified(filled(YANTIAN, "甲"))
    assert report.inputs is not None
    long = replace(report.inputs, reasons={next(iter(report.inputs.evidence)): "长" * 40_000})
    with pytest.raises(Refused) as caught:
        record_workbook(replace(report, inputs=long), "0" * 64)
    assert [one.code for one in caught.value.findings] == ["RECORD_DIFFERS"]


def test_only_what_passes_has_a_record(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only what passes"):
        record_workbook(verified(wrong()), "0" * 64)
    with pytest.raises(ValueError, match="digest"):
        write_records(tmp_path, [Submission(verified(filled(YANTIAN, "甲")))])
    assert write_records(tmp_path, [entry(wrong())]) == [None]
    assert json.loads((tmp_path / MANIFEST).read_text("utf-8")) == {"records": []}


def test_own_specs(tmp_path: Path) -> None:
    """A rubric that has never been released: its drawing is its template."""
    spec = tmp_path / "mine.yaml"
    spec.write_text(skeleton("my-rubric", 2025, None), encoding="utf-8")
    rubric = load_rubric(spec)
    inputs = _complete(spec)
    (tmp_path / "甲.xlsx").write_bytes(inputs)
    result = run_json("verify", tmp_path / "甲.xlsx", "--rubric", spec, "--record", tmp_path / "底册")
    (one,) = result["files"]
    assert one["template"].startswith("draft-")
    again = run_json("verify", one["record"], "--rubric", spec)
    assert again["files"][0]["verdict"] == "pass"
    assert Path(one["record"]).name == f"{rubric.id}_甲.xlsx"


def _complete(spec: Path) -> bytes:
    """A complete workbook of a spec: every field answered with what fits its kind."""
    rubric = load_rubric(spec)
    answers = {
        FieldKind.YESNO: "是", FieldKind.TEXT: "甲", FieldKind.MONEY: Decimal(100),
        FieldKind.COUNT: Decimal(1), FieldKind.PERCENT: Decimal("0.5"), FieldKind.POINTS: Decimal(1),
    }  # fmt: skip
    values = {}
    for field in rubric.fields:
        if field.id == "fiscal_year":
            continue
        value = field.choices[0] if field.kind is FieldKind.CHOICE else answers.get(field.kind)
        if value is not None:
            values[field.id] = value
    reasons = {one.id: "说明" for one in rubric.indicators}
    return new_workbook(rubric, inputs=Inputs(values, reasons))


# the folder


def test_a_folder_of_records_with_its_list(tmp_path: Path) -> None:
    inbox, folder = tmp_path / "收件箱", tmp_path / "底册"
    inbox.mkdir()
    files = {"a.xlsx": filled(YANTIAN, "区教育局"), "b.xlsx": wrong(), "c.xlsx": filled(DAPENG, "CON. <局>")}
    for name, data in files.items():
        (inbox / name).write_bytes(data)
    result = run_json("verify", inbox, "--record", folder, status=1)
    names = [f"{YANTIAN}_区教育局.xlsx", None, f"{DAPENG}_CON. _局_.xlsx"]
    assert [one["record"] and Path(one["record"]).name for one in result["files"]] == names
    assert sorted(path.name for path in folder.iterdir()) == sorted([names[0], names[2], MANIFEST])
    listed = json.loads((folder / MANIFEST).read_text("utf-8"))["records"]
    for one, name, received in zip(listed, ("a.xlsx", "c.xlsx"), (YANTIAN, DAPENG), strict=True):
        data = (folder / one["file"]).read_bytes()
        report = verified(data)
        assert one == {
            "file": one["file"], "sha256": sha(data),
            "received": {"path": str(inbox / name), "sha256": sha(files[name])},
            "rubric": received, "template": report.template, "issue": report.identity.issue,
            "department": report.inputs.word("department"),
            "total": next(file["total"]["reference"] for file in result["files"] if file["rubric"] == received
                          and file["verdict"] == "pass"),
            "grade": report.evaluation.grade,
        }  # fmt: skip
        assert property_of(data) == sha(files[name])
    assert [one["department"] for one in listed] == ["区教育局", "CON. <局>"]
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = run_json("verify", inbox, "--record", folder, status=2)
    assert {one["code"] for one in again["findings"]} == {"FILE_EXISTS"}
    run_json("verify", inbox, "--record", folder, "--force", status=1)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept
    assert "record" not in run_json("verify", inbox, status=1)["files"][0]
    shown = run("verify", inbox, "--record", tmp_path / "另存")
    assert f"已写入 {tmp_path / '另存'}" in shown.output


def test_two_files_of_one_department(tmp_path: Path) -> None:
    first = filled(YANTIAN, "甲局")
    paths = write_records(tmp_path, [entry(first), entry(decorated(first))])
    assert [path and path.name for path in paths] == [f"{YANTIAN}_甲局.xlsx", f"{YANTIAN}_甲局（2）.xlsx"]


def test_departments_of_an_earlier_run_stay_listed(tmp_path: Path) -> None:
    def listed() -> list[tuple[str, str]]:
        records = json.loads((tmp_path / MANIFEST).read_text("utf-8"))["records"]
        return [(one["department"], one["received"]["sha256"][:6]) for one in records]

    names = ("甲", "乙", "丙")
    first, second, third = (filled(YANTIAN, name) for name in names)
    write_records(tmp_path, [entry(one) for one in (first, second, third)])
    (tmp_path / f"{YANTIAN}_丙.xlsx").write_bytes(b"changed by hand")
    corrected = decorated(first)
    write_records(tmp_path, [entry(corrected)], force=True)
    assert listed() == [("乙", sha(second)[:6]), ("甲", sha(corrected)[:6])]
    (tmp_path / MANIFEST).write_text("[]", encoding="utf-8")
    write_records(tmp_path, [entry(first)], force=True)
    assert listed() == [("甲", sha(first)[:6])]


def test_the_hash_is_that_of_the_attachment(tmp_path: Path) -> None:
    from tests.support.zips import zipped

    data = filled(YANTIAN, "甲局")
    (tmp_path / "a.zip").write_bytes(zipped({"自评表.xlsx": data}))
    (one,) = receive([tmp_path], full=True, jobs=1).entries
    assert one.digest == sha(data)
    assert isinstance(one.report, Verification)
