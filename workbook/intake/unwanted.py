"""Files that programs leave beside the files people made."""

from __future__ import annotations

_BY_NAME = {
    ".ds_store": "系统文件",
    "thumbs.db": "系统文件",
    "ehthumbs.db": "系统文件",
    "desktop.ini": "系统文件",
    "__macosx": "苹果电脑压缩时附带的文件",
}
_BY_START = (
    ("~$", "打开工作簿时的锁定文件"),
    (".~", "打开工作簿时的锁定文件"),
    ("._", "苹果电脑附带的文件"),
    (".", "隐藏文件"),
)
_SUFFIX_ALONE = {".xlsx", ".xlsm", ".xls", ".et", ".zip", ".rar", ".7z", ".eml"}
"""The rest of a name whose Chinese characters were lost on the way; not a hidden file."""
UNWANTED = {*_BY_NAME.values(), *(reason for _, reason in _BY_START)}
"""All the reasons."""


def why_unwanted(path: str) -> str | None:
    """The reason to pass over the file at ``path`` (parts divided by ``/``), None when there is none."""
    for part in path.split("/"):
        if part in {"", ".", ".."} or part.lower() in _SUFFIX_ALONE:
            continue
        reason = _BY_NAME.get(part.strip().lower())
        if reason is not None:
            return reason
        for start, why in _BY_START:
            if part.startswith(start):
                return why
    return None
