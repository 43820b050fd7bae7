"""A claim on record as the value that its packet is rendered from."""

from datetime import date

from mailroom.domain.claim_life import Answer, ClaimItem, ClaimRow, ClaimTerms, Remedy
from mailroom.domain.claim_payloads import LETTER_OF_DOCUMENT
from mailroom.domain.claims import LETTERS, Claim, ClaimLine, ClaimLineKind, ClaimRule, ClaimWindow, ExhibitTitle
from mailroom.domain.exhibits import TITLE_OF_ROLE
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.papers import ClaimPacket, OfficeHead, PaperHead
from mailroom.domain.register import ShipmentDetail
from mailroom.services.desk import Desk
from mailroom.wording.claims import remedy_words


def packet_value(
    desk: Desk,
    who: Operator,
    claim: Claim,
    detail: ShipmentDetail,
    rule: ClaimRule | None,
    window: ClaimWindow | None,
    today: date,
    head: PaperHead | None = None,
) -> ClaimPacket:
    """Everything the packet prints; without `head` as a draft that has no number and no moment yet."""
    settings = desk.in_force.settings
    return ClaimPacket(
        head=head or PaperHead(claim.number, desk.clock(), desk.in_force.zone_name, who.name, ""),
        office=OfficeHead(settings.name, settings.address, settings.contact),
        row=detail.row,
        claim=claim,
        today=today,
        events=detail.events,
        postage_lines=detail.postage_lines,
        attachments=detail.attachments,
        rule=rule,
        window=window,
        office_country=settings.country,
    )


def claim_on_record(row: ClaimRow, detail: ShipmentDetail) -> Claim:
    """A claim as it stands, as it is printed."""
    return claim_value(row.claim.number, row.claim.terms, row.claim.reference, detail)


def claim_value(number: str, terms: ClaimTerms, reference: str, detail: ShipmentDetail) -> Claim:
    """The claim as it is printed: its lines, the demand, and what was said of missing documents."""
    return Claim(
        number=number,
        kind=terms.kind,
        amount=terms.demanded or Money(0, detail.row.shipment.postage.currency),
        lines=claim_lines(terms, _proof(detail)),
        description=terms.statement,
        remedy=terms.remedy_note or ("" if terms.remedy is Remedy.PAY else remedy_words(terms.remedy)),
        payee=terms.payee,
        insurer=terms.insurer,
        carrier_case_number=reference,
        left_out=terms.left_out,
        missing_because=_because(terms),
        not_applicable=tuple(
            LETTER_OF_DOCUMENT[one.document]
            for one in terms.answers
            if one.answer is Answer.NOT_APPLICABLE and one.document in LETTER_OF_DOCUMENT
        ),
        declaration=terms.declaration,
    )


def claim_lines(terms: ClaimTerms, proof: str = "") -> tuple[ClaimLine, ...]:
    """A line for each kind of goods, and one for the postage."""
    lines = [_line(one, proof) for one in terms.items]
    if terms.postage is not None and terms.postage.mills:
        lines.append(ClaimLine("", terms.postage, ClaimLineKind.POSTAGE))
    return tuple(lines)


def _line(item: ClaimItem, proof: str) -> ClaimLine:
    return ClaimLine(
        text=item.description,
        amount=item.amount,
        kind=ClaimLineKind.CONTENTS if item.repair is None else ClaimLineKind.REPAIR,
        quantity=item.quantity,
        unit_price=item.unit_value,
        less=item.less,
        proof=proof,
    )


def _proof(detail: ShipmentDetail) -> str:
    """Exhibit C proves the value, where there is one."""
    shown = {TITLE_OF_ROLE[one.role] for one in detail.attachments}
    return LETTERS[ExhibitTitle.PROOF_OF_VALUE] if ExhibitTitle.PROOF_OF_VALUE in shown else ""


def _because(terms: ClaimTerms) -> tuple[tuple[str, str], ...]:
    return tuple(
        (LETTER_OF_DOCUMENT[one.document], one.because)
        for one in terms.answers
        if one.answer is Answer.MISSING and one.because and one.document in LETTER_OF_DOCUMENT
    )
