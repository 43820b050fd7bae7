"""Bad input over a serial line, by the ids of `tests/data/bad_inputs.csv`: nothing of it is a payload."""

import pytest

from mailroom.capture.serial_lines import LineEvent, LinePiece, SerialLine

UPS = b"1Z999AA10123456784"
USPS = b"9405511899223197428490"


@pytest.mark.parametrize(
    ("end", "sent"), [pytest.param("auto", b"\r\n", id="B038"), pytest.param("cr", b"\r", id="B038-cr")]
)
def test_half_a_line_and_its_rest_are_never_payloads(end: str, sent: bytes) -> None:
    # GIVEN a line whose payloads end
    line = SerialLine(end)
    assert line.feed(UPS + sent, 0) == (LinePiece(LineEvent.PAYLOAD, UPS),)
    # WHEN one stops halfway and the rest comes two seconds later
    line.feed(USPS[:10], 1000)
    assert line.silence(1200) == (LinePiece(LineEvent.CUT_SHORT, USPS[:10]),)
    assert line.feed(USPS[10:] + sent, 3000) == (LinePiece(LineEvent.CUT_SHORT, USPS[10:]),)
    # THEN the next one counts again
    assert line.feed(UPS + sent, 4000) == (LinePiece(LineEvent.PAYLOAD, UPS),)
