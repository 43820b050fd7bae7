"""The bench steered by readings alone: a run of thirty pieces, commands from every device, two commands at once."""

import subprocess
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mailroom.domain.bench_codes import BenchKind, office_code, parse_bench_code, spell_bench_code
from mailroom.domain.office import RunState
from mailroom.domain.operator import Role
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.services.office import Office
from mailroom.ui.parts.chip import Chip
from mailroom.ui.scan_words import Column
from mailroom.ui.session import Session

SECONDS = 60_000
AIR, PRIORITY, WRONG = "1Z999AA10123456784", "9405511899223197428490", "1Z999AA10123456783"


def usps(serial: int) -> str:
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


@pytest.fixture
def cards(office: Office) -> dict[str, str]:
    """The payloads of the office's printed commands, by what they do and by name."""
    who = office.operator
    office.lists.add_department(who, "Legal")
    office.lists.add_meter(who, "Front desk")
    reading = Reading(AIR, ReadingSource.FILE, datetime.now(UTC))
    office.intake.record(who, (reading,))  # so that a service is in use
    office.command_codes.sheet(who)
    table = office.command_codes.table(who)
    return {one.name or one.kind.value: spell_bench_code(code) for code, one in table.items()}


@pytest.fixture
def bench(cards: dict[str, str], open_session: Any, qtbot: QtBot) -> Session:
    """The window with its table of commands, and what was played."""
    session: Session = open_session()
    qtbot.waitUntil(lambda: bool(session.scan.commands._table), timeout=SECONDS)
    session.played = []  # type: ignore[attr-defined]
    session.scan.sounds.played.connect(session.played.append)  # type: ignore[attr-defined]
    return session


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def camera(*raws: str) -> tuple[Reading, ...]:
    return tuple(Reading(raw, ReadingSource.CAMERA, datetime.now(UTC)) for raw in raws)


def test_a_run_of_thirty_pieces_with_nothing_but_readings(
    bench: Session, office: Office, cards: dict[str, str], keyboard: Any, qtbot: QtBot
) -> None:
    # GIVEN what a clerk holds a scanner over, one after the other, without a key or the mouse
    numbers = [usps(serial) for serial in range(30)]
    reads = [cards["new_run"], cards["Legal"], *numbers[:12], cards["Front desk"], *numbers[12:29]]
    reads += [WRONG, cards["keep"], numbers[29], usps(77), cards["undo"], cards["close_run"]]
    # WHEN the scanner types them at a millisecond a character
    for one in reads:
        keyboard.scan(one)
        qtbot.waitUntil(lambda: keyboard.done, timeout=SECONDS)
    qtbot.waitUntil(lambda: bench.scan.band.state.word == "Run closed", timeout=SECONDS)
    settle(bench, qtbot)
    # THEN the run has the thirty in order, the kept one with its wrong check digit, and the one undone is not in it
    who = office.operator
    (run,) = office.runs.list(who)
    pieces = [one.shipment.tracking_number for one in reversed(office.runs.pieces(who, run.run.id))]
    assert pieces == [*numbers[:29], WRONG, numbers[29]]
    assert (run.run.state, run.pieces, run.by_department) == (RunState.CLOSED, 31, (("Legal", 31),))
    rows = {one.shipment.tracking_number: one for one in office.runs.pieces(who, run.run.id)}
    assert rows[WRONG].shipment.check == "bad"
    assert (rows[numbers[0]].meter, rows[numbers[12]].meter) == ("", "Front desk")
    # AND it was all told by sounds
    played = bench.played  # type: ignore[attr-defined]
    assert (played.count("recorded"), played.count("ask"), played.count("refused")) == (32, 1, 0)
    assert played[-1] == "command"
    assert bench.scan.run.run_name == ""


@pytest.mark.parametrize("source", [ReadingSource.WEDGE, ReadingSource.SERIAL, ReadingSource.CAMERA])
def test_a_command_is_the_same_from_every_device(
    bench: Session, cards: dict[str, str], source: ReadingSource, qtbot: QtBot
) -> None:
    reading = Reading(cards["Legal"], source, datetime.now(UTC))
    if source is ReadingSource.CAMERA:
        bench.scan.flow.take_frame((reading,))
    else:
        bench.scan.recorder.take_code(reading)
    qtbot.waitUntil(lambda: bench.scan.band.state.number == "Legal", timeout=SECONDS)
    assert bench.scan.run.fields().department == "Legal"
    assert bench.scan.band.state.look == "command"
    assert bench.played == ["command"]  # type: ignore[attr-defined]
    # AND nothing was read as a piece
    settle(bench, qtbot)
    assert [one.reading.raw for one in bench.scan.readings.model.lines] == [AIR]


@pytest.mark.parametrize("bursts", [1, 2])
def test_of_two_commands_in_view_neither_is_carried_out(
    bench: Session, cards: dict[str, str], bursts: int, qtbot: QtBot
) -> None:
    # GIVEN two commands in one picture, or in two pictures right after each other
    if bursts == 1:
        bench.scan.flow.take_frame(camera(cards["Legal"], cards["new_run"]))
    else:
        bench.scan.flow.take_frame(camera(cards["Legal"]))
        bench.scan.flow.take_frame(camera(cards["new_run"]))
    # THEN that is said, and nothing has changed
    assert bench.scan.band.state.look == "refused"
    assert "More than one command" in bench.scan.band.state.why
    settle(bench, qtbot)
    assert bench.scan.run.fields().department == bench.scan.run.run_name == ""
    assert bench.played == ["refused"]  # type: ignore[attr-defined]


def test_a_command_beside_a_label_is_left_and_the_label_recorded(
    bench: Session, cards: dict[str, str], qtbot: QtBot
) -> None:
    bench.scan.flow.take_readings(camera(PRIORITY, cards["close_run"]))
    qtbot.waitUntil(lambda: bench.scan.band.state.look == "recorded", timeout=SECONDS)
    assert bench.played == ["refused", "recorded"]  # type: ignore[attr-defined]


def test_a_command_of_another_office_changes_nothing(bench: Session, office: Office, qtbot: QtBot) -> None:
    for kind in (BenchKind.UNDO, BenchKind.CLOSE_RUN, BenchKind.NEW_RUN):
        bench.scan.flow.hear(spell_bench_code(office_code(bytes(32), kind)))
        qtbot.waitUntil(lambda: "not one of this office" in bench.scan.band.state.why, timeout=SECONDS)
        bench.scan.band.show_ready()
    settle(bench, qtbot)
    assert office.runs.list(office.operator) == ()
    assert len(office.intake.undoable(office.operator)) == 1


def test_a_run_with_something_to_decide_is_closed_by_the_second_reading(
    bench: Session, office: Office, cards: dict[str, str], qtbot: QtBot
) -> None:
    bench.scan.flow.hear(cards["new_run"])
    bench.scan.flow.hear(WRONG)
    bench.scan.flow.hear(cards["close_run"])
    qtbot.waitUntil(lambda: bench.scan.band.state.word == "Close the run?", timeout=SECONDS)
    assert office.runs.list(office.operator)[0].run.state is RunState.OPEN
    # AND who leaves it open is asked about the label again, which is still to decide
    bench.scan.band.answered.emit("leave")
    settle(bench, qtbot)
    assert bench.scan.band.state.word == "Check digit wrong"
    assert office.runs.list(office.operator)[0].asked == 1
    bench.scan.flow.hear(cards["close_run"])
    qtbot.waitUntil(lambda: bench.scan.band.state.word == "Close the run?", timeout=SECONDS)
    bench.scan.flow.hear(cards["close_run"])
    qtbot.waitUntil(lambda: bench.scan.band.state.word == "Run closed", timeout=SECONDS)
    assert office.runs.list(office.operator)[0].run.state is RunState.CLOSED


@pytest.mark.parametrize("command", ["close_run", "keep", "repeat"])
def test_a_command_that_has_nothing_to_do_says_so(
    bench: Session, cards: dict[str, str], command: str, qtbot: QtBot
) -> None:
    bench.scan.flow.hear(cards[command])
    qtbot.waitUntil(lambda: bench.scan.band.state.word == "Not done", timeout=SECONDS)
    assert bench.played == ["refused"]  # type: ignore[attr-defined]


def test_the_next_piece_gets_the_fields_of_the_last_one(
    bench: Session, office: Office, cards: dict[str, str], qtbot: QtBot
) -> None:
    scan = bench.scan
    scan.piece.recipient.setText("Ada Moss")
    scan.piece.order.setText("M-77")
    scan.flow.hear(PRIORITY)
    qtbot.waitUntil(lambda: scan.band.state.look == "recorded", timeout=SECONDS)
    scan.flow.hear(cards["repeat"])
    qtbot.waitUntil(lambda: scan.band.state.look == "command", timeout=SECONDS)
    scan.flow.hear(usps(5))
    settle(bench, qtbot)
    fields = office.shipments.by_number(office.operator, usps(5)).row.shipment.fields
    assert (fields.recipient.name, fields.order) == ("Ada Moss", "M-77")
    # AND only the next one
    scan.flow.hear(usps(6))
    settle(bench, qtbot)
    assert office.shipments.by_number(office.operator, usps(6)).row.shipment.fields.order == ""


def test_a_badge_seats_its_holder_and_what_is_half_typed_stays(bench: Session, office: Office, qtbot: QtBot) -> None:
    # GIVEN a second person with a badge, and a piece's fields half filled
    desk, who = office.command_codes.desk, office.operator
    payload = {"name": "Ada Moss", "role": Role.MANAGER.value, "departments": []}
    desk.accept(who, "operator_added", "op-2", payload)
    badge = badge_of(office, "op-2")
    bench.scan.piece.recipient.setText("Half a na")
    # WHEN a label, the badge and another label are read without a pause
    bench.scan.flow.hear(PRIORITY)
    bench.scan.flow.hear(badge)
    bench.scan.flow.hear(usps(1))
    settle(bench, qtbot)
    # THEN each piece is that of who sat there, who is a clerk by her card, and the window shows her
    by = {number: office.shipments.by_number(who, number).row.shipment.recorded_by for number in (PRIORITY, usps(1))}
    assert by == {PRIORITY: who.name, usps(1): "Ada Moss"}
    assert (office.operator.name, office.operator.role) == ("Ada Moss", Role.CLERK)
    assert bench.window.rail.person.accessibleName() == "Operator: Ada Moss"
    assert "command" in bench.played  # type: ignore[attr-defined]


def badge_of(office: Office, operator_id: str) -> str:
    """A badge's payload, as a scanner reads it off its card."""
    pdf = office.command_codes.issue_badges(office.operator, (operator_id,))
    page = subprocess.run(["pdftoppm", "-r", "200", "-png", "-"], input=pdf, capture_output=True, check=True).stdout
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(page)))
    assert parse_bench_code(found.text) is not None
    return str(found.text)


def test_scan_again_leaves_nothing_to_decide(bench: Session, qtbot: QtBot) -> None:
    scan = bench.scan
    scan.flow.hear(WRONG)
    qtbot.waitUntil(lambda: scan.band.state.look == "ask", timeout=SECONDS)
    assert scan.readings.model.waiting() == 1
    scan.band.answered.emit("again")
    assert scan.readings.model.waiting() == 0
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: scan.readings.model.lines[0].word == "Put aside", timeout=SECONDS)


def test_a_piece_without_a_number_is_among_todays_readings(bench: Session, qtbot: QtBot) -> None:
    scan = bench.scan
    before = scan.readings.model.rowCount()
    scan.flow.take_without_number()
    settle(bench, qtbot)
    scan.record.refresh()
    settle(bench, qtbot)
    assert scan.readings.model.rowCount() == before + 1
    assert scan.readings.model.lines[0].word == "Recorded"


def open_editors(table: Any) -> list[QLineEdit]:
    return [one for one in table.viewport().findChildren(QLineEdit) if one.isVisible()]


def edit_cell(session: Session, row: int, column: Column, text: str, qtbot: QtBot) -> None:
    """Double click on a cell, type, Enter."""
    table = session.scan.readings.table
    index = session.scan.readings.model.index(row, column)
    table.setCurrentIndex(index)
    table.doubleClicked.emit(index)
    (line,) = open_editors(table)
    line.setText(text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not open_editors(table), timeout=SECONDS)
    settle(session, qtbot)


def test_todays_readings_are_edited_in_place_and_taken_back(
    open_session: Any, office: Office, cards: dict[str, str], qtbot: QtBot
) -> None:
    session: Session = open_session(size=(1900, 1000))
    session.scan.flow.hear(PRIORITY)
    settle(session, qtbot)
    # WHEN recipient, order, department and postage are typed into the table
    for column, text in ((Column.TO, "Ada Moss"), (Column.ORDER, "M-77"), (Column.DEPARTMENT, "Legal")):
        edit_cell(session, 0, column, text, qtbot)
    edit_cell(session, 0, Column.POSTAGE, "7.64", qtbot)
    # THEN they are on record, in the table and in the piece's own fields
    detail = office.shipments.by_number(office.operator, PRIORITY)
    fields = detail.row.shipment.fields
    assert (fields.recipient.name, fields.order, detail.row.department) == ("Ada Moss", "M-77", "Legal")
    assert detail.row.shipment.postage.amount == "7.640"
    model = session.scan.readings.model
    qtbot.waitUntil(lambda: model.lines[0].texts[Column.ORDER :] == ("M-77", "Legal", "7.640"), timeout=SECONDS)
    assert session.scan.piece.recipient.text() == "Ada Moss"
    # AND a wrong amount is said and changes nothing
    edit_cell(session, 0, Column.POSTAGE, "seven", qtbot)
    assert any("not an amount" in one for one in session.notices.texts)
    # AND undo takes the edits back, the last one first
    for _ in range(2):
        session.scan.flow.undo_last()
        settle(session, qtbot)
    detail = office.shipments.by_number(office.operator, PRIORITY)
    assert (detail.row.shipment.postage.mills, detail.row.department) == (0, "")
    assert detail.row.shipment.fields.order == "M-77"


def test_f2_edits_the_first_cell_and_a_reading_meanwhile_is_recorded(
    open_session: Any, office: Office, keyboard: Any, qtbot: QtBot
) -> None:
    session: Session = open_session(size=(1900, 1000))
    session.scan.flow.hear(PRIORITY)
    settle(session, qtbot)
    table = session.scan.readings.table
    table.setFocus()
    table.setCurrentIndex(session.scan.readings.model.index(0, Column.NUMBER))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    line = table.viewport().findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.accessibleName() == "To"
    line.setText("Ada")
    session.scan.readings.model._tell(0)  # the record answers while somebody types
    keyboard.scan(AIR)
    qtbot.waitUntil(lambda: keyboard.done and not session.runners.busy, timeout=SECONDS)
    # THEN the scanner's number is on record and not in the cell
    assert office.shipments.by_number(office.operator, AIR).row.shipment.carrier == "ups"
    assert line.text() == "Ada"


def test_the_close_dialog_notes_carrier_driver_what_stays_and_the_signature(
    bench: Session, office: Office, cards: dict[str, str], qtbot: QtBot
) -> None:
    # GIVEN an open run with pieces of two carriers, and a question
    scan = bench.scan
    for one in (cards["new_run"], PRIORITY, "1Z999AA10123456784", WRONG):
        scan.flow.hear(one)
    settle(bench, qtbot)
    qtbot.waitUntil(lambda: scan._close_run.isVisible() and not bench.runners.busy, timeout=SECONDS)
    # WHEN it is closed with the button: the post takes its piece, the driver signs
    scan._close_run.click()
    qtbot.waitUntil(lambda: scan.runs.close_sheet is not None, timeout=SECONDS)
    sheet = scan.runs.close_sheet
    assert sheet is not None
    assert any("1 reading is still to decide" in one.accessibleName() for one in sheet.findChildren(Chip))
    sheet.driver.setText("Kim")
    rows = [sheet.pieces.item(at) for at in range(sheet.pieces.count())]
    rows[0].setCheckState(Qt.CheckState.Unchecked)
    assert sheet.count.text() == str(len(rows) - 1)
    # AND one more piece is read while the driver waits: nobody has counted it
    scan.flow.hear(usps(7))
    settle(bench, qtbot)
    qtbot.mousePress(sheet.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    for x in range(30, 200, 10):
        qtbot.mouseMove(sheet.pad, QPoint(x, 40 + x % 40))
    qtbot.mouseRelease(sheet.pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    assert sheet.pad.signed
    sheet.save.click()
    qtbot.waitUntil(lambda: scan.band.state.word == "Run closed", timeout=SECONDS)
    # THEN that is on record, signature and all, and what was not ticked is in the next run
    now, closed = office.runs.list(office.operator)
    (over,) = closed.hand_overs
    assert (over.driver, over.pieces, over.signed) == ("Kim", len(rows) - 1, "drawn")
    assert office.runs.signature(office.operator, over.signature).startswith(b"\x89PNG")
    assert (now.run.state, now.pieces, closed.run.state) == (RunState.OPEN, 2, RunState.CLOSED)


def test_runs_are_opened_paused_and_taken_up_in_their_list(bench: Session, office: Office, qtbot: QtBot) -> None:
    scan = bench.scan
    scan.runs.show_runs()
    qtbot.waitUntil(lambda: scan.runs.runs_sheet is not None, timeout=SECONDS)
    sheet = scan.runs.runs_sheet
    assert sheet is not None
    sheet.name.setText("Evening")
    sheet.new.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(QPushButton, "")) and len(sheet._runs) == 1, timeout=SECONDS)
    assert scan.run.run_name == "Evening"
    for word, state, name in (("Pause", RunState.PAUSED, ""), ("Take up", RunState.OPEN, "Evening")):
        button = next(one for one in sheet.findChildren(QPushButton) if one.accessibleName() == f"{word}: Evening")
        button.click()
        qtbot.waitUntil(lambda state=state: sheet._runs[0].run.state is state, timeout=SECONDS)
        assert scan.run.run_name == name
    # a name that is taken is said in the dialog
    sheet.name.setText("evening")
    sheet.new.click()
    qtbot.waitUntil(lambda: bool(sheet.name.property("refused")), timeout=SECONDS)
