"""Papers that were issued and files that were attached; their bytes are blobs named by SHA-256."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mailroom.domain.money import Money


class DocumentKind(StrEnum):
    """What a paper is; the value's prefix begins its number."""

    PROOF_OF_DELIVERY = "proof_of_delivery"
    CLAIM_PACKET = "claim_packet"
    MAILING_BOOK = "mailing_book"
    SEARCH_SHEET = "search_sheet"  # data for a carrier's search form
    CUSTOMS_SHEET = "customs_sheet"  # data for a customs form
    DAY_END = "day_end"
    PROOF_REQUEST = "proof_request"  # to a carrier, for a proof that is not on file
    RUN_MANIFEST = "run_manifest"
    CLAIM_INTERNAL = "claim_internal"  # the page of a claim that stays in the office
    CLAIM_LIST = "claim_list"  # claims that are sent together
    CLAIM_BOOK = "claim_book"  # what was claimed, paid and denied
    ATTENTION_DIGEST = "attention_digest"  # the work list of a day


NUMBER_PREFIX = {
    DocumentKind.PROOF_OF_DELIVERY: "POD",
    DocumentKind.CLAIM_PACKET: "CLM",
    DocumentKind.MAILING_BOOK: "BOOK",
    DocumentKind.SEARCH_SHEET: "SRS",
    DocumentKind.CUSTOMS_SHEET: "CUS",
    DocumentKind.DAY_END: "DAY",
    DocumentKind.ATTENTION_DIGEST: "DIG",
    DocumentKind.PROOF_REQUEST: "PRQ",
    DocumentKind.RUN_MANIFEST: "MAN",
    DocumentKind.CLAIM_INTERNAL: "CLI",
    DocumentKind.CLAIM_LIST: "CLL",
    DocumentKind.CLAIM_BOOK: "CLB",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that was issued. `sha256` is the file's, `record_sha256` that of the record printed in its footer."""

    id: str
    number: str  # such as POD-2026-A0007
    kind: DocumentKind
    sha256: str
    record_sha256: str
    pages: int
    issued_at: datetime  # aware UTC
    issued_by: str  # the operator's name
    language: str
    purpose: str
    shipment_ids: tuple[str, ...]
    tracking_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnusedNumber:
    """A number that was given out and on which no paper was issued: it was stopped or failed, or is being made now."""

    number: str
    given_at: datetime  # aware UTC
    given_to: str  # id of the operator


class AttachmentRole(StrEnum):
    """What an attached file shows."""

    OTHER = "other"
    LABEL_PHOTO = "label_photo"
    RECEIPT = "receipt"  # proof of mailing
    STAMPED_BOOK = "stamped_book"  # a sheet of a mailing book, counted, signed and stamped by the carrier
    SCAN_FORM = "scan_form"  # a sheet whose one bar code the carrier scanned for all pieces
    INSURANCE = "insurance"
    PROOF_OF_VALUE = "proof_of_value"
    DAMAGE_PHOTO = "damage_photo"
    SIGNATURE_IMAGE = "signature_image"
    DELIVERY_PHOTO = "delivery_photo"
    SNAPSHOT = "snapshot"  # of a carrier's page
    CORRESPONDENCE = "correspondence"
    RECIPIENT_STATEMENT = "recipient_statement"
    CUSTOMS = "customs"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a shipment. `name` is cleaned for display; `sha256` is the original's, never changed."""

    id: str
    shipment_id: str
    sha256: str
    name: str
    media_type: str  # by content: application/pdf, image/png, image/jpeg, image/tiff, image/heic
    size: int  # bytes
    pages: int
    role: AttachmentRole
    caption: str
    source_name: str  # who supplied it, as typed; empty for not given
    taken_at: str  # camera clock of a photograph, ISO without zone; empty for not given
    added_at: datetime  # aware UTC
    added_by: str  # the operator's name


@dataclass(frozen=True, slots=True)
class PreparedClaim:
    """A demand for money as it was put together. `body` is all of it, as the command's payload has it (JSON)."""

    id: str
    number: str  # such as CLM-2026-A0007
    shipment_id: str
    kind: str
    amount: Money | None
    remedy: str
    document_id: str
    prepared_at: datetime  # aware UTC
    prepared_by: str  # the operator's name
    body: Mapping[str, Any]
