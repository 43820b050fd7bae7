"""What a page shows before there is anything: a small drawing, one line, and up to three ways to begin."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.key_cap import KeyCap
from mailroom.ui.parts.labels import Text

_MARGIN, _GAP = 20, 16  # px around the page, px between cards
_CARD = 268  # px at 100 %, width of a card


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way to begin: what it is called, what it does in a line or two, its button and its key."""

    icon: str
    title: str
    text: str
    button: str
    keys: str
    act: Callable[[], object]


class EmptyPage(QWidget):
    """The page itself; the first beginning has the one primary button."""

    def __init__(
        self, title: str, line: str, beginnings: tuple[Beginning, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._drawing = _Drawing()
        self._cards: list[QFrame] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addStretch(1)
        column.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(Text(title, 24, 600), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(Text(line, 13, 400, "text2"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(20)
        cards = QHBoxLayout()
        cards.setSpacing(_GAP)
        cards.addStretch(1)
        self.buttons = tuple(self._add_card(cards, one, primary=at == 0) for at, one in enumerate(beginnings))
        cards.addStretch(1)
        column.addLayout(cards)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words come first where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        """Take the new text size."""
        self._fit()

    def _fit(self) -> None:
        """Cards as wide as the text size asks for, if they fit; the drawing only where it leaves the words whole."""
        count, layout = len(self._cards), self.layout()
        if layout is None or not count:
            return
        room = (self.width() - 2 * _MARGIN - _GAP * (count - 1)) // count
        for card in self._cards:
            card.setFixedWidth(max(_CARD, min(theme.px(_CARD), room)))
        self._drawing.hide()
        layout.activate()
        height = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self._drawing.setVisible(height + self._drawing.sizeHint().height() <= self.height())

    def _add_card(self, cards: QHBoxLayout, beginning: Beginning, *, primary: bool) -> Button:
        card, button = _card(beginning, primary=primary)
        self._cards.append(card)
        cards.addWidget(card)
        return button


def _card(beginning: Beginning, *, primary: bool) -> tuple[QFrame, Button]:
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(_CARD)
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(8)
    top = QHBoxLayout()
    top.addWidget(_Tile(beginning.icon))
    top.addStretch(1)
    if beginning.keys:
        top.addWidget(KeyCap(beginning.keys))
    column.addLayout(top)
    column.addWidget(Text(beginning.title, 14, 600))
    column.addWidget(Text(beginning.text, 13, 400, "text2", wrap=True))
    column.addStretch(1)
    button = Button(beginning.button, kind="primary" if primary else "plain")
    button.clicked.connect(beginning.act)
    column.addWidget(button)
    return card, button


class _Tile(QWidget):
    """An icon on a soft square."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(36, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.soft)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        paint_icon(painter, self._icon, 8, 8, 20, colours.soft_text)


class NothingFits(QWidget):
    """What a list shows where its filters let nothing through, with the button that takes them away."""

    def __init__(self, title: str, hint: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        self.button = Button(button)
        texts = (Text(title, 15, 600), *([Text(hint, 13, 400, "text2")] if hint else []))
        for part in (*texts, self.button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class _Drawing(QWidget):
    """A label with a bar code, and the way of a piece in three nodes."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(216, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(80, 70)
        painter.rotate(-6)
        self._paint_label(painter)
        painter.restore()
        self._paint_way(painter)

    def _paint_label(self, painter: QPainter) -> None:
        colours = tokens.current()
        painter.setPen(QPen(colours.line2, 1.4))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(-72, -57, 144, 114), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.neutral_bg)
        for top, length in ((-44, 62), (-30, 88), (-16, 74)):
            painter.drawRoundedRect(QRectF(-58, top, length, 7), 3.5, 3.5)
        painter.setBrush(colours.soft)
        painter.drawRoundedRect(QRectF(38, -46, 22, 22), 3, 3)
        painter.setBrush(colours.text2)
        left = -58.0
        for at in range(30):
            width = (1.2, 2.4, 1.2, 3.4, 1.6)[at * 7 % 5]
            painter.drawRect(QRectF(left, 6, width, 36))
            left += width + (1.6, 2.6, 1.4)[at % 3]

    def _paint_way(self, painter: QPainter) -> None:
        colours = tokens.current()
        painter.setPen(QPen(colours.line2, 2))
        painter.drawLine(QPointF(196, 26), QPointF(196, 114))
        nodes = (("good", "circle-check"), ("move", "truck"), ("neutral", "scan"))
        for top, (name, icon) in zip((12, 57, 102), nodes, strict=True):
            family = colours.family(name)
            painter.setPen(QPen(family.line, 1.6))
            painter.setBrush(colours.surface)
            painter.drawEllipse(QRectF(180, top - 3, 32, 32))
            painter.setBrush(family.ground)
            painter.drawEllipse(QRectF(183, top, 26, 26))
            paint_icon(painter, icon, 188, top + 5, 16, family.text)
