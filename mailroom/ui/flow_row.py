"""A row of widgets that goes on below where it is full; each widget keeps the size that it asks for."""

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Left to right, then down. Its height follows its width."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self._spacing = spacing
        self._shown: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._shown.append(widget)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the rows at a width."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """As high as the rows at the width of now."""
        return QSize(self._widest(), self._arrange(max(self.width(), self._widest()), move=False))

    def minimumSizeHint(self) -> QSize:
        """No narrower than the widest of its widgets."""
        return QSize(self._widest(), self._arrange(max(self.width(), self._widest()), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the widgets anew."""
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A widget asked for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def _widest(self) -> int:
        return max((_size(one).width() for one in self._shown), default=0)

    def _arrange(self, width: int, *, move: bool) -> int:
        x, y, height = 0, 0, 0
        for one in self._shown:
            size = _size(one)
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
