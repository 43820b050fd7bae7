"""`verify`, `certificate`, `sign`: a stranger checks a paper with the office's certificate alone."""

from pathlib import Path
from typing import Any

import pytest

from mailroom.reports.office_key import make_key

UPS = "1Z999AA10123456784"
PASSPHRASE = "eight words or so"


@pytest.fixture
def recorded(desk: Any) -> Any:
    """The desk with one shipment."""
    assert desk("record", UPS, "--recipient", "Ada Byron").code == 0
    return desk


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", PASSPHRASE)


@pytest.mark.usefixtures("key")
def test_a_stranger_needs_the_file_and_the_certificate_only(
    recorded: Any, desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a signed paper and the office's certificate
    out, pem = tmp_path / "pod.pdf", tmp_path / "office.pem"
    made = recorded("pod", UPS, "--out", out).one
    handed = recorded("certificate", "--out", pem)
    assert made["signed"] is True
    assert (handed.code, len(handed.one["sha256"])) == (0, 64)

    # WHEN somebody without the record looks at it
    monkeypatch.delenv("MAILROOM_KEY_PASSPHRASE")
    elsewhere = tmp_path / "elsewhere"
    found = desk("--profile", elsewhere, "verify", out, "--certificate", pem)

    # THEN it holds, and no record was made for that
    assert (found.code, found.one["state"], found.one["number"]) == (0, "signed", made["number"])
    assert found.one["signature"]["certificate_sha256"] == handed.one["sha256"]
    assert not elsewhere.exists()
    assert "signed by" in desk("verify", out, "--certificate", pem, plain=True).out

    # AND every way to tamper is told
    data = out.read_bytes()
    for changed, state in ((data + b"\n% more", "appended"), (data.replace(b"Mailroom", b"Mailr00m", 1), "changed")):
        (tmp_path / "other.pdf").write_bytes(changed)
        told = desk("verify", tmp_path / "other.pdf", "--certificate", pem)
        assert (told.code, told.one["state"]) == (1, state)


def test_an_unsigned_paper_tells_a_stranger_nothing(recorded: Any, tmp_path: Path, monkeypatch: Any) -> None:
    out, pem = tmp_path / "pod.pdf", tmp_path / "office.pem"
    assert recorded("pod", UPS, "--out", out).one["signed"] is False
    assert recorded("certificate", "--out", pem).code == 2
    assert not pem.exists()
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", PASSPHRASE)
    assert recorded("certificate", "--out", pem).code == 0
    told = recorded("verify", out, "--certificate", pem)
    assert (told.code, told.one["state"], told.one["signature"]) == (1, "unsigned", None)
    assert recorded("verify", out).one["state"] == "issued"


def test_signed_later_as_a_new_issue(recorded: Any, tmp_path: Path, monkeypatch: Any) -> None:
    out, again = tmp_path / "pod.pdf", tmp_path / "signed.pdf"
    first = recorded("pod", UPS, "--purpose", "Court file 7", "--out", out).one
    without = recorded("sign", first["number"], "--out", again)
    assert (without.code, without.one["signed"]) == (1, False)
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", PASSPHRASE)
    signed = recorded("sign", first["number"], "--out", again)
    assert (signed.code, signed.one["signed"]) == (0, True)
    assert signed.one["number"] not in (first["number"], without.one["number"])
    documents = recorded("show", UPS).one["documents"]
    assert {one["purpose"] for one in documents} == {"Court file 7"}
    assert len(documents) == 3
    assert recorded("verify", out).code == recorded("verify", again).code == 0
    assert recorded("sign", "POD-1999-A0001", "--out", tmp_path / "none.pdf").code == 2


def test_every_kind_of_paper_is_signed_later(recorded: Any, desk: Any, tmp_path: Path, monkeypatch: Any) -> None:
    other = "1Z6R44100366174260"
    assert desk("record", other, "--run", "noon", "--recipient", "Ida Brandt").code == 0
    recorded("certificate", "--out", tmp_path / "none.pem")
    out = ("--out", tmp_path / "first.pdf")
    invoice = tmp_path / "invoice.pdf"
    assert recorded("pod", UPS, "--out", invoice).code == 0
    papers = [
        ("claim", UPS, "--kind", "loss", "--amount", "120.00", "--attach", f"proof_of_value={invoice}"),
        ("book", "--run", "noon"),
        ("book", "--run", "noon", "--manifest"),
        ("sheet", UPS, "--for", "search"),
        ("sheet", UPS, "--for", "customs"),
        ("sheet", UPS, "--for", "proof"),
        ("day-end",),
        ("pod", UPS, other),
    ]
    numbers = [recorded(*paper, *out).one["number"] for paper in papers]
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", PASSPHRASE)
    assert recorded("certificate", "--out", tmp_path / "office.pem").code == 0
    for number in numbers:
        again = recorded("sign", number, "--out", tmp_path / "again.pdf")
        assert (again.code, again.one["signed"]) == (0, True), number
        assert again.one["number"] != number
    held = recorded("verify", tmp_path / "again.pdf", "--certificate", tmp_path / "office.pem")
    assert (held.code, held.one["number"]) == (0, again.one["number"])
    twice = recorded("sign", numbers[0], "--out", tmp_path / "again.pdf").one["number"]
    assert twice == f"{numbers[0]}-3"


def test_a_key_that_the_admin_brings(recorded: Any, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "own.p12").write_bytes(make_key("Brought Key Ltd", PASSPHRASE))
    assert recorded("certificate", "--key", tmp_path / "own.p12").code == 2
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", PASSPHRASE)
    taken = recorded("certificate", "--key", tmp_path / "own.p12", "--out", tmp_path / "own.pem")
    assert taken.code == 0
    recorded("pod", UPS, "--out", tmp_path / "pod.pdf")
    found = recorded("verify", tmp_path / "pod.pdf", "--certificate", tmp_path / "own.pem")
    assert found.one["signature"]["by"] == "Brought Key Ltd"
    assert found.one["signature"]["certificate_sha256"] == taken.one["sha256"]
    assert recorded("certificate", "--key", tmp_path / "own.p12").code == 2, "a key is never overwritten"
    closed = tmp_path / "profile" / "office-key.p12"
    assert closed.stat().st_mode & 0o077 == 0
    # AND with another passphrase papers are issued all the same, unsigned
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", "wrong")
    assert recorded("pod", UPS, "--out", tmp_path / "b.pdf").one["signed"] is False


@pytest.mark.usefixtures("key")
def test_what_cannot_be_read(recorded: Any, tmp_path: Path) -> None:
    recorded("certificate", "--out", tmp_path / "office.pem")
    (tmp_path / "words.pdf").write_text("words")
    assert recorded("verify", tmp_path / "words.pdf", "--certificate", tmp_path / "office.pem").code == 2
    recorded("pod", UPS, "--out", tmp_path / "pod.pdf")
    assert recorded("verify", tmp_path / "pod.pdf", "--certificate", tmp_path / "words.pdf").code == 2
