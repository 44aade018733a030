"""What the state of a large round costs: a made-up ledger of many departments and submissions.

    python benchmarks/round_status.py [--departments 20000] [--submissions 60000] [--ledger URL]

Times the command ``round status`` as whole processes, in seconds and in seconds of the processor, and tells
the size of the page. The documents beside the events are left out: states are derived without them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from workbook.ledger import Draft
from workbook.ledger.event import moment_text
from workbook.round.folder import Folder, new_folder
from workbook.round.model import Kind

_START = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)
_TOGETHER = 5000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--departments", type=int, default=20_000)
    parser.add_argument("--submissions", type=int, default=60_000)
    parser.add_argument("--ledger", metavar="URL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = new_folder(Path(temporary) / "made-up", options.ledger, None)
        with folder.ledger.held("benchmark"):
            fill(folder, options.departments, options.submissions)
        page = Path(temporary) / "page.html"
        for more in (["--json"], ["--html", str(page)], ["--report", str(page.with_suffix(".xlsx"))]):
            command = [sys.executable, "-m", "workbook", "round", "status", str(folder.path), *more]
            if options.ledger:
                command += ["--ledger", options.ledger]
            start, before = time.perf_counter(), os.times()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            seconds, after = time.perf_counter() - start, os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            print(f"round status {more[0]:10} {seconds:6.2f} s, processor {used:.2f} s", flush=True)
        print(f"page {page.stat().st_size / 1e6:.1f} MB")


def fill(folder: Folder, departments: int, submissions: int) -> None:
    """A round of so many departments; submissions are of all kinds, a third of them passes."""
    random = Random(1)
    began = {
        "rubric": "yantian-2023", "source": "yantian-2023", "spec": "", "title": "虚构", "sender": None,
        "roster": "",
        "deadline": date(2025, 3, 31).isoformat(),
    }  # fmt: skip
    drafts = [Draft(Kind.STARTED, data=began, key="started")]
    for number in range(departments):
        data = {
            "name": f"虚构部门{number:05}办公室", "email": f"d{number}@example.invalid", "contact": "",
            "file": f"yantian-2023_虚构部门{number:05}办公室.xlsx",
        }  # fmt: skip
        drafts.append(Draft(Kind.ISSUED, f"D{number}", "0" * 64, f"D{number}", data))
    append(folder, drafts)
    for start in range(0, submissions, _TOGETHER):
        drafts = []
        for number in range(start, min(start + _TOGETHER, submissions)):
            drafts += submission(number, random.randrange(departments), random)
        append(folder, drafts)


def append(folder: Folder, drafts: list[Draft]) -> None:
    folder.ledger.append(drafts, time=_START, actor="benchmark")


def submission(number: int, department: int, random: Random) -> list[Draft]:
    """The events of something that came."""
    about, key = f"{number:064x}", f"{number:032x}"
    sent = moment_text(_START + timedelta(minutes=number % 30_000))
    verdict = random.choice(["pass", "fail", "incomplete"])
    asks = [["CHECK_FAILED@勾稽校验!G21", "0" * 16]] * random.choice([0, 0, 0, 2])
    sender = f"虚构 <d{department}@example.invalid>"
    received = {
        "name": "自评表.xlsx", "path": f"{number}.eml", "inside": ["自评表.xlsx"], "sender": sender,
        "address": f"d{department}@example.invalid", "subject": "绩效自评", "date": None,
    }  # fmt: skip
    verified = {
        "verdict": verdict, "rubric": "yantian-2023", "template": "3", "total": "95.00",
        "range": ["95.00", "95.00"], "grade": "优", "issue": f"D{department}",
        "department": f"虚构部门{department:05}办公室", "errors": 0, "blank": 0, "asks": asks,
        "basis": "0" * 16, "detail": "0" * 64,
    }  # fmt: skip
    filed = {
        "arrival": key, "number": number, "sent": sent, "order": sent, "how": "issue", "held": False,
        "findings": [],
        "sender": sender, "name": "自评表.xlsx",
    }  # fmt: skip
    return [
        Draft(Kind.RECEIVED, None, about, key, received),
        Draft(Kind.VERIFIED, None, about, f"{about}:0", verified),
        Draft(Kind.FILED, f"D{department}", about, key, filed),
    ]


if __name__ == "__main__":
    main()
