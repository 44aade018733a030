"""The mail with which a department gets its workbook: an .eml file that mail programs open as a draft."""

from __future__ import annotations

from datetime import date
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from workbook.findings import Refused
from workbook.layout import names
from workbook.roster import Department, address_findings, workbook_name
from workbook.spec.model import Rubric

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_BOUNDARY = "workbook-draft"
"""Fixed, so that the same draft has the same bytes; every part is base64, which holds no hyphen."""


def mail_draft(
    rubric: Rubric,
    department: Department,
    *,
    workbook: bytes,
    sender: str | None = None,
    deadline: date | None = None,
) -> bytes:
    """The draft with ``workbook`` attached. The same arguments give the same bytes.

    It has no Date and no Message-ID: the program that sends it gives both. Raises Refused for a bad
    address; line breaks in other texts become blanks, so that no text can add a header.
    """
    file_name = workbook_name(rubric.id, department.name)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    for header, address in (("From", sender), ("To", department.email or None)):
        if address is not None:
            findings = tuple(address_findings(address))
            if findings:
                raise Refused(findings)
            message[header] = address
    # As base64 the body needs no line folding and cannot hold the boundary.
    message.set_content(_body(rubric, department, file_name, deadline), cte="base64")
    message.add_attachment(workbook, *_XLSX, filename=file_name)
    message.set_boundary(_BOUNDARY)
    return _subject(rubric, department) + message.as_bytes()


def _subject(rubric: Rubric, department: Department) -> bytes:
    """The header of that name.

    EmailMessage would read a name like ``=?utf-8?q?=0D=0A…?=`` as encoded, line breaks and all, and loses
    blanks where it folds; Header takes a text for what it is.
    """
    text = _one_line(f"请填报：{_title(rubric)}（{department.name}）")
    encoded = Header(text, "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {encoded}\r\n".encode("ascii")


def _title(rubric: Rubric) -> str:
    return f"{rubric.fiscal_year}年度部门整体支出绩效自评表"


def _body(rubric: Rubric, department: Department, file_name: str, deadline: date | None) -> str:
    due = (
        f"\n请在 {deadline.year} 年 {deadline.month} 月 {deadline.day} 日（含当日）以前回复。\n"
        if deadline
        else ""
    )
    return f"""{_one_line(department.contact or department.name + "填报人")}：

您好！附件“{file_name}”是{_one_line(department.name)}的{_title(rubric)}，
依据{rubric.issuer}《{rubric.title}》编制，得分随填随算。
用 Excel 2010 及以上版本、WPS 表格或 LibreOffice 填报，不需要安装其他软件，文件中没有宏。

填报步骤：
1. 把附件保存到电脑后打开；如有“启用编辑”的提示，请点击启用。
2. 在“{names.TITLE_ENTRY}”填写浅黄色单元格；没有发生的数量填 0，没有填的不当作 0。
3. 在“{names.TITLE_SCORING}”查看得分，有扣分的写明扣分原因；在“{names.TITLE_EVIDENCE}”列出佐证材料。
4. 在“{names.TITLE_CHECKS}”处理待填、有误和不符的项目。
5. 首页“{names.TITLE_COVER}”的“可报送”显示“是”后保存，把同一个文件作为附件回复本邮件。
{due}
请只填写浅黄色单元格，不要改动其他内容，不要把内容复制到新文件，否则无法通过核验。
"""


def _one_line(text: str) -> str:
    """Line breaks of every kind, and other runs of white space, as one blank."""
    return " ".join(text.split())
