"""The Scan page over a real record: what the band says, what the table shows, what fields do, and undo."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mailroom.bootstrap import close_office, open_office
from mailroom.config import Profile, load_desk
from mailroom.domain.money import Money
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import Shipment
from mailroom.domain.weights import Weight, WeightUnit
from mailroom.services.office import Office
from mailroom.ui.parts.fields import Field
from mailroom.ui.scan_answers import AnswerButton
from mailroom.ui.scan_words import Column
from mailroom.ui.session import Session

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
NEXT_DAY = "1Z999AA10123456784"
REGISTERED = "RB123456785GB"
WRONG = "9405511899223197428497"  # the check digit of PRIORITY is 0
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def read(session: Session, qtbot: QtBot, payload: str, look: str) -> None:
    """Scan a payload and wait for the band."""
    session.scan.flow.hear(payload)
    qtbot.waitUntil(lambda: session.scan.band.state.look == look and not session.runners.busy, timeout=SECONDS)


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def shipments(office: Office) -> list[Shipment]:
    return [row.shipment for row in office.shipments.find(office.operator, ShipmentFilter()).rows]


def cell(session: Session, row: int, column: Column) -> str:
    model = session.scan.readings.model
    return str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))


def test_a_reading_is_recorded_and_said(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    assert [one.tracking_number for one in shipments(office)] == [PRIORITY]
    state = session.scan.band.state
    assert (state.word, state.number) == ("Recorded", "9405 5118 9922 3197 4284 90")
    assert "USPS Priority Mail" in state.why
    assert "Recorded. 9405 5118" in session.scan.band.accessibleName()
    assert cell(session, 0, Column.NUMBER) == "9405 5118 9922 3197 4284 90"
    assert cell(session, 0, Column.WHAT) == "USPS Priority Mail"


def test_a_sound_follows_each_outcome(session: Session, qtbot: QtBot) -> None:
    heard: list[str] = []
    session.scan.sounds.played.connect(heard.append)
    read(session, qtbot, PRIORITY, "recorded")
    read(session, qtbot, WRONG, "ask")
    session.scan.recorder.forget()  # a moment later
    read(session, qtbot, "https://quillfeather.example/returns", "refused")
    assert heard == ["recorded", "ask", "refused"]


def test_no_sound_where_sounds_are_off(open_session: Callable[..., Session], qtbot: QtBot) -> None:
    session = open_session(sounds=False)
    heard: list[str] = []
    session.scan.sounds.played.connect(heard.append)
    read(session, qtbot, PRIORITY, "recorded")
    assert heard == []


def test_what_is_no_number_is_refused_with_a_reason(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, "https://quillfeather.example/returns", "refused")
    assert shipments(office) == []
    assert session.scan.band.state.number == "https://quillfeather.example/returns"
    assert cell(session, 0, Column.WHAT) == "Web address"
    assert session.scan.readings.model.refused() == 1


def test_a_wrong_check_digit_asks_and_can_be_kept(session: Session, office: Office, qtbot: QtBot) -> None:
    # GIVEN a reading whose check digit does not hold
    read(session, qtbot, WRONG, "ask")
    state = session.scan.band.state
    assert state.number[state.wrong_at] == "7"
    assert shipments(office) == []
    assert session.scan.readings.model.waiting() == 1
    # WHEN K is pressed where the band has taken the focus
    button = QApplication.focusWidget()
    assert isinstance(button, AnswerButton)
    qtbot.keyClick(button, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    # THEN it is on record as unverified, and nothing waits any more
    assert [one.tracking_number for one in shipments(office)] == [WRONG]
    assert session.scan.band.state.word == "Kept as unverified"
    assert session.scan.readings.model.waiting() == 0
    assert cell(session, 0, Column.WHAT) == "Kept as unverified"


def test_escape_puts_the_question_aside_and_gives_the_focus_back(
    session: Session, office: Office, qtbot: QtBot
) -> None:
    session.scan.entry.number.setFocus()
    read(session, qtbot, WRONG, "ask")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert session.scan.band.state.look == "ready"
    assert session.scan.entry.number.hasFocus()
    assert shipments(office) == []
    # THEN nothing is left to decide
    assert session.scan.readings.model.waiting() == 0
    # WHEN the line is opened later
    table = session.scan.readings.table
    table.setCurrentIndex(session.scan.readings.model.index(0, Column.NUMBER))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    # THEN the question is asked once more, and nothing was recorded by that
    assert session.scan.band.state.look == "ask"
    assert shipments(office) == []
    session.scan.band.answered.emit("keep")
    qtbot.waitUntil(lambda: len(shipments(office)) == 1, timeout=SECONDS)
    settle(session, qtbot)


def test_a_number_of_several_carriers_offers_them(session: Session, office: Office, qtbot: QtBot) -> None:
    session.scan.flow.take_typed("12345678901234")
    qtbot.waitUntil(lambda: session.scan.band.state.look in ("ask", "refused"), timeout=SECONDS)
    settle(session, qtbot)
    assert session.scan.band.state.look == "ask"
    answers = session.scan.band.state.answers
    assert answers[0].keys == "Esc"
    assert len(answers) >= 2
    session.scan.band.answered.emit(answers[1].id)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    assert len(shipments(office)) == 1


def test_the_same_number_again_says_when_it_was_first_recorded(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, NEXT_DAY, "recorded")
    session.scan.recorder.forget()
    read(session, qtbot, NEXT_DAY, "repeated")
    assert len(shipments(office)) == 1
    assert "by D. Ohara" in session.scan.band.state.why
    assert cell(session, 0, Column.WHAT).startswith("Repeat: ")


def test_a_label_that_stays_in_view_is_one_reading(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, NEXT_DAY, "recorded")
    read(session, qtbot, NEXT_DAY, "recorded")
    assert session.scan.readings.model.rowCount() == 1


def test_a_routing_code_right_after_is_added_to_the_label(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    session.scan.flow.hear("42055802")
    settle(session, qtbot)
    detail = office.shipments.by_number(office.operator, PRIORITY)
    assert detail.row.shipment.destination.postal_code == "55802"
    assert session.scan.band.state.look == "recorded"
    assert len(shipments(office)) == 1


def test_fields_typed_before_a_reading_go_with_it(session: Session, office: Office, qtbot: QtBot) -> None:
    scan = session.scan
    scan.run.department.setEditText("Legal")
    scan.run.run.setEditText("Afternoon")
    scan.run.value.setText("100.00")
    scan.piece.recipient.setText("Lakeshore Title Co.")
    scan.piece.address.setText("318 W Michigan St; Duluth MN 55802")
    scan.piece.order.setText("24-1187-R")
    scan.piece.postage.setText("7.640")
    scan.piece.weight.setText("1 lb 6 oz")
    read(session, qtbot, PRIORITY, "recorded")
    row = office.shipments.by_number(office.operator, PRIORITY).row
    fields = row.shipment.fields
    assert (row.department, row.run) == ("Legal", "Afternoon")
    assert fields.recipient.name == "Lakeshore Title Co."
    assert fields.recipient.address == ("318 W Michigan St", "Duluth MN 55802")
    assert fields.order == "24-1187-R"
    assert row.shipment.postage == Money(7640, "USD")
    assert fields.declared_value == Money(100_000, "USD")
    assert fields.weight == Weight(fields.weight.amount, WeightUnit.OZ) if fields.weight else False
    # AND the run's fields stay while the piece's do not go with the next one
    read(session, qtbot, NEXT_DAY, "recorded")
    later = office.shipments.by_number(office.operator, NEXT_DAY).row
    assert (later.department, later.run) == ("Legal", "Afternoon")
    assert later.shipment.fields.recipient.name == ""
    assert scan.piece.recipient.text() == ""
    assert scan.band.accessibleDescription() == "2 in this run"


def test_edits_after_a_reading_change_the_piece_just_recorded(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    piece = session.scan.piece
    piece.order.setText("24-1187-R")
    piece.postage.setText("7.64")
    piece.order.editingFinished.emit()
    piece.recipient.setText("Lakeshore Title Co.")
    # WHEN the next label is read before the field was left
    read(session, qtbot, NEXT_DAY, "recorded")
    settle(session, qtbot)
    # THEN everything typed is with the first piece
    first = office.shipments.by_number(office.operator, PRIORITY).row.shipment
    assert first.fields.order == "24-1187-R"
    assert first.fields.recipient.name == "Lakeshore Title Co."
    assert first.postage == Money(7640, "USD")
    assert office.shipments.by_number(office.operator, NEXT_DAY).row.shipment.fields.order == ""
    assert session.notices.texts == ()


def test_a_postage_typed_twice_is_corrected_by_a_line(session: Session, office: Office, qtbot: QtBot) -> None:
    session.scan.piece.postage.setText("7.640")
    read(session, qtbot, PRIORITY, "recorded")
    session.scan.piece.postage.setText("8.000")
    session.scan.piece.flush()
    settle(session, qtbot)
    detail = office.shipments.by_number(office.operator, PRIORITY)
    assert [line.money.mills for line in detail.postage_lines] == [7640, 360]
    assert detail.row.shipment.postage == Money(8000, "USD")


def test_next_piece_makes_room_for_fields_of_the_next_reading(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    session.scan.piece.next_piece.click()
    session.scan.piece.order.setText("for the next")
    read(session, qtbot, NEXT_DAY, "recorded")
    assert office.shipments.by_number(office.operator, PRIORITY).row.shipment.fields.order == ""
    assert office.shipments.by_number(office.operator, NEXT_DAY).row.shipment.fields.order == "for the next"


def test_an_amount_that_is_none_is_marked_and_holds_nothing_up(session: Session, office: Office, qtbot: QtBot) -> None:
    session.scan.piece.postage.setText("seven")
    read(session, qtbot, PRIORITY, "recorded")
    assert session.scan.piece.postage.property("refused") is True
    assert session.scan.piece.postage.text() == "seven"
    assert "amount of money" in session.scan.piece.postage.accessibleDescription()
    assert len(shipments(office)) == 1


def test_f4_clears_the_run(session: Session, qtbot: QtBot) -> None:
    session.scan.run.department.setEditText("Legal")
    session.scan.run.value.setText("5")
    qtbot.keyClick(session.window, Qt.Key.Key_F4)
    assert session.scan.run.fields().department == ""
    assert session.scan.run.fields().declared_value is None


def test_undo_takes_back_one_after_the_other(session: Session, office: Office, qtbot: QtBot) -> None:
    for number in (PRIORITY, NEXT_DAY, REGISTERED):
        read(session, qtbot, number, "recorded")
    assert session.scan.entry.number.hasFocus()  # a field with nothing of its own to undo
    for left in (2, 1, 0):
        qtbot.keyClick(session.window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda left=left: len(shipments(office)) == left, timeout=SECONDS)  # type: ignore[misc]
        settle(session, qtbot)
    assert session.scan.band.state.word == "Taken back"
    qtbot.waitUntil(lambda: cell(session, 0, Column.WHAT) == "Taken back", timeout=SECONDS)
    session.scan.flow.undo_last()
    qtbot.waitUntil(lambda: "There is nothing left to undo." in session.notices.texts, timeout=SECONDS)


def test_undo_works_after_a_restart(
    open_session: Callable[..., Session], office: Office, profile: Profile, qtbot: QtBot
) -> None:
    # GIVEN a piece recorded before the window was opened
    reading = Reading(PRIORITY, ReadingSource.WEDGE, datetime.now(UTC))
    office.intake.record(office.operator, (reading,))
    session = open_session()
    qtbot.waitUntil(lambda: session.scan.readings.model.rowCount() == 1, timeout=SECONDS)
    # WHEN the button is pressed
    session.scan.readings.undo_button.click()
    # THEN it is taken back
    qtbot.waitUntil(lambda: shipments(office) == [], timeout=SECONDS)
    settle(session, qtbot)
    assert session.scan.band.state.word == "Taken back"


def test_delete_takes_the_chosen_line_back(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    read(session, qtbot, NEXT_DAY, "recorded")
    table = session.scan.readings.table
    table.setCurrentIndex(session.scan.readings.model.index(1, Column.NUMBER))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [one.tracking_number for one in shipments(office)] == [NEXT_DAY], timeout=SECONDS)
    settle(session, qtbot)
    assert session.scan.band.state.word == "Taken back"


def test_enter_on_a_line_opens_the_shipment(session: Session, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    table = session.scan.readings.table
    table.setCurrentIndex(session.scan.readings.model.index(0, Column.NUMBER))
    with qtbot.waitSignal(session.routes.shipment_wanted, timeout=SECONDS):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert session.window.windowTitle() == "Shipments – Mailroom"
    settle(session, qtbot)


def test_a_number_is_typed_and_entered(session: Session, office: Office, qtbot: QtBot) -> None:
    session.scan.entry.number.setText(" 1z 999 aa1 01 2345 6784 ")
    qtbot.keyClick(session.scan.entry.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    assert [one.tracking_number for one in shipments(office)] == [NEXT_DAY]
    assert session.scan.entry.number.text() == ""


def test_rows_of_another_process_appear(session: Session, profile: Profile, qtbot: QtBot) -> None:
    """The command line is another process on the same profile; its rows are seen by looking at the record."""
    settle(session, qtbot)
    beside = open_office(profile.folder, operator="D. Ohara")
    beside.intake.record(beside.operator, (Reading(NEXT_DAY, ReadingSource.TYPED, datetime.now(UTC)),))
    beside.intake.record(beside.operator, (Reading("hello there", ReadingSource.TYPED, datetime.now(UTC)),))
    qtbot.waitUntil(lambda: session.scan.readings.model.rowCount() == 2, timeout=SECONDS)
    close_office(beside)
    assert {line.reading.outcome for line in session.scan.readings.model.lines} == {"recorded", "refused"}


def test_the_model_keeps_qts_rules_and_never_resets(session: Session, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = session.scan.readings.model
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    qtmodeltester.check(model)
    for payload, look in ((PRIORITY, "recorded"), (WRONG, "ask"), ("hello", "refused"), (NEXT_DAY, "recorded")):
        session.scan.recorder.forget()
        read(session, qtbot, payload, look)
    chosen = session.scan.readings.table
    chosen.setCurrentIndex(model.index(1, Column.NUMBER))
    before = chosen.chosen()
    session.scan.record.refresh()
    settle(session, qtbot)
    assert chosen.chosen() == before
    assert resets == []
    assert not model.index(99, 0).isValid()
    assert model.rowCount(QModelIndex(model.index(0, 0))) == 0


def test_pictures_and_pdfs_are_read_page_by_page(session: Session, office: Office, qtbot: QtBot) -> None:
    files = sorted(one for one in SAMPLES.iterdir() if one.suffix in (".png", ".pdf"))
    session.routes.files_dropped.emit(tuple(files))
    assert session.scan.files.busy
    qtbot.waitUntil(lambda: not session.scan.files.busy and not session.runners.busy, timeout=4 * SECONDS)
    assert len(shipments(office)) >= 3
    assert len(session.scan.readings.model.lines) >= len(shipments(office))


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(
    session: Session, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "label.png"
    broken.write_text("not a picture")
    session.scan.entry.files.emit((broken,))
    qtbot.waitUntil(lambda: session.scan.band.state.look == "refused", timeout=SECONDS)
    assert session.scan.band.state.number == "label.png"
    assert session.notices.texts
    assert shipments(office) == []
    qtbot.waitUntil(lambda: not session.scan.files.busy, timeout=SECONDS)


def test_a_pasted_list_is_recorded_line_by_line(session: Session, office: Office, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(f"{PRIORITY}\n\n  {NEXT_DAY}\r\n{REGISTERED}\n")
    session.scan.entry.number.setFocus()
    qtbot.keyClick(session.scan.entry.number, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(shipments(office)) == 3, timeout=SECONDS)
    settle(session, qtbot)
    assert session.scan.entry.number.text() == ""


def test_on_another_page_a_notice_says_what_the_band_says(session: Session, qtbot: QtBot) -> None:
    session.window.show_page("settings")
    session.scan.flow.hear(PRIORITY)
    qtbot.waitUntil(lambda: any("Recorded. 9405 5118" in one for one in session.notices.texts), timeout=SECONDS)
    session.scan.flow.hear(WRONG)
    qtbot.waitUntil(lambda: any(one.startswith("Check digit wrong") for one in session.notices.texts), timeout=SECONDS)
    decide = next(one for one in session.notices.bar.findChildren(QPushButton) if one.text() == "Decide")
    decide.click()
    assert session.window.windowTitle() == "Scan – Mailroom"
    assert isinstance(QApplication.focusWidget(), AnswerButton)
    settle(session, qtbot)


def test_a_mail_run_is_opened_by_its_name_and_closed_with_a_button(
    session: Session, office: Office, qtbot: QtBot
) -> None:
    session.scan.run.run.setEditText("Afternoon")
    read(session, qtbot, PRIORITY, "recorded")
    qtbot.waitUntil(lambda: session.scan._close_run.isVisible(), timeout=SECONDS)
    session.scan._close_run.click()
    qtbot.waitUntil(lambda: session.scan.runs.close_sheet is not None, timeout=SECONDS)
    session.scan.runs.close_sheet.save.click()
    qtbot.waitUntil(lambda: session.scan.band.state.word == "Run closed", timeout=SECONDS)
    settle(session, qtbot)
    assert [run.state for run in office.lists.runs(office.operator)] == ["closed"]
    assert session.scan.run.run_name == ""


def test_first_start_offers_five_settings_and_asks_nothing(
    open_session: Callable[..., Session], office: Office, profile: Profile, qtbot: QtBot
) -> None:
    session = open_session(welcome_done=False)
    card = session.scan.welcome
    assert card is not None
    # THEN a reading is recorded all the same
    read(session, qtbot, PRIORITY, "recorded")
    assert len(shipments(office)) == 1
    qtbot.waitUntil(card.isVisible, timeout=SECONDS)
    # WHEN it is filled in and saved
    card.form.office.setText("Halvorsen & Reyes LLP")
    card.form.zone.setEditText("America/Chicago")
    inputs = [one for one in card.findChildren(Field) if one.isVisible()]
    assert [one.label.text() for one in inputs] == [
        "Your name",
        "Office name",
        "Country",
        "Office address",
        "Time zone",
    ]
    card.save.click()
    qtbot.waitUntil(lambda: session.scan.welcome is None, timeout=SECONDS)
    settle(session, qtbot)
    # THEN it holds, and is not offered again
    assert office.settings.office(office.operator).name == "Halvorsen & Reyes LLP"
    assert office.settings.zone_name() == "America/Chicago"
    assert load_desk(profile).welcome_done


@pytest.mark.parametrize(("size", "text", "beside"), [((1120, 700), 130, False), ((1280, 800), 100, True)])
def test_the_card_of_the_first_start_is_whole_in_a_small_window(
    open_session: Callable[..., Session], qtbot: QtBot, size: tuple[int, int], text: int, beside: bool
) -> None:
    # GIVEN a first start with a large text in a small window, or a usual one
    session = open_session(size, welcome_done=False, text_size=text)
    card, readings = session.scan.welcome, session.scan.readings
    assert card is not None
    qtbot.waitUntil(card.isVisible, timeout=SECONDS)
    settle(session, qtbot)
    # THEN no input of the card is pressed together; today's readings give way where there is no room for both
    qtbot.waitUntil(lambda: readings.isVisible() is beside, timeout=SECONDS)
    qtbot.waitUntil(lambda: card.height() >= card.minimumSizeHint().height(), timeout=SECONDS)
    # WHEN it is put away
    card.later.click()
    settle(session, qtbot)
    # THEN they are there
    assert readings.isVisible()


def test_the_card_of_the_first_start_can_be_put_away(
    open_session: Callable[..., Session], profile: Profile, qtbot: QtBot
) -> None:
    session = open_session(welcome_done=False)
    settle(session, qtbot)
    assert session.scan.welcome is not None
    qtbot.waitUntil(session.scan.welcome.isVisible, timeout=SECONDS)
    session.scan.welcome.later.click()
    settle(session, qtbot)
    assert session.scan.welcome is None
    assert load_desk(profile).welcome_done


@pytest.mark.parametrize("payload", ["\x00\x01\x02", "9" * 400, "ćma – Łódź", "\ud800", "=cmd|' /C calc'!A0"])
def test_strange_payloads_are_kept_or_refused_and_never_break_the_page(
    session: Session, qtbot: QtBot, payload: str
) -> None:
    session.scan.flow.hear(payload)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "refused", timeout=SECONDS)
    settle(session, qtbot)
    assert session.scan.band.state.word == "Not recorded"
    assert session.scan.band.state.number.isprintable()


def test_a_context_menu_offers_what_a_line_can_do(session: Session, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY, "recorded")
    table = session.scan.readings.table
    table.customContextMenuRequested.emit(QPoint(60, 10))
    menu: Any = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Open the shipment", "Take this back"]
    menu.close()
