"""The markup of worksheets: what may stand there, and what of it only on an officer's own sheet.

Source: ECMA-376 part 1, 18.3 (worksheets), with the extensions of MS-XLSX 2.3.4. Who reads each line:
``frame.py`` what stands beside the rows, ``rows.py`` the rows. What is read is *compared with the template*
there; what is named here and read nowhere is *harmless*: windows, selections, printers, who changed what.
"""

from __future__ import annotations

from workbook.xlsx_reader.grammar import Grammar, read_rules

_TABLE = """
worksheet: > sheetPr sheetCalcPr dimension sheetViews sheetFormatPr cols* sheetData sheetProtection
    protectedRanges !scenarios autoFilter sortState !dataConsolidate customSheetViews mergeCells
    phoneticPr conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
    legacyDrawing !legacyDrawingHF !picture !tableParts AlternateContent !drawingHF

sheetPr: syncHorizontal=bool syncVertical=bool syncRef=ref transitionEvaluation=bool transitionEntry=bool
    published=bool codeName filterMode=bool enableFormatConditionsCalculation=bool > tabColor outlinePr
    pageSetUpPr
tabColor: auto=bool indexed=uint rgb=hex theme=uint tint=double
outlinePr: applyStyles=bool summaryBelow=bool summaryRight=bool showOutlineSymbols=bool
pageSetUpPr: autoPageBreaks=bool fitToPage=bool
sheetCalcPr: fullCalcOnLoad=bool
dimension: ref=ref

# views: compared are showFormulas, showZeros, rightToLeft, view, the scales and the frozen pane
sheetViews: > sheetView*
sheetView: windowProtection=bool showFormulas=bool showGridLines=bool showRowColHeaders=bool
    showZeros=bool rightToLeft=bool tabSelected=bool showRuler=bool showOutlineSymbols=bool
    defaultGridColor=bool showWhiteSpace=bool view=normal|pageBreakPreview|pageLayout topLeftCell=ref
    colorId=uint zoomScale=uint zoomScaleNormal=uint zoomScaleSheetLayoutView=uint
    zoomScalePageLayoutView=uint workbookViewId=uint > pane selection* !pivotSelection*
pane: xSplit=double ySplit=double topLeftCell=ref activePane=bottomRight|topRight|bottomLeft|topLeft
    state=split|frozen|frozenSplit
selection: pane=bottomRight|topRight|bottomLeft|topLeft activeCell=ref activeCellId=uint sqref
pivotSelection: #open

# rows and columns: compared are heights, widths, what is hidden, and closed groups
sheetFormatPr: baseColWidth=uint defaultColWidth=double defaultRowHeight=double customHeight=bool
    zeroHeight=bool thickTop=bool thickBottom=bool outlineLevelRow=uint outlineLevelCol=uint
cols: > col*
col: min=uint max=uint width=double style=uint hidden=bool bestFit=bool customWidth=bool phonetic=bool
    outlineLevel=uint collapsed=bool
sheetData: > row*
row: r=uint spans s=uint customFormat=bool ht=double hidden=bool customHeight=bool outlineLevel=uint
    collapsed=bool thickTop=bool thickBot=bool ph=bool > c*
c: r s=uint t=b|d|e|inlineStr|n|s|str cm=uint vm=uint ph=bool > f v is
f: t=normal|array|dataTable|shared aca=bool ref=ref dt2D=bool dtr=bool del1=bool del2=bool r1=ref r2=ref
    ca=bool si=uint bx=bool #text
v: #text
is: > t r* rPh* phoneticPr
t: #text
r: > rPr t
rPr: > rFont* charset* family* b* i* strike* outline* shadow* condense* extend* color* sz* u* vertAlign*
    scheme*
rFont: val
charset family: val=int
b i strike outline shadow condense extend: val=bool
color: auto=bool indexed=uint rgb=hex theme=uint tint=double
sz: val=double
u: val=single|double|singleAccounting|doubleAccounting|none
vertAlign: val=baseline|superscript|subscript
scheme: val=major|minor|none
rPh: sb=uint eb=uint > t
phoneticPr: fontId=uint type alignment

sheetProtection: #open
protectedRanges scenarios sortState dataConsolidate cellWatches ignoredErrors smartTags customProperties:
    #open
# other arrangements that somebody may choose from a menu; none is in force when the file is opened
customSheetViews: #open
autoFilter: ref=ref > filterColumn* sortState
filterColumn: colId=uint hiddenButton=bool showButton=bool > filters top10 customFilters dynamicFilter
    colorFilter iconFilter
filters top10 customFilters dynamicFilter colorFilter iconFilter: #open
mergeCells: count=count > mergeCell*
mergeCell: ref=ref

# conditional formats: all compared
conditionalFormatting: pivot=bool sqref > cfRule*
cfRule:
    type=expression|cellIs|colorScale|dataBar|iconSet|top10|uniqueValues|duplicateValues|containsText|notContainsText|beginsWith|endsWith|containsBlanks|notContainsBlanks|containsErrors|notContainsErrors|timePeriod|aboveAverage
    dxfId=uint priority=int stopIfTrue=bool aboveAverage=bool percent=bool bottom=bool operator text
    timePeriod rank=uint stdDev=int equalAverage=bool > formula* colorScale dataBar iconSet
formula formula1 formula2: #text
colorScale dataBar iconSet: #open

dataValidations: count=count disablePrompts=bool xWindow=uint yWindow=uint > dataValidation*
dataValidation: type=none|whole|decimal|list|date|time|textLength|custom
    errorStyle=stop|warning|information imeMode
    operator=between|notBetween|equal|notEqual|lessThan|lessThanOrEqual|greaterThan|greaterThanOrEqual
    allowBlank=bool showDropDown=bool showInputMessage=bool showErrorMessage=bool errorTitle error
    promptTitle prompt sqref > formula1 formula2
hyperlinks: > hyperlink*
hyperlink: ref=ref r:id location tooltip display

# paper: compared are headers, footers, and how much smaller it prints
printOptions: horizontalCentered=bool verticalCentered=bool headings=bool gridLines=bool gridLinesSet=bool
pageMargins: left=double right=double top=double bottom=double header=double footer=double
pageSetup: paperSize=uint paperHeight paperWidth scale=uint firstPageNumber=uint fitToWidth=uint
    fitToHeight=uint pageOrder=downThenOver|overThenDown orientation=default|portrait|landscape
    usePrinterDefaults=bool blackAndWhite=bool draft=bool cellComments=none|asDisplayed|atEnd
    useFirstPageNumber=bool errors=displayed|blank|dash|NA horizontalDpi=uint verticalDpi=uint copies=uint
    r:id
headerFooter: differentOddEven=bool differentFirst=bool scaleWithDoc=bool alignWithMargins=bool >
    oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter
oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter: #text
rowBreaks colBreaks: count=count manualBreakCount=count > brk*
brk: id=uint min=uint max=uint man=bool pt=bool

# things on the sheet, all looked at: drawings and the old drawings of comments
drawing legacyDrawing legacyDrawingHF drawingHF picture: r:id
tableParts: count=count > tablePart*
tablePart: r:id
"""

EXTENSIONS = {
    "{78C0D931-6437-407D-A8EE-F0AAD7539E65}": "highlights",
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": "validations",
    "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}": "sparklines",
    "{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}": "own",
    "{3A4CF648-6AED-40F4-86FF-DC5316D8AED3}": "own",
    "{7E03D99C-DC04-49D9-9315-930204A7B6E9}": "own",
    "{F7C9EE02-42E1-4005-9D12-6889AFFD525C}": "active",
    "{FC87AEE6-9EDD-4A0A-B7FB-166176984837}": "harmless",
    "{01252117-D84E-4E92-8308-4BE1C098FCBB}": "harmless",
    "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}": "harmless",
    "{504A1905-F514-4F6F-8877-14C23A59335A}": "harmless",
    "{64002731-A6B0-56B0-2670-7721B7C09600}": "harmless",
}
"""Extensions of a worksheet and of its rules: conditional formats, validations, sparklines, slicers and
timelines, web extensions, protected ranges, ignored errors, ids of rules, alternative texts, marks of Mac."""

SHEET = Grammar(read_rules(_TABLE), EXTENSIONS)
"""Worksheets."""
