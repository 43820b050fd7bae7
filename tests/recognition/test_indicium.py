"""Imprints of franking machines: what the bytes say for certain, what they do not, and what is no imprint."""

import json
from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from mailroom.domain.money import Money
from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import PayloadKind, Recognition
from mailroom.recognition.as_json import identify_object
from mailroom.recognition.indicium import read_indicium
from mailroom.wording.reasons import reason_text

Read = Callable[..., Recognition]
PIC = "9400111206206406260787"


def lite(
    *, version: int = 1, piece: int = 4711, model: int = 0x21, serial: int = 123456, mills: int = 690, length: int = 20
) -> str:
    data = bytes([version]) + piece.to_bytes(4, "little") + bytes([model]) + serial.to_bytes(3, "little")
    data += mills.to_bytes(3, "little") + b"\x15\x00" + bytes.fromhex("a1b2c3d4e5f6")
    return data.ljust(length, b"\x80")[:length].decode("latin-1")


def dated(
    length: int, machine: int, serial: int, mailed: int, *, day: int = 20261118, mills: int = 0, maker: bytes = b"PB1A"
) -> str:
    data = bytearray(Random(length).randbytes(length))
    data[machine : machine + 4] = maker
    data[serial : serial + 4] = (7654321).to_bytes(4, "little")
    data[mailed : mailed + 4] = day.to_bytes(4, "little")
    if mills:
        data[19:22] = mills.to_bytes(3, "little")
    return bytes(data).decode("latin-1")


def test_ibi_lite_is_told_whole() -> None:
    found = read_indicium(lite(), Symbology.DATA_MATRIX)

    assert found is not None
    assert (found.format, found.meter, found.piece) == ("IBI-Lite", "123456", 4711)
    assert (found.postage, found.mailed_on, found.unconfirmed) == (Money(690), None, ())
    assert found.key == "IBI-LITE-21-123456-4711"


def test_ibi_says_meter_and_day_and_the_rest_is_unconfirmed() -> None:
    found = read_indicium(dated(89, 6, 10, 22, mills=8350), Symbology.DATA_MATRIX)

    assert found is not None
    assert (found.format, found.meter, found.piece, found.mailed_on) == ("IBI", "PB1A7654321", None, date(2026, 11, 18))
    assert found.postage == Money(8350)
    assert found.unconfirmed == ("piece", "postage")
    assert found.sure("meter")
    assert found.sure("mailed_on")
    assert not found.sure("postage")


def test_ibi_is_told_as_far_as_its_day_reaches() -> None:
    found = read_indicium(dated(26, 6, 10, 22), Symbology.DATA_MATRIX)
    assert found is not None
    assert (found.format, found.meter, found.mailed_on) == ("IBI", "PB1A7654321", date(2026, 11, 18))


def test_imi_says_meter_and_day_and_never_an_amount() -> None:
    found = read_indicium(dated(70, 1, 5, 17), Symbology.DATA_MATRIX)

    assert found is not None
    assert (found.format, found.meter, found.mailed_on) == ("IMI", "PB1A7654321", date(2026, 11, 18))
    assert (found.piece, found.postage, found.unconfirmed) == (None, None, ("piece", "postage"))


def test_an_amount_that_no_letter_costs_is_left_out() -> None:
    found = read_indicium(dated(89, 6, 10, 22, mills=9_999_999), Symbology.DATA_MATRIX)
    assert found is not None
    assert found.postage is None


@pytest.mark.parametrize(
    ("raw", "symbology"),
    [
        (lite(length=19), Symbology.DATA_MATRIX),
        (lite(length=21), Symbology.DATA_MATRIX),
        (lite(version=0x40), Symbology.DATA_MATRIX),
        (lite(mills=0), Symbology.DATA_MATRIX),
        (lite(mills=100_001), Symbology.DATA_MATRIX),
        (lite(piece=0), Symbology.DATA_MATRIX),
        (lite(serial=0), Symbology.DATA_MATRIX),
        (lite(), Symbology.CODE128),
        (dated(89, 6, 10, 22, day=20261332), Symbology.DATA_MATRIX),
        (dated(89, 6, 10, 22, day=19970101), Symbology.DATA_MATRIX),
        (dated(89, 6, 10, 22, maker=b"\x00\x01\x02\x03"), Symbology.DATA_MATRIX),
        (dated(25, 6, 10, 21), Symbology.DATA_MATRIX),
        ("ABCDEFGHIJKLMNOPQRST", Symbology.DATA_MATRIX),
        ("żółw" * 6, None),
    ],
)
def test_what_is_no_imprint(read: Read, raw: str, symbology: Symbology | None) -> None:
    assert read_indicium(raw, symbology) is None
    assert read((raw, symbology)).indicium is None


def test_bytes_at_random_are_hardly_ever_an_imprint() -> None:
    dice = Random("imprints")
    taken = sum(
        read_indicium(dice.randbytes(length).decode("latin-1"), Symbology.DATA_MATRIX) is not None
        for length in (20, 21, 60, 89, 120)
        for _ in range(4000)
    )
    assert taken <= 10  # of 20,000; all of them have 20 bytes, which have nothing else to be told by


def test_identify_prints_an_imprint_and_leaves_the_key_out_elsewhere(read: Read) -> None:
    told = identify_object(read((lite(), Symbology.DATA_MATRIX)), reason_text)
    assert told["kind"] == "indicium"
    assert told["tracking_number"] is None
    assert told["indicium"] == {
        "format": "IBI-Lite",
        "meter": "123456",
        "piece": 4711,
        "postage": {"amount": "0.690", "currency": "USD"},
        "mailed_on": None,
        "unconfirmed": [],
    }
    assert json.loads(json.dumps(told, ensure_ascii=True)) == told
    assert "indicium" not in identify_object(read(PIC), reason_text)


def test_an_identifier_before_the_imprint_is_the_scanners(read: Read) -> None:
    found = read("]d1" + lite()).indicium
    assert found is not None
    assert found.meter == "123456"


def test_a_label_keeps_its_number_and_its_imprint(read: Read) -> None:
    label = read((dated(89, 6, 10, 22), Symbology.DATA_MATRIX), f"42078745{PIC}")
    assert label.kind is PayloadKind.TRACKING
    assert label.best is not None
    assert label.best.tracking_number == PIC
    assert label.indicium is not None
    assert label.indicium.mailed_on == date(2026, 11, 18)
