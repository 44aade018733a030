"""Findings about the ledger of a collection round and about what it has kept."""

from __future__ import annotations

from workbook.codes.code import Code

LEDGER: dict[str, Code] = {
    "LEDGER_URL": Code(
        "error",
        "The address of the ledger is not that of a PostgreSQL database.",
        "--ledger 的值不可用：{problem}。",
        "请写成 postgresql://用户@主机/数据库；密码放在环境变量 PGPASSWORD 或 .pgpass 文件中。",
    ),
    "LEDGER_DRIVER": Code(
        "error",
        "The driver for PostgreSQL is not installed.",
        "没有安装 PostgreSQL 的驱动程序。",
        "请运行 pip install 'workbook[postgres]' 后再试。",
    ),
    "LEDGER_FAILED": Code(
        "error",
        "The database of the ledger refused, for a reason of its own.",
        "台账没有写入或读出：{reason}",
        "请检查磁盘空间、文件夹权限或数据库连接后，重新运行同一命令；已记入的不会丢失，也不会重复。",
    ),
    "LEDGER_DAMAGED": Code(
        "error",
        "The file of the ledger is no longer a database.",
        "台账文件 {path} 已损坏：{reason}",
        "请停止使用并从备份恢复；收到的文件仍在“来件”文件夹中。",
    ),
    "LEDGER_NEWER": Code(
        "error",
        "A newer program has written the ledger.",
        "台账是较新的程序写的（第 {version} 版，本程序只认得到第 {known} 版）。",
        "请升级程序后再用。",
    ),
    "LEDGER_BUSY": Code(
        "error",
        "Somebody else is writing into the ledger.",
        "{who}正在使用这本台账，等待之后仍未结束；本次没有写入任何内容。",
        "请稍后重新运行同一命令，或用 --wait 加长等待的秒数。",
    ),
    "LEDGER_TWICE": Code(
        "error",
        "Somebody else has recorded the same meanwhile.",
        "同一事项刚刚由另一位经办人记入台账；本次没有写入任何内容。",
        "请重新运行同一命令。",
    ),
    "STORE_MISSING": Code(
        "error",
        "A received file that the ledger knows is not in its folder.",
        "收到的文件不在原处：{path}",
        "请从备份恢复，或请部门重新报送同一个文件后再收取。",
    ),
    "STORE_CHANGED": Code(
        "error",
        "A received file is not as it was received.",
        "收到的文件与收取时不同（被改动，或没有写完）：{path}",
        "请从备份恢复，或把原邮件再收取一次，程序会补上。",
    ),
    "DOCUMENT_MISSING": Code(
        "error",
        "The details of a verification are not in the ledger, or are not as they were recorded.",
        "台账中的核验明细缺失或被改动（{hash}）。",
        "请从备份恢复台账，或对同一文件重新收取、核验。",
    ),
}
