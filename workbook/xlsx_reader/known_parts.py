"""Parts of a package that are known: by the exact type of the relationship that leads to them, and their
content type. What is not listed here does not pass.

Sources: ECMA-376 part 1, sections 12 to 15 (parts of SpreadsheetML, DrawingML and shared ones) in both its
namespaces; MS-XLSX, MS-ODRAWXML and MS-OE376 for Microsoft's additions; files of WPS, Google, LibreOffice.
"""

from __future__ import annotations

from enum import Enum

_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
WPS = "http://www.wps.cn/officeDocument/"
"""Relationships of this family are of WPS alone: no other program follows them, and WPS's own show nothing
but the pictures that a cell's formula names, which is looked at where the formula stands."""


class Use(Enum):
    """The treatment of a part."""

    READ = "read"
    """It is read, and what it says compared."""
    LEFT = "left"
    """It shows and runs nothing by itself: not opened, not refused."""
    OWN = "own"
    """Only an officer's own sheet may have it."""
    ACTIVE = "active"
    """It runs, fetches or embeds something: refused under any name."""


_BY_WORD: dict[Use, str] = {
    Use.READ: """officeDocument worksheet chartsheet styles sharedStrings theme drawing chart image
        vmlDrawing comments table hyperlink extended-properties custom-properties""",
    Use.LEFT: """printerSettings calcChain sheetMetadata customXml customXmlProps customProperty
        revisionHeaders revisionLog usernames themeOverride chartUserShapes xmlMaps tableSingleCells""",
    Use.OWN: """pivotTable pivotCacheDefinition pivotCacheRecords diagramData diagramLayout diagramQuickStyle
        diagramColors ctrlProp""",
    Use.ACTIVE: """externalLink externalLinkPath oleObject package control connections queryTable dialogsheet
        attachedTemplate frame subDocument mailMergeSource afChunk aFChunk webSettings audio video media
        volatileDependencies attachedToolbars activeXControlBinary vbaProject xlMacrosheet""",
}
"""Words behind the two standard namespaces of relationships."""

_STRICT_SPELLING = {"extended-properties": "extendedProperties", "custom-properties": "customProperties"}

_MORE: dict[str, tuple[str, Use]] = {
    _PACKAGE + "metadata/core-properties": ("core-properties", Use.LEFT),
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties": (
        "core-properties", Use.LEFT,
    ),
    _PACKAGE + "metadata/thumbnail": ("thumbnail", Use.LEFT),
    _PACKAGE + "digital-signature/origin": ("signature", Use.LEFT),
    _PACKAGE + "digital-signature/signature": ("signature", Use.LEFT),
    _PACKAGE + "digital-signature/certificate": ("signature", Use.LEFT),
    "http://customschemas.google.com/relationships/workbookmetadata": ("google", Use.LEFT),
    _MICROSOFT + "2007/relationships/hdphoto": ("hdphoto", Use.LEFT),
    _MICROSOFT + "2011/relationships/chartStyle": ("chartStyle", Use.LEFT),
    _MICROSOFT + "2011/relationships/chartColorStyle": ("chartColorStyle", Use.LEFT),
    _MICROSOFT + "2017/10/relationships/person": ("person", Use.LEFT),
    _MICROSOFT + "2017/10/relationships/threadedComment": ("threadedComment", Use.LEFT),
    _MICROSOFT + "2019/04/relationships/namedSheetView": ("namedSheetView", Use.LEFT),
    _MICROSOFT + "2019/04/relationships/documenttask": ("documenttask", Use.LEFT),
    _MICROSOFT + "2019/05/relationships/documenttasks": ("documenttask", Use.LEFT),
    _MICROSOFT + "2020/02/relationships/classificationlabels": ("label", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/rdRichValue": ("richValue", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/rdRichValueStructure": ("richValue", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/rdRichValueTypes": ("richValue", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/rdArray": ("richValue", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/rdSupportingPropertyBag": ("richValue", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/rdSupportingPropertyBagStructure": ("richValue", Use.LEFT),
    _MICROSOFT + "2017/06/relationships/richStyles": ("richValue", Use.LEFT),
    _MICROSOFT + "2022/10/relationships/richValueRel": ("richValue", Use.LEFT),
    _MICROSOFT + "2022/11/relationships/FeaturePropertyBag": ("propertyBag", Use.LEFT),
    _MICROSOFT + "2007/relationships/slicer": ("slicer", Use.OWN),
    _MICROSOFT + "2007/relationships/slicerCache": ("slicerCache", Use.OWN),
    _MICROSOFT + "2011/relationships/timeline": ("timeline", Use.OWN),
    _MICROSOFT + "2011/relationships/timelineCache": ("timelineCache", Use.OWN),
    _MICROSOFT + "2014/relationships/chartEx": ("chartEx", Use.OWN),
    _MICROSOFT + "2007/relationships/diagramDrawing": ("diagramDrawing", Use.OWN),
    _MICROSOFT + "2006/relationships/vbaProject": ("vbaProject", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/vbaProjectSignature": ("vbaProject", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/xlMacrosheet": ("xlMacrosheet", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/xlIntlMacrosheet": ("xlMacrosheet", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/ui/extensibility": ("customUI", Use.ACTIVE),
    _MICROSOFT + "2007/relationships/ui/extensibility": ("customUI", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/ui/userCustomization": ("customUI", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/activeXControlBinary": ("activeX", Use.ACTIVE),
    _MICROSOFT + "2006/relationships/attachedToolbars": ("attachedToolbars", Use.ACTIVE),
    _MICROSOFT + "2011/relationships/webextension": ("webextension", Use.ACTIVE),
    _MICROSOFT + "2011/relationships/webextensiontaskpanes": ("webextension", Use.ACTIVE),
    _MICROSOFT + "2020/07/relationships/rdRichValueWebImage": ("webImage", Use.ACTIVE),
    _MICROSOFT + "2007/relationships/media": ("media", Use.ACTIVE),
}  # fmt: skip

RELATIONS: dict[str, tuple[str, Use]] = {
    **{
        base + spelling: (word, use)
        for use, words in _BY_WORD.items()
        for word in words.split()
        for base, spelling in (
            (_TRANSITIONAL, word), (_STRICT, word), (_STRICT, _STRICT_SPELLING.get(word, word)),
        )
    },
    **_MORE,
}  # fmt: skip
"""The word and the use of each relationship type, by its exact address."""

ACTIVE_WORDS = (
    "vbaproject", "vbadata", "activex", "macrosheet", "macroenabled", "oleobject", "customui", "webextension",
    "taskpanes", "connection", "querytable", "externallink", "ddelink", "attachedtoolbars", "dialogsheet",
    "addin", "volatiledependencies", "webimage", "xlexternallinkpath", "embeddings", "model+data",
    "powerpivotdata",
)  # fmt: skip
"""Words in an unknown relationship, a content type or a place that say what it is, for the message."""

_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES: dict[str, frozenset[str]] = {
    "officeDocument": frozenset({_SHEETML + "sheet.main+xml", _SHEETML + "template.main+xml"}),
    "worksheet": frozenset({_SHEETML + "worksheet+xml"}),
    "chartsheet": frozenset({_SHEETML + "chartsheet+xml"}),
    "styles": frozenset({_SHEETML + "styles+xml"}),
    "sharedStrings": frozenset({_SHEETML + "sharedStrings+xml".lower()}),
    "theme": frozenset({_OFFICE + "theme+xml"}),
    "drawing": frozenset({_OFFICE + "drawing+xml"}),
    "chart": frozenset({_OFFICE + "drawingml.chart+xml"}),
    "vmlDrawing": frozenset({_OFFICE + "vmldrawing", "application/xml"}),
    "comments": frozenset({_SHEETML + "comments+xml"}),
    "table": frozenset({_SHEETML + "table+xml"}),
    "custom-properties": frozenset({_OFFICE + "custom-properties+xml"}),
}
"""Content types, in small letters, of the parts that are read; others have their relationship alone."""

SINGLE = ("officeDocument", "styles", "sharedStrings", "theme", "custom-properties")
"""Kinds of which a package has one: with two, programs choose."""

PASSIVE_TYPES = (
    "image/", "application/octet-stream", "text/plain", "font/",
    _OFFICE + "extended-properties+xml", "application/vnd.openxmlformats-package.core-properties+xml",
    _OFFICE + "customxmlproperties+xml", _OFFICE + "customproperty", _SHEETML + "printersettings",
    _SHEETML + "calcchain+xml", _SHEETML + "sheetmetadata+xml", "application/vnd.ms-excel.person+xml",
    "application/vnd.ms-excel.threadedcomments+xml", "application/vnd.wps-officedocument.",
    _OFFICE + "drawing+xml", _OFFICE + "drawingml.chart+xml", _OFFICE + "vmldrawing", _OFFICE + "theme+xml",
    "application/vnd.ms-office.chartstyle+xml", "application/vnd.ms-office.chartcolorstyle+xml",
    "application/vnd.openxmlformats-package.relationships+xml",
    "application/vnd.openxmlformats-package.digital-signature",
)  # fmt: skip
"""Beginnings of content types of parts that may lie in a package though nothing leads to them."""

PLACES = (
    "docprops/", "docmetadata/", "customxml/", "xl/customstorage/", "xl/cellimages.xml",
    "xl/printersettings/",     "xl/media/", "xl/calcchain.xml", "xl/metadata", "xl/persons/",
    "xl/threadedcomments/", "[trash]/", "__macosx/",
    "_xmlsignatures/", "metadata/", "xl/richdata/", "xl/featurepropertybag/",
)  # fmt: skip
"""Beginnings of places, in small letters, where programs leave parts to which nothing leads."""

STRAY_FILES = (".ds_store", "thumbs.db", "desktop.ini", "mimetype")
"""Names of files that other programs than spreadsheets leave in a zip."""
