"""A row of small cards that can be pressed: files, papers and lines of money of a shipment."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.labels import Text

_HEIGHT = 44
_WIDEST = 230


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card shows, and the value that it stands for."""

    icon: str
    title: str
    second: str
    value: object


class FaceCard(QAbstractButton):
    """One card: an icon, a title, a line below."""

    def __init__(self, face: CardFace) -> None:
        super().__init__()
        self.face = face
        self.setText(face.title)
        self.setAccessibleName(face.title)
        self.setAccessibleDescription(face.second)
        self.setProperty("ring", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its words, to a limit."""
        first = theme.metrics(12, 600).horizontalAdvance(self.face.title)
        second = theme.metrics(11, 500).horizontalAdvance(self.face.second)
        return QSize(min(theme.px(_WIDEST), theme.px(46) + max(first, second)), theme.px(_HEIGHT))

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card in the colours of now."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line2 if self.underMouse() else colours.line, 1))
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icon = theme.px(16)
        paint_icon(painter, self.face.icon, 11, (self.height() - icon) / 2, icon, colours.text2)
        left, width = theme.px(36), self.width() - theme.px(36) - 9
        middle = self.height() // 2
        step = theme.px(17)
        for text, font, colour, top in (
            (self.face.title, theme.font(12, 600), colours.text, middle - step + 1),
            (self.face.second, theme.font(11, 500, tabular=True), colours.text2, middle),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width)
            painter.drawText(QRect(left, top, width, step), int(Qt.AlignmentFlag.AlignVCenter), shown)


class CardRow(QScrollArea):
    """Cards side by side, scrolled sideways where there are many; `pressed` carries the value of one."""

    pressed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._faces: tuple[CardFace, ...] = ()
        self._nothing = ""
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(20, 3, 20, 3)
        self._row.setSpacing(8)
        self.setWidget(inner)
        self.restyle()

    @property
    def cards(self) -> tuple[FaceCard, ...]:
        """The cards shown."""
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        return tuple(one for item in items if item is not None and isinstance(one := item.widget(), FaceCard))

    def show_faces(self, faces: Sequence[CardFace], nothing: str) -> None:
        """Show cards; a sentence where there are none."""
        if (tuple(faces), nothing) == (self._faces, self._nothing):
            return
        self._faces, self._nothing = tuple(faces), nothing
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for face in faces:
            card = FaceCard(face)
            card.clicked.connect(self._on_clicked)
            card.installEventFilter(self)
            self._row.addWidget(card)
            card.show()
        if not faces:
            self._row.addWidget(Text(nothing, 12, 400, "text3", wrap=True), 1)
        else:
            self._row.addStretch(1)

    def restyle(self) -> None:
        """Take the new text size: room for the cards and the bar below them."""
        self.setFixedHeight(theme.px(_HEIGHT) + 16)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Bring the card with the focus into view."""
        if event.type() == QEvent.Type.FocusIn:
            self.ensureWidgetVisible(watched, 8, 0)
        return False

    def _on_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, FaceCard):
            self.pressed.emit(card.face.value)
