"""The head of a page: title, one line of context, buttons, and Find at the right."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.key_cap import key_cap_size, paint_key_cap
from mailroom.ui.parts.labels import Text
from mailroom.wording import _

FIND_FROM = 1360  # px of window width; below it Find is reached by its key alone


class FindButton(QAbstractButton):
    """Looks like a search field; a press opens Find."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(_("Find anything"))
        self.setAccessibleName(_("Find anything, Ctrl+K"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """250 x 34 at 100 %."""
        return QSize(theme.px(250), theme.px(34))

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
        paint_icon(painter, "search", 10, (self.height() - size) / 2, size, colours.text2)
        painter.setPen(colours.text3)
        painter.setFont(theme.font(13))
        painter.drawText(
            self.rect().adjusted(size + 17, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )
        cap = key_cap_size("Ctrl K")
        box = QRectF(self.width() - cap.width() - 7, (self.height() - cap.height()) / 2, cap.width(), cap.height())
        paint_key_cap(painter, box, "Ctrl K", colours.text2, colours.line, colours.surface)


class PageHead(QWidget):
    """60 px: title, context, then buttons from the left of Find; `add` takes them in their order."""

    def __init__(self, title: str, context: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
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
        """Show Find only where there is room."""
        window = self.window()
        self.find_button.setVisible(window.width() >= FIND_FROM)
