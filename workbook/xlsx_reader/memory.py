"""What has been read before and need not be read again: rows, long sheets, frames and styles by their bytes.

Returned workbooks have most of their parts in common, down to the byte. A key holds all that its value
depends on: a row's bytes mean nothing without the tag of the root, which binds the prefixes of names in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from workbook.xlsx_reader.received import Frame
from workbook.xlsx_reader.rows import SheetRow
from workbook.xlsx_reader.strings import Items
from workbook.xlsx_reader.styles import Styles

_MOST_ROWS, _MOST_SHEETS = 40_000, 300


def digest(*contents: bytes) -> bytes:
    """A short stand-in for byte strings, each with its length."""
    whole = hashlib.blake2b(digest_size=16)
    for content in contents:
        whole.update(len(content).to_bytes(8, "little"))
        whole.update(content)
    return whole.digest()


@dataclass(slots=True)
class Memory:
    """Things read, by what they were read from. Rows and sheets are kept when they are met a second time."""

    rows: dict[tuple[bytes, bytes], SheetRow | None] = field(default_factory=dict)
    """By the root's digest and the row's bytes."""
    sheets: dict[bytes, SheetRow | None] = field(default_factory=dict)
    """All rows of a sheet as one."""
    frames: dict[bytes, Frame] = field(default_factory=dict)
    """By the bytes beside the rows and those of the styles that highlights refer to."""
    styles: dict[bytes, Styles] = field(default_factory=dict)

    strings: dict[bytes, Items] = field(default_factory=dict)
    """Shared strings by their bytes, by the root's tag and the styles from which their fonts have colours."""

    def items(self, key: bytes) -> Items:
        """The shared strings known under a key, to be added to."""
        if sum(map(len, self.strings.values())) > _MOST_ROWS:
            self.strings.clear()
        return self.strings.setdefault(key, {})

    def keep_row(self, key: tuple[bytes, bytes], row: SheetRow) -> None:
        """Keep a row that was met before."""
        if len(self.rows) > _MOST_ROWS:
            self.rows.clear()
        self.rows[key] = row if key in self.rows else None

    def met_sheet(self, key: bytes) -> bool:
        """Whether a sheet's rows were met before; they are from now on."""
        if key in self.sheets:
            return True
        if len(self.sheets) > _MOST_SHEETS:
            self.sheets.clear()
        self.sheets[key] = None
        return False

    def keep_frame(self, key: bytes, frame: Frame) -> None:
        """Keep what stands beside a sheet's rows."""
        if len(self.frames) > _MOST_SHEETS:
            self.frames.clear()
        self.frames[key] = frame

    def keep_styles(self, key: bytes, styles: Styles) -> None:
        """Keep the styles of a workbook."""
        if len(self.styles) > _MOST_SHEETS:
            self.styles.clear()
        self.styles[key] = styles
