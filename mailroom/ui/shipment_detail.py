"""The detail pane: one shipment's head, claim clock, timeline, and its files, papers and postage."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mailroom.domain.claim_clock import ClockState, ShipmentClock
from mailroom.domain.documents import Attachment, Document
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.shipment import PostageLine
from mailroom.domain.status import Status
from mailroom.services.lanes import Arrival
from mailroom.ui import theme, tokens
from mailroom.ui.card_row import CardFace, CardRow
from mailroom.ui.claim_clock import ClaimClock
from mailroom.ui.dropped import attachable
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.labels import Text, hairline
from mailroom.ui.segments import Segments
from mailroom.ui.shipment_head import ShipmentHead
from mailroom.ui.timeline_items import TimelineItem
from mailroom.ui.timeline_view import TimelineView
from mailroom.wording import _, plural
from mailroom.wording.attachments import attachment_word, paper_word
from mailroom.wording.plain import one_line
from mailroom.wording.postage import line_word, money_text
from mailroom.wording.short_times import moment_text, size_text

WIDTH = 424  # px at 100 %
_LEAST_WIDTH = 380  # where large text leaves no room for that
_CLOCK_FOR = frozenset(Status) - {Status.DELIVERED, Status.CANCELLED, Status.RETURNED}


class ShipmentDetailPane(QWidget):
    """Shows one shipment. Files dropped on it are to be attached."""

    event_wanted = Signal()
    attach_wanted = Signal()
    glossary_wanted = Signal()
    files_dropped = Signal(object)  # tuple of Path
    attachment_pressed = Signal(object)
    document_pressed = Signal(object)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Shipment"))
        self.setAcceptDrops(True)
        self._zone = zone
        self._over = False
        self.detail: ShipmentDetail | None = None
        self.clock: ShipmentClock | None = None
        self.head = ShipmentHead()
        self.claim_clock = ClaimClock()
        self.timeline = TimelineView()
        self.count = Text("", 12, 400, "text2")
        self.add_event = Button(_("Add event"), "plus", "ghost", small=True)
        self.glossary = IconButton("help-circle", _("What statuses and codes mean"), tiny=True)
        self.attach = Button(_("Attach"), "paperclip", "ghost", small=True)
        self.segments = Segments(_("Kept with the shipment"), (_("Files"), _("Papers"), _("Postage")))
        self.files = CardRow(_("Files"))
        self.papers = CardRow(_("Papers"))
        self.postage = CardRow(_("Postage"))
        self._stack = QStackedWidget()
        self._rows = QStackedWidget()
        self._lay_out()
        self.add_event.clicked.connect(self.event_wanted)
        self.attach.clicked.connect(self.attach_wanted)
        self.glossary.clicked.connect(self.glossary_wanted)
        self.segments.chosen.connect(self._on_segment)
        self.files.pressed.connect(self.attachment_pressed)
        self.papers.pressed.connect(self.document_pressed)
        self.restyle()
        self.show_nothing()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        hint = Text(_("Choose a shipment to see its timeline."), 13, 400, "text3")
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._stack.addWidget(nothing)
        scroll = QScrollArea()  # in a low window with large text: nothing above the timeline is pressed together
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._filled())
        self._stack.addWidget(scroll)
        whole.addWidget(self._stack)

    def _filled(self) -> QWidget:
        filled = QWidget()
        filled.setObjectName("scrolled")
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        clock = QHBoxLayout()
        clock.setContentsMargins(20, 0, 20, 0)
        clock.addWidget(self.claim_clock)
        column.addLayout(clock)
        column.addSpacing(14)
        column.addWidget(hairline())
        head = _row(Text(_("Timeline"), 15, 600), self.count, self.add_event, top=8)
        head.insertWidget(2, self.glossary)
        column.addLayout(head)
        column.addWidget(self.timeline, 1)
        column.addWidget(hairline())
        column.addLayout(_row(self.segments, None, self.attach, top=8))
        for row in (self.files, self.papers, self.postage):
            self._rows.addWidget(row)
        self._rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column.addWidget(self._rows)
        column.addSpacing(4)
        return filled

    def sizeHint(self) -> QSize:
        """As wide as the pane is meant to be; a narrow window takes some of it."""
        return QSize(theme.px(WIDTH), super().sizeHint().height())

    # showing

    def show_arrival(self, shipment_id: str, arrival: Arrival | None) -> None:
        """What was found out later of the shipment shown; nothing for another."""
        if self.detail is not None and self.detail.row.shipment.id == shipment_id:
            today = datetime.now(UTC).astimezone(self._zone).date()
            self.head.show_arrival(self.detail.row.shipment, arrival, today)

    def show_nothing(self) -> None:
        """No shipment is chosen."""
        self.detail = None
        self.clock = None
        self._stack.setCurrentIndex(0)

    def show_detail(
        self,
        detail: ShipmentDetail,
        clock: ShipmentClock,
        items: tuple[TimelineItem, ...],
        arrival: Arrival | None = None,
    ) -> None:
        """Show a shipment as read from the record, with the items of its timeline."""
        other = self.detail is None or self.detail.row.shipment.id != detail.row.shipment.id
        self.detail, self.clock = detail, clock
        shipment = detail.row.shipment
        now = datetime.now(UTC)
        today = now.astimezone(self._zone).date()
        self.head.show_shipment(detail, today, arrival)
        running = clock.state in (ClockState.OPEN, ClockState.CLOSING) and shipment.status is Status.DELIVERED
        if shipment.status in _CLOCK_FOR or running or clock.filed_on is not None:
            self.claim_clock.show_clock(clock)
        else:
            self.claim_clock.show_window(clock.kind, None, None, today)
        self.timeline.show_items(items)
        sources = len({(event.source, event.source_name) for event in detail.events})
        events = plural("{n} event", "{n} events", len(detail.events))
        self.count.setText(f"{events} · {plural('{n} source', '{n} sources', sources)}")
        self._show_kept(detail)
        self._stack.setCurrentIndex(1)
        if other:
            self.timeline.scrollToTop()

    def restyle(self) -> None:
        """Take the new text size."""
        self.setMinimumWidth(theme.px(_LEAST_WIDTH))
        self.setMaximumWidth(theme.px(WIDTH))
        self.updateGeometry()
        self._rows.setFixedHeight(self.files.height())

    def _show_kept(self, detail: ShipmentDetail) -> None:
        today = datetime.now(UTC).astimezone(self._zone).date()
        attachments = sorted(detail.attachments, key=lambda one: one.added_at, reverse=True)
        documents = sorted(detail.documents, key=lambda one: one.issued_at, reverse=True)

        def day(moment: datetime) -> str:
            return moment_text(moment, self._zone, today)

        self.files.show_faces(
            [_attachment_face(one, day(one.added_at)) for one in attachments],
            _("No files yet. Drop a photo or a PDF here, or press Attach."),
        )
        self.papers.show_faces(
            [_document_face(one, day(one.issued_at)) for one in documents],
            _("No papers yet. A POD report or a claim packet is kept here and reprints identical."),
        )
        self.postage.show_faces(
            [_postage_face(one, day(one.recorded_at)) for one in detail.postage_lines],
            _("No postage on record. Edit the shipment to add it."),
        )
        total = detail.row.shipment.postage
        self.segments.set_word(0, _("Files {n}").format(n=len(attachments)) if attachments else _("Files"))
        self.segments.set_word(1, _("Papers {n}").format(n=len(documents)) if documents else _("Papers"))
        word = _("Postage {sum}").format(sum=money_text(total)) if detail.postage_lines else _("Postage")
        self.segments.set_word(2, word)

    def _on_segment(self, place: int) -> None:
        self._rows.setCurrentIndex(place)
        self.attach.setVisible(place == 0)

    # files dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped while a shipment is shown."""
        if self.detail is not None and attachable(event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self._show_over(False)
        files = attachable(event.mimeData().urls())
        if self.detail is not None and files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring while files hover over the pane."""
        super().paintEvent(event)
        if self._over:
            painter = QPainter(self)
            painter.setPen(QPen(tokens.current().accent, 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


def _row(left: QWidget, count: Text | None, button: Button, top: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(20, top, 14, 6)
    row.setSpacing(8)
    row.addWidget(left)
    if count is not None:
        row.addWidget(count)
    row.addStretch(1)
    row.addWidget(button)
    return row


def _attachment_face(one: Attachment, day: str) -> CardFace:
    icon = "file-text" if one.media_type == "application/pdf" else "photo"
    second = f"{one_line(one.caption) or attachment_word(one.role)} · {size_text(one.size)} · {day}"
    return CardFace(icon, one_line(one.name), second, one)


def _document_face(one: Document, day: str) -> CardFace:
    pages = plural("{n} page", "{n} pages", one.pages)
    return CardFace("file-check", one.number, f"{paper_word(one.kind)} · {pages} · {day}", one)


def _postage_face(one: PostageLine, day: str) -> CardFace:
    return CardFace("coin", money_text(one.money), f"{line_word(one.kind)} · {day}", one)
