"""The proof-of-delivery report says what the record holds, whose word it is, and what is not there."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
import zxingcpp

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.papers import OfficeHead
from mailroom.domain.recognition import Check
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import NumberRole, Party, PieceFields, ShipmentNumber
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.reports.check import read_record


def test_carriers_report_is_the_finding(office: Any, look: Any) -> None:
    paper = office.render(office.proof())
    first, second = look.pages(paper.pdf)
    assert paper.pages == 2
    assert "USPS reports delivery on Thursday, Nov 5, 2026 at 11:26 AM. No signature is on file." in first
    assert "no zone given (S1)" in first
    assert "No signature on file. No delivery photograph on file." in first
    assert "9270190123456700118420" in first
    assert "Nov 2, 2026 (acceptance event, S1)" in first
    assert "Zofia Żurek-Młyńska" in first
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert "“Delivered, Porch”" in second
    assert "S2 Mailroom, the sender’s own record" in second


def test_an_import_is_never_the_carriers_word(office: Any, look: Any) -> None:
    events = office.delivered(source=EventSource.IMPORT, file_name="week.csv", file_row=4)
    text = look.text(office.render(office.proof(events=events)).pdf)
    assert "USPS reports delivery" not in text
    assert "is reported by the file week.csv, which names USPS. No signature is on file." in text
    assert "Not fetched from USPS itself (S1)." in text
    assert "Rows of the file week.csv, which names USPS as their source; imported by T. Okonjo" in text


def test_a_mails_own_time_is_none_of_the_delivery(office: Any, look: Any) -> None:
    mail = {"source": EventSource.NOTICE, "file_name": "n.eml"}
    told = office.delivered(**mail, facts=(("certain", "no"), ("time_of", "mail")))
    text = look.text(office.render(office.proof(events=told)).pdf)
    assert "without its time, is reported by an e-mail notice that names USPS; the mail is of Thursday, Nov 5" in text
    assert "An e-mail is not certain: anybody can write one." in text
    assert "Time not given; an e-mail notice that names USPS was sent on" in text
    assert "zone given" not in text
    assert "(time of the mail)" in text  # in the timeline, too
    named = office.delivered(**mail, facts=(("certain", "no"), ("time_of", "event")))
    assert "on Thursday, Nov 5, 2026 at 11:26 AM" in look.text(office.render(office.proof(events=named)).pdf)


def test_an_import_without_a_source_says_so(office: Any, look: Any) -> None:
    events = office.delivered(source=EventSource.IMPORT, file_name="week.csv", source_name="")
    assert "the file week.csv, which names no source" in look.text(office.render(office.proof(events=events)).pdf)


def test_a_typed_delivery_stays_out_of_the_bold_sentence(office: Any, look: Any) -> None:
    typed = office.event(3, Status.DELIVERED, "2026-11-05", source=EventSource.TYPED, source_name="the carrier’s page")
    text = look.text(office.render(office.proof(events=(*office.journey(), typed))).pdf)
    assert "No delivery report by USPS itself is on file. No signature is on file." in text
    assert "Delivery on Thursday, Nov 5, 2026, according to an entry typed by T. Okonjo from the carrier’s page" in text
    assert "no copy was kept" in text


def test_without_a_delivery_it_is_no_proof(office: Any, look: Any) -> None:
    row = ShipmentRow(office.shipment(status=Status.IN_TRANSIT))
    text = look.text(office.render(office.proof(row=row, events=office.journey())).pdf)
    assert "No delivery is on record." in text
    assert "This is not a proof of delivery." in text
    assert "reports delivery" not in text
    assert "20 days without movement, to the day this paper was issued" in text


def test_a_later_return_is_said_beside_the_delivery(office: Any, look: Any) -> None:
    back = office.event(9, Status.RETURN_TO_SENDER, "2026-11-08T10:00", text="Refused")
    text = look.text(office.render(office.proof(events=(*office.delivered(), back))).pdf)
    assert "A later event is on record: Coming back, Nov 8, 2026, 10:00 AM (event 5)." in text


def test_an_empty_record_says_what_is_missing(office: Any, look: Any) -> None:
    bare = office.shipment(
        tracking_number="", carrier="", service="", fields=PieceFields(), postage=Money(0), status=Status.LABEL_CREATED
    )
    paper = office.render(office.proof(office=OfficeHead(), row=ShipmentRow(bare), events=()))
    text = look.text(paper.pdf)
    for words in (
        "Sender’s name not given",
        "No tracking number on record",
        "Carrier not on record, service not on record",
        "No mailing date on record; put on record Nov 2, 2026, 9:15 AM MST",
        "weight not on record · postage not on record",
        "No events on record",
        "No tracking event is on record.",
    ):
        assert words in text
    assert look.sound(paper.pdf)


def test_signature_and_photograph_stand_with_who_supplied_them(office: Any, look: Any) -> None:
    signature = office.attach(
        office.photo("PNG", (400, 120)), AttachmentRole.SIGNATURE_IMAGE, "sig.png", source_name="USPS letter"
    )
    photo = office.attach(office.photo(), AttachmentRole.DELIVERY_PHOTO, "porch.jpg", caption="The porch")
    paper = office.render(office.proof(attachments=(signature, photo)))
    text = look.text(paper.pdf)
    assert "A signature image is on file." in text
    assert "No signature" not in text
    assert "Supplied by USPS letter, according to T. Okonjo, who handed in the file sig.png (S3)" in text
    assert "On file, shown below (S4)" in text
    assert "Caption: The porch" in text
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        images = [name for page in pdf.pages for name in page.get_images()]
    assert len(images) == 2


@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_a_box_that_goes_over_leaves_its_page_to_the_events(office: Any, look: Any, size: str) -> None:
    # GIVEN a purpose so long that the box of the signature finds no room on page 1
    value = office.proof()
    pages: list[str] = []
    for lines in range(4, 16):
        head = replace(value.head, purpose="The court wants to know. " * 4 * lines, page_size=size)
        pages = look.pages(office.render(replace(value, head=head)).pdf)
        if "No delivery photograph on file" not in pages[0]:
            break
    # THEN it stands on page 2 with the events below it
    assert "No delivery photograph on file" in pages[1]
    assert "Events on record, oldest first" in pages[1]


def test_a_name_is_not_a_signature(office: Any, look: Any) -> None:
    last = replace(office.delivered()[-1], name_given="Z ZUREK")
    text = look.text(office.render(office.proof(events=(*office.journey(), last))).pdf)
    assert "Name given: “Z ZUREK”." in text
    assert "USPS named “Z ZUREK”; a name is not a signature." in text
    assert "signed by" not in text


def test_purpose_size_and_certification(office: Any, look: Any) -> None:
    head = replace(
        office.head, purpose="Filing in case 26-118", purpose_asked_by="R. Aldous", needed_by="Dec 1", page_size="A4"
    )
    paper = office.render(office.proof(head=head, certification="First part.\n\nSecond part."))
    pages = look.pages(paper.pdf)
    assert "Filing in case 26-118, asked for by R. Aldous, needed by Dec 1. Typed by T. Okonjo" in pages[0]
    assert "Certification of records" in pages[2]
    assert "Second part." in pages[2]
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert [round(float(edge)) for edge in pdf.pages[0].mediabox] == [0, 0, 595, 842]


def test_other_numbers_and_partner(office: Any, look: Any) -> None:
    numbers = (ShipmentNumber("1Z6R44100342678902", "ups", NumberRole.PARTNER, Check.OK),)
    row = ShipmentRow(office.shipment(numbers=numbers))
    assert "Partner’s number 1Z6R44100342678902, UPS" in look.text(office.render(office.proof(row=row)).pdf)


def test_own_work_is_counted_not_printed(office: Any, look: Any) -> None:
    note = office.event(
        7, None, "2026-11-04T10:00", kind=EventKind.NOTE, source=EventSource.TYPED, note="private words"
    )
    text = look.text(office.render(office.proof(events=(*office.delivered(), note))).pdf)
    assert "private words" not in text
    assert "1 entry of the office’s own work" in text


def test_bytes_repeat_and_follow_the_value(office: Any) -> None:
    one, again = office.render(office.proof()), office.render(office.proof())
    other = office.render(office.proof(head=replace(office.head, issued_at=datetime(2026, 11, 24, tzinfo=UTC))))
    assert one == again
    assert one.sha256 != other.sha256
    assert one.record_sha256 != other.record_sha256


def test_every_font_is_embedded_and_the_file_is_sound(office: Any, look: Any) -> None:
    paper = office.render(office.proof())
    assert look.sound(paper.pdf)
    fonts = look.fonts(paper.pdf)
    assert fonts
    assert all(embedded and "NotoSans" in name for name, embedded in fonts)


@pytest.mark.parametrize("number", ["9270190123456700118420", "1Z6R44100342678902", "RE558104303US", "794612345670"])
@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_the_bars_read_from_a_one_bit_page(office: Any, look: Any, number: str, size: str) -> None:
    row = ShipmentRow(office.shipment(tracking_number=number))
    paper = office.render(office.proof(row=row, head=replace(office.head, page_size=size)))
    found = zxingcpp.read_barcodes(look.picture(paper.pdf, 1, 200, one_bit=True))
    assert [one.text for one in found] == [number]
    assert number in look.pages(paper.pdf)[0]


def test_a_number_too_long_for_bars_is_still_printed(office: Any, look: Any) -> None:
    number = "A1" * 40
    paper = office.render(office.proof(row=ShipmentRow(office.shipment(tracking_number=number))))
    assert number in look.text(paper.pdf).replace(" ", "")


def test_the_record_travels_inside(office: Any, look: Any) -> None:
    paper = office.render(office.proof())
    found = read_record(paper.pdf)
    assert found is not None
    assert found["sha256"] == paper.record_sha256
    assert found["number"] == "POD-2026-A0031"
    assert found["record"]["paper"]["row"]["shipment"]["tracking_number"] == "9270190123456700118420"
    text = look.text(paper.pdf)
    digest = paper.record_sha256
    assert f"Record SHA-256 {digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}" in text
    assert digest[:32] in text
    assert digest[32:] in text


def test_properties_name_the_paper(office: Any) -> None:
    with pikepdf.open(io.BytesIO(office.render(office.proof()).pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Proof-of-delivery report POD-2026-A0031"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261123160500+00'00'"
        assert str(pdf.Root.Lang) == "en"
        assert "/OpenAction" not in pdf.Root


def test_bookmarks_stand_where_the_words_are(office: Any, look: Any) -> None:
    # GIVEN reports of every length, so that the last part moves over a page's end
    for extra in range(0, 30, 3):
        more = tuple(office.event(10 + at, Status.IN_TRANSIT, f"2026-11-04T{at % 24:02d}:00") for at in range(extra))
        paper = office.render(office.proof(events=(*office.delivered(), *more)))
        pages = look.pages(paper.pdf)
        with pikepdf.open(io.BytesIO(paper.pdf)) as pdf, pdf.open_outline() as outline:
            numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
            for item in outline.root:
                assert str(item.title) in pages[numbers[item.destination[0].objgen]]


def test_city_and_region_make_a_line(office: Any, look: Any) -> None:
    party = Party("Ida Voss", address=("7 Mill Lane",), city="Salem", region="OR", postal_code="97301", country="US")
    row = ShipmentRow(office.shipment(fields=replace(office.shipment().fields, recipient=party)))
    assert "7 Mill Lane Salem, OR 97301, US" in look.text(office.render(office.proof(row=row)).pdf)


def test_a_piece_without_tracking_goes_by_our_label(office: Any, look: Any) -> None:
    numbers = (ShipmentNumber("MR-A-000017", "", NumberRole.INTERNAL, Check.NONE),)
    row = ShipmentRow(office.shipment(tracking_number="", numbers=numbers, postage=Money(6900)))
    paper = office.render(office.proof(row=row))
    pages = look.pages(paper.pdf)
    assert "No tracking number on record" in pages[0]
    assert all("Our label number MR-A-000017" in page for page in pages)
    assert [one.text for one in zxingcpp.read_barcodes(look.picture(paper.pdf, 1, 200))] == ["MR-A-000017"]


def test_postage_from_the_imprint_says_so(office: Any, look: Any) -> None:
    row = ShipmentRow(office.shipment(fields=replace(office.shipment().fields, from_imprint=("postage",))))
    assert "$7.31 as read from the imprint" in look.text(office.render(office.proof(row=row)).pdf)


def test_the_silence_until_today_stands_last(office: Any, look: Any) -> None:
    # GIVEN a piece that was put on record long after its last tracking event
    late = office.event(
        0,
        None,
        "2026-11-20T09:15:00-07:00",
        kind=EventKind.RECORDED,
        source=EventSource.MAILROOM,
        recorded_at=datetime(2026, 11, 20, 16, 15, tzinfo=UTC),
    )
    row = ShipmentRow(office.shipment(status=Status.IN_TRANSIT))
    text = look.pages(office.render(office.proof(row=row, events=(late, *office.journey()[1:]))).pdf)[1]
    assert text.index("Put on record by the sender") < text.index("20 days without movement, to the day this paper")
