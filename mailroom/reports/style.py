"""Measures, greys and type of the papers, in points; every width is a share of the text width."""

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle

from mailroom.reports.fonts import BOLD, ITALIC, MONO, REGULAR, register

INK = HexColor("#121212")
GREY = HexColor("#4A4A4A")
WHITE = HexColor("#FFFFFF")
HAIR = HexColor("#9E9E9E")
TINT = HexColor("#F1F1F1")
BAR = HexColor("#B8B8B8")
ACCENT = HexColor("#17385C")

LEFT, RIGHT, TOP, BOTTOM = 72.0, 48.0, 42.0, 40.0  # margins; left is the binding edge
FIRST_HEAD, LATER_HEAD, EXHIBIT_HEAD, FOOTER = 62.0, 26.0, 50.0, 42.0  # zones inside the margins
PAD = 3.2  # above and below the text of a table cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page size in points and what it leaves for text."""

    width: float
    height: float

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - LEFT - RIGHT

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - RIGHT

    def text_height(self, head: float) -> float:
        """Between a head zone and the footer zone."""
        return self.height - TOP - head - BOTTOM - FOOTER


def sheet(page_size: str) -> Sheet:
    """Letter, or A4 when that is asked for."""
    width, height = A4 if page_size.upper() == "A4" else LETTER
    return Sheet(float(width), float(height))


_TYPE: dict[str, tuple[str, float, float, bool]] = {  # font, size, leading, grey
    "title": (BOLD, 19, 24, False),
    "subtitle": (REGULAR, 9.5, 13.5, True),
    "finding": (BOLD, 12, 16.5, False),
    "second": (REGULAR, 9.5, 13.5, False),
    "heading": (BOLD, 11.5, 15, False),
    "numbered": (BOLD, 10, 14.6, False),
    "letter": (REGULAR, 10, 14.6, False),
    "body": (REGULAR, 9.5, 13.5, False),
    "label": (REGULAR, 8, 13, True),
    "value": (REGULAR, 9.5, 13, False),
    "about": (REGULAR, 9, 12.5, False),
    "cell": (REGULAR, 8.5, 11.5, False),
    "cell_right": (REGULAR, 8.5, 11.5, False),
    "cell_note": (ITALIC, 7.8, 10.5, True),
    "head": (BOLD, 7.5, 10, True),
    "head_right": (BOLD, 7.5, 10, True),
    "note": (REGULAR, 7.5, 10.2, True),
    "caption": (REGULAR, 8.5, 11.5, False),
    "mono": (MONO, 7.4, 10.5, False),
}


@cache
def style(name: str) -> ParagraphStyle:
    """The paragraph style of a role; long words break, and nothing falls back to a base font."""
    register()
    font, size, leading, grey = _TYPE[name]
    return ParagraphStyle(
        name,
        fontName=font,
        bulletFontName=font,
        fontSize=size,
        leading=leading,
        textColor=GREY if grey else INK,
        alignment=TA_RIGHT if name.endswith("_right") else 0,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
        spaceBefore=12 if name == "heading" else 0,
        spaceAfter=4 if name == "heading" else 0,
    )
