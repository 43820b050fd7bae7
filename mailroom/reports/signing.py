"""Signing a finished paper: PAdES, invisible, over the whole file, with word that nothing may be added to it."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, Signer, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mailroom.reports.office_key import OfficeKey

FIELD = "Office"
_STAND_IN = b"Mailroom stands in for a digest."  # 32 bytes, as long as a SHA-256
_ROOM = 4096  # bytes in the file for the signature itself, besides the certificates


class _Writer(IncrementalPdfFileWriter):
    """Appends the signature alone: dates and producer stay as the paper was issued, alike in both places."""

    def _update_meta(self) -> None:
        pass


class _OfficeSigner(Signer):
    """Signs with a key that is open already; the library's own would open it twice for each paper."""

    def __init__(self, key: OfficeKey) -> None:
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        chain.register_multiple([_certificate(one) for one in key.chain])
        super().__init__(signing_cert=_certificate(key.certificate), cert_registry=chain)
        self._key = key.private
        self._first: tuple[bytes, bytes, bytes] | None = None  # of one paper: whole, its attributes, bare signature

    async def async_sign(  # type: ignore[override]
        self,
        data_digest: bytes,
        digest_algorithm: str,
        **settings: Any,  # noqa: ANN401 - the library's
    ) -> ContentInfo:
        """The signature with certificate and attributes.

        Of two papers only digest and bare signature differ, which are as long for both where the key is RSA: they are
        put in the places of those of a first one. The library's building anew takes 30 ms a paper.
        """
        if not isinstance(self._key, rsa.RSAPrivateKey):
            return await super().async_sign(data_digest, digest_algorithm, **settings)
        if self._first is None:
            made = await super().async_sign(_STAND_IN, digest_algorithm, **settings)
            [info] = made["content"]["signer_infos"]
            self._first = made.dump(), info["signed_attrs"].untag().dump(), info["signature"].native
        whole, attributes, bare = self._first
        signature = await self.async_sign_raw(attributes.replace(_STAND_IN, data_digest), digest_algorithm)
        return ContentInfo.load(whole.replace(_STAND_IN, data_digest).replace(bare, signature))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The bare signature, as the kind of key makes it."""
        assert digest_algorithm == "sha256"  # as asked for below
        digest = hashes.SHA256()
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), digest)
        return self._key.sign(data, ec.ECDSA(digest))


def _certificate(one: x509.Certificate) -> Certificate:
    return Certificate.load(one.public_bytes(serialization.Encoding.DER))


@lru_cache(maxsize=1)
def _signer(key: OfficeKey) -> tuple[_OfficeSigner, int]:
    """What signs with a key, and how many bytes its signatures may take."""
    certificates = (key.certificate, *key.chain)
    size = sum(len(one.public_bytes(serialization.Encoding.DER)) for one in certificates)
    return _OfficeSigner(key), 2 * (size + _ROOM)


def sign(pdf: bytes, key: OfficeKey, reason: str) -> bytes:
    """The same file with the office's signature appended."""
    signer, room = _signer(key)
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
    sign_pdf(_Writer(BytesIO(pdf)), about, signer, bytes_reserved=room, output=target)
    return target.getvalue()
