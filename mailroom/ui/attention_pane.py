"""Beside the work list: the chosen alert, why it is there, and the timeline it rests on."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mailroom.domain.attention import AlertRow
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.status import Status
from mailroom.ui import theme
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.labels import ElidedText, Text, hairline
from mailroom.ui.timeline_view import TimelineView
from mailroom.wording import _
from mailroom.wording.alerts import addressee, rule_word, since_text, what_to_do
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.statuses import doubt_text, standing_word

WIDTH = 424  # px at 100 %
_NARROW = 340  # where the page is narrow
_ROOM_FROM = 1030  # px of the page at 100 % that both need
_EXCERPT = 12  # newest events


class AttentionPane(QWidget):
    """Shows one alert and its shipment; `shipment_wanted` opens it."""

    shipment_wanted = Signal()

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Evidence"))
        self._zone = zone
        self._page_width = 0
        self.chip = Chip(Status.UNKNOWN)
        self.service = ElidedText("", 13, 400, "text2")
        self.number = Text("", 17, 600, tabular=True, slashed=True).selectable()
        self.piece = ElidedText("", 13, 400, "text2")
        self.open_button = Button(_("Open shipment"), "package", "primary")
        self.reopen_button = Button(_("Put on the list again"), "refresh")
        self.rule = Text("", 12, 400, "text2", wrap=True)
        self.raised = Text("", 12, 400, "text2", wrap=True)
        self.todo = Text("", 12, 500, "text", wrap=True)
        self.timeline = TimelineView()
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._filled())
        whole.addWidget(self._stack)
        self.open_button.clicked.connect(self.shipment_wanted)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self._fit()

    def set_room(self, width: int) -> None:
        """Take less where the page has only so many px."""
        self._page_width = width
        self._fit()

    def _fit(self) -> None:
        wide = self._page_width >= theme.px(_ROOM_FROM)
        self.setFixedWidth(theme.px(WIDTH if wide else _NARROW))
        self._fit_number()

    def _fit_number(self) -> None:
        """A number is never cut: a long one is set smaller."""
        for size in (17, 15, 13, 12, 11):
            theme.set_font(self.number, size, 600, tabular=True, slashed=True)
            if self.number.sizeHint().width() <= self.maximumWidth() - 40:
                break

    def show_nothing(self) -> None:
        """No alert is chosen."""
        self._stack.setCurrentIndex(0)

    def show_alert(self, row: AlertRow, *, reopen: bool) -> None:
        """Show an alert; its timeline follows."""
        shipment = row.row.shipment
        today = datetime.now(UTC).astimezone(self._zone).date()
        self.chip.set_look(shipment.status, word=standing_word(shipment.status, unsure=shipment.unsure))
        self.chip.setToolTip(doubt_text() if shipment.unsure else "")
        self.service.set_whole(one_line(carrier_and_service(shipment)))
        self.number.setText(grouped(one_line(shipment.shown_number)) or _("No number"))
        self._fit_number()
        to = addressee(row)
        self.piece.set_whole(_("to {recipient}").format(recipient=to) if to else "")
        self.piece.setVisible(bool(to))
        self.rule.setText(_("Rule: {rule}").format(rule=rule_word(row.alert.kind)))
        self.raised.setText(since_text(row.alert, self._zone, today))
        self.todo.setText(what_to_do(row.alert.kind))
        self.reopen_button.setVisible(reopen)
        self._stack.setCurrentIndex(1)

    def show_evidence(self, detail: ShipmentDetail) -> None:
        """The newest events of the shipment."""
        finished = detail.row.shipment.final
        self.timeline.show_events(detail.events[:_EXCERPT], datetime.now(UTC), self._zone, finished=finished)

    def _nothing(self) -> QWidget:
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        hint = Text(_("Choose a line to see what it rests on."), 13, 400, "text3")
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return nothing

    def _filled(self) -> QWidget:
        filled = QWidget()
        whole = QVBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.chip)
        top.addWidget(self.service, 1)
        column.addLayout(top)
        column.addWidget(self.number)
        column.addWidget(self.piece)
        column.addSpacing(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.reopen_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        whole.addLayout(column)
        whole.addWidget(hairline())
        whole.addLayout(self._why())
        whole.addWidget(hairline())
        title = QHBoxLayout()
        title.setContentsMargins(20, 12, 20, 6)
        title.addWidget(Text(_("Evidence"), 15, 600))
        whole.addLayout(title)
        whole.addWidget(self.timeline, 1)
        return filled

    def _why(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(Text(_("Why this is here"), 15, 600))
        for icon, text in (("bulb", self.todo), ("list-details", self.rule), ("history", self.raised)):
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(Symbol(icon, 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text, 1)
            column.addLayout(row)
        return column
