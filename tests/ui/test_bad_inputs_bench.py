"""Bad input at the bench: each ends in a clear state of the band, and nothing is recorded or carried out by mistake."""

import subprocess
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pytestqt.qtbot import QtBot

from mailroom.domain.bench_codes import BenchKind, badge_code, office_code, spell_bench_code
from mailroom.domain.operator import Role
from mailroom.domain.register import ShipmentFilter
from mailroom.services.office import Office
from mailroom.ui.session import Session

SECONDS = 60_000
PRIORITY, AIR = "9405511899223197428490", "1Z999AA10123456784"


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def usps(serial: int) -> str:
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


@pytest.mark.parametrize("bad", ["B029"])
def test_a_badge_over_a_half_filled_piece_keeps_it_and_seats_the_holder(
    session: Session, office: Office, qtbot: QtBot, bad: str
) -> None:
    # GIVEN a second person with a badge, and a piece's fields half filled
    desk, who = office.command_codes.desk, office.operator
    payload = {"name": "Ada Moss", "role": Role.MANAGER.value, "departments": []}
    desk.accept(who, "operator_added", "op-2", payload)
    pdf = office.command_codes.issue_badges(who, ("op-2",))
    page = subprocess.run(["pdftoppm", "-r", "200", "-png", "-"], input=pdf, capture_output=True, check=True).stdout
    (badge,) = zxingcpp.read_barcodes(Image.open(BytesIO(page)))
    session.scan.piece.recipient.setText("Half a na")
    # WHEN it is read
    session.scan.flow.hear(badge.text)
    settle(session, qtbot)
    # THEN the fields are as they were, she sits there as a clerk, and the switch is in the log
    assert session.scan.piece.recipient.text() == "Half a na", bad
    assert (office.operator.name, office.operator.role) == ("Ada Moss", Role.CLERK)
    assert session.scan.band.state.number == "Ada Moss"
    # AND the piece read next is hers
    session.scan.flow.hear(PRIORITY)
    settle(session, qtbot)
    shipment = office.shipments.by_number(who, PRIORITY).row.shipment
    assert (shipment.recorded_by, shipment.fields.recipient.name) == ("Ada Moss", "Half a na")


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param("MR:OP:1", id="B031"),
        pytest.param(spell_bench_code(badge_code(b"\x00\x01\x02\x03\x04\x05\x06\x07")), id="B031-form"),
        pytest.param("MR:CMD:DELETE", id="B032"),
        pytest.param(spell_bench_code(office_code(bytes(32), BenchKind.CLOSE_RUN)), id="B032-run"),
        pytest.param(spell_bench_code(office_code(bytes(32), BenchKind.UNDO)), id="B032-undo"),
    ],
)
def test_badges_and_commands_made_elsewhere_do_nothing(
    session: Session, office: Office, qtbot: QtBot, payload: str
) -> None:
    # GIVEN an office with commands of its own, an open run and a piece in it
    office.command_codes.sheet(office.operator)
    session.routes.office_changed.emit()
    session.scan.run.run.setEditText("Noon")
    session.scan.flow.hear(PRIORITY)
    settle(session, qtbot)
    before = office.operator
    session.scan.recorder.forget()  # another label, later
    # WHEN a parcel's label carries something that looks like a badge or a command
    session.scan.flow.hear(payload)
    settle(session, qtbot)
    # THEN it is refused, and who sits there, the run and the piece are as they were
    assert session.scan.band.state.look == "refused"
    assert office.operator == before
    (run,) = office.runs.list(before)
    assert (run.run.state.value, run.pieces) == ("open", 1)


@pytest.mark.parametrize(
    ("payload", "suffix"),
    [
        ("x" * 7000, "\r"),
        (PRIORITY + AIR, "\r"),  # two payloads at once, nothing between them
        ("12\x0434\t \x0456", "\r"),  # Ctrl+D, Tab and Space inside a burst
        ("\x1d\x1e\x04\x02\x03", "\r"),
    ],
    ids=["7,000 characters", "two at once", "control codes", "only controls"],
)
def test_what_is_no_reading_is_refused_and_nothing_is_recorded(
    session: Session, office: Office, keyboard: Any, qtbot: QtBot, payload: str, suffix: str
) -> None:
    if len(payload) > 4296:
        session.scan.flow.too_long()  # as the wedge says it; a keyboard would take seven seconds
    else:
        keyboard.scan(payload, suffix)
        qtbot.waitUntil(lambda: keyboard.done, timeout=SECONDS)
    qtbot.waitUntil(lambda: session.scan.band.state.look in ("refused", "ask", "ready"), timeout=SECONDS)
    settle(session, qtbot)
    assert office.intake.undoable(office.operator) == ()
    # AND the next label is read as ever
    session.scan.flow.hear(PRIORITY)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)


def test_two_hundred_readings_without_a_pause_are_all_there_once_and_in_order(
    session: Session, office: Office, qtbot: QtBot
) -> None:
    numbers = [usps(serial) for serial in range(200)]
    for one in numbers:
        session.scan.flow.hear(one)
    settle(session, qtbot)
    rows = office.shipments.find(office.operator, ShipmentFilter(), limit=0).rows
    assert [one.shipment.tracking_number for one in reversed(rows)] == numbers
    lines = session.scan.readings.model.lines
    assert [one.reading.raw for one in reversed(lines)] == numbers
    assert {one.reading.outcome for one in lines} == {"recorded"}
