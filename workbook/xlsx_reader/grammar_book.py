"""The markup of the workbook's own parts: sheets and names, styles, shared strings, comments, properties.

Source: ECMA-376 part 1, 18.2 (workbook), 18.4 (strings), 18.7 (comments), 18.8 (styles), with the
    extensions of
MS-XLSX 2.3.5 and 2.3.6. What is read is *compared with the template*; what is named here and read nowhere is
*harmless*: windows' places, build numbers, who may open it, styles that no cell has.
"""

from __future__ import annotations

from workbook.xlsx_reader.grammar import Grammar, read_rules

_BOOK = """
workbook: conformance=transitional|strict > fileVersion fileSharing workbookPr AlternateContent
    workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr oleSize
    customWorkbookViews !pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr* absPath
    revisionPtr
fileVersion fileSharing workbookProtection oleSize customWorkbookViews pivotCaches smartTagPr
    smartTagTypes webPublishing fileRecoveryPr functionGroups: #open
workbookPr: date1904=bool dateCompatibility=bool showObjects=all|placeholders|none
    showBorderUnselectedTables=bool filterPrivacy=bool promptedSolutions=bool showInkAnnotation=bool
    backupFile=bool saveExternalLinkValues=bool updateLinks=userSet|never|always codeName
    hidePivotFieldList=bool showPivotChartFilter=bool allowRefreshQuery=bool publishItems=bool
    checkCompatibility=bool autoCompressPictures=bool refreshAllConnections=bool defaultThemeVersion=uint
bookViews: > workbookView*
workbookView: visibility=visible|hidden|veryHidden minimized=bool showHorizontalScroll=bool
    showVerticalScroll=bool showSheetTabs=bool xWindow=int yWindow=int windowWidth=uint windowHeight=uint
    tabRatio=uint firstSheet=uint activeTab=uint autoFilterDateGrouping=bool
sheets: > sheet*
sheet: name sheetId=uint state=visible|hidden|veryHidden r:id
definedNames: > definedName*
definedName: name comment customMenu description help statusBar localSheetId=uint hidden=bool
    function=bool vbProcedure=bool xlm=bool functionGroupId=uint shortcutKey publishToServer=bool
    workbookParameter=bool #text
calcPr: calcId=uint calcMode=manual|auto|autoNoTable fullCalcOnLoad=bool refMode=A1|R1C1 iterate=bool
    iterateCount=uint iterateDelta=double fullPrecision=bool calcCompleted=bool calcOnSave=bool
    concurrentCalc=bool concurrentManualCount=uint forceFullCalc=bool
"""

_BOOK_EXTENSIONS = {
    "{7523E5D3-25F3-A5E0-1632-64F254C22452}": "harmless",
    "{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}": "harmless",
    "{140A7094-0E35-4892-8432-C4D2E57EDEB5}": "harmless",
    "{79F54976-1DA5-4618-B147-4CDE4B953A38}": "harmless",
    "{7626C862-2A13-11E5-B345-FEFF819CDC9F}": "harmless",
    "{BBE1A952-AA13-448E-AADC-164F8A28A991}": "harmless",
    "{46BE6895-7355-4A93-B00E-2C351335B9C9}": "harmless",
    "{D0CA8CA8-9F24-4464-BF8E-62219DCF47F9}": "harmless",
    "{725AE2AE-9491-48BE-B2B4-4EB974FC3084}": "harmless",
    "{876F7934-8845-4945-9796-88D515C7AA90}": "harmless",
    "{841E416B-1EF1-43B6-AB56-02D37102CBD5}": "harmless",
    "{983426D0-5260-488C-9760-48F4B6AC55F4}": "harmless",
    "GOOGLESHEETSCUSTOMDATAVERSION1": "harmless",
    "GOOGLESHEETSCUSTOMDATAVERSION2": "harmless",
}
"""Extensions of a workbook: builds of Mac, features of calculation, charts' tracking, LibreOffice's
calculation, the lists of slicers, timelines and pivot caches, whose sheets are looked at; what Google keeps
and it alone reads."""

_FONT = """
name rFont: val
charset family: val=int
b i strike outline shadow condense extend: val=bool
color fgColor bgColor tabColor mruColor: auto=bool indexed=uint rgb=hex theme=uint tint=double
sz: val=double
u: val=single|double|singleAccounting|doubleAccounting|none
vertAlign: val=baseline|superscript|subscript
scheme: val=major|minor|none
"""

_STYLES = (
    _FONT
    + """
styleSheet: > numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors
numFmts: count=count > numFmt*
numFmt: numFmtId=uint formatCode
fonts: count=count > font*
font: > b* i* strike* condense* extend* outline* shadow* u* vertAlign* sz* color* name* family* charset*
    scheme*
fills: count=count > fill*
fill: > patternFill gradientFill
patternFill:
    patternType=none|solid|mediumGray|darkGray|lightGray|darkHorizontal|darkVertical|darkDown|darkUp|darkGrid|darkTrellis|lightHorizontal|lightVertical|lightDown|lightUp|lightGrid|lightTrellis|gray125|gray0625
    > fgColor bgColor
gradientFill: type=linear|path degree=double left=double right=double top=double bottom=double > stop*
stop: position=double > color
borders border cellStyles tableStyles cellStyleXfs: #open
cellXfs: count=count > xf*
xf: numFmtId=uint fontId=uint fillId=uint borderId=uint xfId=uint quotePrefix=bool pivotButton=bool
    applyNumberFormat=bool applyFont=bool applyFill=bool applyBorder=bool applyAlignment=bool
    applyProtection=bool > alignment protection
alignment: horizontal=general|left|center|right|fill|justify|centerContinuous|distributed
    vertical=top|center|bottom|justify|distributed textRotation=uint wrapText=bool indent=uint
    relativeIndent=int justifyLastLine=bool shrinkToFit=bool readingOrder=uint mergeCell
protection: locked=bool hidden=bool
dxfs: count=count > dxf*
dxf: > font numFmt fill alignment border protection
colors: > indexedColors mruColors
indexedColors: > rgbColor*
rgbColor: rgb=hex
mruColors: #open
"""
)

_STYLE_EXTENSIONS = {
    "{EB79DEF2-80B8-43E5-95BD-54CBDDF9020C}": "harmless",
    "{9260A510-F301-46A8-8635-F512D64BE5F5}": "harmless",
    "{46F421CA-312F-682F-3DD2-61675219B42D}": "harmless",
    "{C7286773-470A-42A8-94C5-96B5CB345126}": "harmless",
}
"""Extensions of styles: looks of slicers, timelines and pivot tables, and a check box in a cell."""

_STRINGS = (
    _FONT
    + """
sst: count=count uniqueCount=count > si*
si: > t r* rPh* phoneticPr
t: #text
r: > rPr t
rPr: > rFont* charset* family* b* i* strike* outline* shadow* condense* extend* color* sz* u* vertAlign*
    scheme*
rPh: sb=uint eb=uint > t
phoneticPr: fontId=uint type alignment
"""
)

BOOK = Grammar(read_rules(_BOOK), _BOOK_EXTENSIONS)
"""The workbook part."""
STYLES = Grammar(read_rules(_STYLES), _STYLE_EXTENSIONS)
"""The styles."""
STRINGS = Grammar(read_rules(_STRINGS))
"""The shared strings."""
