"""Things read before that need not be read again, by the bytes that they were read from.

Returned workbooks have most of their parts in common, down to the byte. A key holds all that its value
depends on; each shelf says what that is. A memory has one owner, who hands it to the reader: in a process
that verifies it is ``verifier.registry.Registry``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.template.model import Formula
from workbook.xlsx_reader.book_part import BookText, DefinedName
from workbook.xlsx_reader.package import ContentTypes, Relations
from workbook.xlsx_reader.received import Frame, ReceivedSheet
from workbook.xlsx_reader.rows import SheetRow
from workbook.xlsx_reader.shelf import Shelf
from workbook.xlsx_reader.strings import Item
from workbook.xlsx_reader.styles import Styles


@dataclass(frozen=True, slots=True)
class Memory:
    """Shelves of things read. Sheets are kept when they are met a second time."""

    types: Shelf[ContentTypes] = field(default_factory=lambda: Shelf(300))
    """Content types, by the bytes that list them."""
    relations: Shelf[Relations] = field(default_factory=lambda: Shelf(600))
    """The relationships of a part, by its name and the bytes that list them."""
    books: Shelf[BookText] = field(default_factory=lambda: Shelf(300))
    """A workbook's own part without its names, by the bytes beside them."""
    names: Shelf[DefinedName] = field(default_factory=lambda: Shelf(20_000))
    """Defined names, by their bytes and those before the first, which bind prefixes."""
    styles: Shelf[Styles] = field(default_factory=lambda: Shelf(300))
    """By the bytes of the styles and of their theme."""
    items: Shelf[Item] = field(default_factory=lambda: Shelf(20_000_000))
    """Shared strings, by their bytes, by the root's tag without its counts, which binds prefixes, and by the
    styles and the theme, which say what their fonts and colours are. They weigh what their bytes do."""
    frames: Shelf[Frame] = field(default_factory=lambda: Shelf(300))
    """The frame of a sheet, by its bytes and by the styles and the theme, which its highlights
    refer to."""
    rows: Shelf[SheetRow] = field(default_factory=lambda: Shelf(400_000))
    """By their bytes and the root's tag, which binds prefixes. They weigh as much as they have cells."""
    formulas: Shelf[Formula] = field(default_factory=lambda: Shelf(10_000_000))
    """By the bytes of their texts, which are not shared ones or of arrays. They weigh what these do."""
    numbers: Shelf[tuple[int, ...]] = field(default_factory=lambda: Shelf(2_000_000))
    """The shared strings to which a sheet refers, in their order, by all bytes of the sheet but its headers,
    by the epoch of dates, the styles and the theme."""
    sheets: Shelf[tuple[ReceivedSheet, int]] = field(default_factory=lambda: Shelf(2_000_000))
    """All that a sheet itself says but its headers, and how many cells it counts for, by the same and by the
    bytes of the strings to which it refers, in their order, with what these depend on."""

    def clear(self) -> None:
        """Forget everything."""
        for shelf in self.__slots__:
            getattr(self, shelf).clear()

    def counts(self) -> dict[str, int]:
        """Count the things on each shelf."""
        return {shelf: len(getattr(self, shelf)) for shelf in self.__slots__}
