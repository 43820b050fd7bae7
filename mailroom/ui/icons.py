"""Outline icons from `resources/icons/`, drawn in the colour asked for at the screen's own pixel ratio."""

import functools
import logging

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mailroom import resources

_log = logging.getLogger(__name__)

THIN = 1.75  # stroke on the 24 unit grid; chips and other 14 px icons take 2
THICK = 2.0


def icon(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon `name` at `size` logical px in `colour`; blank, and logged once, where the file is missing."""
    return _drawn(name, size, colour.name(), round(ratio, 3))


def paint_icon(painter: QPainter, name: str, x: float, y: float, size: int, colour: QColor) -> None:
    """Draw an icon with its top left corner at (x, y), sharp at the painter's device pixel ratio."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(QRectF(x, y, size, size), icon(name, size, colour, ratio), QRectF())


def qicon(name: str, size: int, colour: QColor, ratio: float = 1.0, faded: QColor | None = None) -> QIcon:
    """The icon as buttons and menus take it; `faded` is its colour where the control is disabled."""
    made = QIcon(icon(name, size, colour, ratio))
    if faded is not None:
        made.addPixmap(icon(name, size, faded, ratio), QIcon.Mode.Disabled)
    return made


def known(name: str) -> bool:
    """Whether the icon's file is there."""
    return (resources.folder("icons") / f"{name}.svg").is_file()


@functools.lru_cache(maxsize=512)
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    source = _source(name)
    if source:
        stroke = THICK if size <= 14 else THIN
        drawing = source.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter)
        painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@functools.cache
def _source(name: str) -> str:
    try:
        return (resources.folder("icons") / f"{name}.svg").read_text("utf-8")
    except FileNotFoundError:
        _log.error("icon missing: %s", name)
        return ""
