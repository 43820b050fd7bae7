"""One frame, one picture: symbologies and payloads as the command line promises them."""

import sys

import foreign_files as make
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mailroom.capture.bullseye import read_maxicodes
from mailroom.capture.decoder import Barcode, checked, read_frame, read_image, read_zbar, unique
from mailroom.capture.regions import bar_regions
from mailroom.capture.writer import draw
from mailroom.domain.reading import MAX_PAYLOAD, Symbology
from mailroom.errors import MailroomError

NUMBER = make.NUMBER
IMPB = "[420]941037705[92]14890152028163417063"


def symbol(kind: str, payload: str, module: int = 4) -> Image.Image:
    drawn = draw(kind, payload)
    height = 120 if drawn.height == 1 else drawn.height * module
    scaled = drawn.resize((drawn.width * module, height), 0) if kind != "MaxiCode" else drawn
    sheet = Image.new("L", (scaled.width + 160, scaled.height + 160), 255)
    sheet.paste(scaled, (80, 80))
    return sheet


@pytest.mark.parametrize("width", [641, 639, 1279, 1283, 803])
@pytest.mark.parametrize("height", [361, 480])
def test_frames_of_odd_widths_are_read(width: int, height: int) -> None:
    assert read_frame(make.frame(NUMBER, (height, width))) == [("Code128", NUMBER)]


def test_a_frame_may_be_a_view_into_a_padded_or_mirrored_buffer() -> None:
    frame = make.frame(NUMBER, (480, 853))
    padded = np.full((480, 1024), 77, dtype=np.uint8)
    padded[:, :853] = frame
    doubled = np.repeat(frame, 2, axis=1)
    for view in (padded[:, :853], doubled[:, ::2], frame.T, frame[::-1], np.asfortranarray(frame)):
        assert read_frame(view) == [("Code128", NUMBER)]


@pytest.mark.parametrize("angle", [14, 25, 45, 63, 108, 170])
def test_a_turned_label_in_a_grainy_frame_is_read_and_nothing_else(angle: int) -> None:
    turned = make.label(module=2).rotate(angle, expand=True, fillcolor=210, resample=Image.Resampling.BICUBIC)
    frame = np.full((1000, 1000), 210, dtype=np.int16)
    frame[: turned.height, : turned.width] = np.asarray(turned)
    grain = np.random.default_rng(angle).normal(0, 6, frame.shape)
    assert read_frame(np.clip(frame + grain, 0, 255).astype(np.uint8)) == [("Code128", NUMBER)]


def test_linear_and_square_codes_of_one_frame_are_all_read() -> None:
    frame = make.frame(NUMBER, (480, 640))
    square = np.asarray(symbol("DataMatrix", IMPB, 5))[40:-40, 40:-40]
    frame[200 : 200 + square.shape[0], 50 : 50 + square.shape[1]] = square
    expected = {("Code128", NUMBER), ("DataMatrix", "420941037705\x1d9214890152028163417063")}
    assert set(read_frame(frame)) == expected


def test_frames_without_a_code_give_nothing() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (480, 640), dtype=np.uint8)
    for frame in (noise, np.zeros((0, 0), np.uint8), np.zeros((1, 1), np.uint8), np.zeros((2, 4000), np.uint8)):
        assert read_frame(frame) == []


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_no_frame_is_too_odd(height: int, width: int, seed: int) -> None:
    frame = np.random.default_rng(seed).integers(0, 2, (height, width), dtype=np.uint8) * 255
    assert [kind for kind, _ in read_frame(frame)] == [] or min(height, width) > 8


@pytest.mark.parametrize(
    ("kind", "payload", "expected"),
    [
        ("Code128", NUMBER, ("Code128", NUMBER)),
        ("Code128", IMPB, ("Code128", "420941037705\x1d9214890152028163417063")),
        ("Code39", "RE320625729US", ("Code39", "RE320625729US")),
        ("Code93", "AB-12345", ("Code93", "AB-12345")),
        ("ITF", "00012345678905", ("ITF", "00012345678905")),
        ("EAN13", "4006381333931", ("EAN13", "4006381333931")),
        ("EAN8", "96385074", ("EAN8", "96385074")),
        ("UPCA", "012345678905", ("UPCA", "012345678905")),
        ("QRCode", "https://example.org/ä€", ("QRCode", "https://example.org/ä€")),
        ("DataMatrix", IMPB, ("DataMatrix", "420941037705\x1d9214890152028163417063")),
        ("PDF417", "[)>\x1e01\x1d0294103\x1d840\x1e\x04", ("PDF417", "[)>\x1e01\x1d0294103\x1d840\x1e\x04")),
        ("Aztec", "AZTEC 1", ("Aztec", "AZTEC 1")),
        ("MaxiCode", "HELLO 1Z", ("MaxiCode", "HELLO 1Z")),
    ],
)
def test_every_symbology_has_its_name_and_its_plain_payload(kind: str, payload: str, expected: tuple[str, str]) -> None:
    assert [(code.symbology.value, code.payload) for code in read_image(symbol(kind, payload))] == [expected]


def test_bytes_come_as_latin_1() -> None:
    import zxingcpp

    raw = bytes(range(1, 250, 3))
    drawn = zxingcpp.create_barcode(raw, zxingcpp.BarcodeFormat.PDF417).to_image(scale=3)
    assert read_image(np.array(drawn))[0].payload.encode("latin-1") == raw


def test_short_itf_and_texture_are_no_codes() -> None:
    assert read_image(symbol("ITF", "12345678")) == ()
    assert checked(Symbology.CODE39, "A1", "zbar") is None
    assert checked(Symbology.CODE128, "x" * (MAX_PAYLOAD + 1), "zxing") is None
    assert checked(Symbology.CODE128, "", "zxing") is None
    assert checked(None, "12345678", "zxing") is None
    assert checked(Symbology.EAN13, "0012345678905", "zxing") == Barcode(Symbology.UPCA, "012345678905", "zxing")


def test_the_second_decoder_agrees_and_its_absence_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = symbol("Code128", IMPB)
    assert read_zbar(sheet) == (Barcode(Symbology.CODE128, "420941037705\x1d9214890152028163417063", "zbar"),)
    monkeypatch.setitem(sys.modules, "pyzbar", None)
    assert read_zbar(sheet) == ()


def test_the_same_code_seen_twice_is_one() -> None:
    once, twice = Barcode(Symbology.CODE128, "1"), Barcode(Symbology.CODE128, "1", "zbar")
    other = Barcode(Symbology.QR, "1")
    assert unique((once, other, twice)) == (once, other)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("width", [250, 331, 598, 900])
def test_a_maxicode_among_other_things_is_found(turn: int, width: int) -> None:
    maxi = draw("MaxiCode", "HELLO 1Z5W30Y90359420790")
    maxi = maxi.resize((width, round(maxi.height * width / maxi.width))).rotate(turn, expand=True, fillcolor=255)
    page = Image.new("L", (1700, 2200), 255)
    page.paste(make.label(), (0, 1500))
    page.paste(symbol("QRCode", "x" * 60), (1200, 1400))
    page.paste(0, (0, 60, 1700, 72))
    page.paste(maxi, (300, 130))
    assert [code.payload for code in read_maxicodes(page)] == ["HELLO 1Z5W30Y90359420790"]


def test_where_there_is_no_bulls_eye_there_is_no_maxicode() -> None:
    stripes = Image.new("L", (900, 900), 255)
    for x in range(0, 900, 20):
        stripes.paste(0, (x, 0, x + 10, 900))
    assert read_maxicodes(stripes) == ()
    assert read_maxicodes(Image.new("L", (3, 3), 0)) == ()
    assert read_maxicodes(Image.new("L", (900, 900), 0)) == ()


@pytest.mark.parametrize("angle", [0, 20, 45, 70, 90, 130])
def test_bars_are_found_with_their_direction(angle: int) -> None:
    turned = make.label().rotate(-angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    region = bar_regions(np.asarray(turned))[0]
    off = abs(region.angle - angle) % 180
    assert min(off, 180 - off) < 2
    assert 300 < region.length < 480
    assert bar_regions(np.asarray(Image.new("L", (600, 600), 200))) == ()


def test_what_cannot_be_drawn_says_so() -> None:
    for kind, payload in (("EAN13", "abc"), ("Nonsense", "1"), ("ITF", "A"), ("MaxiCode", "9" * 500)):
        with pytest.raises(MailroomError) as caught:
            draw(kind, payload)
        assert caught.value.code == "symbol_not_drawn"
