"""What scanners and keyboards wrap around a payload comes off, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.reading import Symbology
from mailroom.recognition.scanner_text import unwrap

NUMBER = "9400111206206406260787"


@pytest.mark.parametrize(
    "raw",
    [
        NUMBER,
        f"  {NUMBER}\r\n",
        f"\x02{NUMBER}\x03",
        f"\x02{NUMBER}\x03\r",
        f"{NUMBER}\t",
        f"{NUMBER}\x00",
        "9400 1112 0620 6406 2607 87",
        "9400-1112-0620-6406-2607-87",
        "9400\u20131112\u20110620\u22126406\u00a02607\u200987",
        f"\ufeff{NUMBER}",
        "94001112062\u200b06406260787\u200d",
        "９４００１１１２０６２０６４０６２６０７８７",
        f"*{NUMBER}*",
        f"({NUMBER[:2]}){NUMBER[2:]}",
        f"~{NUMBER}\r\n",
        f"'{NUMBER}",
        f'"{NUMBER}"',
        f"#{NUMBER}",
    ],
)
def test_wrapping_comes_off(raw: str) -> None:
    assert unwrap(raw).text == NUMBER


@pytest.mark.parametrize(
    ("raw", "symbology", "gs1"),
    [
        (f"]C0{NUMBER}", Symbology.CODE128, False),
        (f"]C1{NUMBER}", Symbology.CODE128, True),
        (f"]c1{NUMBER}", Symbology.CODE128, True),  # caps lock flips the case
        (f"]A0{NUMBER}", Symbology.CODE39, False),
        (f"]d2{NUMBER}", Symbology.DATA_MATRIX, True),
        (f"]D2{NUMBER}", Symbology.DATA_MATRIX, True),
        (f"]d1{NUMBER}", Symbology.DATA_MATRIX, False),
        (f"]Q3{NUMBER}", Symbology.QR, True),
        (f"]I1{NUMBER}", Symbology.ITF, False),
        (f"]L2{NUMBER}", Symbology.PDF417, False),
        (f"\x02]C1{NUMBER}\r", Symbology.CODE128, True),
        (f"\x1d{NUMBER}", None, True),
        (f"<GS>{NUMBER}", None, True),
        (f"]C1\x1d{NUMBER}", Symbology.CODE128, True),
        (f"]X0{NUMBER}", None, False),
        (f"]E4{NUMBER}", Symbology.EAN8, False),
    ],
)
def test_identifiers_name_the_symbology(raw: str, symbology: Symbology | None, gs1: bool) -> None:
    scanned = unwrap(raw)
    assert (scanned.text, scanned.symbology, scanned.gs1) == (NUMBER, symbology, gs1)


def test_the_device_knows_the_symbology_better_than_the_identifier() -> None:
    assert unwrap(f"]X0{NUMBER}", Symbology.PDF417).symbology is Symbology.PDF417


def test_codabar_loses_its_start_and_stop_characters() -> None:
    assert unwrap("A986578788855B", Symbology.CODABAR).text == "986578788855"
    assert unwrap("986578788855", Symbology.CODABAR).text == "986578788855"
    assert unwrap("DXJBKLMB", Symbology.CODABAR).text == "DXJBKLMB"  # no letter stands between them
    assert unwrap("A986578788855B", Symbology.CODE128).text == "A986578788855B"


@pytest.mark.parametrize(
    "sign", ["\x1d", "<GS>", "{GS}", "[GS]", "<gs>", "|", "\u241d", "\u2194", "<FNC1>", "^]", "\\x1d", "\\F", "%1D"]
)
def test_every_stand_in_for_the_separator_is_one(sign: str) -> None:
    assert unwrap(f"42078745{sign}{NUMBER}").text == f"42078745\x1d{NUMBER}"


@pytest.mark.parametrize(
    "raw",
    [
        "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1e\x04",
        "[)><RS>01<GS>96841706672<GS>840<GS>001<RS><EOT>",
        "[)>{RS}01{GS}96841706672{GS}840{GS}001{RS}{EOT}",
        "[)>01|96841706672|840|001",
        "[)>|01|96841706672|840|001",
        r"[)>\x1e01\x1d96841706672\x1d840\x1d001\x1e\x04",
        r"[)>\03601\03596841706672\035840\035001\036\004",
        r"[)>\u001E01\u001D96841706672\u001D840\u001D001\u001E\u0004",
        "]U1[)>^^01^]96841706672^]840^]001^^^D",
        "]U1[)>\x1e01\x1d96841706672\x1d840\x1d001\x1e\x04\r\n",
    ],
)
def test_messages_come_apart_in_fields(raw: str) -> None:
    envelope = unwrap(raw).envelope
    assert envelope is not None
    assert (envelope.header, envelope.fields) == ("01", ("96841706672", "840", "001"))


@pytest.mark.parametrize("raw", ["[)>", "[)>\x1e", "[)>0", "[)>ab\x1d", "[)>\u0661\u0661\x1d1"])
def test_broken_messages_have_no_fields(raw: str) -> None:
    assert unwrap(raw).envelope is None


def test_case_is_lifted_and_other_digits_stay_what_they_are() -> None:
    assert unwrap("1z879e930346834440").text == "1Z879E930346834440"
    assert unwrap("\u0661\u0662\u0663").text == "\u0661\u0662\u0663"


@given(st.text())
def test_any_text_has_a_reading(raw: str) -> None:
    scanned = unwrap(raw)
    assert unwrap(scanned.text, scanned.symbology).text.count(" ") == 0


@given(st.binary())
def test_any_bytes_have_a_reading(raw: bytes) -> None:
    assert isinstance(unwrap(raw.decode("latin-1")).text, str)
