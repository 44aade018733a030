"""Printing of a collection round: what came in, where it stands, one department's history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from workbook.cli import show
from workbook.round.clerk import day_text, minute_text
from workbook.round.matching import HOW_WORDS
from workbook.round.model import MISSING, STATE_WORDS, Filing, Round, State
from workbook.round.standing import Standing, standings
from workbook.round.status import summary, to_decide
from workbook.verifier.verification import WORDS, Verdict

if TYPE_CHECKING:
    from workbook.round.collect import Collected
    from workbook.round.folder import Folder

_MOST = 60
"""Lines of a list on the terminal."""

_MOST_CHANGES = 12


def collected_result(opened: Folder, one: Round, taken: Collected) -> dict[str, Any]:
    """What a run took in: each new file as in ``verify``, with whose it is and what changed."""
    from workbook.round.changes import change_results
    from workbook.round.history import History

    history = History(opened.ledger, one)
    filed = _filed(one, set(taken.filed))
    history.read(filing for _, filing in filed)
    files = []
    for name, filing in filed:
        department = next((other for other in one.departments.values() if filing in other.filings), None)
        changed = None if department is None else history.changes(department, filing)
        result = history.detail(filing).result
        files.append(
            {
                "path": filing.name,
                **result,
                "findings": [*filing.findings, *result["findings"]],
                "number": filing.arrived,
                "sender": filing.sender or None,
                "date": filing.sent,
                "department": name,
                "matched": filing.how,
                "held": filing.held,
                "changes": None if changed is None else change_results(changed),
            }
        )
    return {
        "new": taken.new,
        "known": taken.known,
        "again": taken.again,
        "files": files,
        "noted": [
            {"path": str(origin), "sender": origin.sender, "subject": origin.subject}
            for origin in taken.noted
        ],
        "ignored": dict(taken.ignored),
        "lost": taken.lost,
    }


def _filed(one: Round, keys: set[str]) -> list[tuple[str | None, Filing]]:
    """What was filed under these keys, in the order of coming, with its department's name."""
    found = [(None, filing) for filing in one.unfiled if filing.key in keys]
    every = [
        *found,
        *(
            (department.name, filing)
            for department in one.departments.values()
            for filing in department.filings
            if filing.key in keys
        ),
    ]
    return sorted(every, key=lambda pair: pair[1].arrived)


def print_collected(taken: Collected, result: dict[str, Any], one: Round, today: date) -> None:
    """What a run took in: a line for each file, what does not fit, what changed."""
    files = result["files"]
    rows = [
        (
            str(file["number"]),
            file["department"] or "（待定）",
            WORDS[Verdict(file["verdict"])] + ("（暂不计入）" if file["held"] else ""),
            file["total"]["reference"] or "",
            HOW_WORDS[file["matched"]],
            file["path"],
        )
        for file in files[:_MOST]
    ]
    if rows:
        show.print_table("新收到的", ("来件", "部门", "结论", "总分", "归入依据", "文件"), rows, right=99)
    if len(files) > _MOST:
        click.echo(f"…… 另有 {len(files) - _MOST} 份，用 --json 或 round status 查看")
    for file in files[:_MOST]:
        changes = file["changes"] or []
        told = [f"    {change['text']}" for change in changes[:_MOST_CHANGES]]
        if changes:
            click.echo(f"{file['department']} 与上次报送相比：\n" + "\n".join(told))
        if len(changes) > _MOST_CHANGES:
            click.echo(f"    …… 另有 {len(changes) - _MOST_CHANGES} 处，用 round status --department 查看")
    for origin in taken.noted:
        click.echo(f"没有附件的来信：{origin.sender or '未知发件人'}：{origin.subject or '（无主题）'}")
    if taken.ignored:
        parts = "，".join(f"{reason} {count}" for reason, count in taken.ignored.most_common())
        click.echo(f"邮件中不需核验的 {sum(taken.ignored.values())} 项：{parts}")
    for key in taken.lost:
        click.echo(f"没有记入台账：{key}")
    again = f"，其中 {taken.again} 份因程序或评分标准有变动而重新核验" if taken.again else ""
    click.echo(f"新收 {taken.new} 份，已知 {taken.known} 份{again}。")
    standing = standings(one, today)
    _print_decisions(one, standing)
    click.echo(summary(standing))


def print_status(one: Round, result: dict[str, Any], standing: Sequence[Standing], *, every: bool) -> None:
    """Where the round stands; of many departments those that have not passed."""
    listed = result["departments"]
    if len(listed) > _MOST and not every:
        listed = [department for department in listed if department["state"] != State.PASSED.value]
    shown = listed if every else listed[:_MOST]
    rows = [
        (
            department["name"],
            STATE_WORDS[State(department["state"])] + ("（迟报）" if department["late"] else ""),
            department["total"] or "",
            department["grade"] or "",
            str(department["submissions"] or ""),
            minute_text(department["last"] or ""),
            str(department["open"] or ""),
        )
        for department in shown
    ]
    show.print_table(
        f"{one.id}（截止 {day_text(one.deadline)}，{_left(result['days_left'])}）",
        ("部门", "状态", "总分", "等级", "报送次数", "最近报送", "待处理"),
        rows,
    )
    if len(shown) < len(result["departments"]):
        click.echo("只列出部分部门；全部用 --all、--html 或 --report 查看。")
    _print_decisions(one, standing)
    click.echo(summary(standing))


def print_department(result: dict[str, Any]) -> None:
    """One department, from its first submission to its last."""
    state = STATE_WORDS[State(result["state"])]
    click.echo(f"{result['name']}（{result['issue']}）：{state}" + ("，迟报" if result["late"] else ""))
    if result["former"]:
        click.echo(f"原名：{'、'.join(result['former'])}")
    for filing in result["history"]:
        mark = "，计入" if filing["counted"] else ("，暂不计入" if filing["held"] else "")
        total = f"，{filing['total']} 分" if filing["total"] else ""
        click.echo(
            f"来件 {filing['number']}　{minute_text(filing['sent'])}　{filing['name']}　"
            f"{WORDS[Verdict(filing['verdict'])]}{total}（按{HOW_WORDS[filing['matched']]}归入{mark}）"
        )
        for change in filing["changes"] or ():
            click.echo(f"    {change['text']}")
        for finding in filing["findings"]:
            if finding["severity"] != "note":
                click.echo(f"    {finding['code']}：{finding['message']}")
    for note in result["noted"]:
        click.echo(f"{minute_text(note['time'])}　没有附件的来信：{note['subject'] or '（无主题）'}")
    for decision in result["decisions"]:
        word = "认可" if decision["decision"] == "accepted" else "退回"
        click.echo(f"{word} {decision['finding']}：{decision['reason']}（{decision['actor']}）")
    for finding in result["findings"]:
        click.echo(f"{finding['message']}{finding['fix']}")
    if State(result["state"]) in MISSING and result["reminded"]:
        click.echo(f"已催报 {len(result['reminded'])} 次，最近 {minute_text(result['reminded'][-1])}")


def _print_decisions(one: Round, every: Sequence[Standing]) -> None:
    lines = to_decide(one, every)
    if lines:
        click.echo(f"需要您决定的 {len(lines)} 项：")
        for line in lines[:_MOST]:
            click.echo(f"  {line}")
        if len(lines) > _MOST:
            click.echo(f"  …… 另有 {len(lines) - _MOST} 项，用 round status --html 查看")


def _left(days: int) -> str:
    return f"还有 {days} 天" if days > 0 else ("今天截止" if days == 0 else f"已过 {-days} 天")
