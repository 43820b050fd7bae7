"""A row of widgets that goes on below where it is full; each widget keeps the size that it asks for."""

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_RESIZING = frozenset(
    {
        QEvent.Type.LayoutRequest,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.StyleChange,
        QEvent.Type.FontChange,
        QEvent.Type.ChildRemoved,
    }
)


class FlowRow(QWidget):
    """Left to right, then down. Its height follows its width."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self._spacing = spacing
        self._shown: list[QWidget] = []
        self._sizes: list[QSize] | None = None  # while shown, until one of them asks for another
        self._heights: dict[int, int] = {}  # by width; a layout asks for them dozens of times in a row
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._shown.append(widget)
        self._forget()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the rows at a width."""
        if not self.isVisible():
            return self._arrange(width, move=False)
        if width not in self._heights:
            self._heights[width] = self._arrange(width, move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As high as the rows at the width of now."""
        return QSize(self._widest(), self.heightForWidth(max(self.width(), self._widest())))

    def minimumSizeHint(self) -> QSize:
        """No narrower than the widest of its widgets."""
        return QSize(self._widest(), self.heightForWidth(max(self.width(), self._widest())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the widgets anew."""
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A widget asked for another size."""
        kind = event.type()
        if kind in _RESIZING:
            self._forget()
        if kind == QEvent.Type.LayoutRequest:
            self._arrange(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def _widest(self) -> int:
        return max((one.width() for one in self._asked()), default=0)

    def _asked(self) -> list[QSize]:
        """The size that each widget asks for; hidden ones tell nobody when it changes."""
        if not self.isVisible():
            return [_size(one) for one in self._shown]
        if self._sizes is None:
            self._sizes = [_size(one) for one in self._shown]
        return self._sizes

    def _forget(self) -> None:
        self._sizes = None
        self._heights.clear()

    def _arrange(self, width: int, *, move: bool) -> int:
        x, y, height = 0, 0, 0
        for one, size in zip(self._shown, self._asked(), strict=True):
            if x and x + size.width() > width:
                x, y, height = 0, y + height + self._spacing, 0
            if move:
                one.resize(size)
                one.move(QPoint(x, y))
            x += size.width() + self._spacing
            height = max(height, size.height())
        return y + height


def _size(widget: QWidget) -> QSize:
    """The size a widget asks for, within its own limits."""
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
