"""`record --internal` and `label`: metered pieces and their labels; the details that options give a piece."""

from pathlib import Path
from typing import Any

import pytest

from mailroom.capture.files import read_file

UPS = "1Z999AA10123456784"
LITE = (b"\x01" + (4711).to_bytes(4, "little") + b"\x21" + (123456).to_bytes(3, "little")).decode("latin-1") + (
    (690).to_bytes(3, "little") + b"\x15\x07\xa1\xb2\xc3\xd4\xe5\xf6"
).decode("latin-1")


def test_an_imprint_is_identified_with_what_is_confirmed(desk: Any) -> None:
    ran = desk("identify", "--escaped", "--symbology", "DataMatrix", LITE.encode("unicode_escape").decode())
    assert ran.code == 0
    assert ran.one["kind"] == "indicium"
    assert ran.one["indicium"] == {
        "format": "IBI-Lite",
        "meter": "123456",
        "piece": 4711,
        "postage": {"amount": "0.690", "currency": "USD"},
        "mailed_on": None,
        "unconfirmed": [],
    }


def test_an_imprint_alone_is_asked_about_and_recorded_on_purpose(desk: Any) -> None:
    asked = desk("record", stdin=LITE.encode("latin-1") + b"\n")
    assert (asked.code, asked.one["outcome"], asked.one["shipment"]) == (1, "asked", None)
    ran = desk("record", "--internal", "--recipient", "Ida Lund", stdin=LITE.encode("latin-1") + b"\n")
    assert (ran.code, ran.one["outcome"]) == (0, "recorded")
    one = ran.one["shipment"]
    assert (one["tracking_number"], one["carrier"], one["postage"]["amount"]) == (None, "usps", "0.690")
    assert one["own_number"].startswith("MR-")
    assert one["indicium"]["filled"] == ["meter", "postage", "proof_of_postage"]
    again = desk("record", stdin=LITE.encode("latin-1") + b"\n")
    assert (again.code, again.one["outcome"]) == (0, "repeated")
    shown = desk("show", one["own_number"]).one
    assert [event["kind"] for event in shown["events"]] == ["repeated", "recorded"]


def test_a_blank_line_gets_a_number_only_on_purpose_and_its_label_reads_back(desk: Any, tmp_path: Path) -> None:
    assert desk("record", "").one["outcome"] == "refused"
    ran = desk("record", "--internal", "--order", "SO-7", "", plain=False)
    number = ran.one["shipment"]["own_number"]
    file = tmp_path / "label.pdf"
    label = desk("label", number, "--sheet", "5160", "--first", "4", "--out", file)
    assert (label.code, label.one["numbers"]) == (0, [number])
    ((code,),) = [page.barcodes for page in read_file(file)]
    assert desk("record", code.payload).one["outcome"] == "repeated"
    listed = desk("list", plain=True)
    assert number in listed.out


def test_other_payloads_are_never_recorded_for_want_of_a_number(desk: Any) -> None:
    ran = desk("record", "--internal", "hello", "1Z999AA10123456785", UPS)
    assert [one["outcome"] for one in ran.objects] == ["refused", "asked", "recorded"]
    assert ran.objects[2]["shipment"]["own_number"] is None


def test_a_carriers_piece_gets_no_label_of_ours(desk: Any, tmp_path: Path) -> None:
    desk("record", UPS)
    ran = desk("label", UPS, "--out", tmp_path / "label.pdf")
    assert ran.code == 2
    assert not (tmp_path / "label.pdf").exists()


def test_details_of_a_piece_and_what_its_address_lacks(desk: Any) -> None:
    ran = desk(
        *("record", UPS, "--recipient", "Anneliese Brandt", "--company", "Werkstatt Brandt"),
        *("--address", "Lindenweg 12; 04109 Leipzig", "--country", "Germany", "--contents", "3 cotton T-shirts"),
        *("--class", "fragile", "--hs-code", "6109.10", "--requester", "Tom Ito"),
        *("--requester-email", "tom@example.org", "--mailed-on", "2026-11-20", "--service", "Next Day Air"),
    )
    assert (ran.code, ran.err) == (0, "")
    one = ran.one["shipment"]
    assert one["recipient_details"]["city"] == "Leipzig"
    assert (one["recipient_details"]["country"], one["recipient_details"]["postal_code"]) == ("DE", "04109")
    assert (one["classification"], one["hs_code"], one["requester"]) == ("fragile", "610910", "Tom Ito")
    assert (one["requester_email"], one["mailed_on"]) == ("tom@example.org", "2026-11-20")
    other = desk("record", "9400117947734440521950", "--recipient", "Ida", "--address", "1 Main St; Chicago, IL 02134")
    assert other.code == 0
    assert "02134" in other.err


def test_warnings_are_told_on_both_streams(desk: Any) -> None:
    ran = desk(
        "record", "420606229400117947734440521950", "--address", "1 Main St; Boston, MA 02110", "--recipient", "A"
    )
    assert ran.code == 0
    assert [one["code"] for one in ran.one["warnings"]] == ["zip_differs"]
    assert ran.one["warnings"][0]["message"] in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ["--hs-code", "12"],
        ["--requester-email", "tom"],
        ["--country", "Atlantis"],
        ["--mailed-on", "2026-02-31"],
        ["--note", "x" * 50_000],
    ],
)
def test_details_that_cannot_be_refuse_the_call(desk: Any, options: list[str]) -> None:
    ran = desk("record", UPS, *options)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert desk("list").objects == []


def test_what_is_not_certain_of_an_imprint_is_said(desk: Any) -> None:
    data = bytearray([0x80] * 89)
    data[6:14] = b"PB1A" + (7654321).to_bytes(4, "little")
    data[19:26] = (690).to_bytes(3, "little") + (20261119).to_bytes(4, "little")
    said = desk("identify", "--escaped", data.decode("latin-1").encode("unicode_escape").decode(), plain=True).out
    assert "PB1A7654321" in said
    assert "2026-11-19" in said
    assert "0.690 USD (unconfirmed)" in said
    assert said.count("\n") == 1


def test_show_tells_the_warnings_of_the_day(desk: Any) -> None:
    number = "9400117947734440521950"
    desk("record", f"42060622{number}", "--address", "1 Main St; Boston, MA 02110", "--recipient", "A")
    (event,) = desk("show", number).one["events"]
    assert len(event["warnings"]) == 1
    assert "02110" in event["warnings"][0]
