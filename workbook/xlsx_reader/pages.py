"""The printing of a sheet: its paper, the room between the margins, its scale.

Source: ECMA-376 part 1, 18.3.1.62 to 18.3.1.65.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from workbook.xlsx_reader.grammar import Checked, decimal, truth, whole

_EDGES = ("left", "right", "top", "bottom", "header", "footer")
_A4 = (210.0, 297.0)
_PAPERS: dict[int, tuple[float, float]] = {
    3: (279, 432), 4: (432, 279), 5: (216, 356), 6: (140, 216), 7: (184, 267), 8: (297, 420),
    11: (148, 210), 12: (257, 364), 13: (182, 257), 14: (216, 330), 15: (215, 275), 16: (254, 356),
    17: (279, 432), 19: (98, 225), 20: (105, 241), 21: (114, 263), 22: (121, 279), 23: (127, 292),
    24: (432, 559), 25: (559, 864), 26: (864, 1118), 27: (110, 220), 28: (162, 229), 29: (324, 458),
    30: (229, 324), 31: (114, 162), 32: (114, 229), 33: (250, 353), 34: (176, 250), 35: (176, 125),
    36: (110, 230), 37: (98, 191), 38: (92, 165), 43: (100, 148), 66: (420, 594), 70: (105, 148),
    88: (128, 182), 93: (146, 215), 94: (97, 151), 95: (97, 151), 96: (102, 165), 97: (102, 176),
}  # fmt: skip
"""Width and height in millimetres by number, where they are not about those of A4."""
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(mm|cm|in|pt)\s*")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}


@dataclass(frozen=True, slots=True)
class Margins:
    """Inches between a page's edges and what is printed on it, and to its headers and footers."""

    left: float = 0.7
    right: float = 0.7
    top: float = 0.75
    bottom: float = 0.75
    header: float = 0.3
    footer: float = 0.3


@dataclass(frozen=True, slots=True)
class Page:
    """The pages of a sheet. ``scale`` in per cent; ``fit``: how many pages it is made to fit across and down,
    0 for as many as it takes, None where the scale holds. ``paper`` in millimetres, as it lies."""

    scale: int = 100
    fit: tuple[int, int] | None = None
    paper: tuple[float, float] = _A4
    margins: Margins = Margins()
    comments: bool = False
    """Comments are printed, where they stand or after the last page."""

    @property
    def room(self) -> tuple[float, float]:
        """Points across and down between the margins."""
        width, height = (length / 25.4 for length in self.paper)
        edges = self.margins
        return (width - edges.left - edges.right) * 72, (height - edges.top - edges.bottom) * 72


def read_page(part: Checked) -> Page:
    """Read the page setup of a checked part."""
    setup, edges = part.one("pageSetup"), part.one("pageMargins")
    margins = Margins() if edges is None else Margins(**{key: decimal(edges, key) or 0.0 for key in _EDGES})
    fits = any(truth(one, "fitToPage") for one in part.all("sheetPr", "pageSetUpPr"))
    if setup is None:
        return Page(fit=(1, 1) if fits else None, margins=margins)
    return Page(
        scale=whole(setup, "scale", 100),
        fit=(whole(setup, "fitToWidth", 1), whole(setup, "fitToHeight", 1)) if fits else None,
        paper=_paper(setup),
        margins=margins,
        comments=setup.get("cellComments", "none").strip() != "none",
    )


def _paper(setup: Element) -> tuple[float, float]:
    lengths = [_LENGTH.fullmatch(setup.get(key, "")) for key in ("paperWidth", "paperHeight")]
    own = [float(one[1]) * _MILLIMETRES[one[2]] for one in lengths if one is not None]
    width, height = own if len(own) == 2 else _PAPERS.get(whole(setup, "paperSize", 9), _A4)
    return (height, width) if setup.get("orientation", "default").strip() == "landscape" else (width, height)
