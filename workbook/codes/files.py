"""Findings about files, and about received files, archives and mails."""

from __future__ import annotations

from workbook.codes.code import Code

FILES: dict[str, Code] = {
    "FILE_EXISTS": Code(
        "error",
        "The output file is in the way.",
        "{path} 已存在。",
        "请换一个文件名，或加 --force 覆盖。",
    ),
    "FILE_UNWRITABLE": Code(
        "error",
        "The output file cannot be written.",
        "无法写入 {path}：{reason}",
        "请检查文件夹是否存在、是否有写权限，文件是否正被打开。",
    ),
    "OUTPUT_IS_INPUT": Code(
        "error",
        "An output would take the place of a file that the command reads, or has received.",
        "{path} 是本次命令读取的文件（收到的文件、数据、评分标准），不能覆盖，加 --force 也不行。",
        "请换一个文件名，或写到收件文件夹之外的文件夹；上次写出的汇总表等留在收件文件夹中的，请先移走。",
    ),
    "OUTPUT_UNFINISHED": Code(
        "error",
        "A set of output files was interrupted while it was written; its folder holds a part of it.",
        "{path} 中的一组文件没有写完：写了一半的在“{aside}”。",
        "请确认程序没有在运行，加 --force 重新写出，或换一个文件夹；没有写完的文件请不要使用或寄出。",
    ),
    "OUTPUT_LOST": Code(
        "error",
        "Standard output could not be written, so what the command had to say is not whole.",
        "结果没有全部输出：{reason}。",
        "请检查接收输出的程序或磁盘空间后重新运行；用选项写出的文件不受影响。",
    ),
    "NOTHING_FOUND": Code(
        "error",
        "The paths hold no file to verify.",
        "在 {path} 中没有找到可核验的文件。",
        "请检查路径；文件夹内应有 .xlsx 文件。",
    ),
    "OFFICE_MISSING": Code(
        "warning",
        "No LibreOffice, so no PDF.",
        "没有找到 LibreOffice，工作簿已写入，没有转成 PDF 和图片。",
        "请从 libreoffice.org 安装 LibreOffice 后再试；也可用 Excel 或 WPS 打开工作簿查看。",
    ),
    "OFFICE_FAILED": Code(
        "warning",
        "A program that makes the PDF or the pictures failed.",
        "{program} 没有完成转换：{reason}。",
        "工作簿已写入，可直接打开查看；确认 LibreOffice 能打开它后再试。",
    ),
    "PDFTOPPM_MISSING": Code(
        "note",
        "No pdftoppm, so no pictures.",
        "没有找到 pdftoppm，只写了 PDF，没有图片。",
        "需要图片的请安装 poppler（Debian、Ubuntu 的软件包 poppler-utils）。",
    ),
}

RECEIVED: dict[str, Code] = {
    "FILE_UNREADABLE": Code(
        "error",
        "A file cannot be read.",
        "无法读取文件：{reason}",
        "请确认路径、权限和文件内容。",
    ),
    "FILE_EMPTY": Code(
        "error",
        "A received file, or an archive, with nothing in it.",
        "{kind}是空的。",
        "请部门重新发送；如是下载得来，请重新下载。",
    ),
    "FILE_LARGE": Code(
        "error",
        "A received file above the limit of size.",
        "文件大于 {limit} MB，没有读取。",
        "请删去插入的图片等大内容，佐证材料另行报送；是邮件或压缩包的，请另存其中的工作簿后核验。",
    ),
    "FILE_LEGACY": Code(
        "error",
        "A workbook in the format before .xlsx.",
        "这是{kind}，不是 .xlsx 工作簿。",
        "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再报送；最好直接在下发的原文件中填报。",
    ),
    "FILE_ENCRYPTED": Code(
        "error",
        "A document that needs a password to open.",
        "文件设有打开密码，无法读取。",
        "请在 Excel 或 WPS 中打开，去掉打开密码，保存后再报送。",
    ),
    "FILE_SEALED": Code(
        "error",
        "A file that software of the sender's office has encrypted; it opens only on computers there.",
        "文件已被{kind}加密，只能在装有该软件或有权限的电脑上打开，这里无法读取。",
        "请部门在本单位的加密软件中“解密”或办理“外发”，在没有装该软件的电脑上试开无误后再报送。",
    ),
    "FILE_SEALED_MAYBE": Code(
        "error",
        "A file with the suffix of a workbook, whose bytes are noise: perhaps encrypted by its sender.",
        "文件的后缀是工作簿，{kind}，可能被本单位的加密软件加密，也可能已经损坏。",
        "请部门确认：装有加密软件的，请先“解密”或“外发”，在没有装该软件的电脑上试开无误后再报送；没有装的，请重新保存后发送。",
    ),
    "FILE_REPACKED": Code(
        "error",
        "A workbook whose parts were unpacked and packed again below a folder.",
        "这是解压后又重新压缩的工作簿，各部分在文件夹“{folder}”里，Excel 也打不开。",
        "请报送下发的 .xlsx 原文件本身，不要解压；需要压缩的，请把整个 .xlsx 放进 .zip。",
    ),
    "FILE_TABLE": Code(
        "error",
        "A table in a format other than .xlsx.",
        "这是{kind}，不是 .xlsx 工作簿。",
        "请在下发的 .xlsx 原文件中填报；用其他格式保存的，请用当时的程序打开，另存为 .xlsx。",
    ),
    "FILE_PICTURE": Code(
        "error",
        "A picture: a photographed or scanned form, or evidence.",
        "这是图片（{kind}），不能核验。",
        "填报表请不要拍照或扫描，请在下发的 .xlsx 原文件中填报；佐证材料另行存放，不必核验。",
    ),
    "FILE_DOCUMENT": Code(
        "error",
        "A document that is no workbook: PDF, Word and the like.",
        "这是{kind}，不能核验。",
        "填报表请在下发的 .xlsx 原文件中填报，不要打印、扫描或转成其他格式；佐证材料另行存放，不必核验。",
    ),
    "FILE_OTHER_KIND": Code(
        "error",
        "A file of a kind that is never verified.",
        "这是{kind}，不是 .xlsx 工作簿。",
        "请报送下发的 .xlsx 原文件。",
    ),
    "ARCHIVE_KIND": Code(
        "error",
        "An archive of a kind that is not opened.",
        "这是{kind}，程序不能打开。",
        "请解压后核验其中的文件，或请部门改用 .zip，或直接发送 .xlsx。",
    ),
    "ARCHIVE_DAMAGED": Code(
        "error",
        "An archive, or a file in it, that cannot be read.",
        "压缩包已损坏或不完整，无法读取。",
        "请部门重新压缩后再发送，或直接发送 .xlsx。",
    ),
    "ARCHIVE_ENCRYPTED": Code(
        "error",
        "A file in an archive that needs a password.",
        "压缩包设有密码，无法读取其中的文件。",
        "请用密码解压后核验其中的文件，或请部门去掉密码后再发送。",
    ),
    "ARCHIVE_METHOD": Code(
        "error",
        "A compression method that is not supported.",
        "压缩包用了不支持的压缩方法，无法读取其中的文件。",
        "请解压后核验其中的文件，或用系统自带的“压缩为 zip”重新压缩。",
    ),
    "RECEIVED_LIMIT": Code(
        "error",
        "An archive or a mail that exceeds a limit; what is beyond it was not looked at.",
        "{problem}，其余内容没有查看。",
        "请解压或另存其中的工作簿，直接核验。",
    ),
    "MAIL_DAMAGED": Code(
        "error",
        "A mail, or a part of it, that cannot be read.",
        "邮件或附件已损坏：{problem}。",
        "请在邮箱中打开这封邮件，另存附件后核验；打不开的，请部门重新发送。",
    ),
    "MAIL_ELSEWHERE": Code(
        "error",
        "An attachment whose content is not in the mail: not downloaded, detached, sent in pieces.",
        "附件的内容不在这个文件里：{reason}。",
        "请在邮箱中打开这封邮件，等附件下载完，另存附件后核验；取不到的，请部门重新发送。",
    ),
    "MAIL_UNCLEAR": Code(
        "error",
        "A mail whose bytes look like they hold an attachment that was not recognised.",
        "邮件里像是还有没认出来的附件：{what}。",
        "请在邮箱中打开这封邮件，另存附件后核验；没有附件的，可把这封邮件移出收件文件夹。",
    ),
    "MAIL_ENCRYPTED": Code(
        "error",
        "A mail whose content is encrypted or enclosed in its signature.",
        "邮件内容经过加密或签名封装，无法读取。",
        "请在邮箱中打开这封邮件，另存附件后核验。",
    ),
    "MAIL_FORMAT": Code(
        "error",
        "A mail, or mailbox, of a kind that is not opened.",
        "这是{kind}，程序不能打开。",
        "请在 Outlook 等邮件程序中打开，另存其中的附件后核验；也可把邮件另存为 .eml。",
    ),
    "INTERNAL": Code(
        "error",
        "The program itself failed on this file.",
        "程序处理该文件时出错（{reason}），没有得出结论。",
        "请把该文件和这条信息转交系统维护人员；其他文件不受影响。",
    ),
    "RECORD_DIFFERS": Code(
        "error",
        "The record made of a file's inputs does not verify as the file did, so no record is written.",
        "由这份文件的填报内容重新生成的底稿没有通过核对（{problem}），没有写出任何底稿。",
        "请把该文件和这条信息转交系统维护人员；其他文件可以先移出该文件后单独留底。",
    ),
    "FILES_SEVERAL": Code(
        "warning",
        "Several different files of one department and year, and no dates that tell which is the newest.",
        "“{department}”本年度还有别的文件：{others}；没有邮件日期，无法判断以哪一个为准。",
        "请向部门确认后只保留一个文件，或从邮件中核验。",
        audience="clerk",
    ),
    "FILES_SENDERS": Code(
        "warning",
        "Several different files of one department and year, from different senders: none replaces another.",
        "“{department}”本年度还有别的文件：{others}；发件人不同（{senders}），不能自动以较新的为准。",
        "请按平时的联系方式（不要直接回复邮件）向部门核实以哪一个为准，把其余的移出收件文件夹后重新核验。",
        audience="clerk",
    ),
    "FILES_FUTURE": Code(
        "warning",
        "Several different files of one department and year, of which one is dated in the future.",
        "“{department}”本年度还有别的文件：{others}；{dated}的发送日期在将来，不能据此判断以哪一个为准。",
        "请向部门核实以哪一个为准，把其余的移出收件文件夹后重新核验。",
        audience="clerk",
    ),
    "WORKER_SLOW": Code(
        "error",
        "Reading the file took longer than any honest file takes.",
        "读取该文件用时过长，已中止。",
        "请从下发的原文件重新填报；其他文件不受影响。",
    ),
    "WORKER_MEMORY": Code(
        "error",
        "Reading the file took more memory than any honest file takes.",
        "读取该文件占用的内存过多，已中止。",
        "请从下发的原文件重新填报；其他文件不受影响。",
    ),
    "WORKER_DIED": Code(
        "error",
        "The process that read the file came to an end.",
        "读取该文件的进程意外终止。",
        "请从下发的原文件重新填报；其他文件不受影响。",
    ),
}
