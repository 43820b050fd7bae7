"""`pod`, `claim`, `verify`: papers into files, whole or not at all, and known again."""

import hashlib
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from mailroom import resources
from mailroom.capture.files import read_file

UPS = "1Z999AA10123456784"
WEEK = (
    "tracking_number,status,happened_at,place,text,code,source\n"
    f"{UPS},accepted,2026-11-12T17:20-05:00,Dayton,Pickup Scan,PU,UPS\n"
    f"{UPS},delivered,2026-11-14T10:30-07:00,Tucson,Delivered,DL,UPS\n"
)
PHOTO = resources.folder("samples") / "usps-priority-turned-noisy.jpg"
TWO_PAGES = resources.folder("samples") / "two-labels-fedex-ups.pdf"


@pytest.fixture
def delivered(desk: Any, tmp_path: Path) -> Any:
    """The desk with one shipment that its carrier delivered."""
    assert desk("record", UPS, "--recipient", "Ada Byron", "--postage", "7.640").code == 0
    (tmp_path / "week.csv").write_text(WEEK)
    assert desk("import", "events", tmp_path / "week.csv").code == 0
    return desk


def _codes(path: Path) -> set[str]:
    return {one.raw for page in read_file(path, accept_page=lambda _found: True) for one in page.readings}


def test_a_report_names_its_file_number_hash_and_pages(delivered: Any, tmp_path: Path) -> None:
    out = tmp_path / "pod.pdf"
    ran = delivered("pod", UPS, "--purpose", "Court file 7", "--out", out)
    assert ran.code == 0
    one = ran.one
    assert one["file"] == str(out)
    assert one["number"].startswith("POD-")
    assert one["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert one["pages"] >= 1
    assert UPS in _codes(out)
    [document] = delivered("show", UPS).one["documents"]
    assert (document["number"], document["sha256"]) == (one["number"], one["sha256"])


def test_a_paper_is_known_again_and_a_change_is_seen(delivered: Any, tmp_path: Path) -> None:
    out = tmp_path / "pod.pdf"
    number = delivered("pod", UPS, "--out", out).one["number"]
    same = delivered("verify", out)
    assert (same.code, same.one["state"], same.one["document"]["number"]) == (0, "issued", number)
    out.write_bytes(out.read_bytes() + b"\n% changed")
    grown = delivered("verify", out)
    assert (grown.code, grown.one["state"], grown.one["number"]) == (1, "appended", number)
    whole = out.read_bytes()
    for left in (len(whole) - 20, len(whole) // 2):  # with its number still in it, and without
        out.write_bytes(whole[:left])
        cut = delivered("verify", out)
        assert (cut.code, cut.one["state"], cut.one["number"]) == (1, "changed", number)
    out.write_bytes(whole[:600])
    assert delivered("verify", out).code == 2
    foreign = delivered("verify", TWO_PAGES)
    assert (foreign.code, foreign.one["state"], foreign.one["document"]) == (1, "unknown", None)
    (tmp_path / "text.pdf").write_text("no paper")
    assert delivered("verify", tmp_path / "text.pdf").code == 2
    assert delivered("verify", tmp_path / "none.pdf").code == 2
    locked = tmp_path / "locked.pdf"
    pikepdf.open(TWO_PAGES).save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    ran = delivered("verify", locked)
    assert (ran.code, ran.out) == (2, "")
    assert "locked.pdf" in ran.err


def test_a_claim_is_made_with_its_gaps_said(delivered: Any, tmp_path: Path) -> None:
    out = tmp_path / "claim.pdf"
    ran = delivered(
        *("claim", UPS, "--kind", "damage", "--amount", "120.00", "--out", out),
        *("--attach", f"damage_photo={PHOTO}", "--attach", TWO_PAGES),
    )
    assert ran.code == 0
    assert (ran.one["amount"], ran.one["currency"]) == ("120.00", "USD")
    assert ran.one["number"].startswith("CLM-")
    assert UPS in _codes(out)
    assert ran.one["gaps"]
    assert all(one["message"] in ran.err for one in ran.one["gaps"])
    attached = delivered("show", UPS).one["attachments"]
    assert {(one["name"], one["role"]) for one in attached} == {
        (PHOTO.name, "damage_photo"),
        (TWO_PAGES.name, "other"),
    }


def test_the_same_file_is_attached_once(delivered: Any, tmp_path: Path) -> None:
    claim = ("claim", UPS, "--kind", "loss", "--amount", "5", "--attach", TWO_PAGES)
    first = delivered(*claim, "--attach", TWO_PAGES, "--out", tmp_path / "a.pdf").one
    again = delivered(*claim[:-3], "7.50", "--attach", PHOTO, "--out", tmp_path / "b.pdf")
    assert len(delivered("show", UPS).one["attachments"]) == 2
    # and the claim is the same one: its packet is issued again, with the picture among the photographs
    assert (again.code, again.one["number"]) == (0, f"{first['number']}-2")
    assert f"Claim {first['number']} is open for this piece already" in again.err
    assert "It now demands 7.50 USD, before 5.00 USD." in again.err
    pages = subprocess.run(["pdftotext", tmp_path / "b.pdf", "-"], capture_output=True, text=True).stdout
    assert "Photographs are in Exhibit E." in " ".join(pages.split())


def test_a_packet_is_made_without_files_that_are_no_use_and_says_so(delivered: Any, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "empty.jpg").touch()
    with pikepdf.new() as bomb:
        page = bomb.add_blank_page()
        page.obj.Contents = bomb.make_stream(bytes(2))
        packed = zlib.compress(zlib.compress(b" " * (80 << 20), 9), 9)
        page.obj.Contents.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        bomb.save(tmp_path / "bomb.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert (tmp_path / "bomb.pdf").stat().st_size < 100_000
    out = tmp_path / "claim.pdf"
    bad = {"text.png": "file_not_a_picture", "empty.jpg": "file_empty", "none.pdf": "file_missing"}
    bad["bomb.pdf"] = "file_too_costly"
    roles = {"empty.jpg": "proof_of_value="}
    names = [*(f"{roles.get(one, '')}{tmp_path / one}" for one in bad), TWO_PAGES]
    attached = [part for name in names for part in ("--attach", name)]
    ran = delivered("claim", UPS, "--kind", "loss", "--amount", "5", "--out", out, *attached)
    assert ran.code == 1
    assert UPS in _codes(out)
    said = {Path(one["facts"].get("name", "")).name: one for one in ran.one["gaps"]}
    assert {name: said[name]["code"] for name in bad} == bad
    assert all(said[name]["message"] in ran.err for name in bad)
    assert [one["name"] for one in delivered("show", UPS).one["attachments"]] == [TWO_PAGES.name]
    words = " ".join(subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True).stdout.split())
    assert "Handed in, and of no use" in words
    assert "empty.jpg C “empty.jpg” is empty." in words
    assert "the file handed in for it is of no use" in words


@pytest.mark.parametrize("amount", ["0", "-5", "1,50", "much"])
def test_an_amount_that_is_none(delivered: Any, tmp_path: Path, amount: str) -> None:
    ran = delivered("claim", UPS, "--kind", "loss", f"--amount={amount}", "--out", tmp_path / "claim.pdf")
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "claim.pdf").exists()


def test_no_number_is_taken_where_the_file_cannot_be_written(delivered: Any, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "none" / "pod.pdf"):
        ran = delivered("pod", UPS, "--out", out)
        assert (ran.code, ran.out) == (2, "")
    assert delivered("show", UPS).one["documents"] == []
    number = delivered("pod", UPS, "--out", tmp_path / "pod.pdf").one["number"]
    assert number.endswith("0001")


def test_an_unknown_number_leaves_no_file(delivered: Any, tmp_path: Path) -> None:
    assert delivered("pod", "NOBODY", "--out", tmp_path / "pod.pdf").code == 2
    assert not (tmp_path / "pod.pdf").exists()
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".tmp")]


def test_people_read_number_and_path(delivered: Any, tmp_path: Path) -> None:
    ran = delivered("pod", UPS, "--out", tmp_path / "pod.pdf", plain=True)
    assert str(tmp_path / "pod.pdf") in ran.out
    assert "POD-" in ran.out
    assert "as it was issued here" in delivered("verify", tmp_path / "pod.pdf", plain=True).out


def test_several_numbers_make_one_paper(delivered: Any, tmp_path: Path) -> None:
    other = "1Z6R44100366174260"
    assert delivered("record", other).code == 0
    out = tmp_path / "pods.pdf"
    ran = delivered("pod", UPS, other, UPS.lower(), "--out", out)
    assert (ran.code, ran.one["tracking_numbers"]) == (0, [UPS, other])
    assert _codes(out) >= {UPS, other}
    [document] = delivered("show", other).one["documents"]
    assert document["number"] == ran.one["number"]


def test_an_unknown_one_among_several_is_left_out_and_said(delivered: Any, tmp_path: Path) -> None:
    out = tmp_path / "pods.pdf"
    ran = delivered("pod", UPS, "NOBODY", "--out", out)
    assert (ran.code, ran.one["tracking_numbers"]) == (1, [UPS])
    assert "NOBODY" in ran.err
    assert out.exists()
    assert delivered("pod", "NOBODY", "NOWHERE", "--out", tmp_path / "none.pdf").code == 2


def test_a_file_for_each_and_one_that_lists_them(delivered: Any, tmp_path: Path) -> None:
    other = "1Z6R44100366174260"
    assert delivered("record", other).code == 0
    out, folder = tmp_path / "contents.pdf", tmp_path / "each"
    call = ("pod", UPS, other, "--separate", folder, "--out", out, "--purpose", "Court file 7")
    assert delivered(*call).code == 2, "a folder that is not there"
    folder.mkdir()
    ran = delivered(*call)
    assert ran.code == 0
    first, second, contents = ran.objects
    assert [first["tracking_numbers"], second["tracking_numbers"]] == [[UPS], [other]]
    assert contents["file"] == str(out)
    assert contents["tracking_numbers"] == [UPS, other]
    for one, number in ((first, UPS), (second, other)):
        file = folder / f"{one['number']}.pdf"
        assert one["file"] == str(file)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == one["sha256"]
        assert number in _codes(file)
    words = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert f"{first['number']}.pdf" in words
    assert f"{second['sha256'][:4]} {second['sha256'][4:8]}" in words
    assert all(delivered("verify", file).code == 0 for file in (out, *folder.iterdir()))
