"""Sheets of the bench: command bar codes in groups with words and symbols, and badges as cards to cut out."""

import io
from collections.abc import Sequence

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from mailroom.domain.bench_codes import BenchKind
from mailroom.domain.bench_sheets import BadgeCard, BenchSheet, BenchSign
from mailroom.reports.barcode import modules
from mailroom.reports.bench_symbols import draw_symbol
from mailroom.reports.fonts import BOLD, MONO, REGULAR, register, shortened
from mailroom.reports.style import GREY
from mailroom.reports.text import one_line
from mailroom.wording import _
from mailroom.wording.bench import bench_about, bench_word

_EDGE = 15 * mm
_ROW = 29 * mm  # far enough apart that a scanner held over one does not see the next
_BARS = 11 * mm
_MODULE = 0.85  # points: 0.3 mm
_GROUPS = (
    (BenchKind.NEW_RUN, BenchKind.CLOSE_RUN),
    (BenchKind.KEEP, BenchKind.UNDO, BenchKind.REPEAT),
    (BenchKind.DEPARTMENT,),
    (BenchKind.SERVICE,),
    (BenchKind.METER,),
)
_CARD = (86 * mm, 54 * mm)


def render(sheet: BenchSheet) -> bytes:
    """The sheet; the same commands on the same day give the same bytes."""
    register()
    page = A4 if sheet.page_size == "A4" else LETTER
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1, initialFontName=REGULAR)
    canvas.setTitle(_("Command bar codes"))
    canvas.setAuthor("Mailroom")
    y = _head(canvas, sheet, page)
    for kinds in _GROUPS:
        signs = [one for kind in kinds for one in sheet.signs if one.kind is kind]
        if not signs:
            continue
        if y < _EDGE + _ROW + 24:
            canvas.showPage()
            y = _head(canvas, sheet, page)
        y = _group_title(canvas, kinds, page, y)
        for at, sign in enumerate(signs):
            if at % 2 == 0 and y < _EDGE + _ROW:
                canvas.showPage()
                y = _group_title(canvas, kinds, page, _head(canvas, sheet, page))
            left = _EDGE if at % 2 == 0 else page[0] / 2 + 4 * mm
            _sign(canvas, sign, left, y, page[0] / 2 - _EDGE - 4 * mm)
            if at % 2 == 1 or at == len(signs) - 1:
                y -= _ROW
        y -= 4
    canvas.save()
    return out.getvalue()


def render_cards(cards: Sequence[BadgeCard], office: str, page_size: str) -> bytes:
    """Badges, eight a page, with lines to cut along. Each of them is secret: it seats its holder at a desk."""
    register()
    page = A4 if page_size == "A4" else LETTER
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1, initialFontName=REGULAR)
    canvas.setTitle(_("Badges"))
    canvas.setAuthor("Mailroom")
    for at, card in enumerate(cards):
        place = at % 8
        if place == 0 and at:
            canvas.showPage()
        row, column = divmod(place, 2)
        x = (page[0] - 2 * _CARD[0] - 8 * mm) / 2 + column * (_CARD[0] + 8 * mm)
        y = page[1] - 20 * mm - (row + 1) * _CARD[1] - row * 6 * mm
        _card(canvas, card, office, x, y)
    canvas.save()
    return out.getvalue()


def bars(canvas: Canvas, payload: str, x: float, y: float, height: float, module: float) -> float:
    """Code 128, its runs joined so that no renderer leaves seams; gives its width in points."""
    drawn = modules(payload)
    canvas.setFillColor(black)
    at = 0
    while at < len(drawn):
        run = len(drawn[at:]) - len(drawn[at:].lstrip(drawn[at]))
        if drawn[at] == "1":
            canvas.rect(x + at * module, y, run * module, height, stroke=0, fill=1)
        at += run
    return len(drawn) * module


def _head(canvas: Canvas, sheet: BenchSheet, page: tuple[float, float]) -> float:
    y = page[1] - _EDGE
    canvas.setFillColor(black)
    canvas.setFont(BOLD, 17)
    canvas.drawString(_EDGE, y - 8, _("Command bar codes"))
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 8.5)
    about = " · ".join(part for part in (sheet.office.name, sheet.printed_on.isoformat()) if part)
    canvas.drawRightString(page[0] - _EDGE, y - 8, shortened(one_line(about), REGULAR, 8.5, page[0] / 2))
    text = _("Read one at a time. They steer the bench of this office only and are never taken for a tracking number.")
    canvas.drawString(_EDGE, y - 22, shortened(text, REGULAR, 8.5, page[0] - 2 * _EDGE))
    canvas.setFillColor(black)
    return float(y - 34)


def _group_title(canvas: Canvas, kinds: Sequence[BenchKind], page: tuple[float, float], y: float) -> float:
    titles = {
        BenchKind.NEW_RUN: _("Mail run"),
        BenchKind.KEEP: _("The piece before"),
        BenchKind.DEPARTMENT: _("Department"),
        BenchKind.SERVICE: _("Service"),
        BenchKind.METER: _("Meter"),
    }
    canvas.setLineWidth(0.8)
    canvas.line(_EDGE, y, page[0] - _EDGE, y)
    canvas.setFont(BOLD, 11)
    canvas.drawString(_EDGE, y - 14, titles[kinds[0]])
    return y - 20


def _sign(canvas: Canvas, sign: BenchSign, x: float, y: float, room: float) -> None:
    """Symbol and word above, bars below, the letters under them for a keyboard."""
    size = 20.0
    draw_symbol(canvas, sign.kind, x, y - size - 2, size)
    canvas.setFillColor(black)
    canvas.setFont(BOLD, 12)
    word = sign.name or bench_word(sign.kind)
    canvas.drawString(x + size + 7, y - 11, shortened(one_line(word), BOLD, 12, room - size - 7))
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7.6)
    canvas.drawString(x + size + 7, y - 21, shortened(bench_about(sign.kind), REGULAR, 7.6, room - size - 7))
    bars(canvas, sign.payload, x + 9, y - 28 - _BARS, _BARS, _MODULE)
    canvas.setFillColor(GREY)
    canvas.setFont(MONO, 7)
    canvas.drawString(x + 9, y - 28 - _BARS - 8, sign.payload)
    canvas.setFillColor(black)


def _card(canvas: Canvas, card: BadgeCard, office: str, x: float, y: float) -> None:
    wide, high = _CARD
    canvas.saveState()
    canvas.setDash(3, 3)
    canvas.setLineWidth(0.4)
    canvas.rect(x, y, wide, high)
    canvas.restoreState()
    draw_symbol(canvas, BenchKind.BADGE, x + 12, y + high - 46, 34)
    canvas.setFont(BOLD, 15)
    canvas.drawString(x + 54, y + high - 27, shortened(one_line(card.name), BOLD, 15, wide - 64))
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 8.5)
    canvas.drawString(x + 54, y + high - 41, shortened(one_line(office), REGULAR, 8.5, wide - 64))
    canvas.setFillColor(black)
    drawn = len(modules(card.payload))
    module = min(0.85, wide / (drawn + 20))  # with ten modules of white on each side
    bars(canvas, card.payload, x + (wide - drawn * module) / 2, y + 26, 40, module)
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7)
    text = _("Badge: seats its holder at the desk. Do not copy, do not lend.")
    canvas.drawCentredString(x + wide / 2, y + 13, shortened(text, REGULAR, 7, wide - 16))
    canvas.setFillColor(black)
