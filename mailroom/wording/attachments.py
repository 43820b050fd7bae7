"""How attached files are called by what they show, and the documents that stand behind a claim."""

from mailroom.domain.claims import ExhibitTitle
from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.wording import _, mark

ROLE_WORDS: dict[AttachmentRole, str] = {
    AttachmentRole.OTHER: mark("Other"),
    AttachmentRole.LABEL_PHOTO: mark("Label photo"),
    AttachmentRole.RECEIPT: mark("Proof of mailing"),
    AttachmentRole.STAMPED_BOOK: mark("Stamped mailing book"),
    AttachmentRole.SCAN_FORM: mark("Scan form"),
    AttachmentRole.INSURANCE: mark("Proof of insurance"),
    AttachmentRole.PROOF_OF_VALUE: mark("Proof of value"),
    AttachmentRole.DAMAGE_PHOTO: mark("Photo of damage"),
    AttachmentRole.SIGNATURE_IMAGE: mark("Signature image"),
    AttachmentRole.DELIVERY_PHOTO: mark("Delivery photo"),
    AttachmentRole.SNAPSHOT: mark("Carrier’s page"),
    AttachmentRole.CORRESPONDENCE: mark("Correspondence"),
    AttachmentRole.RECIPIENT_STATEMENT: mark("Recipient’s statement"),
    AttachmentRole.CUSTOMS: mark("Customs papers"),
}

EXHIBIT_WORDS: dict[ExhibitTitle, str] = {
    ExhibitTitle.PROOF_OF_MAILING: mark("Proof of mailing"),
    ExhibitTitle.PROOF_OF_INSURANCE: mark("Proof of insurance"),
    ExhibitTitle.PROOF_OF_VALUE: mark("Proof of value"),
    ExhibitTitle.TRACKING_HISTORY: mark("Tracking history"),
    ExhibitTitle.PHOTOGRAPHS: mark("Photographs"),
    ExhibitTitle.CONTACT_LOG: mark("Contact log"),
    ExhibitTitle.RECIPIENT_STATEMENT: mark("Recipient’s statement"),
    ExhibitTitle.CUSTOMS_PAPERS: mark("Customs papers"),
    ExhibitTitle.OTHER_PAPERS: mark("Other papers"),
}

PAPER_WORDS: dict[DocumentKind, str] = {
    DocumentKind.PROOF_OF_DELIVERY: mark("POD report"),
    DocumentKind.CLAIM_PACKET: mark("Claim packet"),
    DocumentKind.MAILING_BOOK: mark("Mailing book"),
    DocumentKind.SEARCH_SHEET: mark("Search sheet"),
    DocumentKind.CUSTOMS_SHEET: mark("Customs data"),
    DocumentKind.DAY_END: mark("Day-end report"),
    DocumentKind.CLAIM_INTERNAL: mark("Internal page"),
    DocumentKind.CLAIM_LIST: mark("List of claims"),
    DocumentKind.CLAIM_BOOK: mark("Book of claims"),
}


def attachment_word(role: AttachmentRole) -> str:
    """What an attached file shows, in a word or two."""
    return _(ROLE_WORDS[role])


def exhibit_word(title: ExhibitTitle) -> str:
    """How a kind of document behind a claim is called."""
    return _(EXHIBIT_WORDS[title])


def paper_word(kind: DocumentKind) -> str:
    """How a kind of paper is called."""
    return _(PAPER_WORDS[kind])
