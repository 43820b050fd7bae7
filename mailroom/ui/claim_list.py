"""The list of claims: number and state, whom it is about, and the money: demanded, granted, paid."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mailroom.domain.claim_life import ClaimRow, ClaimState
from mailroom.ui import theme, tokens
from mailroom.ui.parts.chip import chip_size, paint_chip
from mailroom.ui.table_roles import Role
from mailroom.wording import _
from mailroom.wording.carriers import carrier_name
from mailroom.wording.claims import kind_title, state_word
from mailroom.wording.plain import one_line
from mailroom.wording.postage import money_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
CLAIM: Final = int(Qt.ItemDataRole.UserRole) + 40
_HEIGHT: Final = 74  # px at 100 %
_EDGE: Final = 16
_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)

STATE_LOOKS: dict[ClaimState, tuple[str, str]] = {
    ClaimState.PREPARING: ("move", "pencil"),
    ClaimState.READY: ("move", "circle-check"),
    ClaimState.FILED: ("move", "send"),
    ClaimState.DOCUMENTS_ASKED: ("warn", "file-plus"),
    ClaimState.APPROVED: ("good", "circle-check"),
    ClaimState.PART: ("warn", "circle-check"),
    ClaimState.DENIED: ("bad", "ban"),
    ClaimState.APPEAL_1: ("back", "repeat"),
    ClaimState.APPEAL_2: ("back", "repeat"),
    ClaimState.PAID: ("good", "coin"),
    ClaimState.CLOSED: ("neutral", "archive"),
}


class ClaimsModel(QAbstractListModel):
    """The claims that fit, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ClaimRow, ...] = ()

    @property
    def rows(self) -> tuple[ClaimRow, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: tuple[ClaimRow, ...]) -> None:
        """Show other claims; where only their content changed, selection and focus stay."""
        same = [one.claim.id for one in rows] == [one.claim.id for one in self._rows]
        if same:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def place_of(self, claim_id: str) -> QModelIndex:
        """Where a claim stands; an invalid index where it does not."""
        at = next((at for at, one in enumerate(self._rows) if one.claim.id == claim_id), -1)
        return self.index(at) if at >= 0 else _NOWHERE

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The whole text for readers, the claim for the delegate."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            told = (row.claim.number, state_word(row.claim.state), about(row), *money_lines(row))
            return ", ".join(part for part in told if part)
        if role == CLAIM:
            return row
        if role == Role.ROW_ID:
            return row.claim.id
        return None


def about(row: ClaimRow) -> str:
    """`Loss · Vantage Audio · USPS`."""
    parts = (kind_title(row.claim.terms.kind), one_line(row.recipient), carrier_name(row.carrier))
    return " · ".join(part for part in parts if part)


def money_lines(row: ClaimRow) -> tuple[str, str]:
    """What is demanded, and what came of it."""
    claim = row.claim
    demanded = money_text(claim.demanded) if claim.demanded is not None else _("no amount yet")
    if claim.received is not None:
        return demanded, _("paid {amount}").format(amount=money_text(claim.received))
    if claim.decided_on is not None and claim.expected is not None:
        return demanded, _("granted {amount}").format(amount=money_text(claim.expected))
    return demanded, ""


class ClaimDelegate(QStyledItemDelegate):
    """Draws a claim in three lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines high."""
        return QSize(200, theme.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, bar, number with chip, whom it is about, the money."""
        row = index.data(CLAIM)
        if not isinstance(row, ClaimRow):
            return
        colours = tokens.current()
        rect, chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(rect, colours.soft if chosen else colours.hover if over else colours.surface)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.line)
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colours.accent)
        box = rect.adjusted(_EDGE, theme.px(8), -_EDGE, 0)
        step = theme.px(20)
        family, icon = STATE_LOOKS[row.claim.state]
        word = state_word(row.claim.state)
        number = theme.metrics(13, 600, tabular=True).horizontalAdvance(row.claim.number)
        if number + 8 + chip_size(word, icon).width() > box.width():  # a number is never cut: the word gives way
            word = ""
        width = chip_size(word, icon).width()
        at_right = QRect(box.right() + 1 - width, box.top(), width, step)
        paint_chip(painter, at_right, family, icon, word, outlined=chosen)
        first = QRect(box.left(), box.top(), box.width() - width - 8, step)
        _text(painter, first, row.claim.number, theme.font(13, 600, tabular=True), colours.text)
        second = QRect(box.left(), box.top() + step, box.width(), step)
        _text(painter, second, about(row), theme.font(12), colours.text2)
        demanded, outcome = money_lines(row)
        third = QRect(box.left(), box.top() + 2 * step, box.width(), step)
        _text(painter, third, demanded, theme.font(12, 500, tabular=True), colours.text)
        if outcome:
            tone = colours.good if row.claim.received is not None else colours.text2
            _text(painter, third, outcome, theme.font(12, 500, tabular=True), tone, right=True)
        if self._view.property("keyboard") and self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QPen(colours.focus, 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -2))
        painter.restore()


def _text(painter: QPainter, box: QRect, text: str, font: object, ink: object, *, right: bool = False) -> None:
    painter.setFont(font)  # type: ignore[arg-type]
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


class ClaimsList(QListView):
    """Shows the claims. `opened` is Enter or a double click."""

    opened = Signal()

    def __init__(self, model: ClaimsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ClaimDelegate(self))
        self.setAccessibleName(_("Claims"))
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setProperty("ring", "none")
        self.doubleClicked.connect(self._on_double_clicked)

    def restyle(self) -> None:
        """Take the new text size."""
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the claim; other keys move."""
        self._show_focus(True)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press needs no ring."""
        self._show_focus(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus where a key brought it."""
        super().focusInEvent(event)
        self._show_focus(event.reason() in _KEYBOARD)

    def _show_focus(self, shown: bool) -> None:
        self.setProperty("keyboard", shown)
        self.viewport().update()

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.opened.emit()
