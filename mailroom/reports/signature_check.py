"""Checking a signed paper with the certificates one trusts, without any record. Runs in the limited child process."""

import hashlib
import io
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from mailroom.errors import MailroomError

_FAULTS = (PdfError, SignatureValidationError, SigningError, ValueError, TypeError, KeyError, RecursionError)


def certificate_from(data: bytes, name: str) -> bytes:
    """A certificate as DER, given as PEM or DER. Raises MailroomError `certificate_unreadable`."""
    try:
        if pem.detect(data):
            _, _, data = pem.unarmor(data)
        certificate = Certificate.load(data, strict=True)
        certificate.public_key.native  # noqa: B018 - parsed only when looked at
    except (ValueError, TypeError) as fault:
        raise MailroomError("certificate_unreadable", name=name) from fault
    return data


def check_signature(pdf: bytes, certificates: list[bytes], name: str = "PDF") -> dict[str, Any] | None:
    """What the signature of a paper says; none where it has none.

    `{"intact", "whole", "trusted", "by", "fingerprint", "signed_at"}`: the signed bytes are as they were; they are
    the whole file and nothing came after; the signer is one of `certificates` (PEM or DER) or certified by one.
    Raises MailroomError `file_encrypted`, `file_damaged`, `certificate_unreadable`.
    """
    roots = [Certificate.load(certificate_from(one, "")) for one in certificates]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise MailroomError("file_encrypted", name=name)
        signatures = list(reader.embedded_regular_signatures)
    except _FAULTS as damage:
        raise MailroomError("file_damaged", name=name) from damage
    found = [_looked_at(one, roots) for one in signatures]
    trusted = [one for one in found if one["trusted"]]
    return next(iter(trusted or found), None)


def _looked_at(signature: EmbeddedPdfSignature, roots: list[Certificate]) -> dict[str, Any]:
    known = {one.sha256: one for one in roots}
    facts: dict[str, Any] = {
        "intact": False,
        "whole": False,
        "trusted": False,
        "by": "",
        "fingerprint": "",
        "signed_at": "",
    }
    try:
        signer = signature.signer_cert
        facts["by"] = str(signer.subject.native.get("common_name") or signer.subject.human_friendly)
        facts["fingerprint"] = hashlib.sha256(signer.dump()).hexdigest()
        stamped = signature.self_reported_timestamp
        facts["signed_at"] = "" if stamped is None else stamped.isoformat()
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = validate_pdf_signature(signature, context)
    except _FAULTS:
        return facts  # a signature that cannot be read is one that does not hold
    facts["intact"] = status.intact and status.valid
    facts["trusted"] = facts["intact"] and (signer.sha256 in known or status.trusted)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    facts["whole"] = whole and status.modification_level in (None, ModificationLevel.NONE)
    return facts
