"""The canvas of papers: page numbers that are known only at the end are drawn as forms, defined when it is saved.

One pass, every page written once, bytes that repeat, and bookmarks that stay where they were set.
"""

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mailroom.reports.fonts import REGULAR, register
from mailroom.reports.style import GREY, INK

TOTAL = "ptotal"
MOST_KEPT = 6_000  # paragraphs and lines whose strokes are kept
_ABOVE = 44.0  # points from an anchor up to what it is the anchor of, its heading included
_SIZES = {"f": (7.4, GREY), "c": (8.5, INK)}  # footer, table cell


class PaperCanvas(Canvas):  # type: ignore[misc]
    """A canvas that never touches a base font and knows on which page each key was marked."""

    def __init__(self, file: object, **options: Any) -> None:  # noqa: ANN401 - handed through to reportlab
        register()
        options["initialFontName"] = REGULAR
        super().__init__(file, **options)
        self.marked: dict[str, int] = {}
        self.drawn: dict[tuple[Any, ...], tuple[str, ...]] = {}  # strokes of short paragraphs and lines drawn before
        self._wanted: set[str] = set()

    def drawString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:  # noqa: ANN401, N802
        """One line; heads and footers say the same on many pages, and its strokes are then those made before."""
        if more or named:
            super().drawString(x, y, text, *more, **named)
            return
        place = (x, y, text, self._fontname, self._fontsize, self._leading)
        strokes = self.drawn.get(place)
        if strokes is not None:
            self._code.extend(strokes)
            return
        before = len(self._code)
        super().drawString(x, y, text)
        if len(self.drawn) < MOST_KEPT:
            self.drawn[place] = tuple(self._code[before:])

    def drawRightString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:  # noqa: ANN401, N802
        """The same, ending at `x`."""
        if more or named:
            super().drawRightString(x, y, text, *more, **named)
        else:
            self.drawString(x - self.stringWidth(text, self._fontname, self._fontsize), y, text)

    def mark(self, key: str, title: str, level: int) -> None:
        """Remember this page under a key; with a title also as a bookmark."""
        if key in self.marked:
            return
        self.marked[key] = self.getPageNumber()
        top = min(self._pagesize[1], self.absolutePosition(0, 0)[1] + _ABOVE)
        self.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)  # a place: some readers know no whole pages
        if title:
            self.addOutlineEntry(title, key, level=level, closed=0)

    def number_of(self, key: str, x: float, y: float, kind: str = "c") -> None:
        """Draw the page number of a key (or of the last page, `TOTAL`) that is not known yet, left-aligned at x, y."""
        name = f"{kind}_{key}"
        self._wanted.add(name)
        self.saveState()
        self.translate(x, y)
        self.doForm(name)
        self.restoreState()

    def save(self) -> None:
        """Define the awaited numbers and write the file; a key that was never marked prints a dash."""
        if self._code:
            self.showPage()
        last = self.getPageNumber() - 1
        for name in sorted(self._wanted):
            kind, key = name.split("_", 1)
            size, colour = _SIZES[kind]
            page = last if key == TOTAL else self.marked.get(key)
            self.beginForm(name, 0, -3, 60, 12)
            self.setFont(REGULAR, size)
            self.setFillColor(colour)
            self.drawString(0, 0, "\u2013" if page is None else str(page))
            self.endForm()
        super().save()
