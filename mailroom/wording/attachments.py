"""How attached files are called by what they show, and the documents that stand behind a claim."""

from mailroom.domain.claims import ExhibitTitle
from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.mailing_book import AcceptanceProof
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
    DocumentKind.PROOF_REQUEST: mark("Request for proof"),
    DocumentKind.RUN_MANIFEST: mark("Run manifest"),
    DocumentKind.CLAIM_INTERNAL: mark("Internal page"),
    DocumentKind.CLAIM_LIST: mark("List of claims"),
    DocumentKind.CLAIM_BOOK: mark("Book of claims"),
    DocumentKind.ATTENTION_DIGEST: mark("Digest of the day"),
}


ACCEPTANCE_WORDS: dict[AcceptanceProof, str] = {
    AcceptanceProof.STAMPED_BOOK: mark("Stamped mailing book"),
    AcceptanceProof.COUNTER_RECEIPT: mark("Counter receipt"),
    AcceptanceProof.SCAN_FORM: mark("Scan form"),
    AcceptanceProof.FIRST_SCAN: mark("Carrier’s first scan"),
    AcceptanceProof.METER_IMPRINT: mark("Meter imprint only"),
    AcceptanceProof.NONE: mark("None on record"),
}
_WORTH: dict[AcceptanceProof, str] = {
    AcceptanceProof.STAMPED_BOOK: mark("stamped mailing book on file: counted, signed and stamped by the carrier"),
    AcceptanceProof.COUNTER_RECEIPT: mark("counter receipt on file"),
    AcceptanceProof.SCAN_FORM: mark("scan form on file: one scan for all pieces on it"),
    AcceptanceProof.FIRST_SCAN: mark("the carrier’s own first scan; no receipt on file"),
    AcceptanceProof.METER_IMPRINT: mark("meter imprint only, which does not prove acceptance"),
    AcceptanceProof.NONE: mark("none on file"),
}


def acceptance_word(proof: AcceptanceProof) -> str:
    """What shows that the carrier took a piece, in a word or two."""
    return _(ACCEPTANCE_WORDS[proof])


def acceptance_text(proof: AcceptanceProof) -> str:
    """The same with what it is worth."""
    return _(_WORTH[proof])


def attachment_word(role: AttachmentRole) -> str:
    """What an attached file shows, in a word or two."""
    return _(ROLE_WORDS[role])


def exhibit_word(title: ExhibitTitle) -> str:
    """How a kind of document behind a claim is called."""
    return _(EXHIBIT_WORDS[title])


def paper_word(kind: DocumentKind) -> str:
    """How a kind of paper is called."""
    return _(PAPER_WORDS[kind])
