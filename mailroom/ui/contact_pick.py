"""Entries of the address book under a line while a name is typed: arrows and Enter or a click take one, Esc closes."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from mailroom.domain.contacts import Contact
from mailroom.domain.shipment import Party
from mailroom.ui import theme
from mailroom.ui.page import Bench
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.notices import announce
from mailroom.wording import _, plural
from mailroom.wording.plain import one_line

_SETTLE = 120  # ms after a key before the book is asked
_LEAST = 2  # characters
_MOST = 8
_CONTACT = int(Qt.ItemDataRole.UserRole)


class ContactPick(QObject):
    """Belongs to one line; `chosen` carries a Contact. The focus stays in the line."""

    chosen = Signal(object)

    def __init__(self, bench: Bench, line: LineEdit) -> None:
        super().__init__(line)
        self._bench = bench
        self._line = line
        self.list: QListWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._ask)
        line.textEdited.connect(self._timer.start)
        line.installEventFilter(self)

    @property
    def open(self) -> bool:
        """Whether the list is shown."""
        return self.list is not None and self.list.isVisible()

    def close(self) -> None:
        """Hide the list."""
        self._timer.stop()
        if self.list is not None:
            self.list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, Enter takes, Esc closes; anything else is the line's."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self.open:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        item = self.list.currentItem() if self.list is not None else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_clicked(item)
            return True
        return False

    # within

    def _ask(self) -> None:
        text, office = self._line.text().strip(), self._bench.office
        if len(text) < _LEAST:
            self.close()
            return
        self._bench.runners.run(
            "reader",
            lambda: (text, office.address_book.find(office.operator, text, _MOST)),
            self._on_found,
            self._bench.notices.show,
        )

    def _on_found(self, answer: tuple[str, tuple[Contact, ...]]) -> None:
        text, found = answer
        if text != self._line.text().strip() or not self._line.hasFocus():
            return
        if not found:
            self.close()
            return
        shown = self._made()
        shown.clear()
        for contact in found:
            item = QListWidgetItem(contact_line(contact.party))
            item.setData(_CONTACT, contact)
            shown.addItem(item)
        self._place(shown)
        announce(self._line, plural("{n} entry of the address book", "{n} entries of the address book", len(found)))

    def _made(self) -> QListWidget:
        window = self._line.window()
        if self.list is None:
            self.list = QListWidget(window)
            self.list.setObjectName("suggestions")
            self.list.setAccessibleName(_("Entries of the address book"))
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
            self.list.itemClicked.connect(self._on_clicked)
            self._line.destroyed.connect(self.list.deleteLater)
        theme.set_font(self.list, 13)
        return self.list

    def _place(self, shown: QListWidget) -> None:
        window = self._line.window()
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        height = shown.sizeHintForRow(0) * shown.count() + 2 * shown.frameWidth() + 10
        width = max(self._line.width(), theme.px(300))
        left = min(corner.x(), window.width() - width - 8)
        shown.setGeometry(left, corner.y(), width, min(height, window.height() - corner.y() - 8))
        shown.show()
        shown.raise_()

    def _move(self, by: int) -> None:
        if self.list is None:
            return
        at = max(0, min(self.list.count() - 1, self.list.currentRow() + by))
        self.list.setCurrentRow(at)
        announce(self._line, self.list.item(at).text())

    def _on_clicked(self, item: QListWidgetItem) -> None:
        contact = item.data(_CONTACT)
        self.close()
        self.chosen.emit(contact)


def contact_line(party: Party) -> str:
    """An entry in one line: name, company, street, town."""
    town = " ".join(part for part in (party.city, party.region, party.postal_code) if part)
    country = party.country if party.country != "US" else ""
    return one_line(" · ".join(part for part in (party.name, party.company, *party.address, town, country) if part))
