"""A paper read back: the record inside it, or none, or that the file is damaged."""

import io
from typing import Any

import pikepdf
import pytest

from mailroom import sandbox
from mailroom.errors import MailroomError
from mailroom.reports.check import read_record


def test_a_claim_packet_reads_back(office: Any) -> None:
    paper = office.render(office.packet())
    found = sandbox.call("mailroom.reports.check:read_record", paper.pdf)
    assert found["sha256"] == paper.record_sha256
    assert found["kind"] == "claim_packet"
    assert found["number"] == "CLM-2026-A0004"
    assert found["record"]["paper"]["claim"]["amount"] == {"currency": "USD", "mills": 227310}
    assert found["record"]["paper"]["events"][1]["happened"] == "2026-11-02T16:40"


def test_another_partys_pdf_has_no_record(office: Any) -> None:
    assert read_record(office.pdf("a")) is None


@pytest.mark.parametrize(
    "content", [b"", b"no json", b"[1]", b'{"number": 5, "format": 1}', b'{"format": 99, "number": "X"}']
)
def test_a_record_that_is_not_ours_is_none(office: Any, content: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(office.pdf("a")))
    pdf.attachments["record.json"] = content
    target = io.BytesIO()
    pdf.save(target)
    assert read_record(target.getvalue()) is None


def test_a_changed_record_has_another_fingerprint(office: Any) -> None:
    paper = office.render(office.proof())
    pdf = pikepdf.open(io.BytesIO(paper.pdf))
    data = pdf.attachments["record.json"].get_file().read_bytes()
    pdf.attachments["record.json"] = data.replace(b"Salem", b"Selma")
    target = io.BytesIO()
    pdf.save(target)
    found = read_record(target.getvalue())
    assert found is not None
    assert found["sha256"] != paper.record_sha256


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "file_empty"), (b"words", "file_damaged"), (b"%PDF-1.7", "file_damaged")]
)
def test_what_is_no_pdf_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(MailroomError) as trouble:
        read_record(data)
    assert trouble.value.code == code


def test_a_locked_pdf_is_refused(office: Any) -> None:
    target = io.BytesIO()
    pikepdf.open(io.BytesIO(office.pdf("a"))).save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(MailroomError) as trouble:
        read_record(target.getvalue())
    assert trouble.value.code == "file_encrypted"
