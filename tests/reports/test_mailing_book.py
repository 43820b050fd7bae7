"""The mailing book on paper: every line whole, sums that add up, room for the carrier, bars that read from a scan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import zxingcpp

from mailroom.domain.mailing_book import MailingBook, book_line, parts_of
from mailroom.domain.money import Money
from mailroom.domain.papers import OfficeHead
from mailroom.domain.shipment import Party
from mailroom.reports import render_mailing_book
from mailroom.reports.check import read_record
from mailroom.reports.values import value_of

LONG = "The Honorable Clerk of the Register of Deeds, Land Records and Plats Division, Annex Building"


@pytest.fixture
def book(office: Any) -> Callable[..., MailingBook]:
    """A book of so many pieces, `registered` of them registered."""

    def make(count: int, registered: int = 0, **given: Any) -> MailingBook:
        pairs = []
        for at in range(count + registered):
            to = Party(
                LONG if at % 5 == 4 else "Євгенія Ковальчук",
                address=("77 Greenfield Avenue, Suite 2200, Building C",),
                city="Pittsburgh",
                region="PA",
                postal_code="15207",
            )
            number = f"92701901234567{at:08d}" if at < count else f"RE{558104300 + at}US"
            fields = replace(office.shipment().fields, recipient=to, insured_value=Money(250_000) if at == 0 else None)
            one = office.shipment(
                id=f"s{at}", tracking_number=number, fields=fields, postage=Money(780), service="Certified"
            )
            pairs.append((one, book_line(one, ())))
        head = replace(office.head, number="BOOK-2026-A0031")
        usual = MailingBook(head, office.office, "noon", date(2026, 11, 23), parts_of(pairs), "Main post office")
        return replace(usual, **given)

    return make


def test_what_no_line_has_room_for_is_cut_where_it_shows(book: Any, look: Any) -> None:
    value = book(1)
    [(number, line)] = [(part, part.lines[0]) for part in value.parts]
    names = "Office of the " + "Keeper of Deeds and Plats " * 12
    to = replace(line.addressee, name=names, address=("4120 Cooperage Street of the Old Harbour " * 9,))
    ups = replace(line, number="1Z999AA10123456784", addressee=to)
    office = OfficeHead("Halvorsen, Reyes, Prokopyeva & Konstantinopolskaya Attorneys at Law, Limited", ("Iowa",))
    pdf = render_mailing_book(replace(value, office=office, parts=(replace(number, lines=(line, ups)),))).pdf
    [page] = look.pages(pdf)
    assert office.name in page
    assert page.count("…") == 2
    assert page.count("Pittsburgh, PA 15207") == 2
    found = {one.text for one in zxingcpp.read_barcodes(look.picture(pdf, 1, 200, one_bit=True))}
    assert "1Z999AA10123456784" in found


def test_to_whom_and_which_run_go_on_two_lines_where_they_are_long(book: Any, look: Any) -> None:
    to, run = "Main post office, Golden, accountable mail window", "Afternoon pick-up of the northern annexe"
    [page] = look.pages(render_mailing_book(book(1, handed_to=to, run=run)).pdf)
    assert "…" not in page
    assert all(word in page for word in (*to.split(), *run.split()))


def test_lines_sums_and_boxes(book: Any, look: Any) -> None:
    paper = render_mailing_book(book(11))
    first, second = look.pages(paper.pdf)
    assert "Outgoing accountable mail manifest" in first
    assert "This is not a form of any post and not a copy of one." in first
    assert "Main post office" in first
    assert "This page: 8 articles, postage 6.24, fees –, value 250.00" in first
    assert "Whole run" not in first
    assert "Whole run: 11 articles, postage 8.58, fees –, value 250.00 US dollars." in second
    assert "5 lines not used, struck when printed" in second
    for page in (first, second):
        assert "Dated round stamp" in page
        assert "(own hand, not a stamped name)" in page
    assert "file not signed" in first
    assert paper.record_sha256 in first
    assert "Page 2 of 2" in second


def test_one_amount_with_mills_gives_all_of_a_book_three_decimals(book: Any, look: Any) -> None:
    value = book(11)
    [part] = value.parts
    lines = (*part.lines[:-1], replace(part.lines[-1], postage=Money(783)))
    first, second = look.pages(render_mailing_book(replace(value, parts=(replace(part, lines=lines),))).pdf)
    assert "This page: 8 articles, postage 6.240, fees –, value 250.000" in first
    assert first.count("0.780") == 8
    assert "Whole run: 11 articles, postage 8.583, fees –, value 250.000 US dollars." in second


def test_names_and_addresses_are_whole(book: Any, look: Any) -> None:
    text = look.text(render_mailing_book(book(5)).pdf)
    assert "Євгенія Ковальчук" in text
    assert LONG in text
    assert "…" not in text


def test_registered_mail_has_sheets_of_its_own(book: Any, look: Any) -> None:
    first, second = look.pages(render_mailing_book(book(3, registered=2)).pdf)
    assert "registered mail" not in first
    assert "Outgoing accountable mail manifest: registered mail" in second
    assert "All registered mail: 2 articles" in second
    assert "All other mail: 3 articles" in first


@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_bars_read_from_a_one_bit_scan(book: Any, look: Any, office: Any, size: str) -> None:
    value = book(8)
    paper = render_mailing_book(replace(value, head=replace(value.head, page_size=size)))
    found = {one.text for one in zxingcpp.read_barcodes(look.picture(paper.pdf, 1, 200, one_bit=True))}
    assert "MBBOOK-2026-A0031P1" in found
    assert found >= {f"92701901234567{at:08d}" for at in range(8)}


def test_what_is_not_given_is_left_for_ink(book: Any, look: Any) -> None:
    text = look.text(render_mailing_book(book(3, office=OfficeHead(), handed_to="")).pdf)
    assert "write in ink" in text
    assert "Sender’s name not given" in text
    assert "Sender’s address not given" in text


def test_the_file_is_sound_repeats_and_carries_its_record(book: Any, look: Any) -> None:
    value = book(30, registered=9)
    paper = render_mailing_book(value)
    assert paper == render_mailing_book(value)
    assert paper.pages == 6
    assert look.sound(paper.pdf)
    assert all(embedded and "NotoSans" in name for name, embedded in look.fonts(paper.pdf))
    found = read_record(paper.pdf)
    assert found is not None
    assert value_of(MailingBook, found["record"]["paper"]) == value
