"""Signing a finished paper: PAdES, invisible, over the whole file, with word that nothing may be added to it."""

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from mailroom.errors import MailroomError
from mailroom.reports.office_key import OfficeKey

FIELD = "Office"


class _Writer(IncrementalPdfFileWriter):
    """Appends the signature alone: dates and producer stay as the paper was issued, alike in both places."""

    def _update_meta(self) -> None:
        pass


def sign(pdf: bytes, key: OfficeKey, reason: str) -> bytes:
    """The same file with the office's signature appended. Raises MailroomError `key_not_usable`."""
    signer = SimpleSigner.load_pkcs12_data(key.p12, (), key.passphrase.encode("utf-8"))
    if signer is None:
        raise MailroomError("key_not_usable")
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=key.name,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    target = BytesIO()
    sign_pdf(_Writer(BytesIO(pdf)), about, signer, output=target)
    return target.getvalue()
