"""Inputs with their label above as a buddy, a hint or unit, and a sentence below when refused."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.labels import Text, plain_tip


class LineEdit(QLineEdit):
    """A line to type in; `icon` stands inside at the left, `unit` inside at the right."""

    def __init__(self, placeholder: str = "", icon: str = "", unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._unit = icon, unit
        self.setPlaceholderText(placeholder)
        theme.set_font(self, 13)
        self.restyle()

    @property
    def unit(self) -> str:
        """The unit shown inside."""
        return self._unit

    def set_unit(self, unit: str) -> None:
        """Show another unit, such as a currency."""
        self._unit = unit
        self.restyle()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Undo in a line that has nothing of its own to undo is the page's."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():  # type: ignore[attr-defined]
            event.ignore()
            return False
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Text may be dropped; files are for the window, and their addresses are no text."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def fill(self, text: str) -> None:
        """Set the text and show its beginning."""
        self.setText(text)
        self.setCursorPosition(0)

    def restyle(self) -> None:
        """Keep room for icon and unit."""
        left = theme.px(26) if self._icon else 0
        right = self.fontMetrics().horizontalAdvance(self._unit) + 8 if self._unit else 0
        self.setTextMargins(left, 0, right, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, then icon and unit over it."""
        super().paintEvent(event)
        if not self._icon and not self._unit:
            return
        painter = QPainter(self)
        colours = tokens.current()
        if self._icon:
            size = theme.px(16)
            paint_icon(painter, self._icon, 10, (self.height() - size) / 2, size, colours.text3)
        if self._unit:
            painter.setFont(theme.font(12))
            painter.setPen(colours.text2)
            box = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)


class Choice(QComboBox):
    """A drop-down; `editable` ones take new words and complete known ones."""

    def __init__(self, choices: tuple[str, ...] = (), *, editable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(editable)
        self.setView(QListView(self))
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.set_font(self, 13)
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_editing_finished)
            line.setAcceptDrops(False)  # files are for the window
            line.setObjectName("inner")
            line.setStyleSheet("QLineEdit#inner { border: 0; padding: 0; min-height: 0; background: transparent; }")
            completer = QCompleter(QStringListModel(self), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)
        self.set_choices(choices)

    def setEditText(self, text: str) -> None:
        """Set the text and show its beginning."""
        super().setEditText(text)
        self._on_editing_finished()

    def set_choices(self, choices: tuple[str, ...]) -> None:
        """Offer these words; what is typed or chosen stays."""
        before = self.currentText()
        blocked = self.blockSignals(True)
        self.clear()
        self.addItems(list(choices))
        if self.isEditable():
            self.setEditText(before)
            completer = self.completer()
            model = completer.model() if completer is not None else None
            if isinstance(model, QStringListModel):
                model.setStringList(list(choices))
        else:
            self.setCurrentIndex(max(0, self.findText(before)))
        self.blockSignals(blocked)

    def _on_editing_finished(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
            cut = line.fontMetrics().horizontalAdvance(line.text()) > line.width() - 4
            line.setToolTip(plain_tip(line.text()) if cut else "")

    def setAccessibleName(self, name: str) -> None:
        """Name the box and the line inside it alike."""
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the box scrolls the page and never changes a choice."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, its text and a chevron."""
        painter = QPainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        colours = tokens.current()
        size = theme.px(16)
        if not self.isEditable():
            box = QRect(12, 0, self.width() - size - 26, self.height())
            shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, box.width())
            painter.setPen(colours.text if self.isEnabled() else colours.text3)
            painter.setFont(self.font())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        x = self.width() - size - 8
        paint_icon(painter, "chevron-down", x, (self.height() - size) / 2, size, colours.text2)


class Area(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next control."""

    def __init__(self, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        theme.set_font(self, 13)
        self.restyle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """As in a line: files are for the window."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def restyle(self) -> None:
        """As high as its lines."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 22)


class CheckBox(QCheckBox):
    """A check box of 18 px, painted from the tokens."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        theme.set_font(self, 13)

    def hitButton(self, position: QPoint) -> bool:
        """The whole row answers to the mouse."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick and text in the colours of now."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(18)
        top = (self.height() - size) / 2
        box = QRect(0, int(top), size, size)
        painter.setPen(colours.accent if self.isChecked() else colours.line2)
        painter.setBrush(colours.accent if self.isChecked() else colours.surface)
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 4, 4)
        if self.isChecked():
            paint_icon(painter, "check", 2, top + 2, size - 4, colours.on_accent)
        painter.setPen(colours.text if self.isEnabled() else colours.text3)
        painter.setFont(self.font())
        text = self.rect().adjusted(size + 8, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())

    def sizeHint(self) -> QSize:
        """Box, gap and text."""
        width = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        return QSize(theme.px(18) + 10 + width, theme.px(24))


class Field(QWidget):
    """An input under its label. The label is its buddy and gives it its accessible name."""

    def __init__(self, label: str, control: QWidget, hint: str = "", *, pinned: bool = False) -> None:
        super().__init__()
        self.control = control
        self._label = label
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.label = Text(label, 12, 500, "text2")
        self.label.setBuddy(control)
        row.addWidget(self.label)
        row.addStretch(1)
        self.hint = Text(hint, 12, 400, "text3")
        if hint:
            row.addWidget(self.hint)
        if pinned:
            row.addWidget(Symbol("pin", 14, "accent"))
        column.addLayout(row)
        column.addWidget(control)
        self._trouble = QWidget()
        below = QHBoxLayout(self._trouble)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(Symbol("alert-triangle", 14, "bad"), 0, Qt.AlignmentFlag.AlignTop)
        self._sentence = Text("", 12, 500, "bad", wrap=True)
        below.addWidget(self._sentence, 1)
        self._trouble.hide()
        column.addWidget(self._trouble)
        column.addStretch(1)
        control.setAccessibleName(label)

    def refuse(self, sentence: str) -> None:
        """Mark the input as not accepted, with a sentence that says what would do."""
        self._mark(refused=True)
        self.control.installEventFilter(self)  # until then, its events need no look of ours
        self._sentence.setText(sentence)
        self._trouble.show()
        self.control.setAccessibleDescription(sentence)

    def accept(self) -> None:
        """Take the mark away."""
        if self.control.property("refused"):
            self._mark(refused=False)
            self.control.removeEventFilter(self)
            self._trouble.hide()
            self.control.setAccessibleDescription("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A sentence goes as soon as the input is typed in again."""
        if event.type() == QEvent.Type.KeyPress:
            self.accept()
        return False

    def _mark(self, *, refused: bool) -> None:
        self.control.setProperty("refused", refused)
        theme.polish(self.control)
