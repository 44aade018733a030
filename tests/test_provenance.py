"""A rubric that is not official says so wherever it is seen; a published one shows nothing new."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.support.cli import run, run_json
from tests.support.paths import TINY
from tests.support.returned import verified
from workbook.api import new_workbook
from workbook.evaluations.published import load_case
from workbook.issue.letters import issue_letter
from workbook.issue.roster import Department
from workbook.load.builtin import published_path
from workbook.load.rubric import load_rubric
from workbook.reports.facts import facts_of
from workbook.reports.page import report_html
from workbook.reports.reply import reply_mail
from workbook.reports.report_book import report_book
from workbook.rubric.provenance import clause_origin, notice, weight_origin
from workbook.verifier.inbox import Inbox
from workbook.verifier.submission import Submission
from workbook.verifier.verification import Verification

RECONSTRUCTED = ("shenzhen-2024", "longhua-2020")
PUBLISHED = ("yantian-2023", "dapeng-2024")
CASES = {"shenzhen-2024": "shenzhen-2024.city-bureau", "longhua-2020": "longhua-2020"}


def texts(data: bytes, title: str) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[title]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def report_of(rubric_id: str) -> Verification:
    case = load_case(published_path(CASES[rubric_id]))
    return verified(new_workbook(case.rubric, inputs=case.data.inputs))


@pytest.mark.parametrize("rubric_id", RECONSTRUCTED)
def test_every_weight_and_clause_has_its_origin_in_the_workbook(rubric_id: str) -> None:
    rubric = load_rubric(rubric_id)
    shown = texts(new_workbook(rubric), "评分表")
    hows = set()
    for indicator in rubric.indicators:
        origins = [weight_origin(rubric, indicator)]
        origins += [clause_origin(rubric, indicator, item) for item in indicator.items]
        for origin in origins:
            assert origin is not None
            assert origin.text in shown
            hows.add(origin.how)
    assert hows == {"printed", "inferred"}
    assert sum(one.points for one in rubric.indicators) == 100


@pytest.mark.parametrize("rubric_id", RECONSTRUCTED)
def test_the_sheets_say_that_it_is_not_official(rubric_id: str) -> None:
    rubric = load_rubric(rubric_id)
    data = new_workbook(rubric)
    assert "本标准为推定标准" in notice(rubric)
    assert "非财政部门印发，仅供测算" in notice(rubric)
    for title in ("填报说明", "得分汇总"):
        assert notice(rubric) in texts(data, title)
    assert f"{rubric.title}〔推定标准〕　评分表" in texts(data, "评分表")
    header = openpyxl.load_workbook(io.BytesIO(data))["评分表"].oddHeader
    assert "推定标准" in str(header.left.text)


@pytest.mark.parametrize("rubric_id", PUBLISHED)
def test_a_published_rubric_shows_nothing_new(rubric_id: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(new_workbook(load_rubric(rubric_id))))
    for sheet in book:
        assert not any("〔" in str(cell.value) for row in sheet.iter_rows() for cell in row), sheet.title
    assert "〔" not in run("describe", rubric_id).output


def test_lists_and_maps() -> None:
    listed = {one["id"]: one["status"] for one in run_json("rubrics")["rubrics"]}
    assert {listed[one] for one in RECONSTRUCTED} == {"reconstructed"}
    assert {listed[one] for one in PUBLISHED} == {"published"}
    shown = run("rubrics").output
    assert "推定" in shown
    assert "正式" in shown
    described = run_json("describe", "shenzhen-2024")
    assert described["status"] == "reconstructed"
    procurement = next(one for one in described["indicators"] if one["id"] == "procurement")
    assert procurement["origin"]["how"] == "inferred"
    assert [item["origin"]["how"] for item in procurement["items"]] == ["printed", "inferred"]
    assert "〔推定标准〕" in run("describe", "shenzhen-2024").output
    assert run_json("describe", "yantian-2023")["indicators"][0]["origin"] is None


def test_scores_and_traces(tmp_path: Path) -> None:
    figures = tmp_path / "figures.yaml"
    figures.write_text("procurement_plan: 100\nprocurement_actual: 88\n", encoding="utf-8")
    arguments = ("shenzhen-2024", "--data", figures)
    assert run_json("score", *arguments)["status"] == "reconstructed"
    assert "本标准为推定标准" in run("score", *arguments).output
    explained = run_json("explain", "shenzhen-2024", "procurement", "--data", figures)
    traces = [
        [step["text"] for step in item["trace"] if step["step"] == "origin"] for item in explained["items"]
    ]
    assert [len(trace) for trace in traces] == [1, 1]
    assert traces[0][0].startswith("〔印出〕")
    assert traces[1][0].startswith("〔推定〕")
    shown = run("explain", "shenzhen-2024", "procurement", "--data", figures).output
    assert "来源  〔印出〕" in shown
    assert "〔推定标准〕" in shown


def test_results_of_verification(tmp_path: Path) -> None:
    case = load_case(published_path(CASES["shenzhen-2024"]))
    book = tmp_path / "一.xlsx"
    book.write_bytes(new_workbook(case.rubric, inputs=case.data.inputs))
    assert run_json("verify", book, status=1)["files"][0]["status"] == "reconstructed"
    assert "推定标准" in run("verify", book).output
    results = Inbox([Submission(report_of("shenzhen-2024"))])
    assert "〔推定标准〕" in report_html(results)
    assert "本标准为推定标准" in report_html(results)
    assert "〔推定标准〕" in texts(report_book(results), "核验结论")


@pytest.mark.parametrize(("rubric_id", "told"), [("shenzhen-2024", True), ("yantian-2023", False)])
def test_mails(rubric_id: str, told: bool) -> None:
    from email import message_from_bytes, policy

    rubric = load_rubric(rubric_id)
    report = verified(new_workbook(rubric, department="测试局"))
    assert bool(facts_of(1, Submission(report)).notice) is told
    drafts = (
        issue_letter(rubric, Department("测试局"), workbook=b"x"),
        reply_mail(Submission(report)),
    )
    for draft in drafts:
        message = message_from_bytes(draft, policy=policy.default)
        body = message.get_body()
        assert body is not None
        assert ("推定标准" in body.get_content()) is told


def test_an_unknown_status_never_passes_for_official(tmp_path: Path) -> None:
    spec = tmp_path / "tiny.yaml"
    spec.write_text(
        TINY.read_text(encoding="utf-8").replace("status: made-up", "status: sketch"), encoding="utf-8"
    )
    shown = texts(new_workbook(load_rubric(spec)), "填报说明")
    assert "〔sketch〕" in shown
    assert "非财政部门正式印发" in shown
