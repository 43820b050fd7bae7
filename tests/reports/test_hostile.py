"""Whatever the record holds, a paper is made, and nothing of it is swallowed, obeyed or taken for markup."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.papers import OfficeHead
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party
from mailroom.domain.status import Status
from mailroom.reports.text import clean, fill, one_line, safe

HOSTILE = [
    "<b>bold</b><img src='file:///etc/passwd'/><a href='http://x.example/'>x",
    "</para><para>&lt;&amp;&#8203; <font color='red'>",
    "a\x00b\x1bc\x7fd\u202egnp.exe\u2066e\ufeff\u200b",
    "\ud800 lone, private \ue000",
    "Wort" * 60,
    "漢字 日本語 عربي ไทย 🙂",
    "e\u0301 и\u0306 e\u0308\u0301\u0302",
    "{braces} {0} {name!r} %s %(x)s",
    "line one\nline two\r\nline three\u2028four",
    "\u22125.00 \u2212 minus",
    "x" * 600,
    "word " * 250,
    " \t ",
]


def hostile_proof(office: Any, words: str) -> Any:
    """A report with the words in every field that a person or a file can fill."""
    value = office.proof()
    party = Party(words, words, (words, words, words), words[:20], "US", words)
    fields = replace(value.row.shipment.fields, recipient=party, order=words, contents=words)
    shipment = replace(value.row.shipment, fields=fields, service=words)
    events = tuple(
        replace(
            one,
            text=words,
            place=words,
            name_given=words,
            source_name=words,
            code=words,
            reason=words,
            gps=words,
            next_place=words,
        )
        for one in value.events
    )
    photo = office.attach(office.photo(), AttachmentRole.SIGNATURE_IMAGE, words, caption=words, source_name=words)
    head = replace(value.head, purpose=words, purpose_asked_by=words, needed_by=words, issued_by=words, role=words)
    return replace(
        value,
        head=head,
        office=OfficeHead(words, (words, words), words),
        row=ShipmentRow(shipment, department=words, meter=words),
        events=events,
        attachments=(photo,),
        certification=words,
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_a_report_is_made_of_anything(office: Any, look: Any, words: str) -> None:
    paper = office.render(hostile_proof(office, words))
    assert look.sound(paper.pdf)
    assert b"/URI" not in paper.pdf
    text = look.text(paper.pdf)
    assert "9270190123456700118420" in text
    for char in "\x00\x1b\x7f\u202e\u2066\u200b\ufeff":
        assert char not in text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_packet_is_made_of_anything(office: Any, look: Any, words: str) -> None:
    shown = hostile_proof(office, words)
    packet = office.packet()
    fields = replace(shown.row.shipment.fields, insured_value=packet.row.shipment.fields.insured_value)
    row = ShipmentRow(replace(packet.row.shipment, fields=fields, service=words), department=words)
    line = replace(packet.claim.lines[0], text=words, proof=words)
    claim = replace(
        packet.claim,
        lines=(line, *packet.claim.lines[1:]),
        description=words,
        remedy=words,
        payee=words,
        carrier_case_number=words,
        addressed_to=(words, words),
        reply_to=words,
        left_out=words,
        missing_because=tuple((letter, words) for letter in "ABCDEFGH"),
    )
    files = (
        office.attach(office.pdf("a"), AttachmentRole.RECEIPT, words, caption=words, source_name=words),
        office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, words, caption=words, source_name=words),
        office.attach(office.photo("PNG"), AttachmentRole.DAMAGE_PHOTO, words, caption=words, taken_at=words),
    )
    value = replace(packet, claim=claim, row=row, office=shown.office, events=shown.events, attachments=files)
    paper = office.render(value)
    assert look.sound(paper.pdf)
    text = look.text(paper.pdf)
    assert "Amount demanded 227.31" in text
    for letter in ("A-1", "E-1", "E-2"):
        assert letter in text


def test_markup_is_printed_as_it_stands(office: Any, look: Any) -> None:
    party = Party("<b>Bold</b> & <img src='file:///etc/passwd'/>", address=("1 < 2 &amp; 3",))
    shipment = office.shipment(fields=replace(office.shipment().fields, recipient=party))
    text = look.text(office.render(office.proof(row=ShipmentRow(shipment))).pdf)
    assert "<b>Bold</b> & <img src='file:///etc/passwd'/>" in text
    assert "1 < 2 &amp; 3" in text


def test_what_the_fonts_lack_is_shown_by_its_code() -> None:
    assert clean("漢") == "[U+6F22]"
    assert clean("a\u202eb") == "a\\u202eb"
    assert clean("\u22125") == "–5"
    assert clean("и\u0306") == "й"
    assert clean("a\r\nb\tc") == "a\nb c"
    assert clean("\ud800") == "\\ud800"
    assert one_line("a\nb") == "a b"


def test_values_are_escaped_and_templates_are_not() -> None:
    assert fill("<b>{x}</b>", x="<i>&") == "<b>&lt;i&gt;&amp;</b>"
    assert safe(fill("{x}", x="&")) == "&amp;"


@given(st.text())
def test_cleaned_text_is_visible(text: str) -> None:
    from mailroom.reports.fonts import glyphs

    shown = clean(text)
    assert all(char == "\n" or ord(char) in glyphs() for char in shown)
    assert clean(shown) == shown


def test_five_hundred_events(office: Any, look: Any) -> None:
    events = tuple(
        office.event(
            at, Status.IN_TRANSIT, f"2026-11-{2 + at // 60 % 20:02d}T{at % 24:02d}:{at % 60:02d}", text=f"Scan {at}"
        )
        for at in range(500)
    )
    paper = office.render(office.proof(events=events, row=ShipmentRow(office.shipment(status=Status.IN_TRANSIT))))
    pages = look.pages(paper.pdf)
    assert paper.pages > 10
    assert all("When (place of event)" in page for page in pages[1:-1])
    text = " ".join(pages)
    assert all(f"“Scan {at}”" in text for at in range(500))


def test_a_very_long_entry_goes_on_over_pages(office: Any, look: Any) -> None:
    words = " ".join(f"w{at}" for at in range(4000))
    events = (*office.journey(), office.event(3, Status.EXCEPTION, "2026-11-05T11:26", text=words))
    text = look.text(office.render(office.proof(events=events)).pdf)
    assert all(f"w{at}" in text for at in (0, 1, 2000, 3998, 3999))


def test_an_address_of_three_hundred_lines(office: Any, look: Any) -> None:
    party = Party("Many Lines", address=tuple(f"line {at}" for at in range(300)))
    shipment = office.shipment(fields=replace(office.shipment().fields, recipient=party))
    text = look.text(office.render(office.proof(row=ShipmentRow(shipment))).pdf)
    assert all(f"line {at}" in text for at in range(300))
