"""Labels of our own: the number as bars and digits, who it is for, and whose it is. Vector bars, no markup."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import inch, mm
from reportlab.pdfgen.canvas import Canvas

from mailroom.domain.labels import InternalLabel, LabelSheet
from mailroom.reports.barcode import modules
from mailroom.reports.fonts import BOLD, MONO, REGULAR, register, shortened, width
from mailroom.reports.style import GREY
from mailroom.reports.text import one_line
from mailroom.wording import _

QUIET = 10  # modules of white on each side


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where labels stand on a sheet, in points from its top left corner."""

    page: tuple[float, float]
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float


_GRIDS = {
    LabelSheet.ROLL_4X6: _Grid((4 * inch, 6 * inch), 1, 1, 4 * inch, 6 * inch, 0, 0, 0, 0),
    LabelSheet.AVERY_5160: _Grid(LETTER, 3, 10, 2.625 * inch, inch, 0.1875 * inch, 0.5 * inch, 2.75 * inch, inch),
    LabelSheet.AVERY_5163: _Grid(LETTER, 2, 5, 4 * inch, 2 * inch, 0.15625 * inch, 0.5 * inch, 4.1875 * inch, 2 * inch),
    LabelSheet.AVERY_L7160: _Grid(A4, 3, 7, 63.5 * mm, 38.1 * mm, 7.25 * mm, 15.15 * mm, 66 * mm, 38.1 * mm),
    LabelSheet.AVERY_L7163: _Grid(A4, 2, 7, 99.1 * mm, 38.1 * mm, 4.65 * mm, 15.15 * mm, 101.6 * mm, 38.1 * mm),
}


def places(sheet: LabelSheet) -> int:
    """How many labels a sheet has."""
    grid = _GRIDS[sheet]
    return grid.columns * grid.rows


def render(labels: Sequence[InternalLabel], sheet: LabelSheet, first: int = 1) -> bytes:
    """The labels on as many sheets as they need, beginning at place `first` (from 1) of the first sheet.

    The same labels give the same bytes.
    """
    register()
    grid = _GRIDS[sheet]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=grid.page, invariant=1, initialFontName=REGULAR)
    canvas.setTitle(_("Labels"))
    canvas.setAuthor("Mailroom")
    for at, label in enumerate(labels, first - 1):
        place = at % places(sheet)
        if place == 0 and at > first - 1:
            canvas.showPage()
        row, column = divmod(place, grid.columns)
        x = grid.left + column * grid.pitch_x
        y = grid.page[1] - grid.top - row * grid.pitch_y - grid.height
        canvas.saveState()
        canvas.translate(x, y)
        _DRAWN[sheet](canvas, label, grid.width, grid.height)
        canvas.restoreState()
    canvas.save()
    return out.getvalue()


def _large(canvas: Canvas, label: InternalLabel, wide: float, high: float) -> None:
    """4 by 6 inches: sender, addressee in large type, what to know, then the bars at the foot."""
    edge, y = 18.0, high - 24
    y = _lines(canvas, label.from_lines, edge, y, wide - 2 * edge, REGULAR, 8, 10.5, most=4)
    if label.recorded:
        canvas.setFont(REGULAR, 8)
        canvas.drawRightString(wide - edge, high - 24, label.recorded)
        y = min(y, high - 24 - 10.5)  # also where no sender stands beside it
    _rule(canvas, edge, y, wide - edge)
    y -= 26
    size = 15.0 if len(label.to_lines) <= 6 else 12.0
    y = _lines(canvas, label.to_lines, edge, y, wide - 2 * edge, BOLD, size, size * 1.32, most=9)
    facts = [
        (_("Department"), label.department),
        (_("Order"), label.order),
        (_("Asked for by"), label.requester),
        (_("Contents"), label.contents),
        (_("Imprint"), label.imprint),
    ]
    y = max(y, 168 + 12 * sum(1 for _name, value in facts if value))
    foot = _facts(canvas, facts, edge, y, wide - 2 * edge)
    if label.handling:
        canvas.setFont(BOLD, 15)
        canvas.drawString(edge, max(foot - 14, 146), shortened(one_line(label.handling).upper(), BOLD, 15, wide - 36))
    _rule(canvas, edge, 136, wide - edge)
    _bars(canvas, label.number, wide / 2, 58, 1.064, 66, wide)  # three dots of a printer with 203 an inch
    _number(canvas, label.number, wide / 2, 38, 17)
    _caption(canvas, wide / 2, 22, 7.5)


def _medium(canvas: Canvas, label: InternalLabel, wide: float, high: float) -> None:
    """About 2 by 4 inches: addressee above, bars below."""
    edge = 12.0
    y = _lines(canvas, label.to_lines, edge, high - 18, wide * 0.62, BOLD, 9.5, 11.8, most=4 if high < 120 else 6)
    side = [one for one in (label.department, label.order, label.recorded, label.handling) if one]
    _lines(canvas, side, wide * 0.68, high - 18, wide * 0.32 - edge, REGULAR, 7.5, 9.6, most=4, grey=True)
    tall = min(34.0, y - 34)
    _bars(canvas, label.number, wide / 2, 26, 1.064, tall, wide)
    _number(canvas, label.number, wide / 2, 13, 10.5)


def _small(canvas: Canvas, label: InternalLabel, wide: float, high: float) -> None:
    """About 1 by 2 5/8 inches: one line of the addressee, bars, number."""
    edge = 8.0
    head = next(iter(label.to_lines), label.department or label.order)
    canvas.setFont(BOLD, 8)
    canvas.drawString(edge, high - 13, shortened(one_line(head), BOLD, 8, wide - 2 * edge))
    side = " · ".join(one for one in (label.department, label.order, label.handling) if one and one != head)
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 6.8)
    canvas.drawString(edge, high - 22, shortened(one_line(side), REGULAR, 6.8, wide - 2 * edge))
    canvas.setFillColor(black)
    _bars(canvas, label.number, wide / 2, 18, 0.8, high - 45, wide)
    _number(canvas, label.number, wide / 2, 7.5, 8.5)


_DRAWN = {
    LabelSheet.ROLL_4X6: _large,
    LabelSheet.AVERY_5160: _small,
    LabelSheet.AVERY_5163: _medium,
    LabelSheet.AVERY_L7160: _small,
    LabelSheet.AVERY_L7163: _medium,
}


def _lines(
    canvas: Canvas,
    lines: Sequence[str],
    x: float,
    y: float,
    room: float,
    font: str,
    size: float,
    leading: float,
    *,
    most: int,
    grey: bool = False,
) -> float:
    """Lines below each other, each cut to its room; gives the base line below the last one."""
    canvas.setFillColor(GREY if grey else black)
    canvas.setFont(font, size)
    for line in lines[:most]:
        canvas.drawString(x, y, shortened(one_line(line), font, size, room))
        y -= leading
    canvas.setFillColor(black)
    return y


def _facts(canvas: Canvas, facts: Sequence[tuple[str, str]], x: float, y: float, room: float) -> float:
    for name, value in facts:
        if not value:
            continue
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(x, y, shortened(name, REGULAR, 8, 70))
        canvas.setFillColor(black)
        canvas.setFont(REGULAR, 9)
        canvas.drawString(x + 74, y, shortened(one_line(value), REGULAR, 9, room - 74))
        y -= 12
    return y


def _bars(canvas: Canvas, number: str, middle: float, base: float, module: float, tall: float, wide: float) -> None:
    """Code 128 of the number without its dashes, runs joined so that no renderer leaves seams."""
    bars = modules(number.replace("-", ""))
    module = min(module, wide / (len(bars) + 2 * QUIET))
    start = middle - len(bars) * module / 2
    canvas.setFillColor(black)
    at = 0
    while at < len(bars):
        run = len(bars[at:]) - len(bars[at:].lstrip(bars[at]))
        if bars[at] == "1":
            canvas.rect(start + at * module, base, run * module, tall, stroke=0, fill=1)
        at += run


def _number(canvas: Canvas, number: str, middle: float, base: float, size: float) -> None:
    canvas.setFont(MONO, size)
    canvas.drawString(middle - width(number, MONO, size) / 2, base, number)


def _caption(canvas: Canvas, middle: float, base: float, size: float) -> None:
    text = _("Label of the sender's own record; not postage and not a carrier's label")
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, size)
    canvas.drawString(middle - width(text, REGULAR, size) / 2, base, text)
    canvas.setFillColor(black)


def _rule(canvas: Canvas, start: float, y: float, end: float) -> None:
    canvas.setLineWidth(0.9)
    canvas.line(start, y, end, y)
