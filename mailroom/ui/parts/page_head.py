"""The head of a page: title, one line of context, buttons, and Find at the right."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.key_cap import key_cap_size, paint_key_cap
from mailroom.ui.parts.labels import Text
from mailroom.wording import _

_WIDEST, _LEAST = 250, 40  # px of Find at 100 %


class FindButton(QAbstractButton):
    """Looks like a search field; a press opens Find. Where there is little room its words give way, then its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(_("Find anything"))
        self.setAccessibleName(_("Find anything, Ctrl+K"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(_("Find anything, Ctrl+K"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """250 x 34 at 100 %."""
        return QSize(theme.px(_WIDEST), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """Room for the magnifier."""
        return QSize(theme.px(_LEAST), theme.px(34))

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field with its magnifier and its key."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line2 if self.underMouse() else colours.line, 1))
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        size = theme.px(16)
        cap, room = key_cap_size("Ctrl K"), self.width() - size - 17
        with_cap = room >= cap.width() + 7
        left = 10.0 if with_cap else (self.width() - size) / 2
        paint_icon(painter, "search", left, (self.height() - size) / 2, size, colours.text2)
        if not with_cap:
            return
        painter.setPen(colours.text3)
        painter.setFont(theme.font(13))
        words = (self.text(), _("Find"))
        wide = painter.fontMetrics().horizontalAdvance
        shown = next((one for one in words if wide(one) <= room - cap.width() - 15), "")
        painter.drawText(
            self.rect().adjusted(size + 17, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            shown,
        )
        box = QRectF(self.width() - cap.width() - 7, (self.height() - cap.height()) / 2, cap.width(), cap.height())
        paint_key_cap(painter, box, "Ctrl K", colours.text2, colours.line, colours.surface)


class PageHead(QWidget):
    """60 px: title, context, then buttons from the left of Find; `add` takes them in their order."""

    def __init__(self, title: str, context: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(12)
        self.title = Text(title, 20, 600)
        self.context = Text(context, 13, 400, "text2")
        self.lead = QHBoxLayout()
        self.lead.setSpacing(10)
        self.lead.addWidget(self.title)
        self.lead.addSpacing(2)
        self.lead.addWidget(self.context)
        row.addLayout(self.lead)
        row.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        row.addLayout(self._buttons)
        self.find_button = FindButton()
        row.addWidget(self.find_button)
        self.restyle()

    def add(self, widget: QWidget) -> None:
        """Put a button at the right, before Find."""
        self._buttons.addWidget(widget)

    def set_context(self, text: str) -> None:
        """One line beside the title that says what the page shows."""
        self.context.setText(text)

    def restyle(self) -> None:
        """Take the new text size."""
        self.setFixedHeight(theme.px(60))

    def resizeEvent(self, event: object) -> None:
        """Find shrinks where there is little room."""
        self._fit_find()

    def event(self, event: QEvent) -> bool:
        """Find gives way to what comes into the head."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_find()
        return super().event(event)

    def _fit_find(self) -> None:
        """Hidden only where not even its magnifier has room beside title and buttons: then its key alone opens it."""
        margins = self._row.contentsMargins()
        others = self.lead.minimumSize().width() + self._buttons.minimumSize().width()
        taken = others + margins.left() + margins.right() + 3 * self._row.spacing()
        self.find_button.setVisible(self.width() - taken >= self.find_button.minimumSizeHint().width())
