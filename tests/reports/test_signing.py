"""Signatures: whole, by the office, agreed on by another program; and every way to tamper is told."""

import contextlib
import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.generic import NameObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.general import SigningError

from mailroom.errors import MailroomError
from mailroom.reports.check import read_record
from mailroom.reports.office_key import OfficeKey, certificate_of, make_key, open_key
from mailroom.reports.signature_check import certificate_from, check_signature
from mailroom.reports.signing import sign

NAME = "Larkspur Survey Ćo. – Zürich"


@cache
def key(name: str = NAME) -> OfficeKey:
    return open_key(make_key(name, "geheim ü"), "geheim ü")


@pytest.fixture
def paper(office: Any) -> bytes:
    pdf: bytes = office.render(office.proof()).pdf
    return pdf


def pdfsig(folder: Path, pdf: bytes) -> str:
    (folder / "signed.pdf").write_bytes(pdf)
    done = subprocess.run(["pdfsig", str(folder / "signed.pdf")], capture_output=True, text=True, check=False)
    return done.stdout


def trusted(pdf: bytes) -> bool:
    """Whether the office's signature holds; a file too broken to be read has none."""
    with contextlib.suppress(MailroomError):
        found = check_signature(pdf, [certificate_of(key())])
        return found is not None and bool(found["trusted"])
    return False


def test_the_signature_holds_for_whoever_has_the_certificate(paper: bytes, look: Any, tmp_path: Path) -> None:
    signed = sign(paper, key(), "Issued as POD-2026-A0031")
    found = check_signature(signed, [certificate_of(key())])
    assert found is not None
    assert (found["intact"], found["whole"], found["trusted"], found["by"]) == (True, True, True, NAME)
    assert found["fingerprint"] == key().fingerprint
    assert abs((datetime.now(UTC) - datetime.fromisoformat(found["signed_at"])).total_seconds()) < 600
    told = pdfsig(tmp_path, signed)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert f"Common Name: {NAME}" in told
    assert "ETSI.CAdES.detached" in told
    assert look.sound(signed)


def test_one_key_signs_paper_after_paper(paper: bytes, office: Any, look: Any, tmp_path: Path) -> None:
    second = office.render(office.proof(head=replace(office.head, purpose="another"))).pdf
    curve = ec.generate_private_key(ec.SECP256R1())
    loaded = pkcs12.load_key_and_certificates(key().p12, "geheim ü".encode())[1]
    assert loaded is not None
    own = (
        x509.CertificateBuilder(loaded.issuer, loaded.subject, curve.public_key(), 7)
        .not_valid_before(loaded.not_valid_before_utc)
        .not_valid_after(loaded.not_valid_after_utc)
        .sign(curve, hashes.SHA256())
    )
    closed = serialization.BestAvailableEncryption(b"x")
    other = open_key(pkcs12.serialize_key_and_certificates(b"n", curve, own, [loaded], closed), "x")
    for used in (key(), other):
        for pdf in (paper, second, paper):
            signed = sign(pdf, used, "Issued")
            found = check_signature(signed, [certificate_of(used)])
            assert found is not None
            assert (found["intact"], found["whole"], found["trusted"]) == (True, True, True)
            assert "Signature is Valid" in pdfsig(tmp_path, signed)
            assert look.sound(signed)


def test_a_key_is_opened_once(tmp_path: Path) -> None:
    first = open_key(key().p12, "geheim ü")
    assert open_key(key().p12, "geheim ü") is first
    with pytest.raises(MailroomError):
        open_key(key().p12, "wrong")
    assert "private" not in repr(first)


def test_what_was_issued_is_all_there_and_properties_stay(paper: bytes) -> None:
    signed = sign(paper, key(), "Issued")
    assert signed.startswith(paper)
    assert read_record(signed) == read_record(paper)
    with pikepdf.open(io.BytesIO(paper)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)
        assert len(after.pages) == len(before.pages)


def test_no_trust_without_the_right_certificate(paper: bytes) -> None:
    signed = sign(paper, key(), "Issued")
    other = certificate_of(key("Larkspur Survey Co., but not the real one"))
    for trusted in ([], [other]):
        found = check_signature(signed, trusted)
        assert found is not None
        assert (found["intact"], found["whole"], found["trusted"]) == (True, True, False)


@pytest.mark.parametrize("at", [0.02, 0.3, 0.6, 0.85])
def test_a_changed_byte_breaks_it(paper: bytes, at: float) -> None:
    changed = bytearray(sign(paper, key(), "Issued"))
    changed[int(len(paper) * at)] ^= 1
    assert not trusted(bytes(changed))


def appended_page(signed: bytes) -> bytes:
    """The signed file with a page written over in an incremental update, as an editor saves it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Tabs")] = NameObject("/S")
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_is_appended_is_told_though_other_readers_call_the_signature_valid(paper: bytes, tmp_path: Path) -> None:
    signed = sign(paper, key(), "Issued")
    for grown in (appended_page(signed), signed + b"\n% more"):
        found = check_signature(grown, [certificate_of(key())])
        assert found is not None
        assert (found["intact"], found["whole"], found["trusted"]) == (True, False, True)
    told = pdfsig(tmp_path, appended_page(signed))
    assert "Signature is Valid" in told
    assert "Not total document signed" in told


def test_a_second_signature_is_refused_by_programs_that_keep_the_rules(paper: bytes) -> None:
    other = key("Somebody else")
    with pytest.raises(SigningError):
        sign(sign(paper, key(), "Issued"), other, "Me too")


def test_an_unsigned_paper_has_none(paper: bytes) -> None:
    assert check_signature(paper, [certificate_of(key())]) is None


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.7\n" + b"x" * 300])
def test_what_is_no_pdf_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(MailroomError) as refused:
        check_signature(data, [])
    assert refused.value.code == "file_damaged"


def test_keys_that_do_not_fit() -> None:
    with pytest.raises(MailroomError) as refused:
        open_key(key().p12, "wrong")
    assert refused.value.code == "key_not_opened"
    with pytest.raises(MailroomError) as refused:
        open_key(b"no key", "x")
    assert refused.value.code == "key_not_opened"
    bare = pkcs12.serialize_key_and_certificates(
        b"x", ed25519.Ed25519PrivateKey.generate(), None, None, serialization.BestAvailableEncryption(b"x")
    )
    with pytest.raises(MailroomError) as refused:
        open_key(bare, "x")
    assert refused.value.code == "key_not_usable"


@pytest.mark.parametrize("data", [b"", b"words", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate(data: bytes) -> None:
    with pytest.raises(MailroomError) as refused:
        certificate_from(data, "office.pem")
    assert refused.value.code == "certificate_unreadable"


def test_the_page_says_whether_it_is_signed(office: Any, look: Any) -> None:
    plain = look.text(office.render(office.proof()).pdf)
    assert "This file is not signed: no signing key was at hand when it was issued." in plain
    assert "file not signed" in plain
    assert "signature panel" not in plain
    signed = look.text(office.render(office.proof(head=replace(office.head, signed_with="ab12" * 16))).pdf)
    assert "This file is signed with the office’s key; SHA-256 of its certificate: ab12 ab12" in signed
    assert "open the signature panel of a PDF reader" in signed
    assert "file not signed" not in signed
