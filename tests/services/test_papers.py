"""Papers: numbered, kept by hash, identical ever after, and true to the record; attachments looked at first."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from mailroom.domain.claims import ClaimKind
from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.papers import OfficeHead, PaperHead, ProofBatch
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import PieceFields
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, batch
from mailroom.services.claim_drafts import ClaimDraft, drafted_terms
from mailroom.services.claim_values import claim_lines
from mailroom.services.office import Office
from mailroom.services.papers import PaperState
from mailroom.services.proof_press import PressHere, ProofPress, proof_press
from mailroom.services.shipments import contents_of

UPS = "1Z6R44100366174260"


@pytest.fixture
def shipment_id(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> str:
    done = office.intake.record(who, read(UPS), PieceFields(invoice_amount=Money(112_360), postage=Money(7640)))
    assert done.row is not None
    return done.row.shipment.id


def pdf_of(pages: int) -> bytes:
    made = pikepdf.Pdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=(612, 792))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def picture_of(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, kind)
    return stream.getvalue()


def test_a_report_is_numbered_kept_and_known_again(office: Office, who: Operator, shipment_id: str) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id], purpose="for the court")
    second = office.papers.issue_proof_of_delivery(who, [shipment_id])

    assert (paper.document.number, second.document.number) == ("POD-2026-A0001", "POD-2026-A0002")
    assert paper.document.kind is DocumentKind.PROOF_OF_DELIVERY
    assert office.papers.pdf(who, paper.document.id) == paper.pdf
    assert [one.number for one in office.papers.documents(who)] == ["POD-2026-A0002", "POD-2026-A0001"]
    verdict = office.papers.verify(who, paper.pdf)
    assert verdict.state is PaperState.ISSUED
    assert verdict.document is not None
    assert (verdict.document.number, verdict.document.purpose) == ("POD-2026-A0001", "for the court")
    assert office.shipments.get(who, shipment_id).events[0].kind is EventKind.DOCUMENT


def test_a_changed_paper_is_told_from_a_strange_one(office: Office, who: Operator, shipment_id: str) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        opened.add_blank_page(page_size=(612, 792))
        opened.save(changed)

    assert office.papers.verify(who, changed.getvalue()).state is PaperState.CHANGED
    assert office.papers.verify(who, pdf_of(1)).state is PaperState.UNKNOWN
    with pytest.raises(MailroomError) as refused:
        office.papers.verify(who, b"no pdf at all")
    assert refused.value.code == "file_not_a_pdf"


def test_a_packet_before_its_window_is_made_with_the_gaps_said(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    invoice = tmp_path / "invoice.pdf"
    invoice.write_bytes(pdf_of(2))
    office.attachments.attach(who, shipment_id, invoice, role=AttachmentRole.PROOF_OF_VALUE)
    before = office.papers.issue_proof_of_delivery(who, [shipment_id]).document.pages

    paper = office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(120_000)))

    codes = {one.code for one in paper.gaps}
    assert {"claim_window_not_open", "claim_documents_missing"} & codes
    assert paper.document.number == "CLM-2026-A0001"
    assert paper.document.pages > before
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        assert len(opened.pages) == paper.document.pages
        record = json.loads(next(iter(opened.attachments.values())).get_file().read_bytes())
    assert UPS in json.dumps(record)
    assert {event.kind for event in office.shipments.get(who, shipment_id).events} >= {
        EventKind.CLAIM,
        EventKind.DOCUMENT,
        EventKind.ATTACHED,
    }
    assert office.safety.check(who) == ()


def test_a_claim_over_nothing_is_refused(office: Office, who: Operator, shipment_id: str) -> None:
    with pytest.raises(MailroomError) as refused:
        office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(0)))
    assert refused.value.code == "amount_not_positive"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.png", b"", "file_empty"),
        ("text.png", b"just words", "file_not_a_picture"),
        ("cut.png", picture_of("PNG")[:60], "file_damaged"),
        ("cut.pdf", pdf_of(1)[:40], "file_damaged"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_nothing_kept(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(MailroomError) as refused:
        office.attachments.attach(who, shipment_id, path)

    assert refused.value.code == code
    assert office.shipments.get(who, shipment_id).attachments == ()


def test_the_same_photo_twice_is_stored_once_and_kept_as_it_came(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "invoice\u202efdp.jpg"
    path.write_bytes(picture_of("JPEG"))
    first = office.attachments.attach(who, shipment_id, path, role=AttachmentRole.DAMAGE_PHOTO)
    second = office.attachments.attach(who, shipment_id, path, caption="again")

    assert first.sha256 == second.sha256
    assert first.name == "invoicefdp.jpg"
    assert first.media_type == "image/jpeg"
    assert office.attachments.read(who, first) == path.read_bytes()
    assert len(office.shipments.get(who, shipment_id).attachments) == 2


def test_a_missing_blob_is_a_fault_of_the_check(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path
) -> None:
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    office.papers.desk.store.blobs.path(paper.document.sha256).unlink()

    assert "file_gone" in {one.code for one in office.safety.check(who)}
    with pytest.raises(MailroomError) as gone:
        office.papers.pdf(who, paper.document.id)
    assert gone.value.code == "blob_missing"


def test_the_amount_is_split_only_where_the_record_adds_up_to_it(
    office: Office, who: Operator, shipment_id: str
) -> None:
    detail = office.shipments.get(who, shipment_id)
    exact = drafted_terms(ClaimDraft(ClaimKind.LOSS, Money(120_000)), detail)
    other = drafted_terms(ClaimDraft(ClaimKind.LOSS, Money(121_000)), detail)
    again = drafted_terms(ClaimDraft(ClaimKind.LOSS, Money(121_000)), detail, exact)

    assert [line.amount for line in claim_lines(exact)] == [Money(112_360), Money(7640)]
    assert [line.amount for line in claim_lines(other)] == [Money(121_000)]
    assert again == other


def test_many_shipments_make_one_paper_that_each_of_them_knows(office: Office, who: Operator, shipment_id: str) -> None:
    ids = [shipment_id]
    for at in range(60):
        done = office.intake.record_without_number(who, fields=PieceFields(order=f"job {at}"))
        assert done.row is not None
        ids.append(done.row.shipment.id)

    seen: list[tuple[int, int]] = []
    paper = office.papers.issue_proof_of_delivery(
        who, [*ids, ids[0]], left_out=[("X1", "not on record")], progress=lambda *step: seen.append(step)
    )

    assert paper.document.shipment_ids == tuple(ids)
    assert seen[-1] == (61, 61)
    for one in (ids[0], ids[30], ids[60]):
        detail = office.shipments.get(who, one)
        assert [event.kind for event in detail.events].count(EventKind.DOCUMENT) == 1
        assert [document.number for document in detail.documents] == [paper.document.number]
    assert office.papers.verify(who, paper.pdf).state is PaperState.ISSUED
    assert office.safety.verify_chain(who) == ()


@pytest.fixture
def many(office: Office, who: Operator, shipment_id: str) -> list[str]:
    """More shipments than are printed in the caller's own process."""
    ids = [shipment_id]
    for at in range(batch.FEW + 2):
        done = office.intake.record_without_number(who, fields=PieceFields(order=f"job {at}"))
        assert done.row is not None
        ids.append(done.row.shipment.id)
    return ids


def papers_of(press: ProofPress, ids: list[str], head: PaperHead) -> list[RenderedPaper]:
    """Two reports, their contents, and all in one."""
    office = OfficeHead("Larkspur", ("19 Foundry Row",))
    press.read(ids)
    made = [press.report(at, head, office) for at in (0, 1)]
    files = (("one.pdf", "a" * 64), ("two.pdf", "b" * 64))
    for order in (ProofBatch(head, office, (), "both", (), files), ProofBatch(head, office, (), "all")):
        done, total = 0, press.begin(order)
        while done < total:
            done = press.step(7)
        made.append(press.finish())
    return made


def test_reports_made_in_a_child_have_the_same_bytes(
    office: Office, who: Operator, many: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "signature.png"
    path.write_bytes(picture_of("PNG"))
    office.attachments.attach(who, many[0], path, role=AttachmentRole.SIGNATURE_IMAGE)
    head = PaperHead(
        "POD-2026-A0009", datetime(2026, 11, 23, 16, 5, tzinfo=UTC), "America/Denver", "T. Okonjo", "clerk"
    )
    desk = office.papers.desk
    with proof_press(desk, who, len(many)) as press:
        assert not isinstance(press, PressHere)
        apart = papers_of(press, many, head)
        with pytest.raises(MailroomError) as unknown:
            press.read(["nobody"])
    assert unknown.value.code == "shipment_unknown"
    assert apart == papers_of(PressHere(desk, who), many, head)
    together = contents_of(desk, who, many)
    for one in together:
        alone = office.shipments.get(who, one.row.shipment.id)
        assert one == replace(alone, documents=(), older_ids=())
    assert len({one.sha256 for one in apart}) == 4


def test_where_no_child_starts_the_reports_are_made_here(
    office: Office, who: Operator, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with proof_press(office.papers.desk, who, len(many)) as press:
        assert isinstance(press, PressHere)
    paper = office.papers.issue_proof_of_delivery(who, many)
    assert office.papers.verify(who, paper.pdf).state is PaperState.ISSUED


def test_files_of_their_own_and_their_list_come_from_a_child(office: Office, who: Operator, many: list[str]) -> None:
    seen: list[tuple[int, int]] = []
    issued = list(office.papers.issue_proofs_separately(who, many, progress=lambda *step: seen.append(step)))
    assert [one.document.shipment_ids for one in issued[:-1]] == [(one,) for one in many]
    assert issued[-1].document.shipment_ids == tuple(many)
    assert seen[-1] == (len(many), len(many))
    assert all(office.papers.verify(who, one.pdf).state is PaperState.ISSUED for one in (issued[0], issued[-1]))
    # stopped between two, the list names those that were made
    looked = iter([False, False, True])
    some = list(office.papers.issue_proofs_separately(who, many, cancelled=lambda: next(looked)))
    assert [one.document.shipment_ids for one in some] == [(many[0],), (many[1],), tuple(many[:2])]


def test_a_batch_that_is_stopped_leaves_nothing(office: Office, who: Operator, shipment_id: str) -> None:
    with pytest.raises(MailroomError) as stopped:
        office.papers.issue_proof_of_delivery(who, [shipment_id], left_out=[("X", "")], cancelled=lambda: True)
    assert stopped.value.code == "stopped"
    assert office.papers.documents(who) == ()


@pytest.mark.parametrize(("count", "code"), [(0, "no_shipment_chosen"), (1001, "too_many_shipments")])
def test_a_paper_holds_one_to_a_thousand_reports(office: Office, who: Operator, count: int, code: str) -> None:
    with pytest.raises(MailroomError) as refused:
        office.papers.issue_proof_of_delivery(who, [f"s{at}" for at in range(count)])
    assert refused.value.code == code
