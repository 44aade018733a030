"""The letter with which a department gets its workbook: an .eml file that mail programs open unsent."""

from __future__ import annotations

from datetime import date

from workbook.issue.roster import Department, workbook_name
from workbook.issue.unsent import one_line, unsent_mail
from workbook.layout import names
from workbook.rubric.model import Rubric
from workbook.rubric.provenance import mark, notice


def issue_letter(
    rubric: Rubric,
    department: Department,
    *,
    workbook: bytes,
    sender: str | None = None,
    deadline: date | None = None,
) -> bytes:
    """The letter with ``workbook`` attached. The same arguments give the same bytes.

    Raises Refused for a bad address; line breaks in other texts become blanks, so that no text can add a
    header.
    """
    file_name = workbook_name(rubric.id, department.name)
    return unsent_mail(
        subject=f"请填报：{_title(rubric)}（{department.name}）",
        body=_body(rubric, department, file_name, deadline),
        to=department.email or None,
        sender=sender,
        attachment=(file_name, workbook),
    )


def _title(rubric: Rubric) -> str:
    return f"{rubric.fiscal_year}年度{rubric.form_title}"


def _body(rubric: Rubric, department: Department, file_name: str, deadline: date | None) -> str:
    due = (
        f"\n请在 {deadline.year} 年 {deadline.month} 月 {deadline.day} 日（含当日）以前回复。\n"
        if deadline
        else ""
    )
    told = f"\n{notice(rubric)}\n" if notice(rubric) else ""
    return f"""{one_line(department.contact or department.name + "填报人")}：

您好！附件“{file_name}”是{one_line(department.name)}的{_title(rubric)}，
依据{rubric.issuer}《{rubric.title}》{mark(rubric)}编制，得分随填随算。
用 Excel 2010 及以上版本、WPS 表格或 LibreOffice 填报，不需要安装其他软件，文件中没有宏。

填报步骤：
1. 把附件保存到电脑后打开；如有“启用编辑”的提示，请点击启用。
2. 在“{names.TITLE_ENTRY}”填写浅黄色单元格；没有发生的数量填 0，没有填的不当作 0。
3. 在“{names.TITLE_SCORING}”查看得分，有扣分的写明扣分原因；在“{names.TITLE_EVIDENCE}”列出佐证材料。
4. 在“{names.TITLE_CHECKS}”处理待填、有误和不符的项目。
5. 首页“{names.TITLE_COVER}”的“可报送”显示“是”后保存，把同一个文件作为附件回复本邮件。
{due}{told}
请只填写浅黄色单元格，不要改动其他内容，不要把内容复制到新文件，否则无法通过核验。
"""
