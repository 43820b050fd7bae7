"""`record`: a line for each label, after its commit; what is asked about or refused is said and kept apart."""

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mailroom import resources
from mailroom.capture.writer import draw

UPS = "1Z999AA10123456784"
USPS = "9400117947734440521950"
FEDEX = "766405636952"
BAD = "1Z999AA10123456785"
SAMPLES = resources.folder("samples")
KEYS = {"payload", "outcome", "code", "message", "shipment"}


def test_a_number_is_put_on_record_with_its_fields(desk: Any) -> None:
    ran = desk(
        *("record", "--order", "SO-1", UPS, "--recipient", "Ada Byron", "--department", "Legal"),
        *("--account", "4711", "--run", "Afternoon", "--postage", "1.23", "--declared-value", "120.00"),
        *("--weight", "1 lb 6 oz", "--note", "fragile"),
    )
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.one) >= KEYS
    assert (ran.one["payload"], ran.one["outcome"]) == (UPS, "recorded")
    one = ran.one["shipment"]
    assert (one["tracking_number"], one["carrier"], one["status"]) == (UPS, "ups", "label_created")
    assert one["postage"] == {"amount": "1.230", "currency": "USD"}
    assert one["declared_value"] == {"amount": "120.000", "currency": "USD"}
    assert (one["order"], one["recipient"], one["department"], one["run"]) == (
        "SO-1",
        "Ada Byron",
        "Legal",
        "Afternoon",
    )
    assert one["weight"] == {"amount": "22", "unit": "oz"}
    assert desk("list").one == one


def test_a_repeat_says_when_it_was_first_recorded(desk: Any) -> None:
    first = desk("record", UPS).one
    again = desk("record", UPS)
    assert (again.code, again.one["outcome"]) == (0, "repeated")
    assert again.one["first_recorded_at"] == first["shipment"]["recorded_at"]
    assert again.one["shipment"]["id"] == first["shipment"]["id"]
    assert len(desk("list").objects) == 1


def test_a_bad_check_digit_is_asked_about_unless_it_is_kept_on_purpose(desk: Any) -> None:
    ran = desk("record", BAD)
    assert ran.code == 1
    assert (ran.one["outcome"], ran.one["shipment"]) == ("asked", None)
    assert ran.one["message"] in ran.err
    assert desk("list").objects == []
    kept = desk("record", "--keep-bad-check", BAD)
    assert (kept.code, kept.one["outcome"], kept.one["shipment"]["check"]) == (0, "recorded", "bad")


def test_each_line_of_stdin_is_a_label_of_its_own(desk: Any) -> None:
    ran = desk("record", stdin=f"{UPS}\nhello\n\n{USPS}\r\n{UPS}\n{FEDEX}".encode())
    assert ran.code == 1
    assert [one["payload"] for one in ran.objects] == [UPS, "hello", USPS, UPS, FEDEX]  # the blank line is none
    outcomes = [one["outcome"] for one in ran.objects]
    assert outcomes == ["recorded", "refused", "recorded", "repeated", "recorded"]
    assert len(ran.err.splitlines()) == 1
    assert [one["tracking_number"] for one in desk("list").objects] == [FEDEX, USPS, UPS]


def test_files_pages_and_payloads_come_in_the_order_given(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    pdf, letter = SAMPLES / "two-labels-fedex-ups.pdf", SAMPLES / "letter-without-code.jpg"
    ran = desk("record", UPS, pdf, tmp_path / "empty.png", letter, "hello")
    assert ran.code == 1
    assert [one["outcome"] for one in ran.objects] == [
        *("recorded", "recorded", "recorded", "refused", "refused", "refused")
    ]
    assert [one.get("page") for one in ran.objects] == [None, 1, 2, None, 1, None]
    assert [one["code"] for one in ran.objects[3:5]] == ["file_empty", "no_code_found"]
    assert ran.objects[1]["shipment"]["destination"]["postal_code"] == "550572418"
    assert len(ran.err.splitlines()) == 3


def test_only_a_file_that_cannot_be_read_is_refused_as_a_whole(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    ran = desk("record", tmp_path / "text.png")
    assert ran.code == 2
    assert (ran.one["outcome"], ran.one["shipment"]) == ("refused", None)
    assert len(ran.err.splitlines()) == 1


def test_a_folder_is_no_label(desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = desk("record", tmp_path)
    assert (ran.code, ran.one["outcome"], ran.one["code"]) == (2, "refused", "file_not_regular")
    # a folder that is called like a number is no trouble for the number
    (tmp_path / UPS).mkdir()
    monkeypatch.chdir(tmp_path)
    assert desk("record", UPS).one["outcome"] == "recorded"


@pytest.mark.parametrize(
    "options",
    [
        ["--postage", "1,50"],
        ["--declared-value", "many"],
        ["--weight", "12"],
        ["--carrier", "pony"],
    ],
)
def test_options_that_mean_nothing_refuse_the_call(desk: Any, options: list[str]) -> None:
    ran = desk("record", UPS, *options)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert desk("list").objects == []


def test_control_characters_reach_no_terminal(desk: Any) -> None:
    ran = desk("record", "--recipient", "Ada\x1b[31m", stdin=b"\x1b[2Jx\x00\xff\n" + UPS.encode() + b"\n", plain=True)
    assert ran.code == 1
    listed = desk("list", plain=True)
    shown = desk("show", UPS, plain=True)
    for text in (ran.out, ran.err, listed.out, shown.out):
        assert text
        assert all(line.isprintable() for line in text.split("\n"))


def test_binary_lines_are_refused_and_kept(desk: Any) -> None:
    ran = desk("record", stdin=bytes(range(1, 10)) + bytes(range(11, 256)) + b"\n\x00\n")
    assert ran.code == 1
    assert [one["outcome"] for one in ran.objects] == ["refused", "refused"]
    assert desk("check").code == 0


def test_a_label_with_an_imprint_of_bytes_beside_its_number_is_recorded(desk: Any, tmp_path: Path) -> None:
    # GIVEN a label whose DataMatrix holds NUL bytes, in a file with a name that is no UTF-8
    name = os.fsdecode(bytes(tmp_path) + b"/label-\xff.png")
    sheet = Image.new("L", (1000, 700), 255)
    for (kind, payload), place in (
        (("Code128", UPS), (60, 60)),
        (("DataMatrix", "I\0\x01\x02\0IMPRINT\xfe"), (60, 400)),
    ):
        code = draw(kind, payload)
        height = code.height * 6 if code.height > 1 else 200
        sheet.paste(code.resize((code.width * 4 if code.height == 1 else code.width * 6, height), 0), place)
    sheet.save(name)
    assert any("\0" in code["payload"] for code in desk("read", name).one["barcodes"])
    # WHEN it is recorded
    ran = desk("record", name)
    # THEN it is on record, both codes with it
    assert (ran.code, ran.one["outcome"], ran.one["payload"]) == (0, "recorded", UPS)
    assert desk("check").code == 0


def test_the_name_of_a_picture_that_is_not_there_is_told(desk: Any, tmp_path: Path) -> None:
    missing = tmp_path / "nothing.png"
    ran = desk("record", missing)
    assert (ran.code, ran.one["outcome"], ran.one["code"]) == (2, "refused", "file_missing")
    assert "nothing.png" in ran.err
    mixed = desk("record", UPS, missing)
    assert mixed.code == 1
    assert [one["outcome"] for one in mixed.objects] == ["recorded", "refused"]


def test_a_number_of_another_carrier_than_was_given_says_so(desk: Any) -> None:
    ran = desk("record", "--carrier", "fedex", UPS)
    assert (ran.code, ran.one["outcome"], ran.one["shipment"]["carrier"]) == (0, "recorded", "ups")
    assert [one["code"] for one in ran.one["warnings"]] == ["carrier_differs"]
    assert "UPS, not of FedEx" in ran.err
    assert "warnings" not in desk("record", "--carrier", "fedex", FEDEX).one


def test_a_carrier_that_the_office_does_not_use_has_a_way_in(desk: Any) -> None:
    asked = desk("record", "320606146993")
    assert (asked.code, asked.one["code"]) == (1, "not_an_office_carrier")
    assert "Settings" in asked.one["message"]
    assert "--carrier purolator" in asked.err
    told = desk("record", "--carrier", "purolator", "320606146993")
    assert (told.code, told.one["outcome"], told.one["shipment"]["carrier"]) == (0, "recorded", "purolator")


def test_a_number_kept_though_its_check_is_wrong_is_called_unverified(desk: Any) -> None:
    ran = desk("record", "--keep-bad-check", BAD, plain=True)
    assert "kept as unverified" in ran.out
    assert "kept as unverified" not in desk("record", UPS, plain=True).out


def test_what_is_not_known_is_null(desk: Any) -> None:
    one = desk("record", UPS).one["shipment"]
    assert "" not in one.values()
    assert (one["postage"], one["department"], one["recipient"]) == (None, None, None)
    assert one["recipient_details"]["city"] is None
    shown = desk("show", UPS).one
    assert shown["shipment"] == one
    assert all("" not in event.values() for event in shown["events"])
    assert "Postage" not in desk("show", UPS, plain=True).out
    assert UPS in desk("list", plain=True).out


def test_a_question_ends_in_its_own_mark(desk: Any) -> None:
    ran = desk("record", f"https://www.ups.com/track?tracknum={UPS}")
    assert ran.one["outcome"] == "asked"
    assert ran.err.endswith("?\n")


def test_every_field_that_an_import_may_bring_is_shown(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "pieces.csv").write_text(
        "tracking_number,sender name,sender city,insured_value,invoice_amount,length,width,height,dimension_unit,"
        "proof_of_postage,deadline,deadline_note,customs\n"
        f"{UPS},Ada,Dayton,300,250.5,10,8,4.5,in,meter,2026-11-20T10:00,10 a.m. filing,\n"
    )
    assert desk("import", "shipments", tmp_path / "pieces.csv").code == 0
    one = desk("show", UPS).one["shipment"]
    assert (one["sender"], one["sender_details"]["city"]) == ("Ada", "Dayton")
    assert one["insured_value"] == {"amount": "300.000", "currency": "USD"}
    assert one["invoice_amount"] == {"amount": "250.500", "currency": "USD"}
    assert one["dimensions"] == {"length": "10", "width": "8", "height": "4.5", "unit": "in"}
    assert (one["proof_of_postage"], one["deadline"], one["deadline_note"]) == (
        "meter",
        "2026-11-20T10:00",
        "10 a.m. filing",
    )
    assert (one["customs"], one["revised_on"], one["delay_reason"]) == ([], None, None)


def test_a_search_of_two_characters_says_what_it_finds(desk: Any) -> None:
    desk("record", UPS)
    short = desk("list", "--search", "1Z")
    assert len(short.objects) == 1
    assert "begins" in short.err
    assert desk("list", "--search", "99A").err == ""
