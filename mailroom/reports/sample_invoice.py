"""A made-up invoice of two pages, such as a claimant hands in as proof of value; drawn anew in every demonstration."""

import io
from datetime import date
from typing import Any

from mailroom.domain.money import Money
from mailroom.reports.fonts import BOLD, MONO, REGULAR, register
from mailroom.reports.sample_week import SamplePage

_WIDTH, _HEIGHT, _LEFT = 612, 792, 64  # points: Letter
_GOODS = (
    ("Letterpress plates, set of 4", 40),
    ("Cotton paper, 600 g, 25 sheets", 35),
    ("Brass rule, 24 pt", 25),
)  # with its share of the amount in per cent


def render_sample_invoice(page: SamplePage, seller: str, issued: date, total: Money) -> bytes:
    """An invoice over `total` to whom the label is for, with its terms on a second page."""
    from reportlab.pdfgen.canvas import Canvas

    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setTitle(f"Invoice {page.order}")
    _goods(canvas, page, seller, issued, total)
    canvas.showPage()
    _terms(canvas, page, seller)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _goods(canvas: Any, page: SamplePage, seller: str, issued: date, total: Money) -> None:  # noqa: ANN401 - reportlab has no types
    _text(canvas, 700, seller, BOLD, 18)
    _text(canvas, 664, f"Invoice {page.order}   {issued.isoformat()}", REGULAR, 12)
    to = (page.recipient, page.company, page.street, f"{page.city} {page.state} {page.postal_code}")
    for row, line in enumerate(line for line in to if line):
        _text(canvas, 620 - 16 * row, line, REGULAR, 11)
    left = total.mills
    for row, (what, share) in enumerate(_GOODS):
        mills = left if row == len(_GOODS) - 1 else total.mills * share // 100 // 10 * 10
        left -= mills
        _text(canvas, 500 - 22 * row, what, REGULAR, 11)
        _amount(canvas, 500 - 22 * row, Money(mills, total.currency))
    canvas.line(_LEFT, 444, _WIDTH - _LEFT, 444)
    _text(canvas, 424, f"Total {total.currency}", BOLD, 12)
    _amount(canvas, 424, total)
    _text(canvas, 390, f"Sent as {page.tracking_number}", REGULAR, 11)


def _terms(canvas: Any, page: SamplePage, seller: str) -> None:  # noqa: ANN401 - reportlab has no types
    _text(canvas, 700, f"Terms of invoice {page.order}", BOLD, 14)
    for row, line in enumerate(
        (
            "Payable within 30 days of the date of the invoice.",
            f"The goods remain the property of {seller} until they are paid for.",
            "They were packed and handed to the carrier by the seller.",
        )
    ):
        _text(canvas, 664 - 18 * row, line, REGULAR, 11)


def _text(canvas: Any, y: int, text: str, font: str, size: int) -> None:  # noqa: ANN401 - reportlab has no types
    canvas.setFont(font, size)
    canvas.drawString(_LEFT, y, text)


def _amount(canvas: Any, y: int, money: Money) -> None:  # noqa: ANN401 - reportlab has no types
    canvas.setFont(MONO, 11)
    canvas.drawRightString(_WIDTH - _LEFT, y, money.amount[:-1])
