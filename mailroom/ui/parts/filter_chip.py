"""A filter: a round button with a word and a count, chosen or not, perhaps with a menu or a cross."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon

_HEIGHT, _PADDING, _MARK = 28, 11, 16


class FilterChip(QAbstractButton):
    """A checkable filter; `mark` is an icon at the right: `chevron-down` opens a menu, `x` takes the filter away."""

    def __init__(self, word: str, mark: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = ""
        self._mark = mark
        self.setCheckable(True)
        self.setText(word)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", "round")

    def set_word(self, word: str, mark: str = "") -> None:
        """Show another word, and another mark at the right."""
        self._mark = mark
        self.setText(word)
        self._name()

    def set_count(self, count: int, *, more: bool = False) -> None:
        """Show how many there are; `more` says that counting stopped there."""
        self._count = f"{count:,}+" if more else f"{count:,}"
        self._name()

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as word, count and mark."""
        metrics = theme.metrics(12, 500)
        width = 2 * theme.px(_PADDING) + metrics.horizontalAdvance(self.text())
        if self._count:
            width += 6 + metrics.horizontalAdvance(self._count)
        if self._mark:
            width += 4 + theme.px(_MARK)
        return QSize(width + 2, theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint border, ground, word, count and mark in the colours of now."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(colours.accent if chosen else colours.line2 if self.underMouse() else colours.line, 1))
        painter.setBrush(colours.soft if chosen else colours.surface)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(theme.font(12, 500))
        painter.setPen(colours.soft_text if chosen else colours.text2)
        left = theme.px(_PADDING) + 1
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.text())
        left += painter.fontMetrics().horizontalAdvance(self.text())
        if self._count:
            painter.setPen(colours.soft_text if chosen else colours.text3)
            painter.drawText(self.rect().adjusted(left + 6, 0, 0, 0), middle, self._count)
            left += 6 + painter.fontMetrics().horizontalAdvance(self._count)
        if self._mark:
            size = theme.px(_MARK)
            colour = colours.soft_text if chosen else colours.text2
            paint_icon(painter, self._mark, left + 4, (self.height() - size) / 2, size, colour)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()
