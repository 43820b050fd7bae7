"""The place beside the band: type or paste a number, drop pictures and PDFs of labels."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from mailroom.ui import theme
from mailroom.ui.dropped import PICTURES, files_of
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card, Symbol
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import ElidedText, Text
from mailroom.wording import _


class DropPlace(QFrame):
    """Takes dropped files; shows what is being read, and stops it."""

    dropped = Signal(object)  # tuple of Path
    choose = Signal()
    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tight = False
        self.setObjectName("drop")
        self.setProperty("over", False)
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Drop pictures or PDFs of labels here"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Symbol("file-plus", 18, "text2"))
        self._words = ElidedText("", 12, 400, "text2")
        row.addWidget(self._words, 1)
        self._choose = Button(_("choose files"), kind="link")
        self._choose.clicked.connect(self.choose)
        row.addWidget(self._choose)
        self._stop = Button(_("Stop"), kind="ghost", tiny=True)
        self._stop.clicked.connect(self.stop)
        row.addWidget(self._stop)
        column.addLayout(row)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Pages read"))
        column.addWidget(self._bar)
        self.show_idle()

    def set_tight(self, *, tight: bool) -> None:
        """Whether it is shown only while something is read."""
        self._tight = tight
        self.setVisible(not tight or not self._stop.isHidden())

    def show_idle(self) -> None:
        """Nothing is being read."""
        self.setHidden(self._tight)
        self._words.set_whole(_("Drop pictures or PDFs, or"))
        self._choose.show()
        self._stop.hide()
        self._bar.hide()

    def show_progress(self, name: str, page: int, pages: int) -> None:
        """A page is being read; `pages` is 0 until known."""
        self.show()
        count = _("{name}, page {page} of {pages}") if pages else _("Reading {name}")
        self._words.set_whole(count.format(name=name, page=page, pages=pages))
        self._choose.hide()
        self._stop.show()
        self._bar.setVisible(pages > 1)
        self._bar.setRange(0, max(pages, 1))
        self._bar.setValue(page - 1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures and PDFs are welcome."""
        if files_of(event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to normal."""
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        self._show_over(over=False)
        files = files_of(event.mimeData().urls())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _show_over(self, *, over: bool) -> None:
        self.setProperty("over", over)
        theme.polish(self)


class NumberEdit(LineEdit):
    """The number's field; a pasted list of numbers is `listed`, one by one."""

    listed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste several lines as several numbers."""
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = [line.strip() for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
            if len(lines) > 1:
                for line in lines:
                    self.listed.emit(line)
                return
        super().keyPressEvent(event)


class EntryCard(Card):
    """`typed` carries a number as typed or pasted, `files` what was dropped or chosen."""

    typed = Signal(str)
    files = Signal(object)
    stop = Signal()
    without_number = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Type, paste or drop"))
        self.body.setSpacing(8)
        self.number = NumberEdit(_("Type or paste, then Enter"), "barcode")
        self.number.listed.connect(self.typed)
        theme.set_font(self.number, 13, 500, tabular=True, slashed=True)
        self.number.returnPressed.connect(self._on_return_pressed)
        self.record = Button(_("Record"), kind="primary")
        self.record.clicked.connect(self._on_return_pressed)
        row = QHBoxLayout()
        row.setSpacing(8)
        field = Field(_("Tracking number"), self.number)
        row.addWidget(field, 1)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.record)
        row.addLayout(column)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.drop = DropPlace()
        self.drop.dropped.connect(self.files)
        self.drop.choose.connect(self._on_choose)
        self.drop.stop.connect(self.stop)
        self.body.addWidget(self.drop)
        self.own = Button(_("No number? Give it one of ours"), kind="link")
        self.own.clicked.connect(self.without_number)
        self.body.addWidget(self.own)
        self._hint = Text(_("A scanner works on every page"), 12, 400, "text3")
        self.body.addWidget(self._hint)
        self.body.addStretch(1)

    def set_low(self, *, low: bool, tight: bool = False) -> None:
        """Only what is needed, in a low window; tight: beside the camera, the place to drop files only while it reads.

        Files can be dropped anywhere in the window.
        """
        self._hint.setVisible(not low)
        self.drop.set_tight(tight=tight)
        self.body.setContentsMargins(16, 8 if tight else 14, 16, 6 if tight else 16)

    def take_back(self, text: str) -> None:
        """Put a refused number back to be corrected."""
        self.number.setText(text)
        self.number.selectAll()

    def _on_return_pressed(self) -> None:
        text = self.number.text().strip()
        if text:
            self.number.clear()
            self.typed.emit(text)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self.window(), _("Pictures or PDFs of labels"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*.{one}" for one in PICTURES)
        dialog.setNameFilters([_("Pictures and PDFs ({endings})").format(endings=endings)])
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    def _on_files_selected(self, names: list[str]) -> None:
        self.files.emit(tuple(Path(name) for name in names))
