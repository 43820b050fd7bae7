"""A paper issued again from the record inside it: with a new number and moment, signed where a key is at hand now."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from mailroom import reports
from mailroom.domain.digest import AttentionDigest
from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.mailing_book import MailingBook
from mailroom.domain.operator import Operator
from mailroom.domain.papers import ClaimList, ClaimPacket, PaperHead, ProofBatch, ProofOfDelivery
from mailroom.domain.sheets import DayEnd, ProofRequest, RunManifest, ShipmentSheet
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper
from mailroom.services import issuing
from mailroom.services.desk import Desk
from mailroom.services.proofs import path_of
from mailroom.services.writing import Write
from mailroom.store import documents as stored
from mailroom.store.shipments import shipment_of

Render = Callable[[Any], RenderedPaper]
# What each kind of paper is made from, and what makes it; proofs and packets show files as well and stand below.
_MADE_FROM: Mapping[DocumentKind, tuple[type, Render]] = {
    DocumentKind.MAILING_BOOK: (MailingBook, reports.render_mailing_book),
    DocumentKind.SEARCH_SHEET: (ShipmentSheet, reports.render_shipment_sheet),
    DocumentKind.CUSTOMS_SHEET: (ShipmentSheet, reports.render_shipment_sheet),
    DocumentKind.DAY_END: (DayEnd, reports.render_day_end),
    DocumentKind.PROOF_REQUEST: (ProofRequest, reports.render_proof_request),
    DocumentKind.RUN_MANIFEST: (RunManifest, reports.render_run_manifest),
    DocumentKind.CLAIM_INTERNAL: (ClaimPacket, reports.render_claim_internal),
    DocumentKind.CLAIM_LIST: (ClaimList, reports.render_claim_list),
    DocumentKind.CLAIM_BOOK: (ClaimList, reports.render_claim_list),
    DocumentKind.ATTENTION_DIGEST: (AttentionDigest, reports.render_digest),
}


def issue_again(desk: Desk, who: Operator, number: str, write: Write) -> tuple[Document, bytes]:
    """The same paper from its own record: what it says is as of its first issue; that one stays as it is.

    Papers of a claim keep the claim's number, with a count behind it. Raises `paper_unknown`, `paper_not_repeated`.
    """
    from mailroom.reports.check import read_record

    with desk.store.read() as connection:
        old = stored.document_by_number(connection, number)
        if old is None:
            raise MailroomError("paper_unknown", number=number)
        shipments = tuple(shipment_of(connection, one) for one in old.shipment_ids)
    found = read_record(desk.store.blobs.read(old.sha256))
    if found is None:
        raise MailroomError("paper_not_repeated", number=old.number)
    value, make = _made(desk, old, found)

    def render(head: PaperHead) -> RenderedPaper:
        again = replace(value, head=_renewed(value.head, head))
        if isinstance(again, ProofBatch):
            parts = enumerate(again.reports, 1)
            renewed = tuple(replace(one, head=_renewed(one.head, issuing.part_of(head, at))) for at, one in parts)
            again = replace(again, reports=renewed)
        return make(again)

    rows = [one.shipment for one in shipments if one is not None]
    following = _following(desk, old, value)
    return issuing.issue(desk, who, old.kind, rows, render, write, purpose=old.purpose, number=following)


def _made(desk: Desk, old: Document, found: dict[str, Any]) -> tuple[Any, Render]:
    """The value a paper was made from, and what makes the paper of it."""
    from mailroom.reports.values import value_of

    plain, blobs = found["record"]["paper"], desk.store.blobs.read
    if found["kind"] == "proof_batch":
        return value_of(ProofBatch, plain), lambda value: reports.render_proof_batch(value, path_of(desk))
    if old.kind is DocumentKind.PROOF_OF_DELIVERY:
        return value_of(ProofOfDelivery, plain), lambda value: reports.render_proof_of_delivery(value, blobs)
    if old.kind is DocumentKind.CLAIM_PACKET:
        return value_of(ClaimPacket, plain), lambda value: reports.render_claim_packet(value, blobs)
    kind, make = _MADE_FROM[old.kind]
    return value_of(kind, plain), make


def _renewed(old: PaperHead, new: PaperHead) -> PaperHead:
    """Number, moment, person and signature of the new issue; purpose and look of the old one."""
    return replace(
        old,
        number=new.number,
        issued_at=new.issued_at,
        issued_by=new.issued_by,
        role=new.role,
        signed_with=new.signed_with,
    )


def _following(desk: Desk, old: Document, value: object) -> str:
    """The next free number of a claim's papers; empty for papers that take the next number of their kind."""
    if not isinstance(value, ClaimPacket):
        return ""
    base = value.claim.number + ("-I" if old.kind is DocumentKind.CLAIM_INTERNAL else "")
    count = 2
    with desk.store.read() as connection:
        while stored.document_by_number(connection, f"{base}-{count}") is not None:
            count += 1
    return f"{base}-{count}"
