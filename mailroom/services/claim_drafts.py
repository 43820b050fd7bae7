"""A claim and its packet in one go: a new claim, or the open one of the same kind, which goes on with what is new."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mailroom.domain.claim_life import (
    BEFORE_FILING,
    ChecklistAnswer,
    ClaimFilter,
    ClaimItem,
    ClaimState,
    ClaimTerms,
    OpenClaim,
)
from mailroom.domain.claim_payloads import answers_of, terms_json
from mailroom.domain.claim_rules import gaps_of
from mailroom.domain.claims import ClaimKind, RefusedFile
from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.ids import new_id
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.papers import ClaimPacket, PaperHead
from mailroom.domain.recognition import Reason
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, render_claim_packet
from mailroom.services import issuing
from mailroom.services.claim_values import claim_value, packet_value
from mailroom.services.claims import Claims, following_number
from mailroom.services.desk import Desk
from mailroom.services.shipments import Shipments
from mailroom.services.writing import Write


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What a person demands: `amount` is printed as given; `missing` pairs an exhibit letter with the reason,
    `refused` are files that were handed in and are no use."""

    kind: ClaimKind
    amount: Money
    remedy: str = ""
    statement: str = ""
    contents: str = ""
    carrier_case_number: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    insurer: str | None = None  # "": the carrier itself; none: as the open claim has it


@dataclass(frozen=True, slots=True)
class DraftedPacket:
    """A packet just issued, and the claim that was open before it, if one was."""

    document: Document
    pdf: bytes
    gaps: tuple[Reason, ...]
    went_on: OpenClaim | None = None


def issue_drafted(desk: Desk, who: Operator, shipment_id: str, draft: ClaimDraft, write: Write) -> DraftedPacket:
    """Issue the packet; the claim goes on record in the same transaction, or neither does.

    Raises `shipment_unknown`, `amount_not_positive`, `claim_filed_already`, `claim_open_already`,
    `claim_changed_meanwhile`.
    """
    if draft.amount.mills <= 0:
        raise MailroomError("amount_not_positive", amount=draft.amount.amount)
    detail = Shipments(desk).get(who, shipment_id)
    known = open_claim(desk, who, shipment_id, draft.kind)
    terms = drafted_terms(draft, detail, known.terms if known is not None else None)
    reference = draft.carrier_case_number or (known.reference if known is not None else "")
    rule, window, first = Claims(desk).days(detail, draft.kind, terms.insurer)
    made: list[ClaimPacket] = []

    def render(head: PaperHead) -> RenderedPaper:
        claim = claim_value(known.number if known is not None else head.number, terms, reference, detail)
        claim = dataclasses.replace(claim, refused=draft.refused)
        value = packet_value(desk, who, claim, detail, rule, window, issuing.today(desk), head)
        made.append(dataclasses.replace(value, first=first))
        return render_claim_packet(made[-1], desk.store.blobs.read)

    def change(number: str, now: datetime) -> dict[str, Any]:
        facts = {"act": "opened" if known is None else "changed", "number": number, "kind": draft.kind.value}
        facts |= {"amount": draft.amount.amount}
        return {
            "id": new_id() if known is None else known.id,
            "number": number if known is None else known.number,
            "shipment_id": shipment_id,
            "terms": terms_json(terms),
            "reference": reference,
            "base_version": None if known is None else known.version,
            "late": known is not None and known.state is ClaimState.DOCUMENTS_ASKED,
            "event": desk.own_event(who, shipment_id, EventKind.CLAIM, now, facts),
        }

    number = "" if known is None else following_number(known.number, detail.documents)
    about, kind = (detail.row.shipment,), DocumentKind.CLAIM_PACKET
    document, pdf = issuing.issue(desk, who, kind, about, render, write, change, number=number)
    return DraftedPacket(document, pdf, gaps_of(made[-1]), known)


def open_claim(desk: Desk, who: Operator, shipment_id: str, kind: ClaimKind) -> OpenClaim | None:
    """The claim of this kind that is still prepared, or that the carrier asked more documents for.

    Raises `claim_filed_already` where it is with the carrier: what was filed stays as it is.
    """
    found = [row.claim for row in Claims(desk).find(who, ClaimFilter(shipment_id=shipment_id))]
    claim = next((one for one in found if one.terms.kind is kind and not one.ended), None)
    if claim is not None and claim.state not in (*BEFORE_FILING, ClaimState.DOCUMENTS_ASKED):
        raise MailroomError("claim_filed_already", number=claim.number)
    return claim


def drafted_terms(draft: ClaimDraft, detail: ShipmentDetail, before: ClaimTerms | None = None) -> ClaimTerms:
    """What is claimed by a draft; of a claim that is open `before` it, all stays that the draft says nothing of."""
    terms = before or ClaimTerms(draft.kind)
    contents = draft.contents or detail.row.shipment.fields.contents
    items, postage = terms.items, terms.postage
    if not items or (items, postage) == _goods(items[0].description, terms.demanded, detail):
        items, postage = _goods(draft.contents or (items[0].description if items else contents), draft.amount, detail)
    return dataclasses.replace(
        terms,
        items=items,
        postage=postage,
        amount=draft.amount,
        remedy_note=draft.remedy or terms.remedy_note,
        statement=draft.statement or terms.statement,
        answers=_answers(terms, draft),
        insurer=terms.insurer if draft.insurer is None else draft.insurer,
    )


def _goods(contents: str, amount: Money | None, detail: ShipmentDetail) -> tuple[tuple[ClaimItem, ...], Money | None]:
    """The amount as one kind of goods; split into goods and postage only where the record adds up to it."""
    if amount is None:
        return (), None
    fields, postage = detail.row.shipment.fields, detail.row.shipment.postage
    goods = fields.invoice_amount or fields.declared_value
    if goods and postage.mills > 0 and goods.currency == postage.currency and goods + postage == amount:
        return (ClaimItem(contents, 1, goods),), postage
    return (ClaimItem(contents, 1, amount),), None


def _answers(terms: ClaimTerms, draft: ClaimDraft) -> tuple[ChecklistAnswer, ...]:
    given = answers_of(draft.missing)
    said = {one.document for one in given}
    return (*(one for one in terms.answers if one.document not in said), *given)
