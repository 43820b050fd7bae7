"""Find (Ctrl+K): any shipment by any part of what is known of it, and everything that can be started."""

import logging
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mailroom.domain.register import ShipmentFilter, ShipmentPage, ShipmentRow
from mailroom.errors import MailroomError
from mailroom.ui import theme, tokens
from mailroom.ui.actions import Action
from mailroom.ui.icons import qicon
from mailroom.ui.page import Bench
from mailroom.ui.parts.chip import STATUS_LOOKS
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.statuses import standing_word

_LIMIT = 8
_WAIT = 60  # ms after the last key before the record is asked
_TARGET = int(Qt.ItemDataRole.UserRole)

_log = logging.getLogger(__name__)


class FindSheet(Sheet):
    """A search field over a list of shipments and actions; Enter opens the chosen one."""

    def __init__(self, window: QWidget, bench: Bench, actions: Iterable[Action]) -> None:
        super().__init__(window, _("Find"), width=640)
        self._bench = bench
        self._actions = tuple(actions)
        self._asked = 0
        self.field = LineEdit(_("Number, recipient, order, department – or something to do"), "search")
        self.body.addWidget(Field(_("Find anything"), self.field))
        self.results = QListWidget()
        self.results.setAccessibleName(_("Found"))
        self.results.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.results.setFixedHeight(theme.px(360))
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.set_font(self.results, 13)
        self.body.addWidget(self.results)
        self.note.setText(_("Arrow keys choose, Enter opens, Esc closes"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._on_time_to_ask)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.results.itemActivated.connect(self._on_item_activated)
        self.results.itemClicked.connect(self._on_item_activated)
        self._show_actions()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys and Enter in the field work on the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            rows = self.results.count()
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and rows:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.results.setCurrentRow((self.results.currentRow() + step) % rows)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.results.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self) -> None:
        self._show_actions()
        self._timer.start()

    def _on_time_to_ask(self) -> None:
        text = self.field.text().strip()
        if not text:
            return
        self._asked += 1
        asked, office = self._asked, self._bench.office
        self._bench.runners.run(
            "reader",
            lambda: (asked, office.shipments.find(office.operator, ShipmentFilter(text=text), _LIMIT)),
            self._on_found,
            self._on_failed,
        )

    def _on_found(self, answer: tuple[int, ShipmentPage]) -> None:
        asked, page = answer
        if asked != self._asked:
            return
        self._show_actions()
        for at, row in enumerate(page.rows):
            self.results.insertItem(at, self._shipment_item(row))
        if not self.results.count():
            nothing = QListWidgetItem(_("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.results.addItem(nothing)
        self.results.setCurrentRow(0)
        self.results.setAccessibleDescription(plural("{n} shipment", "{n} shipments", len(page.rows)))

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, MailroomError):
            raise error
        self._bench.notices.show(error)

    def _show_actions(self) -> None:
        wanted = self.field.text().strip().casefold()
        self.results.clear()
        for action in self._actions:
            if all(part in action.title.casefold() for part in wanted.split()):
                keys = f"   {action.keys}" if action.keys else ""
                item = QListWidgetItem(f"{action.title}{keys}")
                self._dress(item, action.icon, action)
                self.results.addItem(item)
        if self.results.count():
            self.results.setCurrentRow(0)

    def _shipment_item(self, row: ShipmentRow) -> QListWidgetItem:
        shipment = row.shipment
        recipient = shipment.fields.recipient
        parts = (
            grouped(shipment.tracking_number),
            one_line(recipient.company or recipient.name),
            carrier_and_service(shipment),
            standing_word(shipment.status, unsure=shipment.unsure),
        )
        item = QListWidgetItem(" · ".join(part for part in parts if part))
        self._dress(item, STATUS_LOOKS[shipment.status][1], shipment.id)
        return item

    def _dress(self, item: QListWidgetItem, icon: str, target: object) -> None:
        item.setIcon(qicon(icon, theme.px(18), tokens.current().text2, self.devicePixelRatioF()))
        item.setSizeHint(QSize(0, theme.px(36)))
        item.setData(_TARGET, target)

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self._open(item)

    def _open(self, item: QListWidgetItem | None) -> None:
        target = item.data(_TARGET) if item is not None else None
        if target is None:
            return
        self.accept()
        if isinstance(target, Action):
            target.act()
        else:
            self._bench.routes.shipment_wanted.emit(target)
