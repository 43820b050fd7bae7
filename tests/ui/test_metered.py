"""An imprint that is read with a label belongs to it; alone it is a question."""

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from mailroom.domain.money import Money
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.register import ShipmentFilter
from mailroom.services.office import Office
from mailroom.ui.session import Session

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
LITE = (
    b"\x01" + (4711).to_bytes(4, "little") + b"\x21" + (123456).to_bytes(3, "little") + (690).to_bytes(3, "little")
).decode("latin-1") + "\x15\x07\xa1\xb2\xc3\xd4\xe5\xf6"


def see(session: Session, payload: str, symbology: Symbology) -> None:
    session.scan.recorder.take_code(Reading(payload, ReadingSource.CAMERA, datetime.now(UTC), symbology))


def test_an_imprint_behind_the_tracking_code_joins_its_piece(session: Session, office: Office, qtbot: QtBot) -> None:
    see(session, PRIORITY, Symbology.CODE128)
    see(session, LITE, Symbology.DATA_MATRIX)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    (row,) = office.shipments.find(office.operator, ShipmentFilter()).rows
    assert (row.shipment.tracking_number, row.shipment.postage, row.meter) == (PRIORITY, Money(690), "123456")
    assert session.scan.band.state.look == "recorded"


def test_an_imprint_alone_is_asked_about(session: Session, office: Office, qtbot: QtBot) -> None:
    see(session, LITE, Symbology.DATA_MATRIX)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "ask" and not session.runners.busy, timeout=SECONDS)
    assert office.shipments.find(office.operator, ShipmentFilter()).rows == ()
