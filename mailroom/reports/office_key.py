"""The office's signing key: made here or brought by an administrator, a PKCS#12 file under a passphrase."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from mailroom.errors import MailroomError

_BITS = 3072
_YEARS = 20  # a paper may have to hold for as long as the archive that keeps it
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_LONGEST_NAME = 64  # characters that a certificate's name may have


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """A key that opened: its file, its certificate's SHA-256 and name, and what signs."""

    p12: bytes
    fingerprint: str  # 64 lower-case hexadecimal digits
    name: str
    certificate: x509.Certificate = field(repr=False, compare=False)
    chain: tuple[x509.Certificate, ...] = field(repr=False, compare=False)  # others in the file
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False, compare=False)


_opened: dict[bytes, OfficeKey] = {}  # the last one, by the hash of file and passphrase


def make_key(office: str, passphrase: str) -> bytes:
    """A new RSA key with a certificate that it signed itself, as PKCS#12 under the passphrase."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    name = office[:_LONGEST_NAME] or "Mailroom"
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    closed = serialization.BestAvailableEncryption(passphrase.encode("utf-8"))
    return pkcs12.serialize_key_and_certificates(name.encode("utf-8"), key, certificate, None, closed)


def open_key(p12: bytes, passphrase: str) -> OfficeKey:
    """The key in a PKCS#12 file. Raises MailroomError `key_not_opened`, `key_not_usable`.

    The last one that opened is kept open: to look whether its numbers are primes takes a fifth of a second of the
    processor, with Python's lock held, and a batch signs a thousand papers.
    """
    secret = passphrase.encode("utf-8")
    known = hashlib.sha256(hashlib.sha256(p12).digest() + secret).digest()
    if known in _opened:
        return _opened[known]
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(p12, secret)
    except ValueError as refused:
        raise MailroomError("key_not_opened") from refused
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise MailroomError("key_not_usable")
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(found[0].value) if found else certificate.subject.rfc4514_string()
    opened = OfficeKey(p12, certificate.fingerprint(hashes.SHA256()).hex(), name, certificate, tuple(others), key)
    _opened.clear()
    _opened[known] = opened
    return opened


def facts_of_certificate(pem: bytes) -> tuple[str, str, date]:
    """The name in a certificate, its SHA-256 and the last day (UTC) it holds."""
    found = x509.load_pem_x509_certificate(pem)
    names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else found.subject.rfc4514_string()
    return name, found.fingerprint(hashes.SHA256()).hex(), found.not_valid_after_utc.date()


def certificate_of(key: OfficeKey) -> bytes:
    """The certificate of a key as PEM: what others check papers with; it holds no secret."""
    return key.certificate.public_bytes(serialization.Encoding.PEM)
