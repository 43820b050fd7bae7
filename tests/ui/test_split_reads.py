"""A read whose first keys reach a field before a busy computer hears the rest: whole on record, the field as before."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mailroom.ui.session import Session

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
SHORT = "986578788855"


def held_up(keyboard: Any, qtbot: QtBot, payload: str, after: int) -> None:
    """Send a payload; the rest comes once the field shows its first keys."""
    field = QApplication.focusWidget()
    edit = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(edit, QLineEdit)
    for char in payload[:after]:
        keyboard.press(field, char)
    qtbot.waitUntil(lambda: payload[:after] in edit.text(), timeout=SECONDS)
    keyboard.scan(payload[after:])
    qtbot.waitUntil(lambda: keyboard.done, timeout=SECONDS)


def lines(session: Session) -> list[tuple[str, str]]:
    model = session.scan.readings.model
    return [
        (one.reading.outcome, one.reading.row.shipment.tracking_number if one.reading.row else "")
        for one in model.lines
    ]


@pytest.mark.parametrize("after", [1, 2, 5])
def test_a_read_held_up_behind_its_first_keys_is_recorded_whole_and_leaves_the_field_as_it_was(
    session: Session, keyboard: Any, qtbot: QtBot, after: int
) -> None:
    # GIVEN a word in the search, a part of which is selected
    session.window.show_page("shipments")
    field = next(one for one in session.window.page("shipments").findChildren(QLineEdit) if one.isVisible())
    field.setText("Lakeshore")
    field.setFocus()
    field.setSelection(4, 2)
    heard: list[str] = []
    field.textEdited.connect(heard.append)
    for char in PRIORITY[:after]:
        keyboard.press(field, char)
    qtbot.waitUntil(lambda: field.text() == f"Lake{PRIORITY[:after]}ore", timeout=SECONDS)
    # WHEN the rest of a read comes
    keyboard.scan(PRIORITY[after:])
    qtbot.waitUntil(lambda: lines(session) == [("recorded", PRIORITY)], timeout=SECONDS)
    # THEN the word is there as before, and who searches by it has heard so
    assert (field.text(), field.selectedText(), heard[-1]) == ("Lakeshore", "sh", "Lakeshore")


def test_a_box_to_choose_from_is_as_it_was_too(session: Session, keyboard: Any, qtbot: QtBot) -> None:
    box = session.scan.run.department
    box.setEditText("Post")
    box.setFocus()
    held_up(keyboard, qtbot, PRIORITY, 2)
    qtbot.waitUntil(lambda: lines(session) == [("recorded", PRIORITY)], timeout=SECONDS)
    assert box.currentText() == "Post"


def test_what_was_typed_meanwhile_is_never_touched(session: Session, keyboard: Any, qtbot: QtBot) -> None:
    # GIVEN the first keys of a read in a field, and then other words there
    session.window.open_find()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    keyboard.press(field, PRIORITY[0])
    qtbot.waitUntil(lambda: field.text() == PRIORITY[0], timeout=SECONDS)
    field.setText("Lakeshore")
    # WHEN the rest comes
    keyboard.scan(PRIORITY[1:])
    # THEN the number is whole and the words stay
    qtbot.waitUntil(lambda: lines(session) == [("recorded", PRIORITY)], timeout=SECONDS)
    assert field.text() == "Lakeshore"


def test_a_short_number_right_behind_another_key_is_asked_about_and_kept_on_the_clerks_word(
    session: Session, keyboard: Any, qtbot: QtBot
) -> None:
    session.window.open_find()
    held_up(keyboard, qtbot, f"3{SHORT}", 1)
    qtbot.waitUntil(lambda: lines(session) == [("asked", "")], timeout=SECONDS)
    assert "beginning may be missing" in session.scan.band.state.why
    session.scan.flow.keep()
    qtbot.waitUntil(lambda: ("recorded", SHORT) in lines(session), timeout=SECONDS)
