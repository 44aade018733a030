"""Excel's own marks in the workbook part: versions, paths, revisions, windows, calculation, names."""

from __future__ import annotations

import re

from tests.leavings.kit import BOOK, GUID, Package, leaving
from tests.support.returned import ENTRY

_SPACES = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
    ' xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"'
    ' xmlns:xr6="http://schemas.microsoft.com/office/spreadsheetml/2016/revision6"'
    ' xmlns:xr10="http://schemas.microsoft.com/office/spreadsheetml/2016/revision10"'
    ' xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"'
)


def spaces(book: Package, ignorable: str) -> None:
    """Declare Microsoft's namespaces on the workbook."""
    book.edit(BOOK, "(<workbook [^>]*)>", rf'\1{_SPACES} mc:Ignorable="{ignorable}">')


def version(book: Package, edited: int, build: int) -> None:
    """Write the build of Excel."""
    new = f'<fileVersion appName="xl" lastEdited="{edited}" lowestEdited="4" rupBuild="{build}"/>'
    book.edit(BOOK, "<fileVersion [^>]*/>", new)


def path(book: Package, url: str) -> None:
    """Write the folder in which the file was saved."""
    new = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="x15"><x15ac:absPath url="{url}" '
        'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
        "</mc:AlternateContent>"
    )
    book.edit(BOOK, "(<workbookPr [^>]*/>)", rf"\1{new}")


def revision(book: Package, document: str) -> None:
    """Write whose revision this is."""
    new = (
        f'<xr:revisionPtr revIDLastSave="0" documentId="{document}" xr6:coauthVersionLast="47" '
        f'xr6:coauthVersionMax="47" xr10:uidLastSave="{GUID}"/>'
    )
    book.edit(BOOK, "<bookViews>", f"{new}<bookViews>")


def features(book: Package) -> None:
    """Name the calculation's features."""
    new = (
        '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" '
        'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
        '<x15:workbookPr chartTrackingRefBase="1"/></ext>'
        '<ext uri="{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}" '
        'xmlns:xcalcf="http://schemas.microsoft.com/office/spreadsheetml/2018/calcfeatures">'
        '<xcalcf:calcFeatures><xcalcf:feature name="microsoft.com:RD"/><xcalcf:feature name="microsoft.com:Single"/>'
        '<xcalcf:feature name="microsoft.com:LET_WF"/></xcalcf:calcFeatures></ext></extLst></workbook>'
    )
    book.edit(BOOK, "</workbook>", new)


@leaving("Excel 365 Windows", "revisions, path and features of calculation")
def excel_365(book: Package) -> None:
    spaces(book, "x15 xr xr6 xr10 xr2")
    version(book, 7, 28129)
    book.edit(
        BOOK, "<workbookPr [^>]*/>", '<workbookPr codeName="ThisWorkbook" defaultThemeVersion="202300"/>'
    )
    path(book, "D:\\\\预算绩效\\\\2024\\\\")
    revision(book, "13_ncr:1_" + GUID)
    book.edit(BOOK, "<workbookView ", f'<workbookView xr2:uid="{GUID}" ')
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191029"/>')
    features(book)


@leaving("Excel 365 Windows", "window on a second screen, another sheet on top, narrow tabs")
def windows(book: Package) -> None:
    new = '<workbookView xWindow="-28920" yWindow="-120" windowWidth="29040" windowHeight="15720" tabRatio="850" '
    book.edit(BOOK, "<workbookView [^>]*/>", new + 'firstSheet="2" activeTab="6"/>')
    book.edit(book.sheet("评分表"), "<sheetView ", '<sheetView tabSelected="1" ')


@leaving("Excel 365 Windows", "two windows side by side")
def two_windows(book: Package) -> None:
    book.edit(BOOK, "(<workbookView [^>]*/>)", r"\1\1")
    book.every("</sheetViews>", '<sheetView workbookViewId="1"/></sheetViews>')


@leaving("Excel 365 Mac", "path, revision and window of a Mac")
def mac(book: Package) -> None:
    spaces(book, "x15 xr xr6 xr10 xr2")
    version(book, 7, 10828)
    path(book, "/Users/liming/Documents/自评/")
    revision(book, "8_" + GUID)
    new = '<workbookView xWindow="0" yWindow="500" windowWidth="28800" windowHeight="17500" tabRatio="500"/>'
    book.edit(BOOK, "<workbookView [^>]*/>", new)
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191029" concurrentCalc="0"/>')


@leaving("Excel 2011 Mac", "mark of the architecture")
def mac_2011(book: Package) -> None:
    version(book, 5, 26327)
    new = (
        '<extLst><ext xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
        'uri="{7523E5D3-25F3-A5E0-1632-64F254C22452}"><mx:ArchID Flags="2"/></ext></extLst></workbook>'
    )
    book.edit(BOOK, "</workbook>", new)
    book.every(
        "</worksheet>",
        '<extLst><ext uri="{64002731-A6B0-56B0-2670-7721B7C09600}" '
        'xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"><mx:PLV Mode="0" OnePage="0" WScale="0"/>'
        "</ext></extLst></worksheet>",
    )


@leaving("Excel online", "address of the cloud, build without a path of its own")
def online(book: Package) -> None:
    spaces(book, "x15 xr xr6 xr10 xr2")
    version(book, 7, 27426)
    path(book, "https://d.docs.live.net/1a2b3c4d5e6f/文档/")
    revision(book, "11_" + GUID)
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191028" calcCompleted="0"/>')
    features(book)


@leaving("Excel mobile", "build of a telephone, no saved mark of calculation")
def mobile(book: Package) -> None:
    spaces(book, "x15 xr xr6 xr10 xr2")
    version(book, 7, 10125)
    revision(book, "8_" + GUID)
    book.edit(
        BOOK,
        "<bookViews>.*?</bookViews>",
        '<bookViews><workbookView windowWidth="0" windowHeight="0"/></bookViews>',
    )


@leaving("Excel 2016", "path and revision of its time")
def excel_2016(book: Package) -> None:
    spaces(book, "x15")
    version(book, 6, 14420)
    path(book, "C:\\\\Users\\\\lm\\\\Desktop\\\\")
    book.edit(BOOK, "<workbookPr [^>]*/>", '<workbookPr filterPrivacy="1" defaultThemeVersion="164011"/>')
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="162913"/>')


@leaving("Excel 2019", "path and revision of its time")
def excel_2019(book: Package) -> None:
    spaces(book, "x15 xr xr6 xr10 xr2")
    version(book, 7, 22730)
    path(book, "\\\\\\\\fileserver\\\\共享\\\\")
    revision(book, "13_ncr:1_" + GUID)
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191029" iterateDelta="1E-4"/>')


@leaving("Excel 2010", "build and settings of its time")
def excel_2010(book: Package) -> None:
    version(book, 5, 9303)
    new = '<workbookPr date1904="0" checkCompatibility="1" autoCompressPictures="0" defaultThemeVersion="124226"/>'
    book.edit(BOOK, "<workbookPr [^>]*/>", new)
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="145621" fullPrecision="1"/>')


@leaving("Excel 2016", "read-only recommended, structure protected with a hash")
def protected_book(book: Package) -> None:
    sharing = '<fileSharing readOnlyRecommended="1" userName="李明" reservationPassword="C258"/>'
    book.edit(BOOK, "<workbookPr ", f"{sharing}<workbookPr ")
    new = (
        '<workbookProtection workbookAlgorithmName="SHA-512" workbookHashValue="q1w2e3==" '
        'workbookSaltValue="a1b2==" workbookSpinCount="100000" lockStructure="1"/><bookViews>'
    )
    book.edit(BOOK, "<bookViews>", new)


@leaving("Excel 2010", "structure protected with the old sixteen bits")
def protected_old(book: Package) -> None:
    book.edit(
        BOOK, "<bookViews>", '<workbookProtection workbookPassword="83AF" lockStructure="1"/><bookViews>'
    )


@leaving("Excel 2010", "custom views of the workbook and its sheets")
def custom_views(book: Package) -> None:
    new = (
        f'<customWorkbookViews><customWorkbookView name="李明 - 个人视图" guid="{GUID}" mergeInterval="0" '
        'personalView="1" maximized="1" windowWidth="1916" windowHeight="807" activeSheetId="2"/>'
        "</customWorkbookViews></workbook>"
    )
    book.edit(BOOK, "</workbook>", new)
    view = (
        f'<customSheetViews><customSheetView guid="{GUID}" scale="85" showPageBreaks="1"><pane xSplit="2" ySplit="2" '
        'topLeftCell="C3" activePane="bottomRight" state="frozen"/><selection pane="bottomRight"/>'
        '<pageMargins left="0.4" right="0.4" top="0.7" bottom="0.7" header="0.3" footer="0.3"/></customSheetView>'
        "</customSheetViews>"
    )
    book.edit(book.sheet(ENTRY), "(<mergeCells )", rf"{view}\1")


@leaving("Excel 2010", "repaired file, published size, groups of functions")
def repaired(book: Package) -> None:
    book.edit(BOOK, "</sheets>", '</sheets><functionGroups builtInGroupCount="18"/>')
    tail = '<oleSize ref="A1:F20"/><webPublishing codePage="936"/><fileRecoveryPr repairLoad="1"/></workbook>'
    book.edit(BOOK, "</workbook>", tail)


@leaving("Excel 365 Windows", "manual calculation inherited from another file", "CALCULATION_MODE")
def manual(book: Package) -> None:
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191029" calcMode="manual" calcOnSave="0"/>')


@leaving("Excel 365 Windows", "iteration inherited from another file", "CALCULATION_MODE")
def iterated(book: Package) -> None:
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="191029" iterate="1" iterateCount="1000"/>')


@leaving("Excel 2016", "automatic but for data tables", "CALCULATION_MODE")
def no_tables(book: Package) -> None:
    book.edit(BOOK, "<calcPr [^>]*/>", '<calcPr calcId="162913" calcMode="autoNoTable" refMode="R1C1"/>')


@leaving("Excel 365 Windows", "own names: constants, formulas, comments, functions of later builds, solver")
def own_names(book: Package) -> None:
    new = "".join(
        f"<definedName {attributes}>{text}</definedName>"
        for attributes, text in {
            'name="_xlfn.XLOOKUP" hidden="1"': "#NAME?",
            'name="_xlfn.SINGLE" hidden="1"': "#NAME?",
            'name="我的合计" comment="全年"': "SUM('数据填报'!$D$4:$D$6)",
            'name="税率" xml:space="preserve"': "0.06",
            'name="旧表" hidden="1"': "#REF!",
            'name="翻倍"': "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)",
            'name="solver_typ" localSheetId="0" hidden="1"': "1",
            'name="_xlnm.Criteria" localSheetId="1"': "'数据填报'!$B$4:$B$5",
            'name="_xlnm.Database" hidden="1"': "#REF!",
        }.items()
    )
    book.edit(BOOK, "</definedNames>", f"{new}</definedNames>")


@leaving("Excel 365 Windows", "names in another order, without quotes, and a sheet's copy of the filter's")
def names_rewritten(book: Package) -> None:

    names = re.findall(r"<definedName .*?</definedName>", book.text(BOOK))
    plain = [re.sub(r">'([^'!]+)'!", r">\1!", one) for one in sorted(names, reverse=True)]
    book.edit(BOOK, "<definedNames>.*?</definedNames>", f"<definedNames>{''.join(plain)}</definedNames>")
