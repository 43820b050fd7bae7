"""A state as a chip: symbol, word, tint. One paint function serves the widget and the tables' delegate."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.domain.status import Status
from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.wording.statuses import status_word

HEIGHT = 22
PADDING = 7
ICON = 14

STATUS_LOOKS: dict[Status, tuple[str, str]] = {
    Status.LABEL_CREATED: ("neutral", "tag"),
    Status.ACCEPTED: ("move", "mail-check"),
    Status.IN_TRANSIT: ("move", "truck"),
    Status.OUT_FOR_DELIVERY: ("move", "truck-delivery"),
    Status.ATTEMPTED: ("warn", "door"),
    Status.AVAILABLE_FOR_PICKUP: ("warn", "building-store"),
    Status.DELIVERED: ("good", "circle-check"),
    Status.DELAYED: ("warn", "clock-exclamation"),
    Status.EXCEPTION: ("bad", "alert-triangle"),
    Status.CUSTOMS: ("warn", "building-bank"),
    Status.RETURN_TO_SENDER: ("back", "arrow-back-up"),
    Status.RETURNED: ("back", "arrow-back"),
    Status.LOST: ("bad", "package-off"),
    Status.CANCELLED: ("neutral", "ban"),
    Status.UNKNOWN: ("neutral", "help-circle"),
}


def chip_size(word: str, icon: str = "") -> QSize:
    """How large a chip with this word is, in px."""
    metrics = theme.metrics(12, 500)
    symbol = theme.px(ICON) + 4 if icon else 0
    return QSize(2 * theme.px(PADDING) + symbol + metrics.horizontalAdvance(word) + 1, theme.px(HEIGHT))


def paint_chip(
    painter: QPainter, rect: QRect, look: Status | str, icon: str = "", word: str = "", *, outlined: bool = False
) -> None:
    """Paint a chip at the left of `rect`, centred upright; a status brings its own family, icon and word.

    Outlined on a ground that is tinted itself, such as a selected row: some tints are nearly that ground.
    """
    family = look if isinstance(look, str) and not isinstance(look, Status) else ""
    if isinstance(look, Status):
        family, status_icon = STATUS_LOOKS[look]
        icon, word = icon or status_icon, word or status_word(look)
    colours = tokens.current().family(family)
    wanted = chip_size(word, icon)
    box = QRect(rect.left(), rect.center().y() - wanted.height() // 2 + 1, wanted.width(), wanted.height())
    box.setWidth(min(box.width(), rect.width()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line, 1) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    shape = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5) if outlined else QRectF(box)
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    left = box.left() + theme.px(PADDING)
    if icon:
        size = theme.px(ICON)
        paint_icon(painter, icon, left, box.top() + (box.height() - size) / 2, size, colours.text)
        left += size + 4
    painter.setFont(theme.font(12, 500))
    painter.setPen(colours.text)
    space = QRect(left, box.top(), box.right() - theme.px(PADDING) - left + 3, box.height())
    shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, space.width())
    painter.drawText(space, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class Chip(QWidget):
    """A chip as a widget; its accessible name is its word."""

    def __init__(
        self, look: Status | str = "neutral", icon: str = "", word: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look: Status | str = look
        self._icon = icon
        self._word = word
        self.set_look(look, icon, word)

    def set_look(self, look: Status | str, icon: str = "", word: str = "") -> None:
        """Show a status, or a family (`good`, `warn` …) with an icon and a word."""
        if isinstance(look, Status):
            icon, word = icon or STATUS_LOOKS[look][1], word or status_word(look)
        if (look, icon, word) == (self._look, self._icon, self._word) and self.accessibleName() == word:
            return
        self._look, self._icon, self._word = look, icon, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        """The word shown."""
        return self._word

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as symbol and word."""
        return chip_size(self._word, self._icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip in the colours of now."""
        paint_chip(QPainter(self), self.rect(), self._look, self._icon, self._word)
