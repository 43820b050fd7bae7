"""Is this file what the office issued? Answered from the record, from the signature, or from both."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mailroom.domain.documents import Document
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox
from mailroom.services.desk import Desk
from mailroom.services.office_key import certificate
from mailroom.store import documents as stored

_NAME = "PDF"
_HEADER_WITHIN = 1024  # bytes in which readers look for what makes a file a PDF


class PaperState(StrEnum):
    """What a file is."""

    ISSUED = "issued"  # on record here, byte for byte
    SIGNED = "signed"  # not on record, but signed by a key one trusts, and unchanged since
    APPENDED = "appended"  # what was issued is all there, and something was added behind it
    CHANGED = "changed"
    UNSIGNED = "unsigned"  # says it is a paper of this program, but carries no signature to check
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signature in a file says; `by` and `signed_at` are to be believed only where it is trusted."""

    by: str
    fingerprint: str  # SHA-256 of the signer's certificate
    signed_at: str  # ISO 8601, by the signer's own clock
    intact: bool
    whole: bool  # nothing was added after it
    trusted: bool  # by a certificate that the reader trusts


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """The answer about a file. `number` and `record_sha256` are those of the record inside it, where it has one."""

    state: PaperState
    sha256: str
    document: Document | None = None
    signature: Signature | None = None
    number: str = ""
    record_sha256: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is what was issued, whole and unchanged."""
        return self.state in (PaperState.ISSUED, PaperState.SIGNED)


def check_against_record(desk: Desk, pdf: bytes, name: str = _NAME) -> PaperVerdict:
    """Look the file up, then look into it.

    Raises `file_not_a_pdf`, `file_damaged`, `file_encrypted`, `file_too_costly`, each with the file's `name`.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    with desk.store.read() as connection:
        found = stored.document_by_hash(connection, digest)
    if found is not None:
        return PaperVerdict(PaperState.ISSUED, digest, found, None, found.number, found.record_sha256)
    own = certificate(desk)
    record, signature = _inside(pdf, [own] if own else [], name)
    number, record_sha256 = (record["number"], record["sha256"]) if record else ("", "")
    with desk.store.read() as connection:
        like = stored.document_by_record(connection, record_sha256) if record else None
    if like is not None:
        state = PaperState.APPENDED if _goes_on(desk, like, pdf) else PaperState.CHANGED
    else:
        state = _by_signature(signature)
        if state is PaperState.UNSIGNED or (signature is not None and not signature.trusted):
            state = PaperState.UNKNOWN
    return PaperVerdict(state, digest, like, signature, number, record_sha256)


def check_with_certificate(pdf: bytes, trusted: bytes, name: str = _NAME) -> PaperVerdict:
    """What a stranger can tell from the file and the office's certificate (PEM or DER) alone.

    Raises `certificate_unreadable` and those of the file.
    """
    record, signature = _inside(pdf, [trusted], name)
    number, record_sha256 = (record["number"], record["sha256"]) if record else ("", "")
    state = _by_signature(signature)
    if state is PaperState.UNSIGNED and record is None:
        state = PaperState.UNKNOWN
    return PaperVerdict(state, hashlib.sha256(pdf).hexdigest(), None, signature, number, record_sha256)


def _by_signature(signature: Signature | None) -> PaperState:
    if signature is None:
        return PaperState.UNSIGNED
    if not signature.intact:
        return PaperState.CHANGED
    if not signature.trusted:
        return PaperState.UNKNOWN
    return PaperState.SIGNED if signature.whole else PaperState.APPENDED


def _goes_on(desk: Desk, document: Document, pdf: bytes) -> bool:
    blobs = desk.store.blobs
    return blobs.has(document.sha256) and pdf.startswith(blobs.read(document.sha256))


def _inside(pdf: bytes, certificates: list[bytes], name: str) -> tuple[dict[str, Any] | None, Signature | None]:
    """The record in the file and its signature, both read in the limited child process."""
    if b"%PDF-" not in pdf[:_HEADER_WITHIN]:
        raise MailroomError("file_not_a_pdf", name=name)
    with Sandbox() as box:
        record = box.call("mailroom.reports.check:read_record", pdf, name, name=name)
        facts = box.call("mailroom.reports.signature_check:check_signature", pdf, certificates, name, name=name)
    return record, Signature(**facts) if facts else None
