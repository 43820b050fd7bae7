"""Dialogs inside the window: Enter submits them, a scanner does not, and a refusal has room."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mailroom.ui import theme
from mailroom.ui.forms import line_of
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, CheckBox, Choice, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.session import Session
from mailroom.ui.snooze_dialog import SnoozeDialog

SECONDS = 60_000
NUMBER = "1Z999AA10123456784"


class Form(Sheet):
    """One control of each sort, and what was pressed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "A form")
        self.pressed: list[str] = []
        self.line, self.search, self.area = LineEdit(), LineEdit(), Area()
        self.choice, self.editable = Choice(("a", "b")), Choice(("a", "b"), editable=True)
        self.tick = CheckBox("Tick")
        for name, one in (("Line", self.line), ("Search", self.search), ("Choice", self.choice)):
            self.body.addWidget(Field(name, one))
        for name, one in (("Editable", self.editable), ("Area", self.area)):
            self.body.addWidget(Field(name, one))
        self.body.addWidget(self.tick)
        self.find = Button("Find")
        self.find.clicked.connect(lambda: self.pressed.append("find"))
        self.body.addWidget(self.find)
        self.cancel = self.add_button(Button("Cancel"))
        self.cancel.clicked.connect(lambda: self.pressed.append("cancel"))
        self.save = self.add_button(Button("Save", kind="primary"))
        self.save.clicked.connect(lambda: self.pressed.append("save"))
        self.enter_presses(self.search, self.find)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    theme.install("light")
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1120, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=SECONDS)
    return made


def focused(control: QWidget) -> QWidget:
    control.setFocus()
    return control.focusProxy() or control


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_primary_button_in_every_control_of_one_line(
    window: QWidget, qtbot: QtBot, key: Qt.Key
) -> None:
    form = Form(window)
    form.open()
    for control in (form.line, form.choice, form.editable, form.tick):
        form.pressed.clear()
        qtbot.keyClick(focused(control), key)
        assert form.pressed == ["save"], control.accessibleName()
    # a line with a button of its own has that one pressed; Cancel does not save
    form.pressed.clear()
    qtbot.keyClick(focused(form.search), key)
    qtbot.keyClick(focused(form.cancel), key)
    assert form.pressed == ["find", "cancel"]  # on a button it presses that one
    # and a button that is off stays off
    form.pressed.clear()
    form.save.disable("not yet")
    qtbot.keyClick(focused(form.line), key)
    assert form.pressed == []


def test_in_a_text_of_several_lines_enter_is_a_line_and_ctrl_enter_submits(window: QWidget, qtbot: QtBot) -> None:
    form = Form(window)
    form.open()
    form.area.setPlainText("one")
    qtbot.keyClick(focused(form.area), Qt.Key.Key_Return)
    assert (form.area.blockCount(), form.pressed) == (2, [])
    qtbot.keyClick(form.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (form.area.blockCount(), form.pressed) == (2, ["save"])


def test_what_a_scanner_reads_in_a_dialog_is_recorded_and_presses_nothing(
    session: Session, keyboard: Any, qtbot: QtBot
) -> None:
    dialog = SnoozeDialog(session.window, "an alert", date(2026, 11, 20))
    snoozed: list[object] = []
    dialog.snoozed.connect(lambda *_what: snoozed.append(_what))
    dialog.open()
    reason = line_of(dialog.reason)
    reason.setFocus()

    # a person's Enter presses the button
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(reason.property("refused")), timeout=SECONDS)

    # WHEN all is filled in and a scanner sends its Enter, THEN nothing is put off
    reason.setText("recipient is away")
    keyboard.scan(NUMBER)
    qtbot.waitUntil(lambda: keyboard.done, timeout=SECONDS)
    recorded: Callable[[], bool] = lambda: any(  # noqa: E731
        one.reading.row is not None for one in session.scan.readings.model.lines
    )
    qtbot.waitUntil(recorded, timeout=SECONDS)
    assert (snoozed, reason.text()) == ([], "recipient is away")
    dialog.reject()


def test_a_refusal_gets_room_and_gives_it_back(window: QWidget, qtbot: QtBot) -> None:
    dialog = SnoozeDialog(window, "an alert", date(2026, 11, 20))
    dialog.open()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    before = dialog.pane.height()

    dialog.snooze_button.click()

    qtbot.waitUntil(lambda: dialog.pane.height() > before, timeout=SECONDS)
    assert not area.verticalScrollBar().isVisible()
    assert area.viewport().width() >= dialog.reason.mapTo(area, dialog.reason.rect().topRight()).x()
    dialog.reason.accept()
    qtbot.waitUntil(lambda: dialog.pane.height() == before, timeout=SECONDS)
    dialog.reject()


def test_a_dialog_that_is_too_high_scrolls_and_cuts_nothing_at_the_right(window: QWidget, qtbot: QtBot) -> None:
    form = Form(window)
    field = Field("Another", LineEdit())
    form.body.addWidget(field)
    for number in range(9):
        form.body.addWidget(Field(f"Field {number}", LineEdit()))
    form.open()
    area = form.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(area.verticalScrollBar().isVisible, timeout=SECONDS)
    before = field.height()
    field.refuse("This would not do, since it is a sentence that is so long that it takes two lines or even three.")
    qtbot.waitUntil(lambda: field.height() > before, timeout=SECONDS)
    assert area.viewport().width() >= field.mapTo(area, field.rect().topRight()).x()
