"""Report files: the same figures from Word, PDF and text; what is no report, or hostile, is refused soon."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from tests.report_reading.faults import evaluation_of
from workbook.findings import Refused
from workbook.report_reader import opening
from workbook.report_reader.from_text import text_document
from workbook.report_reader.judging import Checked, judge
from workbook.report_reader.model import Document, Grid, Told
from workbook.report_reader.opening import document_of, open_report
from workbook.report_reader.reading import read_document
from workbook.reports.annotated_report import annotated_report
from workbook.reports.report_page import report_page

REPORT = "yantian-2023"
LINES = [
    "2023年度部门整体支出绩效评价报告",
    "（一）预算执行",
    "2023年度我局部门调整后预算数为5,008.04万元，实际支出5,002.97万元，预算执行率为99.9%。",
    "“三公”经费预算4.79万元，实际支出2.12万元，三公经费控制率为44.05%。",
    "表 固定资产情况表（单位：万元）",
]
ROWS = [
    ["资产类别", "原值", "其中：在用", "利用率"],
    ["合计", "8,219.95", "7,448.70", "90.62%"],
    ["二、通用设备", "7,950.83", "7,394.84", "93.01%"],
    ["五、家具、用具", "67.76", "53.78", "79.50%"],
]
AFTER = "自评得分为95.00分。"


def as_text() -> bytes:
    return "\n".join([*LINES, *("\t".join(row) for row in ROWS), AFTER]).encode()


def word() -> docx.document.Document:
    report = docx.Document()
    for line in LINES:
        report.add_paragraph(line)
    table = report.add_table(0, len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    report.add_paragraph(AFTER)
    return report


def saved(report: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    report.save(stream)
    return stream.getvalue()


@cache
def as_docx() -> bytes:
    return saved(word())


def as_pdf(**options: object) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("a", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    parts = [Paragraph(escape(line), style) for line in LINES]
    cells = [[Paragraph(escape(cell), style) for cell in row] for row in ROWS]
    parts += [
        Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]),
        PageBreak(),
        Paragraph(AFTER, style),
    ]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4, **options).build(parts)
    return stream.getvalue()


def checked(data: bytes) -> Checked:
    evaluation = evaluation_of(REPORT)
    return judge(read_document(document_of(data), evaluation.rubric), evaluation)


def said(result: Checked) -> Counter[tuple[str, str, Told]]:
    return Counter(
        (str(one.statement.target), one.statement.numeral.text, one.verdict) for one in result.judged
    )


@pytest.mark.parametrize("make", [as_docx, as_pdf])
def test_the_same_figures_whatever_the_format(make: Callable[[], bytes]) -> None:
    expected = said(checked(as_text()))
    assert expected["field:sangong_spent", "2.12", Told.DIFFER] == 1
    assert expected["table:assets/家具用具/in_use", "53.78", Told.DIFFER] == 1
    assert expected.total() == 17
    assert said(checked(make())) == expected


def test_pages_of_pdf_and_of_text() -> None:
    pages = {str(one.statement.target): one.statement.place.page for one in checked(as_pdf()).judged}
    assert (pages["field:adjusted_budget"], pages["total"]) == (1, 2)
    text = as_text().replace(AFTER.encode(), b"\f" + AFTER.encode())
    pages = {str(one.statement.target): one.statement.place.page for one in checked(text).judged}
    assert (pages["field:adjusted_budget"], pages["total"]) == (1, 2)


def test_text_in_chinese_encodings() -> None:
    expected = said(checked(as_text()))
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        assert said(checked(as_text().decode().encode(encoding))) == expected


def test_word_text_as_it_is_seen() -> None:
    """Not what was deleted, nor the code of a field; merged heads hold for all their columns."""
    report = word()
    run = report.add_paragraph("实际采购金额1.00万元").runs[0]._r
    deleted = run.makeelement(f"{{{run.nsmap['w']}}}del")
    run.addprevious(deleted)
    deleted.append(run)
    table = report.add_table(2, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "实际支出（万元）"
    table.cell(1, 0).text, table.cell(1, 2).text = "三公经费", "2.11"
    result = said(checked(saved(report)))
    assert not any(name == "field:procurement_actual" for name, _, _ in result)
    assert result["field:sangong_spent", "2.11", Told.AGREE] == 1


def test_notes_of_a_word_file_are_read() -> None:
    space = docx.oxml.ns.nsmap["w"]
    inside = '<w:footnote w:id="1"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    note = f'<w:footnotes xmlns:w="{space}">{inside}</w:footnotes>'
    link = (
        b'<Relationship Id="rId98" Target="footnotes.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    kind = (
        b'<Override PartName="/word/footnotes.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    with zipfile.ZipFile(io.BytesIO(as_docx())) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[RELS] = parts[RELS].replace(b"</Relationships>", link)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)
    parts["word/footnotes.xml"] = note.format("年末在编人数22人。").encode()
    assert said(checked(packed(parts)))["field:staff_on_quota", "22", Told.AGREE] == 1


def test_running_heads_cut_no_sentence() -> None:
    pages = [
        "某局2023年度报告\n前言。\n1",
        "某局2023年度报告\n三公经费实际支\n2",
        "某局2023年度报告\n出2.11万元。\n3",
    ]
    result = said(checked("\f".join(pages).encode()))
    assert result["field:sangong_spent", "2.11", Told.AGREE] == 1


# what is no report


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_docx())) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return packed({**parts, name: change(parts.get(name, b""))})


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of the objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def many_pages() -> bytes:
    count = 10_000
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    pages = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, *([page] * count)])


def one_page(stream: bytes) -> bytes:
    content = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content])


def inflated() -> bytes:
    squeezer = zlib.compressobj(1)
    block = b" " * 1_000_000
    return one_page(b"".join([*(squeezer.compress(block) for _ in range(900)), squeezer.flush()]))


def slow_page() -> bytes:
    return one_page(zlib.compress(b"0 0 m 9 9 l S\n" * 400_000))


def large_table() -> bytes:
    row = b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 60 + b"</w:tr>"
    return changed("word/document.xml", lambda xml: xml.replace(b"</w:tbl>", row * 2_500 + b"</w:tbl>"))


LINK = (
    b'<Relationship Id="rId99" TargetMode="External" Target="http://x.invalid/a.dotm" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
RELS = "word/_rels/document.xml.rels"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: changed("word/document.xml", lambda xml: xml + b" " * 300_000_000),
    "long text": lambda: changed("word/document.xml", lambda xml: xml + b" " * 13_000_000),
    "external template": lambda: changed(RELS, lambda xml: xml.replace(b"</Relationships>", LINK)),
    "macros": lambda: changed("word/vbaProject.bin", lambda _: b"x"),
    "entities": lambda: changed("word/document.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml),
    "large table": large_table,
    "10 000 pages": many_pages,
    "inflated stream": inflated,
    "slow page": slow_page,
    "large file": lambda: b"%PDF-" + b" " * 31_000_000,
    "long plain text": lambda: b"a" * 13_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_soon(name: str) -> None:
    data = HOSTILE[name]()
    before = time.monotonic()
    with pytest.raises(Refused) as refusal:
        document_of(data)
    assert time.monotonic() - before < 4 * opening.STEP_SECONDS
    (finding,) = refusal.value.findings
    assert finding.code == "REPORT_HOSTILE", finding.message


def image_pdf() -> bytes:
    return one_page(zlib.compress(b"0 0 m 9 9 l S"))


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "old .doc, .wps": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "REPORT_UNREADABLE", "另存为 .docx"),
    ".ofd": (lambda: packed({"OFD.xml": b"<a/>"}), "REPORT_UNREADABLE", "导出为 .docx 或 PDF"),
    "a workbook": (lambda: packed({"xl/workbook.xml": b"<a/>"}), "REPORT_UNREADABLE", "另存为 .docx"),
    ".rtf": (lambda: b"{\\rtf1 a}", "REPORT_UNREADABLE", "另存为 .docx"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "REPORT_EMPTY", "文字识别"),
    "a scan": (image_pdf, "REPORT_EMPTY", "文字识别"),
    "nothing": (lambda: b"", "REPORT_EMPTY", "导出"),
    "locked pdf": (
        lambda: as_pdf(encrypt=StandardEncryption("a", "b")), "REPORT_UNREADABLE", "去掉密码",
    ),
    "damaged zip": (lambda: as_docx()[:2000], "REPORT_UNREADABLE", "重新导出"),
    "damaged xml": (
        lambda: changed("word/document.xml", lambda xml: xml[:900]), "REPORT_UNREADABLE", "重新导出",
    ),
    "other bytes": (lambda: b"\x01\x00\x02" * 50, "REPORT_UNREADABLE", "另存为 .docx"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_with_what_to_do(name: str) -> None:
    make, code, remedy = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        document_of(make())
    (finding,) = refusal.value.findings
    assert finding.code == code, finding.message
    assert remedy in finding.fix


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        open_report(tmp_path / "没有.docx")
    assert refusal.value.findings[0].code == "FILE_UNREADABLE"


# what is written


def test_comments_stand_at_the_figures(tmp_path: Path) -> None:
    for name, data in (("a.docx", as_docx()), ("a.txt", as_text())):
        path = tmp_path / name
        path.write_bytes(data)
        result = checked(data)
        copy = docx.Document(io.BytesIO(annotated_report(result, path)))
        comments = {one.comment_id: one.text for one in copy.comments}
        assert len(comments) == len(result.marks) > 1
        assert any("2.12万元" in text and "2.11万元" in text for text in comments.values())
        held = {commented(copy, number) for number in comments}
        assert {"2.12", "53.78"} <= held
        texts = [one.text for one in copy.paragraphs]
        assert LINES[3] in texts
        assert path.read_bytes() == data


def commented(report: docx.document.Document, number: int) -> str:
    """The text between the marks of a comment."""
    body = report.element.body
    word_space = body.nsmap["w"]
    (start,) = body.xpath(f".//w:commentRangeStart[@w:id='{number}']")
    texts = []
    for element in start.itersiblings():
        if element.tag == f"{{{word_space}}}commentRangeEnd":
            break
        texts += [text.text for text in element.iter(f"{{{word_space}}}t")]
    return "".join(texts)


def test_the_page_marks_every_figure_and_escapes_the_text() -> None:
    data = as_text().replace("（一）预算执行".encode(), "（一）<script>执行".encode())
    result = checked(data)
    page = report_page(result, "<报告>.txt")
    assert "<script>" not in page
    assert "&lt;报告&gt;.txt" in page
    for number in range(1, len(result.marks) + 1):
        assert f'id="m{number}"' in page
        assert f'id="f{number}"' in page
    assert ">2.12<sup>" in page
    assert page.count("<mark") == len(result.judged) + len(result.reading.unplaced)


def test_every_place_holds_its_number() -> None:
    document = text_document(as_text().decode())
    texts = {(one.place.line, one.place.row, one.place.column): one.text for one in document.passages()}
    for one in checked(as_text()).judged:
        place = one.statement.place
        printed = texts[place.line, place.row, place.column][one.statement.start : one.statement.end]
        assert printed == one.statement.numeral.text
    assert isinstance(document, Document)
    assert any(isinstance(block, Grid) for block in document.blocks)
