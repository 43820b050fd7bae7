"""Proof-of-delivery reports: one shipment's, or up to a thousand in one paper or in files of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.operator import Operator
from mailroom.domain.papers import OfficeHead, PaperHead, ProofBatch, ProofOfDelivery
from mailroom.domain.register import ShipmentDetail
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, render_proof_batch, render_proof_of_delivery
from mailroom.services import issuing
from mailroom.services.desk import Desk
from mailroom.services.shipments import Shipments
from mailroom.services.writing import Write, ignore_progress, never_cancelled

MOST = 1000  # reports in one paper


@dataclass(frozen=True, slots=True)
class ProofOrder:
    """What is asked for: the shipments in the order printed, why, how they were chosen, and what has no report."""

    shipment_ids: tuple[str, ...]
    purpose: str = ""
    chosen: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    asked_by: str = ""
    needed_by: str = ""

    @property
    def why(self) -> dict[str, str]:
        """The purpose note, as issuing takes it."""
        return {"purpose": self.purpose, "asked_by": self.asked_by, "needed_by": self.needed_by}


def issue_proof(
    desk: Desk,
    who: Operator,
    order: ProofOrder,
    write: Write,
    progress: Callable[[int, int], None] = ignore_progress,
    cancelled: Callable[[], bool] = never_cancelled,
) -> tuple[Document, bytes]:
    """One paper: a plain report for one shipment, else a batch with contents.

    Raises `shipment_unknown`, `no_shipment_chosen`, `too_many_shipments`, `stopped`.
    """
    ids = tuple(dict.fromkeys(order.shipment_ids))
    if not ids:
        raise MailroomError("no_shipment_chosen")
    if len(ids) > MOST:
        raise MailroomError("too_many_shipments", count=len(ids), limit=MOST)
    shipments = Shipments(desk)
    details = [shipments.get(who, one) for one in ids]
    if cancelled():
        raise MailroomError("stopped", number="")
    office = issuing.office_head(desk)

    def render(head: PaperHead) -> RenderedPaper:
        if len(details) == 1 and not order.left_out:
            return render_proof_of_delivery(_value(head, office, details[0]), desk.store.blobs.read)
        reports = tuple(_value(issuing.part_of(head, at), office, detail) for at, detail in enumerate(details, 1))
        batch = ProofBatch(head, office, reports, order.chosen, order.left_out)
        return render_proof_batch(batch, path_of(desk), progress=progress, cancelled=cancelled)

    kind = DocumentKind.PROOF_OF_DELIVERY
    heads = [one.row.shipment for one in details]
    return issuing.issue(desk, who, kind, heads, render, write, **order.why)


def issue_separately(
    desk: Desk,
    who: Operator,
    order: ProofOrder,
    write: Write,
    progress: Callable[[int, int], None] = ignore_progress,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Iterator[tuple[Document, bytes]]:
    """A paper for each shipment, each at once when it is issued, then one that lists them with their fingerprints.

    Stopped between two, those before are issued and on record, and the list of them still comes.
    """
    shipments = Shipments(desk)
    details = [shipments.get(who, one) for one in dict.fromkeys(order.shipment_ids)]
    if not details:
        raise MailroomError("no_shipment_chosen")
    if len(details) > MOST:
        raise MailroomError("too_many_shipments", count=len(details), limit=MOST)
    office, made = issuing.office_head(desk), list[tuple[ProofOfDelivery, Document]]()

    def one_of(detail: ShipmentDetail) -> Callable[[PaperHead], RenderedPaper]:
        def render(head: PaperHead) -> RenderedPaper:
            values.append(_value(head, office, detail))
            return render_proof_of_delivery(values[-1], desk.store.blobs.read)

        return render

    values: list[ProofOfDelivery] = []
    for at, detail in enumerate(details):
        progress(at, len(details))
        if cancelled():
            break
        about = [detail.row.shipment]
        kind = DocumentKind.PROOF_OF_DELIVERY
        document, pdf = issuing.issue(desk, who, kind, about, one_of(detail), write, **order.why)
        made.append((values[-1], document))
        yield document, pdf
    if not made:
        raise MailroomError("stopped", number="")

    def contents(head: PaperHead) -> RenderedPaper:
        files = tuple((f"{document.number}.pdf", document.sha256) for _value, document in made)
        reports = tuple(value for value, _document in made)
        batch = ProofBatch(head, office, reports, order.chosen, order.left_out, files)
        return render_proof_batch(batch, path_of(desk))

    rows = [one.row.shipment for one in details[: len(made)]]
    yield issuing.issue(desk, who, DocumentKind.PROOF_OF_DELIVERY, rows, contents, write, **order.why)
    progress(len(details), len(details))


def path_of(desk: Desk) -> Callable[[str], str]:
    """Where the file of a SHA-256 lies."""
    return lambda sha256: str(desk.store.blobs.path(sha256))


def _value(head: PaperHead, office: OfficeHead, detail: ShipmentDetail) -> ProofOfDelivery:
    return ProofOfDelivery(
        head=head,
        office=office,
        row=detail.row,
        events=detail.events,
        postage_lines=detail.postage_lines,
        attachments=detail.attachments,
    )
