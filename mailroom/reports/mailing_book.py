"""The mailing book of a run: numbered lines, eight a sheet; boxes for count, signature and stamp on every sheet."""

from mailroom.domain.mailing_book import (
    LINES_A_PAGE,
    BookLine,
    BookPage,
    MailingBook,
    page_code,
    pages_of,
    sum_of,
)
from mailroom.domain.money import Money
from mailroom.domain.shipment import Party
from mailroom.reports import RenderedPaper
from mailroom.reports.archival import Properties
from mailroom.reports.finish import finish
from mailroom.reports.fonts import BOLD, MONO, NARROW, NARROW_BOLD, REGULAR, width
from mailroom.reports.ledger import BOTTOM, LEAST_MODULE, Ledger, broken
from mailroom.reports.page import head_block
from mailroom.reports.record import record_bytes, sha256
from mailroom.reports.style import HAIR, INK, WHITE
from mailroom.reports.text import one_line
from mailroom.wording import _, in_language, plural
from mailroom.wording.moments import bare_amount, currency_name, has_mills, short_day

_ROW = 34.2  # points
_NUMBER, _TO, _CLASS, _POSTAGE, _FEES, _VALUE, _INK = 0.034, 0.232, 0.557, 0.774, 0.84, 0.917, 0.936
_NOTHING = "\u2013"
_CUT = "\u2026"
_SENDER_DEPTH = 30.0  # points for the sender's name and address
_FIELD_DEPTH = 20.5  # points: two lines of what is handed to whom, and of the run


def render(value: MailingBook) -> RenderedPaper:
    """The book as PDF; the same value gives the same bytes."""
    head = value.head
    record = record_bytes("mailing_book", head.number, value)
    digest = sha256(record)
    with in_language(head.language):
        ledger = Ledger(head.page_size)
        sheets = pages_of(value)
        for sheet in sheets:
            title = _sheet(ledger, value, sheet)
            first = _("{number} · run {run}").format(number=head.number, run=value.run)
            ledger.footer(head, first, digest, sheet.page, len(sheets))
            ledger.bookmark(f"p{sheet.page}", title)
            ledger.next_sheet()
        about = Properties(
            title=one_line(_("Mailing book {number}").format(number=head.number)),
            author=one_line(value.office.name),
            subject=one_line(_("Mailing book, run {run}").format(run=value.run)),
            issued_at=head.issued_at,
            language=head.language,
        )
        pdf, pages = finish(ledger.close(), record, about)
    return RenderedPaper(pdf, sha256(pdf), digest, pages)


def _sheet(ledger: Ledger, book: MailingBook, sheet: BookPage) -> str:
    """One sheet; its bookmark's words."""
    part = book.parts[sheet.part - 1]
    _head(ledger, book, sheet, registered=part.registered)
    top, mills = _columns(ledger), _in_mills(book)
    for at in range(LINES_A_PAGE):
        base = top - _ROW * (at + 1)
        number = str(sheet.first_line + at)
        if at < len(sheet.lines):
            ledger.say(ledger.left, base + _ROW / 2 - 3, number, BOLD, 8)
            _line(ledger, base, sheet.lines[at], book.head.language, mills=mills)
        else:
            ledger.say(ledger.left, base + _ROW / 2 - 3, number, REGULAR, 8)
        ledger.rule(base, 0.4, dark=False)
    end = top - _ROW * LINES_A_PAGE
    _strike(ledger, top - _ROW * len(sheet.lines), end, LINES_A_PAGE - len(sheet.lines))
    ledger.rule(end - 2, 0.9)
    _sums(ledger, end - 13, book, sheet)
    _boxes(ledger, end - 22, book, sheet)
    last = sheet.first_line + len(sheet.lines) - 1
    kind = _("Registered mail") if part.registered else _("Mail")
    return _("{kind}, lines {first} to {last}").format(kind=kind, first=sheet.first_line, last=last)


def _head(ledger: Ledger, book: MailingBook, sheet: BookPage, *, registered: bool) -> None:
    top, language = ledger.top, book.head.language
    title = _("Outgoing accountable mail manifest")
    if registered:
        title = f"{title}: {_('registered mail')}"
    ledger.say(ledger.left, top - 14, title, BOLD, 15, room=ledger.at(0.78) - ledger.left)
    notice = _(
        "Made by the sender. This is not a form of any post and not a copy of one. It proves acceptance only when the "
        "count received, the signature and the dated stamp are filled in by the carrier’s employee. Write in ink; both "
        "parties initial every correction."
    )
    ledger.wrapped(ledger.left, top - 27, notice, REGULAR, 7.5, ledger.at(0.74) - ledger.left, 2, grey=True)
    code = page_code(book.head.number, sheet.page)
    ledger.bars_at_right(ledger.right, top - 12, code, 18)
    name = one_line(book.office.name) or _("Sender’s name not given")
    address = one_line(", ".join(line for line in book.office.address if line)) or _("Sender’s address not given")
    sender = head_block((name,), (address,), 9.0, ledger.at(0.42) - ledger.left, _SENDER_DEPTH)
    for words, font, size, down in sender:
        ledger.say(ledger.left, top - 45.5 - down, words, font, size, grey=font != BOLD)
    for share, end, label, words in (
        (0.43, 0.64, _("Handed to"), book.handed_to),
        (0.65, 0.86, _("Run"), book.run),
        (0.87, 1.0, _("Date of mailing"), short_day(book.mailed_on, language)),
    ):
        ledger.say(ledger.at(share), top - 55, label, REGULAR, 7.5, grey=True)
        if words:
            room = ledger.at(end) - ledger.at(share) - 6
            for told, font, size, down in head_block((one_line(words),), (), 9.0, room, _FIELD_DEPTH):
                ledger.say(ledger.at(share), top - 56.5 - down, told, font, size)
        else:
            ledger.rule_between(ledger.at(share), ledger.at(end) - 8, top - 67)
            ledger.say(ledger.at(end) - 8, top - 75, _("write in ink"), REGULAR, 6.6, grey=True, flush="right")
    ledger.rule(top - 79, 1.2)


def _columns(ledger: Ledger) -> float:
    """The heads of the columns; where the first line begins."""
    base = ledger.top - 101
    for share, words in ((0, _("Line")), (_NUMBER, _("Article number")), (_TO, _("Addressee, name and address"))):
        ledger.say(ledger.at(share), base, words, BOLD, 7.5, grey=True)
    ledger.say(ledger.at(_CLASS), base, _("Class and extra services"), BOLD, 7.5, grey=True)
    for share, words in ((_POSTAGE, _("Postage")), (_FEES, _("Fees")), (_VALUE, _("Value"))):
        ledger.say(ledger.at(share), base, words, BOLD, 7.5, grey=True, flush="right")
    ledger.wrapped(
        ledger.at(_INK), base + 9, _("Remarks, initials"), BOLD, 7, ledger.right - ledger.at(_INK), 2, grey=True
    )
    ledger.rule(base - 5, 0.9)
    return base - 5


def _line(ledger: Ledger, base: float, line: BookLine, language: str, *, mills: bool) -> None:
    middle = base + _ROW / 2
    room = ledger.at(_TO) - ledger.at(_NUMBER) - 10 * LEAST_MODULE
    if not ledger.bars(ledger.at(_NUMBER), base + 14.5, line.number, room, 15):
        shown = line.number or _("no number")
        size = 8.0
        while width(shown, MONO, size) > room and size > 6.6:
            size -= 0.2
        ledger.say(ledger.at(_NUMBER), middle - 3, shown, MONO, size, room=room)
    _addressee(ledger, base, line.addressee)
    service = line.service or _("service not on record")
    room = ledger.at(_POSTAGE) - 32 - ledger.at(_CLASS)
    rows = 2 if width(one_line(service), NARROW, 8) > room else 1
    ledger.wrapped(ledger.at(_CLASS), middle - 3 + 5 * (rows - 1), service, NARROW, 8, room, 2)
    for share, amount in ((_POSTAGE, line.postage), (_FEES, line.fees), (_VALUE, line.value)):
        ledger.say(ledger.at(share), middle - 3, _amount(amount, language, mills=mills), NARROW, 8, flush="right")


def _addressee(ledger: Ledger, base: float, to: Party) -> None:
    """Name and address whole, in smaller type where they are long; what fits no size is cut where it shows.

    The name is cut before the address, and that in its middle: town and code at its end stay.
    """
    name = " / ".join(part for part in (to.name, to.company) if part) or _("addressee not on record")
    place = _address(to) or _("address not on record")
    room = ledger.at(_CLASS) - ledger.at(_TO) - 10
    for size in (8.0, 7.4, 6.6):
        most = int((_ROW - 2) / (size * 1.2))
        names = broken(one_line(name), NARROW_BOLD, size, room)
        places = broken(one_line(place), NARROW, size, room)
        if len(names) + len(places) <= most:
            break
    if len(names) + len(places) > most:
        places = _fitted(places, most - 1, keep_end=True)
        names = _fitted(names, most - len(places))
    rows = [(one, NARROW_BOLD) for one in names] + [(one, NARROW) for one in places]
    top = base + (_ROW + len(rows) * size * 1.2) / 2
    for at, (words, font) in enumerate(rows):
        ledger.say(ledger.at(_TO), top - size * (0.95 + 1.2 * at), words, font, size, room=room)


def _fitted(rows: list[str], most: int, *, keep_end: bool = False) -> list[str]:
    """At most so many rows, with an ellipsis where some are left out: at the end, or before the last row."""
    if len(rows) <= most:
        return rows
    if keep_end and most > 1:
        return [*rows[: most - 2], f"{rows[most - 2]} {_CUT}", rows[-1]]
    return [*rows[: most - 1], f"{rows[most - 1]} {_CUT}"]


def _address(to: Party) -> str:
    written = " ".join(to.address)
    region = " ".join(part for part in (to.region, to.postal_code) if part)
    parts = (*to.address, *(one for one in (to.city, region, to.country) if one and one not in written))
    return ", ".join(part for part in parts if part)


def _amount(amount: Money | None, language: str, *, mills: bool) -> str:
    return _NOTHING if amount is None else bare_amount(amount, language, mills=mills)


def _in_mills(book: MailingBook) -> bool:
    """Whether the whole book has three decimals: one amount in it needs them."""
    return has_mills(one for part in book.parts for one in _money(part.lines))


def _strike(ledger: Ledger, top: float, end: float, unused: int) -> None:
    """A Z over the lines that are not used, so that nothing can be written in later."""
    if not unused:
        return
    canvas, start = ledger.canvas, ledger.at(_NUMBER)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    canvas.line(start, top - 2, ledger.right, top - 2)
    canvas.line(ledger.right, top - 2, start, end + 2)
    canvas.line(start, end + 2, ledger.right, end + 2)
    words = plural("{n} line not used, struck when printed", "{n} lines not used, struck when printed", unused)
    wide = width(words, BOLD, 9) + 16
    middle_x, middle_y = (start + ledger.right) / 2, (top + end) / 2
    canvas.setFillColor(WHITE)
    canvas.rect(middle_x - wide / 2, middle_y - 7, wide, 14, stroke=0, fill=1)
    ledger.say(middle_x, middle_y - 3, words, BOLD, 9, flush="centre")


def _sums(ledger: Ledger, y: float, book: MailingBook, sheet: BookPage) -> None:
    part = book.parts[sheet.part - 1]
    page = _summed(_("This page"), sheet.lines, book)
    ledger.say(ledger.left, y, page, NARROW, 8)
    ledger.say(ledger.right, y, _("{dash} not on record").format(dash=_NOTHING), REGULAR, 7, grey=True, flush="right")
    if not sheet.last_of_part:
        return
    label = (
        _("All registered mail") if part.registered else _("Whole run") if len(book.parts) == 1 else _("All other mail")
    )
    currency = next((one.currency for one in _money(part.lines)), "")
    whole = _summed(label, part.lines, book)
    if currency:
        whole = f"{whole} {currency_name(currency, book.head.language)}"
    ledger.say(ledger.left + width(page, NARROW, 8) + 5, y, f"{whole}.", NARROW_BOLD, 8)


def _money(lines: tuple[BookLine, ...]) -> list[Money]:
    return [one for line in lines for one in (line.postage, line.fees, line.value) if one is not None]


def _summed(label: str, lines: tuple[BookLine, ...], book: MailingBook) -> str:
    language, mills = book.head.language, _in_mills(book)
    return _("{label}: {articles}, postage {postage}, fees {fees}, value {value}").format(
        label=label,
        articles=plural("{n} article", "{n} articles", len(lines)),
        postage=_amount(sum_of(one.postage for one in lines), language, mills=mills),
        fees=_amount(sum_of(one.fees for one in lines), language, mills=mills),
        value=_amount(sum_of(one.value for one in lines), language, mills=mills),
    )


def _boxes(ledger: Ledger, top: float, book: MailingBook, sheet: BookPage) -> None:
    """Counts, signatures and the round stamp; what is for the carrier is left empty."""
    wide, tall = 60.0, min(66.0, top - BOTTOM - 34)
    base, x = top - tall, ledger.left
    part = book.parts[sheet.part - 1]
    every = _("registered") if part.registered else _("in the run") if len(book.parts) == 1 else _("of this kind")
    boxes = (
        ((_("Listed on"), _("this page")), str(len(sheet.lines))),
        ((_("Received on"), _("this page (ink)")), ""),
        ((_("Listed"), every), str(len(part.lines))),
        ((_("Received, all"), _("pages (ink)")), ""),
    )
    for label, number in boxes:
        ledger.box(x, base, wide, tall, label, number)
        x += wide + 10
    stamp = 82.0
    lines = ledger.right - stamp - 12 - x
    for start, share, words in (
        (0.0, 0.44, (_("Sender: signature and date"),)),
        (0.47, 0.53, (_("Carrier’s employee: signature"), _("(own hand, not a stamped name)"))),
    ):
        begin = x + lines * start
        ledger.rule_between(begin, begin + lines * share, base + 20)
        for at, line in enumerate(words):
            ledger.say(begin, base + 11.5 - 8.6 * at, line, REGULAR, 7, grey=True, room=lines * share)
    ledger.box(ledger.right - stamp, base, stamp, tall, (_("Dated round stamp"),))
    canvas = ledger.canvas
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.6)
    canvas.setDash(1.5, 2)
    canvas.circle(ledger.right - stamp / 2, base + tall / 2 - 5, min(26.0, tall / 2 - 8))
    canvas.setDash()
