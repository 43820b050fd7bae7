"""Runs Mailroom's own start with an eye in it: a test asks over a socket what the widgets show, by accessible name.

python eye.py DESCRIPTOR [ARGUMENTS of mailroom]. One JSON object a line in, one out, answered in the GUI thread.
Nothing of the program is replaced; keys and clicks come from the X server, not from here.
"""

import json
import runpy
import socket
import sys
import threading
import traceback
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mailroom.ui.theme import every_widget

MOST_ROWS = 300  # of a table, in one answer
Answer = dict[str, Any]


class Eye(QObject):
    """Hears requests in a thread of its own and answers them between two events of the window."""

    asked = Signal(object)

    def __init__(self, line: socket.socket) -> None:
        super().__init__()
        self._line = line.makefile("rwb")
        self.asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._line:
            self.asked.emit(json.loads(line))

    def _on_asked(self, request: dict[str, Any]) -> None:
        try:
            answer = ANSWERS[request.pop("what")](**request)
        except Exception:  # a fault of the eye is the test's, not the program's
            answer = {"fault": traceback.format_exc()}
        self._line.write(json.dumps(answer).encode() + b"\n")
        self._line.flush()


def shown() -> list[QWidget]:
    """The visible widgets, those of the dialog that has the focus first."""
    visible = [one for one in every_widget() if one.isVisible()]
    focus = QApplication.focusWidget()
    dialogs = [one for one in visible if isinstance(one, QDialog) and focus is not None and one.isAncestorOf(focus)]
    return sorted(visible, key=lambda one: not any(dialog.isAncestorOf(one) for dialog in dialogs))


def named(name: str) -> list[QWidget]:
    """The visible widgets of this accessible name; the label of a field is not meant where the field is there."""
    found = [one for one in shown() if spoken(one)[0] == name]
    return [one for one in found if not isinstance(one, QLabel)] or found


def spoken(widget: QWidget) -> tuple[str, str]:
    """Name and value of a widget as a screen reader is told them."""
    voice = QAccessible.queryAccessibleInterface(widget)
    if voice is None:
        return "", ""
    name, value = voice.text(QAccessible.Text.Name), voice.text(QAccessible.Text.Value)
    if isinstance(widget, QComboBox):  # on Linux Qt gives its value as its name, and leaves the name to the label
        labels = [one.text() for one in widget.window().findChildren(QLabel) if one.buddy() is widget]
        name = widget.accessibleName() or " ".join(labels)
    return name, value


def look(name: str = "", begins: str = "") -> Answer:
    """The visible widgets of a name, or whose name begins so: what they say, where on the screen they are."""
    found = [one for one in shown() if spoken(one)[0].startswith(begins)] if begins else named(name)
    return {"found": [_described(one, *spoken(one)) for one in found]}


def fields() -> Answer:
    """The visible fields that take text."""
    found = [one for one in shown() if isinstance(one, QLineEdit | QPlainTextEdit)]
    return {"found": [_described(one, *spoken(one)) for one in found]}


def _described(widget: QWidget, name: str, value: str) -> Answer:
    middle = widget.mapToGlobal(widget.rect().center())
    return {
        "kind": type(widget).__name__,
        "name": name,
        "value": value,
        "focus": widget.hasFocus(),
        "enabled": widget.isEnabled(),
        "middle": [middle.x(), middle.y()],
    }


def rows(name: str) -> Answer:
    """The rows of a table or list, its cells as a screen reader is told them, and the rows that are selected."""
    views = [one for one in named(name) if isinstance(one, QAbstractItemView)]
    if len(views) != 1 or views[0].model() is None:
        return {"rows": None, "selected": []}
    model, read = views[0].model(), []
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()  # private in a list
    for at in range(min(model.rowCount(), MOST_ROWS)):
        cells = [model.index(at, column) for column in range(columns)]
        read.append([str(one.data(Qt.ItemDataRole.AccessibleTextRole) or one.data() or "") for one in cells])
    chosen = views[0].selectionModel()
    return {"rows": read, "selected": sorted({one.row() for one in chosen.selectedIndexes()} if chosen else ())}


def row_middle(name: str, row: int) -> Answer:
    """Where on the screen a row is, once scrolled to."""
    view = next(one for one in named(name) if isinstance(one, QAbstractItemView))
    index = view.model().index(row, 0)
    view.scrollTo(index)
    middle = view.viewport().mapToGlobal(QPoint(view.viewport().width() // 3, view.visualRect(index).center().y()))
    return {"middle": [middle.x(), middle.y()]}


def state() -> Answer:
    """The window's title and number, whether it has the keyboard, and the name of the widget that has the focus."""
    focus, active = QApplication.focusWidget(), QApplication.activeWindow()
    tops = [one for one in every_widget() if one.isWindow() and one.isVisible() and one.windowTitle()]
    main = next((one for one in tops if "Mailroom" in one.windowTitle()), None)
    return {
        "title": main.windowTitle() if main else "",
        "window": int(main.winId()) if main else 0,
        "active": active is not None,
        "active_window": int(active.winId()) if active else 0,
        "focus": spoken(focus)[0] if focus else "",
        "names": sorted({spoken(one)[0] for one in every_widget() if one.isVisible()} - {""}),
    }


def drop(name: str, files: list[str]) -> Answer:
    """Drag files over a widget and drop them, as the desktop would; whether it wanted them."""
    widget = named(name)[0]
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(one) for one in files])
    where, left, none = widget.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where, Qt.DropAction.CopyAction, carried, left, none)
    QApplication.sendEvent(widget, entering)
    if not entering.isAccepted():
        return {"taken": False}
    falling = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, carried, left, none)
    QApplication.sendEvent(widget, falling)
    return {"taken": falling.isAccepted()}


ANSWERS = {"look": look, "fields": fields, "rows": rows, "row_middle": row_middle, "state": state, "drop": drop}

if __name__ == "__main__":
    eye = Eye(socket.socket(fileno=int(sys.argv[1])))
    sys.argv = ["mailroom", *sys.argv[2:]]
    runpy.run_module("mailroom", run_name="__main__", alter_sys=True)
