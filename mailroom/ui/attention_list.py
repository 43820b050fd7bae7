"""The work list on the screen: painted lines, keys for what can be done, a focus that is seen."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mailroom.ui import theme, tokens
from mailroom.ui.attention_model import LINE, AlertLine, AttentionModel
from mailroom.ui.icons import paint_icon
from mailroom.ui.timeline_delegate import broken
from mailroom.wording import _

HEADING: Final = 32  # px at 100 %
LEAST: Final = 56
EDGE: Final = 20
TILE: Final = 36
DUE: Final = 84
WHO: Final = 34
_NARROW: Final = 620  # px of the list at 100 %
_LINE: Final = 18
_MOST_LINES: Final = 3
_BAR: Final = 3
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class AttentionDelegate(QStyledItemDelegate):
    """Measures and draws headings and alerts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the evidence is long, up to three lines."""
        line: AlertLine = index.data(LINE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        if line.row is None:
            return QSize(width, theme.px(HEADING))
        text = len(_evidence(line, _room(width, line))) + (1 if line.aside else 0)
        return QSize(width, max(theme.px(LEAST), theme.px(20) + (text + 1) * theme.px(_LINE)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a heading or an alert."""
        line: AlertLine = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.row is None:
            _paint_heading(painter, option.rect, line)
        else:
            self._paint_alert(painter, option, line)
        painter.restore()

    def _paint_alert(self, painter: QPainter, option: QStyleOptionViewItem, line: AlertLine) -> None:
        colours, rect, view = tokens.current(), option.rect, option.widget
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, colours.soft if chosen else colours.hover if over else colours.surface)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.line)
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), colours.accent)
        _paint_tile(painter, rect, line)
        _paint_words(painter, rect, line)
        _paint_due(painter, rect, line)
        _paint_who(painter, rect, line, chosen)
        if option.state & QStyle.StateFlag.State_HasFocus and view is not None and view.property("keyboard"):
            painter.setPen(QPen(colours.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -2))


def _text_left() -> int:
    return EDGE + theme.px(TILE) + theme.px(12)


def _room(width: int, line: AlertLine) -> int:
    """Width of the words; where the list is narrow only what stands beside them takes from it."""
    narrow = width < theme.px(_NARROW)
    beside = 0 if narrow and not line.initials else theme.px(WHO)
    if line.due or not narrow:
        beside = theme.px(WHO) + theme.px(DUE)
    return max(80, width - _text_left() - beside - EDGE - theme.px(12))


def _evidence(line: AlertLine, room: int) -> tuple[str, ...]:
    """The evidence in lines that fit; more than three end in an ellipsis."""
    rows = broken(line.evidence, 13, 400, room)
    if len(rows) <= _MOST_LINES:
        return rows
    rest = " ".join(rows[_MOST_LINES - 1 :])
    metrics = theme.metrics(13)
    return *rows[: _MOST_LINES - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)


def _paint_heading(painter: QPainter, rect: QRect, line: AlertLine) -> None:
    colours = tokens.current()
    painter.fillRect(rect, colours.sunken)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.family(line.family).line)
    size = theme.px(8)
    painter.drawEllipse(QRectF(rect.left() + EDGE, rect.center().y() - size / 2 + 1, size, size))
    painter.setFont(theme.font(13, 600))
    painter.setPen(colours.text)
    left = rect.left() + EDGE + size + 8
    painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), _LEFT, line.title)
    left += painter.fontMetrics().horizontalAdvance(line.title) + 8
    painter.setFont(theme.font(13, 400, tabular=True))
    painter.setPen(colours.text3)
    painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), _LEFT, f"{line.count:,}")


def _paint_tile(painter: QPainter, rect: QRect, line: AlertLine) -> None:
    family = tokens.current().family(line.family)
    size = theme.px(TILE)
    box = QRectF(rect.left() + EDGE, rect.center().y() - size / 2 + 0.5, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(family.ground)
    painter.drawRoundedRect(box, 8, 8)
    icon = theme.px(18)
    offset = (size - icon) / 2
    paint_icon(painter, line.icon, box.left() + offset, box.top() + offset, icon, family.text)


def _paint_words(painter: QPainter, rect: QRect, line: AlertLine) -> None:
    colours = tokens.current()
    room, step = _room(rect.width(), line), theme.px(_LINE)
    left, y = rect.left() + _text_left(), rect.top() + theme.px(10)
    painter.setFont(theme.font(14, 600))
    painter.setPen(colours.text)
    title = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRect(left, y, room + 2, step), _LEFT, title)
    painter.setFont(theme.font(13))
    painter.setPen(colours.text2)
    for text in _evidence(line, room):
        y += step
        painter.drawText(QRect(left, y, room + 2, step), _LEFT, text)
    if line.aside:
        painter.setFont(theme.font(12, 500))
        painter.setPen(colours.text3)
        aside = painter.fontMetrics().elidedText(line.aside, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, y + step, room + 2, step), _LEFT, aside)


def _paint_due(painter: QPainter, rect: QRect, line: AlertLine) -> None:
    if not line.due:
        return
    colours, step = tokens.current(), theme.px(_LINE)
    left = rect.right() - EDGE - theme.px(WHO) - theme.px(DUE)
    top = rect.center().y() - step + 1
    painter.setFont(theme.font(13, 600, tabular=True))
    painter.setPen(colours.bad if line.late else colours.text)
    painter.drawText(QRect(left, top, theme.px(DUE), step), _LEFT, line.due)
    painter.setFont(theme.font(12, 400, tabular=True))
    painter.setPen(colours.text2)
    painter.drawText(QRect(left, top + step, theme.px(DUE), step), _LEFT, line.due_below)


def _paint_who(painter: QPainter, rect: QRect, line: AlertLine, chosen: bool) -> None:
    colours = tokens.current()
    size = theme.px(26)
    box = QRectF(rect.right() - EDGE - size, rect.center().y() - size / 2 + 0.5, size, size)
    if not line.initials:
        return
    if chosen:  # its ground is that of the circle elsewhere
        painter.setPen(QPen(colours.soft_text, 1))
        painter.setBrush(colours.surface)
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.raised if colours.dark else colours.soft)
        painter.drawEllipse(box)
    painter.setPen(colours.soft_text)
    painter.setFont(theme.font(11, 600))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), line.initials)


class AttentionList(QListView):
    """Shows an `AttentionModel`. Enter opens, S puts off, A gives to somebody, D is done with, R opens again."""

    opened = Signal()
    snooze_wanted = Signal()
    assign_wanted = Signal()
    done_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, model: AttentionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(AttentionDelegate(self))
        self.setAccessibleName(_("What needs a person"))
        self.setProperty("ring", "none")
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.doubleClicked.connect(self._on_double_clicked)

    def restyle(self) -> None:
        """Measure anew in the new text size."""
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What can be done, each by its key; other keys move."""
        self._show_focus(True)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        wanted = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_S: self.snooze_wanted,
            Qt.Key.Key_A: self.assign_wanted,
            Qt.Key.Key_D: self.done_wanted,
            Qt.Key.Key_R: self.reopen_wanted,
        }.get(Qt.Key(event.key()))
        if plain and wanted is not None:
            wanted.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press needs no ring."""
        self._show_focus(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is when a key brought it."""
        super().focusInEvent(event)
        self._show_focus(event.reason() in _BY_KEY)

    def _on_double_clicked(self) -> None:
        self.opened.emit()

    def _show_focus(self, shown: bool) -> None:
        self.setProperty("keyboard", shown)
        self.viewport().update()
