"""Bad input from keyboards, by the ids of `tests/data/bad_inputs.csv`: heard whole, and nothing else is started."""

from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailroom.ui.wedge import Wedge

SECONDS = 60_000
NUMBER = "9405511899223197428490"


class Listener(Wedge):
    """A wedge that remembers what it heard."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.read.connect(self._on_read)

    def _on_read(self, payload: str) -> None:
        self.heard.append(payload)


class Form(QWidget):
    """A field, and a button and a shortcut that must not be started."""

    def __init__(self) -> None:
        super().__init__()
        self.started = 0
        self.field = QLineEdit()
        self.button = QPushButton("Delete all")
        self.button.clicked.connect(self._on_started)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(self._on_started)

    def _on_started(self) -> None:
        self.started += 1


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
def wedge() -> Any:
    made = Listener()
    made.install()
    yield made
    made.remove()


@pytest.mark.parametrize(
    ("payload", "suffix"),
    [
        pytest.param("\x1d42055012\x1d9405511899223197428490", "\r", id="B004"),
        pytest.param("[)>\x1d01 02\x04 96 \x1dUPSN", "\t", id="B005"),
        pytest.param(NUMBER, "", id="B019"),
        pytest.param(NUMBER, "\r", id="B019-enter"),
    ],
)
def test_a_burst_is_heard_whole_and_starts_nothing(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot, payload: str, suffix: str
) -> None:
    form.field.setText("Lakeshore")
    form.button.setFocus()
    qtbot.waitUntil(form.button.hasFocus, timeout=SECONDS)
    keyboard.scan(payload, suffix)
    qtbot.waitUntil(lambda: wedge.heard == [payload], timeout=SECONDS)
    assert form.field.text() == "Lakeshore"
    assert form.started == 0


@pytest.mark.parametrize("bad", ["B020"])
def test_what_a_person_types_stays_in_its_field(
    form: Form, wedge: Listener, keyboard: Any, qtbot: QtBot, bad: str
) -> None:
    # GIVEN a typist who sees each character before the next one
    text = NUMBER[:9]
    for at, char in enumerate(text, 1):
        keyboard.press(form.field, char)
        qtbot.waitUntil(lambda at=at: form.field.text() == text[:at], timeout=SECONDS)
    # THEN it is text in the field, and no scanner was heard
    assert wedge.heard == [], bad


@pytest.mark.parametrize("bad", ["B037"])
def test_a_thousand_bursts_are_told_apart(bad: str) -> None:
    from mailroom.capture.keystrokes import KeystrokeGate

    gate: KeystrokeGate[int] = KeystrokeGate()
    heard, now = [], 0.0
    for n in range(1000):
        for char in f"94055118992231974{n:05d}\r":
            now += 1.0
            step = gate.feed(0, char, now)
            if step.payload is not None:
                heard.append(step.payload)
    assert heard == [f"94055118992231974{n:05d}" for n in range(1000)], bad
