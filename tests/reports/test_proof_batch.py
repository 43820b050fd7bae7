"""Many reports in one paper: contents that lead to them, totals that add up, numbers and heads of their own."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.papers import ClaimPacket, ProofBatch, ProofOfDelivery
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.reports import batch, render_claim_packet, render_proof_batch
from mailroom.reports.check import read_record
from mailroom.reports.record import plain
from mailroom.reports.values import value_of
from mailroom.reports.words import text

NAMES = ("Zofia Żurek-Młyńska", "Надежда Ольховская", "The Honorable Clerk of the Register of Deeds, Land Records")


@pytest.fixture
def kept(tmp_path: Path, office: Any) -> Callable[[str], str]:
    """Where a file of the office lies, written when asked for."""

    def path(sha256: str) -> str:
        file = tmp_path / sha256
        file.write_bytes(office.blobs[sha256])
        return str(file)

    return path


def many(office: Any, count: int, **given: Any) -> ProofBatch:
    """Every third one is delivered with a signature image, every third without, every third not."""
    image = office.attach(office.photo("PNG", (300, 90)), AttachmentRole.SIGNATURE_IMAGE, "sig.png", source_name="USPS")
    reports = []
    for at in range(count):
        party = Party(NAMES[at % 3], address=("4 Orchard Way",), city="Salem", region="OR", postal_code="97301")
        shipment = office.shipment(
            tracking_number=f"92701901234567{at:08d}", fields=replace(office.shipment().fields, recipient=party)
        )
        report = office.proof(
            head=replace(office.head, number=f"{office.head.number}/{at + 1}"),
            row=ShipmentRow(shipment),
            events=office.journey() if at % 3 == 2 else office.delivered(),
            attachments=(image,) if at % 3 == 0 else (),
        )
        reports.append(report)
    return replace(ProofBatch(office.head, office.office, tuple(reports)), **given)


def test_contents_totals_and_reports(office: Any, look: Any, kept: Any) -> None:
    value = many(office, 3, left_out=(("NOBODY 7", "No shipment with this number is on record."),))
    paper = render_proof_batch(value, kept)
    pages = look.pages(paper.pdf)
    assert paper.pages == len(pages) == 8
    assert "3 reports: a delivery is on record for 2 shipments, none for 1." in pages[0]
    assert "A signature image is on file for 1 of them. No signature is on file for 2." in pages[0]
    assert all(name in pages[0] for name in NAMES[:2])
    assert "Chosen 4 Delivery on record 2" in pages[0]
    assert "No delivery on record 1 Left out 1" in pages[0]
    assert "NOBODY 7 No shipment with this number is on record." in pages[0]
    assert "POD-2026-A0031/2" in pages[4]
    assert "Report 2 of 3" in pages[4]
    assert "Report" not in pages[0].rpartition("Page 1 of 8")[2]
    assert "This is not a proof of delivery." in pages[6]
    assert look.sound(paper.pdf)
    assert all(embedded and "NotoSans" in name for name, embedded in look.fonts(paper.pdf))


def test_links_and_bookmarks_lead_to_the_reports(office: Any, look: Any, kept: Any) -> None:
    paper = render_proof_batch(many(office, 25), kept)
    pages = look.pages(paper.pdf)
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf, pdf.open_outline() as outline:
        at = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = [
            at[link.Dest[0].objgen]
            for page in pdf.pages
            for link in page.obj.get("/Annots", [])
            if link.Subtype == "/Link"
        ]
        items = [(str(item.title), at[item.destination[0].objgen]) for item in outline.root]
    reports = [number for number, words in enumerate(pages) if "Proof-of-delivery report One shipment" in words]
    assert links == reports
    assert len(links) == 25
    assert [page for title, page in items if title[0].isdigit()] == reports
    assert items[2][0] == f"1 · 9270190123456700000000 · {NAMES[0]}"
    for number, page in enumerate(reports, 1):
        assert f"Report {number} of 25" in pages[page]
        assert f"POD-2026-A0031/{number}" in pages[page]


def test_a_child_process_prints_the_same_bytes(office: Any, kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    value = many(office, 22)
    apart = render_proof_batch(value, kept)
    monkeypatch.setattr(batch, "FEW", 100)
    assert render_proof_batch(value, kept) == apart


def test_a_packet_of_a_large_batch_has_the_same_bytes_as_one_alone(office: Any, kept: Any) -> None:
    photo = office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, "a.jpg")
    invoice = office.attach(office.pdf("INVOICE"), AttachmentRole.PROOF_OF_VALUE)
    value = office.packet(attachments=(photo, invoice))
    for fineness in (1.0, 0.5):
        with batch.packet_maker(kept, batch.FEW + 1) as apart, batch.packet_maker(kept, 1) as here:
            alone = render_claim_packet(value, office.blobs.__getitem__, fineness=fineness)
            assert apart(value, fineness) == here(value, fineness) == alone


def test_a_long_word_is_broken_anew_for_each_width() -> None:
    one, alone = text("Wo" * 60, "cell"), text("Wo" * 60, "cell")
    wide, narrow = one.wrap(150, 1000), one.wrap(70, 1000)
    assert narrow[1] > wide[1]
    assert alone.wrap(70, 1000) == narrow
    assert "".join(word for line in one.blPara.lines for word in line[1]) == "Wo" * 60


def test_progress_is_told_and_a_stop_is_heard(office: Any, kept: Any) -> None:
    value, seen = many(office, 31), []
    render_proof_batch(value, kept, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 31)
    assert seen[-1] == (31, 31)
    assert len(seen) > 3
    with pytest.raises(MailroomError) as stopped:
        render_proof_batch(value, kept, cancelled=lambda: True)
    assert stopped.value.code == "stopped"


def test_one_bad_picture_leaves_its_reason_and_the_other_reports(office: Any, look: Any, kept: Any) -> None:
    value = many(office, 2)
    bad = office.attach(office.photo("PNG")[:90], AttachmentRole.DELIVERY_PHOTO, "bad.png")
    first = replace(value.reports[1], attachments=(bad,))
    told = look.text(render_proof_batch(replace(value, reports=(value.reports[0], first)), kept).pdf)
    assert "The file is damaged" in told
    assert "Report 2 of 2" in told


def test_a_typed_delivery_is_told_apart(office: Any, look: Any, kept: Any) -> None:
    typed = office.event(3, Status.DELIVERED, "2026-11-05", source=EventSource.TYPED, source_name="a call")
    value = many(office, 2)
    changed = replace(value.reports[1], events=(*office.journey(), typed))
    page = look.pages(render_proof_batch(replace(value, reports=(value.reports[0], changed)), kept).pdf)[0]
    assert "Typed entry; no signature" in page
    assert "1 delivery was typed by a person only." in page


def test_the_record_alone_gives_the_values_back(office: Any, kept: Any) -> None:
    value = many(office, 4, chosen="By reference")
    found = read_record(render_proof_batch(value, kept).pdf)
    assert found is not None
    assert value_of(ProofBatch, found["record"]["paper"]) == value


@pytest.mark.parametrize("kind", ["proof", "packet"])
def test_values_come_back_from_plain_data(office: Any, kind: str) -> None:
    photo = office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, "a.jpg", taken_at="2026-11-20T10:00:00")
    fields = replace(office.shipment().fields, deadline=parse_carrier_time("2026-12-01T10:00-07:00"))
    row = ShipmentRow(office.shipment(fields=fields, promised_on=None))
    value = office.packet(attachments=(photo,)) if kind == "packet" else office.proof(row=row, attachments=(photo,))
    again = value_of(ClaimPacket if kind == "packet" else ProofOfDelivery, json.loads(json.dumps(plain(value))))
    assert again == value


def test_contents_of_several_pages_keep_their_heads(office: Any, look: Any, kept: Any) -> None:
    pages = look.pages(render_proof_batch(many(office, 90), kept).pdf)
    contents = [words for words in pages if "Proof held" in words]
    assert len(contents) >= 3
    assert all(f"92701901234567{at:08d}" in " ".join(contents) for at in range(90))
