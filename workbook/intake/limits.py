"""Limits of intake. Received files come from anywhere: every reader has an end."""

from __future__ import annotations

from workbook.findings import Finding, found

MAX_HELD = 64_000_000
"""Bytes of a mail, and of an archive or a mail inside another: these are held in memory."""
MAX_INFLATED = 200_000_000
"""Bytes unpacked and decoded from one file on disk (or one mail of a mailbox) …"""
MAX_GROWTH = 2
"""… or this many times its size, whichever is more: a large archive of photographs hardly grows."""
MAX_ENTRIES = 5_000
"""Files and attachments in one file on disk (or one mail of a mailbox), at all depths together."""
MAX_DIRECTORY = 2_000_000
"""Bytes of the central directory of a zip, and of any other single read of it."""
MAX_DEPTH = 8
"""Archives and mails inside each other."""
MAX_PARTS = 1_000
"""Parts of one mail."""
MAX_MULTIPARTS = 20
"""Multiparts of one mail inside each other."""
MAX_HEADERS = 256_000
"""Bytes of the headers of a mail or a part; what is beyond them is passed over."""
MAX_FOLDERS = 60
"""Folders inside each other."""
HEAD = 64_000
"""Bytes from the start of a file by which its kind is told."""


class LimitReached(Exception):
    """Reading went as far as it may; ``finding`` says which limit."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.finding: Finding = found("RECEIVED_LIMIT", problem=problem)


class UnpackBudget:
    """The bytes and entries still to be unpacked from one file on disk, its archives and mails included."""

    def __init__(self, size: int) -> None:
        """``size``: bytes of the file on disk."""
        self._bytes = max(MAX_INFLATED, MAX_GROWTH * size)
        self._entries = MAX_ENTRIES

    def spend(self, size: int) -> None:
        """Note ``size`` more bytes unpacked. Raises LimitReached."""
        self._bytes -= size
        if self._bytes < 0:
            raise LimitReached("解压后的内容过大")

    def enter(self) -> None:
        """Note one more file or attachment. Raises LimitReached."""
        self._entries -= 1
        if self._entries < 0:
            raise LimitReached(f"内含的文件超过 {MAX_ENTRIES} 个")
