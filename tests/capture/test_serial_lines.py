"""Bytes of a serial line become payloads: ends, silence, binary data, halves, floods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.capture.serial_lines import LineEvent, LinePiece, SerialLine
from mailroom.domain.reading import MAX_PAYLOAD

UPS = b"1Z999AA10123456784"
USPS = b"9405511899223197428490"
# 20 bytes of an imprint: control characters, a CR and an LF inside
IMPRINT = bytes([0x01, 0x0D, 0x0A, 0x00, 0x00, 0x33]) + bytes(range(0x80, 0x8D)) + b"\x0a"


def payloads(pieces: tuple[LinePiece, ...]) -> list[bytes]:
    assert {one.event for one in pieces} <= {LineEvent.PAYLOAD}
    return [one.data for one in pieces]


def events(pieces: tuple[LinePiece, ...]) -> list[str]:
    return [one.event.value for one in pieces]


@pytest.mark.parametrize(
    ("end", "sent"),
    [
        *(("auto", sent) for sent in (b"\r", b"\n", b"\r\n")),
        *(("cr", b"\r"), ("lf", b"\n"), ("crlf", b"\r\n"), ("tab", b"\t"), ("etx", b"\x03")),
    ],
)
def test_an_end_ends_a_payload_at_once(end: str, sent: bytes) -> None:
    line = SerialLine(end)
    assert payloads(line.feed(UPS + sent, 0)) == [UPS]
    assert payloads(line.feed(USPS + sent + UPS + sent, 10)) == [USPS, UPS]
    assert line.silence(200) == ()


def test_an_end_in_two_parts_is_one_end() -> None:
    line = SerialLine()
    assert payloads(line.feed(UPS + b"\r", 0)) == [UPS]
    assert line.feed(b"\n", 1) == ()
    assert line.silence(200) == ()
    # AND imprints on the same line end with the same, after silence
    assert line.feed(IMPRINT + b"\r\n", 300) == ()
    assert payloads(line.silence(500)) == [IMPRINT]


@pytest.mark.parametrize("end", ["auto", "none"])
def test_without_an_end_silence_ends_a_payload(end: str) -> None:
    line = SerialLine(end)
    assert line.feed(UPS[:5], 0) == ()
    assert line.feed(UPS[5:], 50) == ()
    assert line.pending
    assert payloads(line.silence(200)) == [UPS]
    assert not line.pending


@pytest.mark.parametrize("end", ["auto", "none"])
def test_an_imprint_with_control_characters_stays_whole(end: str) -> None:
    line = SerialLine(end)
    payloads(line.feed(UPS, 0) + line.silence(200))
    for byte in IMPRINT:
        assert line.feed(bytes([byte]), 300) == ()
    assert payloads(line.silence(500)) == [IMPRINT]


def test_a_message_with_separators_and_a_frame_of_stx_and_etx_is_text() -> None:
    message = b"[)>\x1e01\x1d9655802\x1d840\x1d003\x1d1Z12345677\x1dUPSN\x1e\x04"
    assert payloads(SerialLine().feed(message + b"\r", 0)) == [message]
    assert payloads(SerialLine("etx").feed(b"\x02" + UPS + b"\x03", 0)) == [UPS]
    line = SerialLine("none")
    line.feed(b"\x02" + UPS + b"\x03", 0)
    assert payloads(line.silence(200)) == [UPS]


def test_the_same_label_read_again_after_half_of_it_counts() -> None:
    line = SerialLine("cr")
    line.feed(USPS[:10], 0)
    assert events(line.silence(200)) == ["cut_short"]
    assert payloads(line.feed(USPS + b"\r", 900)) == [USPS]
    line.feed(UPS[:4], 2000)
    assert events(line.silence(2200)) == ["cut_short"]
    assert payloads(line.feed(USPS + b"\r", 9000)) == [USPS]  # long after: another reading


@pytest.mark.parametrize("end", ["auto", "cr", "none"])
def test_a_flood_is_said_once_and_thrown_away_until_silence(end: str) -> None:
    line = SerialLine(end)
    assert events(line.feed(b"A" * 7000, 0)) == ["too_long"]
    assert line.feed(b"1Z999AA10123456784\r", 10) == ()
    assert line.silence(200) == ()
    assert payloads(line.feed(UPS + b"\r", 300) or line.silence(500)) in ([UPS], [UPS + b"\r"])


def test_the_longest_payload_passes_and_one_byte_more_does_not() -> None:
    assert payloads(SerialLine("cr").feed(b"A" * MAX_PAYLOAD + b"\r", 0)) == [b"A" * MAX_PAYLOAD]
    assert events(SerialLine("cr").feed(b"A" * (MAX_PAYLOAD + 1) + b"\r", 0)) == ["too_long"]


@given(
    st.lists(st.binary(max_size=60), max_size=12), st.sampled_from(["auto", "cr", "lf", "crlf", "tab", "etx", "none"])
)
def test_whatever_comes_ends_in_events_and_an_empty_line(chunks: list[bytes], end: str) -> None:
    line = SerialLine(end)
    for at, chunk in enumerate(chunks):
        for piece in line.feed(chunk, at * 10.0):
            assert len(piece.text) <= MAX_PAYLOAD
    line.silence(5000)
    assert not line.pending


def test_a_closed_line_forgets_its_half() -> None:
    line = SerialLine("cr")
    line.feed(USPS[:10], 0)
    line.forget()
    assert not line.pending
    assert payloads(line.feed(UPS + b"\r", 10)) == [UPS]
