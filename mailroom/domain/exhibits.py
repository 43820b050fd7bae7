"""Which documents stand behind a claim: present, missing with its reason, or not asked for."""

from collections.abc import Iterable

from mailroom.domain.claims import LETTERS, ClaimKind, Exhibit, ExhibitStatus, ExhibitTitle, RuleDocument
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.papers import ClaimPacket

TITLE_OF_ROLE: dict[AttachmentRole, ExhibitTitle] = {
    AttachmentRole.RECEIPT: ExhibitTitle.PROOF_OF_MAILING,
    AttachmentRole.STAMPED_BOOK: ExhibitTitle.PROOF_OF_MAILING,
    AttachmentRole.SCAN_FORM: ExhibitTitle.PROOF_OF_MAILING,
    AttachmentRole.INSURANCE: ExhibitTitle.PROOF_OF_INSURANCE,
    AttachmentRole.PROOF_OF_VALUE: ExhibitTitle.PROOF_OF_VALUE,
    AttachmentRole.SNAPSHOT: ExhibitTitle.TRACKING_HISTORY,
    AttachmentRole.SIGNATURE_IMAGE: ExhibitTitle.TRACKING_HISTORY,
    AttachmentRole.LABEL_PHOTO: ExhibitTitle.PHOTOGRAPHS,
    AttachmentRole.DAMAGE_PHOTO: ExhibitTitle.PHOTOGRAPHS,
    AttachmentRole.DELIVERY_PHOTO: ExhibitTitle.PHOTOGRAPHS,
    AttachmentRole.CORRESPONDENCE: ExhibitTitle.CONTACT_LOG,
    AttachmentRole.RECIPIENT_STATEMENT: ExhibitTitle.RECIPIENT_STATEMENT,
    AttachmentRole.CUSTOMS: ExhibitTitle.CUSTOMS_PAPERS,
    AttachmentRole.OTHER: ExhibitTitle.OTHER_PAPERS,
}
TITLE_OF_DOCUMENT: dict[RuleDocument, ExhibitTitle] = {
    RuleDocument.PROOF_OF_MAILING: ExhibitTitle.PROOF_OF_MAILING,
    RuleDocument.PROOF_OF_INSURANCE: ExhibitTitle.PROOF_OF_INSURANCE,
    RuleDocument.PROOF_OF_VALUE: ExhibitTitle.PROOF_OF_VALUE,
    RuleDocument.REPAIR_ESTIMATE: ExhibitTitle.PROOF_OF_VALUE,
    RuleDocument.TRACKING_HISTORY: ExhibitTitle.TRACKING_HISTORY,
    RuleDocument.PHOTOGRAPHS: ExhibitTitle.PHOTOGRAPHS,
    RuleDocument.CONTACT_LOG: ExhibitTitle.CONTACT_LOG,
    RuleDocument.RECIPIENT_STATEMENT: ExhibitTitle.RECIPIENT_STATEMENT,
    RuleDocument.CUSTOMS_PAPERS: ExhibitTitle.CUSTOMS_PAPERS,
}
_ARRIVED_BROKEN = (ClaimKind.DAMAGE, ClaimKind.MISSING)
_ALWAYS = (ExhibitTitle.PROOF_OF_MAILING, ExhibitTitle.PROOF_OF_VALUE, ExhibitTitle.TRACKING_HISTORY)


def exhibits_of(packet: ClaimPacket) -> tuple[Exhibit, ...]:
    """All exhibits in the order of their letters; other papers only when there are some."""
    required = _required(packet)
    found: list[Exhibit] = []
    for title, letter in LETTERS.items():
        kind = packet.claim.kind
        ids = tuple(one.id for one in sorted_attachments(packet.attachments) if title_of(one, kind) is title)
        if title is ExhibitTitle.OTHER_PAPERS and not ids:
            continue
        if ids or title is ExhibitTitle.TRACKING_HISTORY:
            status = ExhibitStatus.PRESENT
        elif letter in packet.claim.not_applicable:
            status = ExhibitStatus.NOT_APPLICABLE
        elif title in required or packet.claim.why_missing(letter):
            status = ExhibitStatus.MISSING
        else:
            status = ExhibitStatus.NOT_APPLICABLE
        why = packet.claim.why_missing(letter) if status is ExhibitStatus.MISSING else ""
        found.append(Exhibit(letter, title, status, why, ids, title in required))
    return tuple(found)


def title_of(attachment: Attachment, kind: ClaimKind) -> ExhibitTitle:
    """The exhibit that a file belongs to; a picture that nobody named is a photograph.

    But for a TIFF, which comes from a scanner: that shows the damage where there is some, else it is another paper.
    """
    picture = attachment.role is AttachmentRole.OTHER and attachment.media_type.startswith("image/")
    if picture and (attachment.media_type != "image/tiff" or kind in _ARRIVED_BROKEN):
        return ExhibitTitle.PHOTOGRAPHS
    return TITLE_OF_ROLE[attachment.role]


def sorted_attachments(attachments: Iterable[Attachment]) -> list[Attachment]:
    """In the order they were added."""
    return sorted(attachments, key=lambda one: (one.added_at, one.id))


def _required(packet: ClaimPacket) -> frozenset[ExhibitTitle]:
    titles = set(_ALWAYS)
    if packet.rule is not None:
        titles |= {TITLE_OF_DOCUMENT[one] for one in packet.rule.documents if one in TITLE_OF_DOCUMENT}
    fields = packet.row.shipment.fields
    if fields.insured_value is not None:
        titles.add(ExhibitTitle.PROOF_OF_INSURANCE)
    if packet.claim.kind is not ClaimKind.LOSS:
        titles.add(ExhibitTitle.PHOTOGRAPHS)
    if is_abroad(packet):
        titles.add(ExhibitTitle.CUSTOMS_PAPERS)
    return frozenset(titles)


def is_abroad(packet: ClaimPacket) -> bool:
    """Whether the destination's country is known and is not the office's."""
    shipment = packet.row.shipment
    country = shipment.fields.recipient.country or shipment.destination.country
    return bool(country) and country != packet.office_country
