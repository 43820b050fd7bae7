"""A tracking number as vector bars: Code 128, for our own record, never a shipping label."""

from typing import Any

from barcode.codex import Code128
from reportlab.lib.colors import black
from reportlab.platypus import Flowable

from mailroom.reports.fonts import MONO, REGULAR, shortened, width
from mailroom.reports.style import GREY
from mailroom.wording import _
from mailroom.wording.numbers import grouped

USUAL = 0.77  # points a module: 0.27 mm, decodes from a page at 200 dpi
UPS = 0.725
LEAST = 0.65  # beside the facts; what needs less goes full width below
QUIET = 10  # modules of white on each side
HEIGHT = 32.0
LONGEST = 48  # characters; more would not fit a page


def modules(number: str) -> str:
    """The bars as `1` and `0`, a character a module; empty where Code 128 cannot hold the number."""
    printable = number.isascii() and number.isprintable() and "  " not in number
    if not number or not printable or len(number) > LONGEST:
        return ""
    return "".join(Code128(number).build())


class Bars(Flowable):  # type: ignore[misc]
    """Bars with the number in groups under them; the quiet zone on the right may reach into the margin."""

    def __init__(self, number: str, bars: str, module: float, height: float = HEIGHT) -> None:
        super().__init__()
        self.number, self.bars, self.module, self.bar_height = number, bars, module, height
        self.width = len(bars) * module
        self.height = height + 21

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Bars as rectangles, runs joined, so that no renderer leaves seams."""
        canvas: Any = self.canv
        canvas.saveState()
        canvas.setFillColor(black)  # a grey would be dithered where a page is printed in one bit
        base = self.height - self.bar_height
        at = 0
        while at < len(self.bars):
            run = len(self.bars[at:]) - len(self.bars[at:].lstrip(self.bars[at]))
            if self.bars[at] == "1":
                canvas.rect(at * self.module, base, run * self.module, self.bar_height, stroke=0, fill=1)
            at += run
        middle = self.width / 2
        shown, size = grouped(self.number), 7.2
        while width(shown, MONO, size) > self.width + 2 and size > 6.6:
            size -= 0.2
        canvas.setFont(MONO, size)
        canvas.drawCentredString(middle, base - 9, shown)
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, 6.8)
        caption = _("Record barcode, not a shipping label")
        canvas.drawCentredString(middle, base - 18, shortened(caption, REGULAR, 6.8, self.width + 20))
        canvas.restoreState()


def beside(number: str, room: float) -> Bars | None:
    """Bars that fit a column `room` points wide, or none."""
    bars = modules(number)
    if not bars:
        return None
    module = min(UPS if number.startswith("1Z") else USUAL, room / (len(bars) + QUIET))
    return Bars(number, bars, module) if module >= LEAST else None


def below(number: str, room: float) -> Bars | None:
    """Bars across the text width for a number too long for the column."""
    bars = modules(number)
    if not bars:
        return None
    module = min(USUAL, room / (len(bars) + QUIET))
    return Bars(number, bars, module) if module >= LEAST else None
