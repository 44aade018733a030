"""The list of departments to which workbooks are issued."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.data.csv import CsvRow, Table, read_table
from workbook.files import safe_name
from workbook.findings import Finding, Refused, found

NAME_COLUMNS = ("部门名称", "部门", "单位名称", "department")
EMAIL_COLUMNS = ("邮箱", "电子邮箱", "email")
CONTACT_COLUMNS = ("联系人", "contact")
ISSUE_COLUMNS = ("下发编号", "issue_id")
MAX_NAME = 200
_ISSUE = re.compile(r"[A-Za-z0-9._-]{1,40}")
# Fewer characters than RFC 5322 allows: with "=" and "?" an address could pass for an encoded word.
_ATOM = r"[A-Za-z0-9%&'+_~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
_REFUSED_KINDS = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Department:
    """One row of the roster; what the roster does not say is empty. Every text is a single line."""

    name: str
    email: str = ""
    contact: str = ""
    issue: str | None = None


def read_roster(path: Path) -> list[Department]:
    """The departments in a CSV file (UTF-8 or GBK), in order. Raises Refused with every error."""
    table = read_table(path, NAME_COLUMNS)
    if table is None:
        raise Refused([found("ROSTER_SHAPE", file=path, line=1, columns="、".join(NAME_COLUMNS))])
    if not table.rows:
        raise Refused([found("ROSTER_EMPTY", file=path, line=table.headings.line)])
    reader = _Reader(table)
    departments = [reader.read(row) for row in table.rows]
    if table.findings:
        raise Refused(sorted(table.findings, key=lambda finding: finding.line or 0))
    return departments


class _Reader:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.column(NAME_COLUMNS)
        self.email = table.column(EMAIL_COLUMNS)
        self.contact = table.column(CONTACT_COLUMNS)
        self.issue = table.column(ISSUE_COLUMNS)
        self.names: dict[str, CsvRow] = {}
        self.files: dict[str, CsvRow] = {}
        self.issues: dict[str, CsvRow] = {}

    def read(self, row: CsvRow) -> Department:
        one = Department(
            row.text(self.name),
            row.text(self.email),
            row.text(self.contact),
            row.text(self.issue) or None,
        )
        for finding in self._findings(one, row):
            self.table.findings.append(finding.placed(file=str(self.table.source), line=row.line))
        return one

    def _findings(self, one: Department, row: CsvRow) -> Iterator[Finding]:
        yield from self._name_findings(one.name, row)
        yield from _line_findings("联系人", one.contact)
        if one.email:
            yield from address_findings(one.email)
        if one.issue is not None:
            yield from issue_findings(one.issue)
            first = self.issues.setdefault(one.issue, row)
            if first is not row:
                yield found("ROSTER_ISSUE_TWICE", issue=one.issue, first=first.line)

    def _name_findings(self, name: str, row: CsvRow) -> Iterator[Finding]:
        if not name:
            yield found("ROSTER_BLANK")
            return
        yield from _line_findings("部门名称", name)
        first = self.names.setdefault(name, row)
        same_file = self.files.setdefault(_file_key(name), row)
        if first is not row:
            yield found("ROSTER_TWICE", name=name, first=first.line)
        elif same_file is not row:
            other = same_file.text(self.name)
            yield found("ROSTER_FILE_TWICE", name=name, other=other, first=same_file.line)


def _line_findings(column: str, text: str) -> Iterator[Finding]:
    """Line breaks would end a header of the mail; text-turning characters disguise a name."""
    if any(unicodedata.category(char) in _REFUSED_KINDS or char in _TURNING for char in text):
        yield found("ROSTER_TEXT", column=column, problem="含有换行或控制字符")
    elif len(text) > MAX_NAME:
        yield found("ROSTER_TEXT", column=column, problem=f"有 {len(text)} 个字符，最多 {MAX_NAME} 个")


def address_findings(address: str) -> Iterator[Finding]:
    """Faults of a mail address. It must be one plain ASCII address, with nothing around it."""
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        yield found("MAIL_ADDRESS", address=address)


def issue_findings(issue: str) -> Iterator[Finding]:
    """Faults of a given issue id."""
    if not _ISSUE.fullmatch(issue):
        yield found("ISSUE_ID", issue=issue)


def workbook_name(rubric_id: str, department: str | None) -> str:
    """A file name that every file system accepts."""
    return f"{rubric_id}_{safe_name(department or '') or '空白'}.xlsx"


def _file_key(department: str) -> str:
    """Equal for names whose files are one file on Windows or macOS."""
    return unicodedata.normalize("NFC", workbook_name("", department)).casefold()
