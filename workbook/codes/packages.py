"""Findings about files that are no sound workbook: the zip, its parts, what has no one reading in them."""

from __future__ import annotations

from workbook.codes.code import Code

_RESAVE = "请在 Excel 或 WPS 中打开后另存。"
_ORIGINAL = "请使用下发的原文件。"
_SAVE = "请重新保存后再报送。"
_SHORTEN = "请删去与评分无关的大量内容。"


def _resave(meaning: str, message: str) -> Code:
    """An error that a spreadsheet program mends by saving the file anew."""
    return Code("error", meaning, message, _RESAVE)


def _original(meaning: str, message: str) -> Code:
    """An error that no spreadsheet program makes by itself."""
    return Code("error", meaning, message, _ORIGINAL)


ZIPS: dict[str, Code] = {
    "NOT_WORKBOOK": Code(
        "error",
        "Not an .xlsx workbook.",
        "这不是 .xlsx 工作簿",
        "请报送下发的 .xlsx 原文件。",
    ),
    "NOT_WORKBOOK_OLE": Code(
        "error",
        "An OLE file: a workbook with a password to open, or in a format before .xlsx.",
        "这是加密的工作簿或旧版 .xls/.et 文件",
        "请去掉打开密码，另存为 .xlsx 后再报送。",
    ),
    "ZIP_DAMAGED": Code("error", "A zip that cannot be read.", "文件已损坏，压缩包无法读取", _SAVE),
    "ZIP_ENCRYPTED": Code(
        "error",
        "A zip with a password.",
        "压缩包设有密码",
        "请去掉打开密码，另存为 .xlsx 后再报送。",
    ),
    "ZIP_PARTS_MANY": _original(
        "More parts than a workbook has.", "压缩包内有 {count} 个部件，超过 {limit} 个"
    ),
    "ZIP_INFLATES": Code(
        "error",
        "More content than is read, or packed so well that it may be a bomb.",
        "文件解压后过大（部件 {part}）",
        _SHORTEN,
    ),
    "ZIP_NAME_TWICE": _resave("Two entries of one name.", "压缩包内有重名部件"),
    "ZIP_PATH": _original("The name of an entry leads out of the package.", "压缩包内有越界路径"),
    "ZIP_PREFIX": _resave("Something stands before the zip.", "压缩包之前还有别的内容"),
    "ZIP_TAIL": _resave("Something stands behind the zip.", "压缩包末尾之后还有别的内容"),
    "ZIP_GAP": _resave("Something stands between the entries.", "压缩包的部件之间还有别的内容"),
    "ZIP_OVERLAP": _resave("Entries that share bytes.", "压缩包内的部件互相重叠"),
    "ZIP_SPLIT": _resave("An archive in several volumes.", "压缩包分成几卷"),
    "ZIP_DIRECTORY_NONE": _resave("No directory.", "压缩包没有目录"),
    "ZIP_DIRECTORY_SHORT": _resave("A directory that is not whole.", "压缩包的目录不完整"),
    "ZIP_DIRECTORY_TWICE": _resave("A second directory behind the first.", "压缩包末尾还有另一个目录"),
    "ZIP_DIRECTORY_DIFFERS": _resave(
        "The directory is not what its end record says.", "压缩包的目录与其结尾不一致"
    ),
    "ZIP_ENDS_DIFFER": _resave(
        "The two end records of the directory do not say the same.", "压缩包的两个目录结尾不一致"
    ),
    "ZIP_FIELD_DAMAGED": _resave("A further field that cannot be read.", "压缩包内有损坏的附加信息"),
    "ZIP_FIELD_UNKNOWN": _resave("A further field of a kind unknown.", "压缩包内有来历不明的附加信息"),
    "ZIP_NAME_OTHER": _resave("An entry with a second name in a further field.", "压缩包内的部件另有名称"),
    "ZIP_NAME_DIFFERS": _resave(
        "Directory and header name an entry differently.", "压缩包内部件的名称有歧义"
    ),
    "ZIP_SIZE_DIFFERS": _resave("An entry of which two sizes are told.", "压缩包内部件的大小有歧义"),
    "ZIP_CHECKSUM_DIFFERS": _resave("An entry with two checksums.", "压缩包内部件的校验码有歧义"),
    "ZIP_FLAGS_DIFFER": _resave(
        "An entry that two flags say to read differently.", "压缩包内部件的读法有歧义"
    ),
}
"""The file as a zip."""

PARTS: dict[str, Code] = {
    "PART_ENCODING": _resave("A part that is not UTF-8.", "部件 {part} 不是 UTF-8 编码"),
    "PART_DOCTYPE": _original("A part with a document type.", "部件 {part} 含有文档类型声明"),
    "PART_LONG": _original("A part with more markup than a workbook has.", "部件 {part} 内容过多"),
    "PART_DAMAGED": Code(
        "error", "A part that is no XML, or breaks off.", "工作簿内容无法读取：部件 {part} 已损坏", _SAVE
    ),
    "PART_KIND": _resave(
        "A part whose root is not what its place asks for.", "工作簿内容无法读取：部件 {part} 不是{kind}"
    ),
    "PART_STRANGE": _resave(
        "Content types or relationships with something else between them.", "部件 {part} 中有不认识的内容"
    ),
    "PART_MISSING": _resave(
        "A part that the workbook needs is not there.", "工作簿内容无法读取：缺少部件 {part}"
    ),
    "PART_SPELLING": _resave(
        "A part is named in one way and referred to in another.",
        "部件 {part} 的名称与引用它的写法不一致，有的程序找不到它",
    ),
    "PART_UNREACHED": _resave(
        "A part to which nothing leads.", "工作簿内容无法读取：没有关系指向部件 {part}"
    ),
    "PART_TWO_USES": _resave(
        "A part that serves as two different things.", "文件结构有歧义（部件 {part} 有两种用途）"
    ),
    "PART_TWO_TYPES": _resave(
        "A part of which two content types are told.", "文件结构有歧义（{part} 的内容类型有两种）"
    ),
    "PART_TWICE": _resave(
        "Two parts of a kind of which a workbook has one.", "文件结构有歧义（{kind} 部件不止一个）"
    ),
    "TYPES_UNREADABLE": _resave("No list of content types.", "部件 {part} 无法读取"),
    "RELATION_TWICE": _resave(
        "Two relationships of a kind of which a part has one.",
        "文件结构有歧义（部件 {part} 中 {kind} 不止一个）",
    ),
    "RELATION_ID_TWICE": _resave(
        "Two relationships with one id.", "文件结构有歧义（部件 {part} 中关系编号重复）"
    ),
    "RELATION_MODE": _resave(
        "A relationship that leads neither inside nor outside.", "部件 {part} 中有不认识的关系方式 {mode}"
    ),
    "RELATION_MISSING": _resave(
        "A reference to a relationship that is not there, or of another kind.",
        "工作簿内容无法读取：部件 {part} 引用的 {id} 不存在",
    ),
}
"""The parts of the package, and what leads from one to another."""

MARKUP: dict[str, Code] = {
    "SHEET_TITLE_TWICE": _resave("Two sheets of one title.", "工作簿内容无法读取：有两个工作表“{title}”"),
    "SHEET_PART_SHARED": _original("Two sheets of one part.", "工作簿内容无法读取：工作表“{title}”"),
    "CELLS_TOO_MANY": Code(
        "error",
        "More cells than are read.",
        "单元格多于 {limit} 个，到工作表“{title}”为止",
        "请删去工作表“{title}”中与评分无关的大量内容（选中多余的行列，右键“删除”）。",
    ),
    "CELL_BEYOND": Code(
        "error",
        "A cell beyond the last column.",
        "单元格 {ref} 超出允许范围",
        "请删去表格以外很远处的内容。",
    ),
    "CELL_TWICE": _resave("A cell stands twice in its row.", "部件 {part} 中单元格 {ref} 出现两次"),
    "CELL_MISPLACED": _resave(
        "A cell stands in a row that is not its own.", "部件 {part} 第 {row} 行中单元格 {ref} 位置不对"
    ),
    "CELL_CONTENT_TWICE": _resave(
        "A cell with two values or formulas, or in the wrong order.",
        "部件 {part} 单元格 {ref} 中 {what} 出现两次或次序不对",
    ),
    "CELL_UNREADABLE": _resave(
        "Something in a cell that is not of its type.",
        "工作簿内容无法读取：部件 {part} 单元格 {ref} 的{what}",
    ),
    "ROW_TWICE": _resave("A row stands twice.", "部件 {part} 中第 {row} 行出现两次"),
    "ROW_CELL_TWICE": _resave(
        "A cell stands in two parts of a row.", "部件 {part} 中第 {row} 行的单元格出现两次"
    ),
    "ROW_NUMBER": _resave(
        "A row without a usable number.", "工作簿内容无法读取：部件 {part} 中的行列号 {number}"
    ),
    "SHARED_FORMULA": _resave(
        "A shared formula with two first cells, or none.", "部件 {part} 中共享公式 {index} 有歧义"
    ),
    "TEXT_ESCAPE": _resave(
        "An escape of a character that needs none: programs show it in two ways.",
        "部件 {part} 的文字中有不寻常的转义 {escape}",
    ),
    "NUMBER_FORMAT_TWICE": _resave(
        "A number format stands twice.", "部件 {part} 中数字格式 {number} 出现两次"
    ),
    "STYLE_MISSING": _resave(
        "A reference to a style that is not there.", "工作簿内容无法读取：部件 {part} 引用的{what}不存在"
    ),
    "COLOUR_TWO": _resave("One place with two colours.", "文件结构有歧义（一处格式写有两种颜色）"),
    "AREA_UNREADABLE": _resave("An area that cannot be read.", "部件 {part} 中的区域 {ref} 无法读取"),
    "LINK_WIDE": Code(
        "error",
        "A hyperlink over more cells than are read.",
        "部件 {part} 中有覆盖过多单元格的超链接",
        "请取消该超链接。",
    ),
    "HIGHLIGHTS_MANY": Code(
        "error",
        "More conditional formats than are read.",
        "部件 {part} 中条件格式过多",
        "请清除自己添加的条件格式。",
    ),
    "COMMENTS_MANY": Code(
        "error",
        "More comments than are read.",
        "工作簿中的批注过多",
        "请删去不用的批注后再报送。",
    ),
    "OBJECTS_MANY": Code(
        "error",
        "More drawn objects than are read.",
        "工作簿中的图形过多",
        "请删去不用的图形（“定位条件 → 对象”可全部选中）。",
    ),
    "OBJECT_UNREADABLE": _resave(
        "A drawn object without place or size.", "部件 {part} 中图形的{what}无法读取"
    ),
    "CHART_POINT": _resave(
        "A chart's point without a number, or one that stands twice.",
        "部件 {part} 中图表数据点的序号无法读取",
    ),
}
"""Findings about the parts that describe sheets, cells and looks."""
