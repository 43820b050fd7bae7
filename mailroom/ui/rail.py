"""The rail: pages as painted items, icon over word, with a count where something waits; arrow keys move."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.page import PageEntry
from mailroom.wording import _

WIDTH = 88  # px at 100 %, at every window size
FOOT_FROM = 100  # pages with this order and more stand at the foot
_ITEM = QSize(76, 58)
_FORWARD = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)


class RailItem(QAbstractButton):
    """One page; checked while it is the one shown."""

    def __init__(self, entry: PageEntry, key: str) -> None:
        super().__init__()
        self.entry = entry
        self._key = key
        self._badge = 0
        self._loud = False
        self.setText(entry.title())
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", "tile")
        self.set_badge(0)

    def set_badge(self, count: int, *, loud: bool = False) -> None:
        """Show how many wait there, in red where it is `loud`; nothing at 0."""
        self._badge, self._loud = count, loud
        waiting = _(", {n} waiting").format(n=count) if count else ""
        self.setAccessibleName(f"{self.text()}{waiting}")
        self.setToolTip(self._key)
        self.update()

    def sizeHint(self) -> QSize:
        """76 x 58 at 100 %."""
        return QSize(theme.px(_ITEM.width()), theme.px(_ITEM.height()))

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pill, icon, word and badge in the colours of now."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setBrush(colours.soft if chosen else colours.line)
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        ink = colours.soft_text if chosen else colours.text2
        size = theme.px(22)
        left = (self.width() - size) / 2
        paint_icon(painter, self.entry.icon, left, theme.px(8), size, ink)
        painter.setPen(ink)
        painter.setFont(theme.font(11, 600 if chosen else 500))
        word = QRectF(0, theme.px(33), self.width(), theme.px(18))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 4)
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, shown)
        if self._badge:
            self._paint_badge(painter, left + size)

    def _paint_badge(self, painter: QPainter, right: float) -> None:
        colours = tokens.current()
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(theme.font(10, 700))
        width = max(theme.px(16), painter.fontMetrics().horizontalAdvance(text) + 8)
        box = QRectF(right - theme.px(6), theme.px(4), width, theme.px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.band_no if self._loud else colours.neutral_bg)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(colours.on_band_no if self._loud else colours.neutral)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class _Mark(QWidget):
    """The mark of Mailroom: an envelope on blue."""

    def __init__(self) -> None:
        super().__init__()
        self.restyle()

    def restyle(self) -> None:
        self.setFixedSize(theme.px(36), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.mark)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        size = theme.px(24)
        offset = (self.width() - size) / 2
        paint_icon(painter, "mail", offset, offset, size, colours.on_band_ok)


class _Person(QAbstractButton):
    """The operator's initials; a click asks who sits here."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", "tile")
        self._initials = ""
        self.show_name(name)
        self.restyle()

    def show_name(self, name: str) -> None:
        """Somebody else sits here."""
        words = name.replace(".", " ").replace("_", " ").split() or ["?"]
        self._initials = (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
        self.setAccessibleName(_("Operator: {name}").format(name=name))
        self.setAccessibleDescription(_("Sign in as somebody else"))
        self.setToolTip(self.accessibleName())
        self.update()

    def restyle(self) -> None:
        self.setFixedSize(theme.px(30), theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.soft)
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(colours.soft_text)
        painter.setFont(theme.font(11, 700))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


class Rail(QWidget):
    """Mark, pages, and at the foot Settings and the operator. `chosen` carries a page's id."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...], operator: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Pages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 1, 10)
        column.setSpacing(4)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Mark(), 0, middle)
        column.addSpacing(9)
        self.items: tuple[RailItem, ...] = tuple(
            RailItem(entry, f"Ctrl+{at}" if at < 10 else "") for at, entry in enumerate(entries, 1)
        )
        stretched = False
        for item in self.items:
            if item.entry.order >= FOOT_FROM and not stretched:
                column.addStretch(1)
                stretched = True
            column.addWidget(item, 0, middle)
            item.clicked.connect(self._on_clicked)
        if not stretched:
            column.addStretch(1)
        column.addSpacing(4)
        self.person = _Person(operator)
        column.addWidget(self.person, 0, middle)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self.setFixedWidth(theme.px(WIDTH))

    def show_chosen(self, page_id: str) -> None:
        """Mark the page that is shown."""
        for item in self.items:
            item.setChecked(item.entry.id == page_id)

    def item(self, page_id: str) -> RailItem:
        """The item of a page."""
        return next(one for one in self.items if one.entry.id == page_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move between the items."""
        step = 1 if event.key() in _FORWARD else -1 if event.key() in _BACK else 0
        at = next((place for place, one in enumerate(self.items) if one.hasFocus()), None)
        if not step or at is None:
            super().keyPressEvent(event)
            return
        self.items[(at + step) % len(self.items)].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailItem):
            self.show_chosen(sender.entry.id)
            self.chosen.emit(sender.entry.id)
