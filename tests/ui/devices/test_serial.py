"""A serial scanner over a real pseudo-terminal through QSerialPort: from bytes on the line to the record."""

import os
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mailroom.config import Profile, load_desk
from mailroom.domain.reading import ReadingSource
from mailroom.domain.register import ShipmentFilter
from mailroom.services.office import Office
from mailroom.ui.session import Session

SECONDS = 60_000
UPS = b"1Z999AA10123456784"
USPS = b"9405511899223197428490"
REGISTERED = b"RB123456785GB"
# an IBI-Lite imprint whose bytes hold a CR, an LF, a NUL and Ctrl+D
IMPRINT = (
    bytes([0x01, 0x0D, 0x0A, 0x00, 0x04])
    + b"\x21"
    + b"\x39\x30\x00"
    + b"\xdc\x05\x00"
    + b"\x01\x00"
    + b"\x0a" * 5
    + b"\x77"
)


class Line:
    """The scanner's end of a pseudo-terminal; `port` is a link to the other end, as udev makes them."""

    def __init__(self, folder: Path) -> None:
        self.port = folder / "ttyScanner"
        self._far = self._near = -1
        self.plug_in()

    def plug_in(self) -> None:
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.port.symlink_to(os.ttyname(self._near))

    def unplug(self) -> None:
        self.port.unlink()
        os.close(self._far)
        os.close(self._near)
        self._far = self._near = -1

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._far, data[:1024]) :]

    def close(self) -> None:
        if self._far >= 0:
            self.unplug()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    made = Line(tmp_path)
    yield made
    made.close()


@pytest.fixture
def session(open_session: Callable[..., Session], line: Line, qtbot: QtBot) -> Session:
    opened = open_session(serial_port=str(line.port))
    qtbot.waitUntil(lambda: heard(opened), timeout=SECONDS)
    return opened


def heard(session: Session) -> bool:
    port = session.scan.serial.port
    return port is not None and port.is_open


def until(session: Session, qtbot: QtBot, *looks: str) -> None:
    qtbot.waitUntil(lambda: session.scan.band.state.look in looks and not session.runners.busy, timeout=SECONDS)


def numbers(office: Office) -> list[bytes]:
    rows = office.shipments.find(office.operator, ShipmentFilter()).rows
    return [row.shipment.tracking_number.encode() for row in rows]


def test_a_label_over_the_line_ends_in_the_record(session: Session, office: Office, line: Line, qtbot: QtBot) -> None:
    line.send(UPS + b"\r")
    until(session, qtbot, "recorded")
    assert numbers(office) == [UPS]
    assert session.scan.serial.words == f"The scanner at {line.port} is heard"
    # AND two payloads that come at once are two pieces
    line.send(USPS + b"\r\n" + REGISTERED + b"\r\n")
    qtbot.waitUntil(lambda: len(numbers(office)) == 3, timeout=SECONDS)
    assert set(numbers(office)) == {UPS, USPS, REGISTERED}


def test_an_imprint_with_control_characters_is_heard_whole(
    session: Session, office: Office, line: Line, qtbot: QtBot
) -> None:
    heard: list[str] = []
    session.scan.serial.heard.connect(lambda payload, _port: heard.append(payload))
    for at in range(0, len(IMPRINT), 7):
        line.send(IMPRINT[at : at + 7])
    qtbot.waitUntil(lambda: bool(heard), timeout=SECONDS)
    assert heard == [IMPRINT.decode("latin-1")]
    until(session, qtbot, "ask")
    assert session.scan.band.state.word == "No tracking number"
    assert numbers(office) == []


@pytest.mark.parametrize(
    ("sent", "look"),
    [
        pytest.param(bytes(range(0x80, 0xFF)) * 3, "refused", id="garbage"),
        pytest.param(b"\x00\xff" * 40 + b"\r", "refused", id="wrong-speed"),
        pytest.param(b"A" * 7000, "refused", id="flood"),
        pytest.param(UPS + USPS + b"\r", "refused", id="glued"),
        pytest.param(USPS[:-1] + b"7\r", "ask", id="wrong-check"),
    ],
)
def test_bad_input_on_the_line_ends_in_a_clear_state(
    session: Session, office: Office, line: Line, qtbot: QtBot, sent: bytes, look: str
) -> None:
    line.send(sent)
    until(session, qtbot, look)
    assert session.scan.band.state.why
    assert numbers(office) == []
    # AND what comes next is heard
    qtbot.waitUntil(lambda: not session.scan.serial.port._line.pending, timeout=SECONDS)  # type: ignore[union-attr]
    line.send(UPS + b"\r")
    until(session, qtbot, "recorded")
    assert numbers(office) == [UPS]


def test_unplugged_and_plugged_in_again_it_goes_on(session: Session, office: Office, line: Line, qtbot: QtBot) -> None:
    serial = session.scan.serial
    # GIVEN half a label on the line when the scanner is unplugged
    line.send(USPS + b"\r")
    until(session, qtbot, "recorded")
    line.send(UPS[:9])
    qtbot.waitUntil(lambda: serial.port._line.pending, timeout=SECONDS)  # type: ignore[union-attr]
    line.unplug()
    qtbot.waitUntil(lambda: serial.trouble == "serial_gone", timeout=SECONDS)
    # THEN it is said in the head of the page and on the band, and nothing else is in the way
    assert serial.words == f"The scanner at {line.port} is unplugged; it goes on by itself when it is back"
    assert session.scan._serial_chip.word == "Scanner not heard"
    assert session.scan.band.state.look == "refused"
    assert session.notices.texts == ()
    # WHEN it is back
    line.plug_in()
    qtbot.waitUntil(lambda: heard(session), timeout=SECONDS)
    line.send(UPS + b"\r")
    until(session, qtbot, "recorded")
    assert numbers(office) == [UPS, USPS]
    assert session.scan._serial_chip.word == "Scanner connected"


def test_a_port_that_is_not_there_waits_for_it(
    open_session: Callable[..., Session], office: Office, profile: Profile, tmp_path: Path, qtbot: QtBot
) -> None:
    line = Line(tmp_path)
    line.close()
    session = open_session()
    assert session.scan.serial.port is None
    session.desk.change(serial_port=str(line.port), serial_end="cr", serial_baud=115200)
    qtbot.waitUntil(lambda: session.scan.serial.trouble == "serial_gone", timeout=SECONDS)
    line.plug_in()
    qtbot.waitUntil(lambda: heard(session), timeout=SECONDS)
    line.send(UPS + b"\r")
    until(session, qtbot, "recorded")
    kept = load_desk(profile)
    assert (kept.serial_end, kept.serial_baud) == ("cr", 115200)
    session.desk.change(serial_port="")
    assert session.scan.serial.port is None
    assert numbers(office) == [UPS]
    line.close()


def test_half_a_line_and_its_rest_record_nothing(session: Session, office: Office, line: Line, qtbot: QtBot) -> None:
    line.send(UPS + b"\r")
    until(session, qtbot, "recorded")
    line.send(USPS[:10])
    until(session, qtbot, "refused")
    assert session.scan.band.state.why == "The scanner stopped in the middle; scan the label again"
    session.scan.band.show_ready()
    line.send(USPS[10:] + b"\r")
    until(session, qtbot, "refused")
    assert numbers(office) == [UPS]
    line.send(USPS + b"\r")
    until(session, qtbot, "recorded")
    assert numbers(office) == [USPS, UPS]


def test_readings_of_the_line_are_kept_with_their_source(
    session: Session, office: Office, line: Line, qtbot: QtBot
) -> None:
    taken: list[object] = []
    session.scan.recorder.taken.connect(taken.append)
    line.send(REGISTERED + b"\r")
    until(session, qtbot, "recorded")
    (one,) = taken
    (reading,) = one.readings  # type: ignore[attr-defined]
    assert (reading.source, reading.device) == (ReadingSource.SERIAL, str(line.port))


def test_the_settings_page_chooses_port_speed_and_end(
    open_session: Callable[..., Session], profile: Profile, line: Line, qtbot: QtBot
) -> None:
    session = open_session(serial_port=str(line.port))
    session.window.show_page("settings")
    card = session.window.page("settings").devices  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    assert card.port.currentText() == str(line.port)  # it stays in the list, also where the system does not list it
    card.baud.setCurrentText("115,200")
    card.end.setCurrentText("Tab")
    card.photos.setChecked(False)
    qtbot.waitUntil(lambda: heard(session) and not session.runners.busy, timeout=SECONDS)
    kept = load_desk(profile)
    assert (kept.serial_port, kept.serial_baud, kept.serial_end) == (str(line.port), 115200, "tab")
    assert not kept.label_photos
    card.port.setCurrentIndex(0)
    assert session.scan.serial.port is None
