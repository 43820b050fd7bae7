"""A scanner is heard in any widget of any page and leaves no trace there; a person types as ever."""

import threading
import time
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailroom.ui.session import Session
from mailroom.ui.wedge import Wedge

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
NEXT_DAY = "1Z999AA10123456784"


class Listener(Wedge):
    """A wedge that remembers what it heard."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.read.connect(self._on_read)

    def _on_read(self, payload: str) -> None:
        self.heard.append(payload)


class Form(QWidget):
    """A field, a button and a shortcut, each of which remembers what happened to it."""

    def __init__(self) -> None:
        super().__init__()
        self.happened: list[str] = []
        self.field = QLineEdit()
        self.button = QPushButton("Delete all")
        self.button.clicked.connect(self._on_clicked)
        self.field.returnPressed.connect(self._on_return)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        shortcut = QShortcut(QKeySequence("Ctrl+D"), self)
        shortcut.activated.connect(self._on_shortcut)

    def _on_clicked(self) -> None:
        self.happened.append("clicked")

    def _on_return(self) -> None:
        self.happened.append("return")

    def _on_shortcut(self) -> None:
        self.happened.append("shortcut")


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus, timeout=SECONDS)
    return made


@pytest.fixture
def wedge(qtbot: QtBot) -> Any:
    made = Listener()
    made.install()
    yield made
    made.remove()


def scan(keyboard: Any, qtbot: QtBot, payload: str, suffix: str = "\r") -> None:
    keyboard.scan(payload, suffix)
    qtbot.waitUntil(lambda: keyboard.done, timeout=SECONDS)


def test_a_burst_is_heard_and_leaves_the_field_as_it_was(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot
) -> None:
    form.field.setText("Lakeshore")
    scan(keyboard, qtbot, PRIORITY)
    assert wedge.heard == [PRIORITY]
    assert form.field.text() == "Lakeshore"
    assert form.happened == []


def test_neither_buttons_nor_shortcuts_fire_inside_a_burst(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot
) -> None:
    # GIVEN the focus on a button, and a payload with Ctrl+D, blanks, and GS as scanners send it
    form.button.setFocus()
    qtbot.waitUntil(form.button.hasFocus, timeout=SECONDS)
    payload = "[)>\x1d01 02\x04 96 \x1dUPSN"
    # WHEN it is scanned, ended with Tab and Enter as some scanners do
    scan(keyboard, qtbot, payload, "\t")
    keyboard.press(form.button, "\r")
    # THEN the payload is whole and nothing was started
    assert wedge.heard == [payload]
    assert form.happened == []
    assert form.button.hasFocus()


def test_a_leading_group_separator_is_part_of_the_payload(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot
) -> None:
    scan(keyboard, qtbot, "\x1d420550129405511899223197428490")
    assert wedge.heard == ["\x1d420550129405511899223197428490"]
    assert form.field.text() == ""


def test_a_scanner_without_a_suffix_is_heard_after_a_moment(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot
) -> None:
    scan(keyboard, qtbot, NEXT_DAY, "")
    qtbot.waitUntil(lambda: wedge.heard == [NEXT_DAY], timeout=SECONDS)
    assert form.field.text() == ""


def test_two_bursts_at_once_are_two_payloads(form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot) -> None:
    scan(keyboard, qtbot, f"{PRIORITY}\r{NEXT_DAY}")
    assert wedge.heard == [PRIORITY, NEXT_DAY]


def test_a_busy_window_does_not_break_a_burst_in_two(form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot) -> None:
    # GIVEN a scanner whose keys the system stamped one millisecond apart
    stamp = int(time.monotonic() * 1000)
    for at, char in enumerate(PRIORITY[:9]):
        keyboard.press(form.field, char, stamp + at)
    # WHEN the window is busy for a while before it hears the rest
    threading.Event().wait(0.15)
    for at, char in enumerate(f"{PRIORITY[9:]}\r", 9):
        keyboard.press(form.field, char, stamp + at)
    # THEN it is one payload
    assert wedge.heard == [PRIORITY]
    assert form.field.text() == ""


def test_a_person_types_every_character_in_order(form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot) -> None:
    # GIVEN a typist who sees each character before typing the next one
    text = "Żaneta Wójcik, 5 Ćma – Łódź 12"
    for at, char in enumerate(text, 1):
        keyboard.press(form.field, char)
        qtbot.waitUntil(lambda at=at: form.field.text() == text[:at], timeout=SECONDS)
    # WHEN Enter is pressed
    keyboard.press(form.field, "\r")
    # THEN it arrives once, and no scanner was heard
    assert form.happened == ["return"]
    assert wedge.heard == []


def test_two_keys_rolled_over_each_other_arrive_in_order(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot
) -> None:
    for char in "the":
        keyboard.press(form.field, char)
    qtbot.waitUntil(lambda: form.field.text() == "the", timeout=SECONDS)
    assert wedge.heard == []


def test_a_persons_shortcut_and_space_still_work(form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot) -> None:
    form.button.setFocus()
    keyboard.press(form.button, " ")
    qtbot.waitUntil(lambda: form.happened == ["clicked"], timeout=SECONDS)
    keyboard.press(form.button, "a")
    keyboard.press(form.button, "\x04")  # so close behind a letter that it is held for a moment
    qtbot.waitUntil(lambda: form.happened == ["clicked", "shortcut"], timeout=SECONDS)
    assert wedge.heard == []


def test_keys_held_when_the_window_loses_the_keyboard_are_not_lost(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot
) -> None:
    keyboard.press(form.field, "x")
    wedge.remove()
    assert form.field.text() == "x"
    wedge.install()


@pytest.mark.parametrize("page", ["scan", "shipments", "settings"])
def test_a_scanner_is_heard_with_the_focus_in_every_input_of_a_page(
    session: Session, keyboard: Any, qtbot: QtBot, page: str
) -> None:
    """A number in every input: each is recorded, and no text changes."""
    scan(keyboard, qtbot, NEXT_DAY)
    qtbot.waitUntil(lambda: heard(session, NEXT_DAY), timeout=SECONDS)
    session.window.show_page(page)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    shown = session.window.page(page)
    inputs = [one for one in shown.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()]
    assert inputs
    for at, field in enumerate(inputs):
        field.setFocus()
        before = field.text()
        number = usps(at)
        scan(keyboard, qtbot, number)
        qtbot.waitUntil(lambda number=number: heard(session, number), timeout=SECONDS)
        assert field.text() == before or field in piece_inputs(session)


def test_a_scanner_is_heard_while_find_is_open(session: Session, keyboard: Any, qtbot: QtBot) -> None:
    session.window.open_find()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    scan(keyboard, qtbot, PRIORITY)
    qtbot.waitUntil(lambda: heard(session, PRIORITY), timeout=SECONDS)
    assert field.text() == ""


def heard(session: Session, number: str) -> bool:
    lines = session.scan.readings.model.lines
    return any(one.reading.row is not None and one.reading.row.shipment.tracking_number == number for one in lines)


def piece_inputs(session: Session) -> tuple[QWidget, ...]:
    """These show the piece just recorded, so their text does change with it."""
    return tuple(session.scan.piece.findChildren(QLineEdit))


def usps(serial: int) -> str:
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"
