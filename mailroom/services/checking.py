"""Is this file what the office issued? Answered from the record, from the signature, or from both."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mailroom.domain.documents import Document
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox
from mailroom.services.desk import Desk
from mailroom.services.office_key import certificate
from mailroom.store import documents as stored

_NAME = "PDF"
_TITLE = re.compile(rb"<dc:title>.{0,2000}?</dc:title>", re.DOTALL)
_NUMBER = re.compile(r"\b[A-Z]{3,5}-[0-9]{4}-[A-Z]{1,2}[0-9]{4,9}(-[A-Z0-9]{1,4})?(?![A-Za-z0-9-])")
_ENOUGH = 1024  # bytes that tell a paper from others: all begin alike
_TAIL = 256  # bytes
_LOOKED_AT = 20_000  # papers, the newest
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

    A damaged file that still shows which paper it was is one that was changed.
    Raises `file_not_a_pdf`, `file_damaged`, `file_encrypted`, `file_too_costly`, each with the file's `name`.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    with desk.store.read() as connection:
        found = stored.document_by_hash(connection, digest)
    if found is not None:
        return PaperVerdict(PaperState.ISSUED, digest, found, None, found.number, found.record_sha256)
    own = certificate(desk)
    try:
        record, signature = _inside(pdf, [own] if own else [], name)
    except MailroomError as trouble:
        was = _what_is_left_of(desk, pdf) if trouble.code == "file_damaged" else None
        if was is None:
            raise
        return PaperVerdict(PaperState.CHANGED, digest, was, None, was.number, was.record_sha256)
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


def _what_is_left_of(desk: Desk, pdf: bytes) -> Document | None:
    """The paper that a damaged file was: as the beginning of what was issued, or by the number in its description."""
    named = _TITLE.search(pdf)
    number = _NUMBER.search(named[0].decode("utf-8", "replace")) if named else None
    with desk.store.read() as connection:
        papers = stored.documents(connection, _LOOKED_AT) if len(pdf) >= _ENOUGH else ()
        like = stored.document_by_number(connection, number[0]) if number else None
    return next((one for one in papers if _begins(desk.store.blobs.path(one.sha256), pdf)), like)


def _begins(issued: Path, cut: bytes) -> bool:
    """Whether a paper's file begins with these bytes; its end is looked at first, since all papers begin alike."""
    try:
        with issued.open("rb") as stream:
            stream.seek(len(cut) - _TAIL)
            if stream.read(_TAIL) != cut[-_TAIL:]:
                return False
            stream.seek(0)
            return stream.read(len(cut)) == cut
    except OSError:
        return False


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
