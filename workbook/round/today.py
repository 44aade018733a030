"""The clerk's morning on one page: what came, what goes out, what to decide; nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.files import write_atomically
from workbook.round.clerk import Clerk, day_text
from workbook.round.collect import Collected, collect
from workbook.round.fold import load_round
from workbook.round.folder import DAILY, REMINDED, RETURNED, Folder
from workbook.round.model import Round
from workbook.round.remind import write_reminders
from workbook.round.returns import write_returns
from workbook.round.standing import standings
from workbook.round.status import summary, to_decide
from workbook.round.verifying import Verifier
from workbook.rubric.model import Rubric

EVERY = 3
"""Days between two reminders of one department."""

PAGE = "今日.txt"


@dataclass(frozen=True, slots=True)
class Today:
    """What a morning brought: where it was written, what was taken in, what goes out, what is to decide."""

    folder: Path
    collected: Collected
    returned: list[Path]
    reminded: list[Path]
    summary: str
    decisions: list[str]
    deadline: str

    def page(self) -> str:
        """The page, as it is printed and kept."""
        taken = self.collected
        lines = [
            f"{self.folder.name}　{self.deadline}",
            self.summary,
            f"新收 {taken.new} 份，没有附件的来信 {len(taken.noted)} 封；"
            f"待寄出：回复 {_mails(self.returned)} 封，催报 {_mails(self.reminded)} 封（在 {self.folder}）。",
        ]
        lines += [
            f"没有附件的来信：{origin.sender or '未知发件人'}：{origin.subject or '（无主题）'}"
            for origin in taken.noted
        ]
        if taken.lost:
            lines.append(f"没有记入台账的 {len(taken.lost)} 份，请重新运行。")
        if self.decisions:
            lines.append(f"需要您决定的 {len(self.decisions)} 项：")
            lines += [f"  {number}. {line}" for number, line in enumerate(self.decisions, 1)]
        return "\n".join(lines)


def play_today(
    folder: Folder,
    rubric: Rubric,
    paths: Sequence[Path],
    clerk: Clerk,
    *,
    verifier: Verifier,
    reporter: Verifier,
    basis: str,
    before: int,
) -> Today:
    """Take in, reply, remind, and write the page; for whoever holds the ledger. Raises Refused.

    Who has more than ``before`` days left is not reminded.
    """
    taken = collect(folder, paths, clerk, verifier, basis)
    target = folder.path / DAILY / clerk.today.isoformat()
    returned = write_returns(folder, load_round(folder.ledger), rubric, target / RETURNED, clerk, reporter)
    one = load_round(folder.ledger)
    reminded = write_reminders(folder, one, rubric, target / REMINDED, clerk, every=EVERY, before=before)
    every = standings(one, clerk.today)
    told = to_decide(one, every)
    made = Today(target, taken, returned, reminded, summary(every), told, _left(one, clerk))
    write_atomically(target / PAGE, (made.page() + "\n").encode("utf-8-sig"), force=True)
    return made


def _left(one: Round, clerk: Clerk) -> str:
    days = (one.deadline - clerk.today).days
    word = f"还有 {days} 天" if days > 0 else ("今天截止" if days == 0 else f"已过 {-days} 天")
    return f"截止 {day_text(one.deadline)}，{word}"


def _mails(paths: Sequence[Path]) -> int:
    return sum(path.suffix == ".eml" for path in paths)
