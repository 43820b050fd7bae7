"""The set-up sheet of a handheld scanner: three bar codes to read in order, and what they tell."""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from mailroom.reports.barcode import modules
from mailroom.reports.bench_sheet import bars
from mailroom.reports.fonts import BOLD, MONO, REGULAR, register, width
from mailroom.reports.style import GREY
from mailroom.wording import _

_EDGE = 20 * mm


def render(payloads: Sequence[str], page_size: str) -> bytes:
    """One page; the same payloads give the same bytes."""
    register()
    page = A4 if page_size == "A4" else LETTER
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1, initialFontName=REGULAR)
    canvas.setTitle(_("Teach Mailroom this scanner"))
    canvas.setAuthor("Mailroom")
    y = page[1] - _EDGE
    canvas.setFont(BOLD, 18)
    canvas.drawString(_EDGE, y - 8, _("Teach Mailroom this scanner"))
    y -= 26
    lines = (
        _("Open Settings, “Teach this scanner”. Then read the three bar codes below, from top to bottom."),
        _("They tell which keyboard the scanner types on, whether Caps Lock is on, and what it sends around a code:"),
        _("a prefix, a suffix, an AIM identifier, Enter or Tab at the end. Later readings are put right by that."),
    )
    canvas.setFont(REGULAR, 9.5)
    for line in lines:
        canvas.drawString(_EDGE, y, line)
        y -= 14
    for at, payload in enumerate(payloads, 1):
        y -= 46 * mm
        canvas.setFont(BOLD, 30)
        canvas.drawString(_EDGE, y + 12, str(at))
        drawn = len(modules(payload))
        module = min(0.95, (page[0] - 2 * _EDGE - 34) / (drawn + 10))
        bars(canvas, payload, _EDGE + 34, y, 22 * mm, module)
        canvas.setFillColor(GREY)
        canvas.setFont(MONO, 8)
        canvas.drawString(_EDGE + 34, y - 12, payload)
        canvas.setFillColor("black")
    canvas.setFont(REGULAR, 8.5)
    canvas.setFillColor(GREY)
    text = _("Nothing is put on record by these bar codes.")
    canvas.drawString((page[0] - width(text, REGULAR, 8.5)) / 2, _EDGE, text)
    canvas.save()
    return out.getvalue()
