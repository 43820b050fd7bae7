"""The claim packet: the three legal elements, the window, the exhibits with their labels, links that lead there."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest

from mailroom.domain.claims import ClaimKind, ClaimLine, ClaimLineKind
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.papers import OfficeHead
from mailroom.domain.shipment import Party
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource
from mailroom.reports import render_claim_internal
from mailroom.reports.check import read_record


def page_of(pages: list[str], words: str) -> int:
    """The first page, from 1, that holds the words."""
    return next(at for at, page in enumerate(pages, 1) if words in page)


def test_the_letter_holds_the_three_elements(office: Any, look: Any) -> None:
    letter = look.pages(office.render(office.packet()).pdf)[0]
    at = [letter.index(words) for words in ("1. The shipment", "2. The loss, and the liability we assert")]
    at.append(letter.index("3. The amount we demand"))
    assert at == sorted(at)
    assert "On November 2, 2026 we mailed one piece by USPS Ground Advantage, insured for $300.00" in letter
    assert "tracking number 9270190123456700118420" in letter
    assert "USPS recorded its acceptance on Nov 2, 2026, 4:40 PM (Exhibit D, event 2)." in letter
    assert "No delivery of the piece is on record." in letter
    assert "No movement has been recorded in the 20 days since." in letter
    assert "We hold the carrier, United States Postal Service, liable for the loss of this piece." in letter
    assert "We demand payment of $227.31: $220.00 for the goods and $7.31 for the postage." in letter
    assert "Rule as of January 18, 2026 (DMM 609.1.4 as amended by 90 FR 61328); confirm with the carrier." in letter
    assert "not signed when printed" in letter


def test_parts_stand_in_their_order(office: Any, look: Any) -> None:
    pages = look.pages(office.render(office.packet()).pdf)
    titles = ["1. The shipment", "Claim summary", "Exhibit index", "Statement of amount", "Exhibit D: tracking history"]
    places = [page_of(pages, title) for title in titles]
    places.append(page_of(pages, "I declare under penalty of perjury"))
    assert places == [1, 2, 3, 4, 5, 6]
    assert len(pages) == 6
    assert "About this document" in pages[5]


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (date(2026, 11, 12), "The window is not open yet by the rule on record.", "50 days left"),
        (date(2026, 11, 23), "In time by the rule on record.", "39 days left"),
        (date(2026, 12, 25), "the window is closing", "7 days left"),
        (date(2027, 1, 1), "the window is closing", "0 days left"),
        (date(2027, 1, 4), "The window has closed by the rule on record.", "3 days after the last one"),
        (date(2028, 1, 4), "The window has closed by the rule on record.", "368 days after the last one"),
        (date(2026, 10, 30), "The window is not open yet", "63 days left"),
    ],
)
def test_every_state_of_the_window_is_told(office: Any, look: Any, today: date, state: str, left: str) -> None:
    summary = look.pages(office.render(office.packet(today=today)).pdf)[1]
    assert state in summary
    assert left in summary
    assert "Rule as of January 18, 2026; confirm with the carrier." in summary


def test_without_a_rule_no_window_is_asserted(office: Any, look: Any) -> None:
    packet = office.packet(shipment={"carrier": "yodel"})
    text = look.text(office.render(packet).pdf)
    assert packet.rule is None
    assert "No filing window is on record for this service." in text
    assert "No rule of this carrier is on record for this service" in text
    assert "Rule as of" not in text
    assert "We hold the carrier, Yodel, liable" in text


def test_a_service_without_cover_is_told(office: Any, look: Any) -> None:
    fields = replace(office.packet().row.shipment.fields, insured_value=None)
    text = look.text(office.render(office.packet(shipment={"service": "Certified Mail", "fields": fields})).pdf)
    assert "By this rule the service has no cover of its own." in text
    assert "None of its own by the rule on record; confirm with the carrier" in text


def test_the_amount_is_printed_as_given(office: Any, look: Any) -> None:
    packet = office.packet()
    claim = replace(packet.claim, amount=Money(500000))
    text = look.text(office.render(replace(packet, claim=claim)).pdf)
    assert "We demand payment of $500.00." in text
    assert "Sum of the lines 227.31" in text
    assert "Differs by 272.69" in text
    assert "Amount demanded 500.00" in text
    assert "As given" not in text


def test_an_amount_with_grouped_digits_is_also_printed_as_given(office: Any, look: Any) -> None:
    packet = office.packet()
    for amount, shown, given in ((6_000_000, "$6,000.00", "6000.00 USD"), (1_234_505, "$1,234.505", "1234.505 USD")):
        pages = look.pages(office.render(replace(packet, claim=replace(packet.claim, amount=Money(amount)))).pdf)
        assert f"We demand payment of {shown}." in pages[0]
        assert f"As given, for the carrier’s form: {given}" in pages[3]


def test_over_the_cover_is_shown_not_refused(office: Any, look: Any) -> None:
    packet = office.packet()
    lines = (ClaimLine("Level", Money(400000)), ClaimLine("Rebate", Money(-20000), ClaimLineKind.DISCOUNT))
    claim = replace(packet.claim, amount=Money(380000), lines=lines)
    text = look.text(office.render(replace(packet, claim=claim)).pdf)
    assert "Over by 80.00" in text
    assert "over it by $80.00" in text
    assert "400.00 – 20.00 = 380.00" in text


def test_one_amount_without_lines(office: Any, look: Any) -> None:
    packet = office.packet()
    text = look.text(office.render(replace(packet, claim=replace(packet.claim, lines=()))).pdf)
    assert "One amount as stated; no lines were given" in text
    assert "The postage on record, $7.31, is not part of the demand." in text


@pytest.mark.parametrize("kind", ClaimKind)
def test_a_delivery_on_record_is_not_denied(office: Any, look: Any, kind: ClaimKind) -> None:
    letter = look.pages(office.render(office.packet(kind, events=office.delivered())).pdf)[0]
    assert "Our record holds a report of delivery on Nov 5, 2026, 11:26 AM, from USPS (Exhibit D, event 4)." in letter
    assert "No delivery of the piece" not in letter


def test_an_imported_acceptance_is_not_the_carriers(office: Any, look: Any) -> None:
    events = office.journey(source=EventSource.IMPORT, file_name="week.csv")
    letter = look.pages(office.render(office.packet(events=events)).pdf)[0]
    assert "USPS recorded" not in letter
    assert "is on record from the file week.csv, which names USPS (Exhibit D, event 2)" in letter


def test_the_index_tells_present_missing_and_not_asked(office: Any, look: Any) -> None:
    proof = office.attach(office.pdf(), AttachmentRole.RECEIPT, "receipt.pdf")
    packet = office.packet(attachments=(proof,))
    claim = replace(packet.claim, missing_because=(("C", "the shop has closed"), ("G", "no answer yet")))
    index = look.pages(office.render(replace(packet, claim=claim)).pdf)[2]
    assert "Of 8 kinds of document 2 are present, 3 are missing" not in index
    assert "Of 8 kinds of document 2 are present, 3 missing, 3 not applicable. 1 without a typed reason." in index
    assert "Missing because the shop has closed. Typed by T. Okonjo." in index
    assert "Missing because no answer yet." in index
    assert "Missing because none is on record; no other reason was typed." in index
    assert "Domestic shipment" in index
    assert "made from the record" in index


def test_exhibits_stand_whole_with_labels_on_every_page(office: Any, look: Any) -> None:
    files = (
        office.attach(office.pdf("RECEIPT ONE"), AttachmentRole.RECEIPT, "receipt.pdf"),
        office.attach(office.pdf("INVOICE ONE", "INVOICE TWO"), AttachmentRole.PROOF_OF_VALUE, "invoice.pdf", pages=2),
        office.attach(
            office.photo(), AttachmentRole.DAMAGE_PHOTO, "one.jpg", caption="Box", taken_at="2026-11-02T08:03:00"
        ),
        office.attach(office.photo("PNG"), AttachmentRole.LABEL_PHOTO, "two.png"),
        office.attach(office.photo("HEIF"), AttachmentRole.DAMAGE_PHOTO, "three.heic"),
        office.attach(office.pdf("CARRIER PAGE"), AttachmentRole.SNAPSHOT, "page.pdf"),
        office.attach(office.pdf("SOMETHING ELSE"), AttachmentRole.OTHER, "other.pdf"),
    )
    paper = office.render(office.packet(attachments=files))
    pages = look.pages(paper.pdf)
    assert look.sound(paper.pdf)
    for label, words in (
        ("A-1", "RECEIPT ONE"),
        ("C-1", "INVOICE ONE"),
        ("C-2", "INVOICE TWO"),
        ("D-2", "CARRIER PAGE"),
        ("I-1", "SOMETHING ELSE"),
    ):
        page = pages[page_of(pages, words) - 1]
        assert f"EXHIBIT {label}" in page
        assert "Claim CLM-2026-A0004 · Tracking 9270190123456700118420" in page
        assert "% of its size" in page
    photos = pages[page_of(pages, "E-1, E-2") - 1]
    assert "Taken Nov 2, 2026, 8:03 AM (camera clock), handed in by T. Okonjo, file one.jpg" in photos
    assert "E-2 No caption was typed." in photos
    assert "EXHIBIT E-3" in pages[page_of(pages, "E-3 No caption") - 1]
    assert all(f"Page {at} of {len(pages)}" in page for at, page in enumerate(pages, 1))


def test_bookmarks_and_index_lead_to_the_right_pages(office: Any, look: Any) -> None:
    files = (
        office.attach(office.pdf("RECEIPT ONE"), AttachmentRole.RECEIPT, "receipt.pdf"),
        office.attach(office.pdf("INVOICE ONE", "INVOICE TWO"), AttachmentRole.PROOF_OF_VALUE, "invoice.pdf", pages=2),
        office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, "one.jpg"),
    )
    paper = office.render(office.packet(attachments=files))
    pages = look.pages(paper.pdf)
    expected = {
        "Cover letter": 1,
        "Claim summary": 2,
        "Exhibit index": 3,
        "Statement of amount": 4,
        "Exhibit A: proof of mailing": page_of(pages, "RECEIPT ONE"),
        "receipt.pdf": page_of(pages, "RECEIPT ONE"),
        "Exhibit C: proof of value": page_of(pages, "INVOICE ONE"),
        "invoice.pdf": page_of(pages, "INVOICE ONE"),
        "Exhibit D: tracking history": page_of(pages, "EXHIBIT D-1"),
        "Exhibit E: photographs": page_of(pages, "EXHIBIT E-1"),
        "one.jpg": page_of(pages, "EXHIBIT E-1"),
        "Declaration": page_of(pages, "I declare"),
        "About this document": page_of(pages, "About this document"),
    }
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages, 1)}
        found: dict[str, int] = {}
        with pdf.open_outline() as outline:
            for item in outline.root:
                for one in (item, *item.children):
                    found[str(one.title)] = numbers[one.destination[0].objgen]
        links = [numbers[link.Dest[0].objgen] for link in pdf.pages[2].obj.Annots]
    assert found == expected
    assert links == [expected[f"Exhibit {one}"] for one in ("A: proof of mailing", "C: proof of value")] + [
        expected["Exhibit D: tracking history"],
        expected["Exhibit E: photographs"],
    ]
    index = pages[2]
    for letter, page in zip("ACDE", links, strict=True):
        assert str(page) in index, letter


def test_a_turned_photograph_stands_upright(office: Any, look: Any) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: shown upright, the red edge is at the right
    photo = office.attach(office.photo(exif=exif), AttachmentRole.DAMAGE_PHOTO, "turned.jpg")
    paper = office.render(office.packet(attachments=(photo,)))
    pages = look.pages(paper.pdf)
    picture = look.picture(paper.pdf, page_of(pages, "EXHIBIT E-1"), 72)
    reds = [
        (x, y)
        for x in range(0, 612, 3)
        for y in range(92, 700, 3)
        if picture.getpixel((x, y))[0] > 180 > 60 > picture.getpixel((x, y))[1]
    ]
    greys = [x for x in range(72, 500, 3) if 100 < picture.getpixel((x, 250))[0] < 140]
    assert reds
    assert min(x for x, _ in reds) > max(greys) - 3
    assert max(y for _, y in reds) - min(y for _, y in reds) > 200


def test_every_page_of_a_scan_among_the_photographs_is_shown(office: Any, look: Any) -> None:
    from PIL import Image

    target = io.BytesIO()
    sheets = [Image.new("RGB", (300, 200), colour) for colour in ("red", "lime", "blue")]
    sheets[0].save(target, "TIFF", save_all=True, append_images=sheets[1:])
    scan = office.attach(target.getvalue(), AttachmentRole.DAMAGE_PHOTO, "scan.tif", pages=3)
    pdf = office.render(office.packet(attachments=(scan,))).pdf
    pages = look.pages(pdf)
    first, second = page_of(pages, "EXHIBIT E-1, E-2"), page_of(pages, "EXHIBIT E-3")
    assert "scan.tif, page 3 of 3" in pages[second - 1]
    seen = [{rgb for _count, rgb in look.picture(pdf, page, 36).getcolors(300_000)} for page in (first, second)]
    assert [max(colour[at] - sum(colour) / 3 for colour in seen[at // 2]) > 120 for at in range(3)] == [True] * 3


def test_a_long_name_of_the_office_stands_whole_above_the_letter(office: Any, look: Any) -> None:
    name = "Halvorsen, Reyes, Prokopyeva & Konstantinopolskaya Attorneys at Law, Limited Liability Partnership of Iowa"
    address = ("1200 Grand Boulevard, Building 14-B, Suite 3300", "Cedar Rapids, IA 52401")
    usual = office.packet(office=OfficeHead(name, address, "(319) 555-0100"))
    lines = (ClaimLine("Lamp", Money(30_000), ClaimLineKind.REPAIR, 1, Money(90_000)),)
    value = replace(usual, claim=replace(usual.claim, lines=lines))
    pages = look.pages(office.render(value).pdf)
    for words in (name, ", ".join(address), "(319) 555-0100", "by T. Okonjo, clerk"):
        assert words in pages[0]
    assert "Lamp claimed: its repair" in next(page for page in pages if "Statement of amount" in page and "Qty" in page)


def test_a_wide_page_is_turned_only_when_it_would_be_small(office: Any, look: Any) -> None:
    files = (
        office.attach(office.pdf("LANDSCAPE", size=(792, 612)), AttachmentRole.OTHER, "a.pdf"),
        office.attach(office.pdf("POSTER", size=(2400, 900)), AttachmentRole.OTHER, "b.pdf"),
    )
    pages = look.pages(office.render(office.packet(attachments=files)).pdf)
    assert "shown whole at 62 % of its size" in pages[page_of(pages, "LANDSCAPE") - 1]
    poster = next(page for page in pages if "b.pdf, page 1 of 1" in page)
    assert "shown whole, turned, at 25 % of its size" in poster


def test_a_file_that_cannot_be_shown_leaves_a_page_that_says_so(office: Any, look: Any) -> None:
    lost = office.attach(office.pdf("GONE"), AttachmentRole.RECEIPT, "lost.pdf")
    changed = office.attach(office.pdf("CHANGED"), AttachmentRole.PROOF_OF_VALUE, "changed.pdf")
    office.blobs[changed.sha256] = office.pdf("SOMETHING ELSE")

    def blobs(digest: str) -> bytes:
        from mailroom.errors import MailroomError

        if digest == lost.sha256:
            raise MailroomError("blob_missing", sha256=digest)
        return bytes(office.blobs[digest])

    from mailroom.reports import render_claim_packet

    text = look.text(render_claim_packet(office.packet(attachments=(lost, changed)), blobs).pdf)
    assert "The file is no longer in the store." in text
    assert "The file in the store does not match its fingerprint." in text
    assert "SOMETHING ELSE" not in text
    assert text.count("cannot be shown here") == 4


def test_bytes_repeat_with_exhibits(office: Any) -> None:
    files = (
        office.attach(office.pdf("A", "B"), AttachmentRole.RECEIPT),
        office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, "one.jpg"),
        office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, "same.jpg"),
    )
    one, again = (office.render(office.packet(attachments=files)) for _ in range(2))
    assert one == again
    found = read_record(one.pdf)
    assert found is not None
    assert found["sha256"] == one.record_sha256


def test_abroad_wants_customs_papers(office: Any, look: Any) -> None:
    fields = replace(office.packet().row.shipment.fields, recipient=Party("Ana Leite", country="PT"))
    index = look.pages(office.render(office.packet(shipment={"fields": fields})).pdf)[2]
    assert "Domestic shipment" not in index
    assert index.index("Customs papers") < index.rindex("Missing because")


def test_confidence_stays_in_the_office(office: Any, look: Any) -> None:
    packet = office.packet(attachments=(office.attach(office.pdf(), AttachmentRole.RECEIPT, "receipt.pdf"),))
    sent = look.text(office.render(packet).pdf)
    kept = render_claim_internal(packet)
    page = look.text(kept.pdf)
    assert "Medium: the text was seen as a copy" in page
    assert "INTERNAL, NOT SENT TO THE CARRIER" in page
    assert "The originals of receipt.pdf" in page
    assert "Jan 1, 2027 (39 days ahead when issued)" in page
    assert "Proof of value (Exhibit C): no reason typed yet" in page
    assert kept.pages == 1
    assert "Medium" not in sent
    assert "sure" not in sent.lower().replace("insure", "").replace("measure", "")


def test_the_carriers_case_number_stands_in_every_footer(office: Any, look: Any) -> None:
    packet = office.packet()
    claim = replace(packet.claim, carrier_case_number="CA-55190", description="The box was soaked.", remedy="A cheque.")
    pages = look.pages(office.render(replace(packet, claim=claim)).pdf)
    assert all("Carrier’s case CA-55190" in page for page in pages)
    assert "What happened, as stated by T. Okonjo: “The box was soaked”." in pages[0]
    assert "Remedy asked for: A cheque." in pages[0]


def test_packet_fits_a4(office: Any, look: Any) -> None:
    head = replace(office.packet().head, page_size="A4")
    paper = office.render(office.packet(head=head))
    assert paper.pages == 6
    assert all(embedded for _, embedded in look.fonts(paper.pdf))


def test_events_of_three_sources_keep_their_numbers(office: Any, look: Any) -> None:
    typed = office.event(5, Status.DELAYED, "2026-11-07", source=EventSource.TYPED, source_name="a telephone call")
    notice = office.event(6, Status.EXCEPTION, "2026-11-08T09:00-08:00", source=EventSource.NOTICE, text="Hold")
    pages = look.pages(office.render(office.packet(events=(*office.journey(), typed, notice))).pdf)
    history = pages[page_of(pages, "EXHIBIT D-1") - 1]
    assert "S1 USPS" in history
    assert "S2 e-mail" in history
    assert "S3 typed" in history
    assert "S4 Mailroom" in history
    assert "Nov 8, 2026, 9:00 AM UTC-8" in history
    assert "Typed by T. Okonjo from a telephone call; no copy was kept" in history
