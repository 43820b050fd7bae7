"""The camera's picture beside the band: codes outlined, hints, the strip with light and settings, and clear words."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QEnterEvent,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.camera import Camera, CameraState
from mailroom.ui.camera_overlay import Overlay, paint_codes, paint_corners, paint_hint
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.notices import announce
from mailroom.wording import _
from mailroom.wording.devices import camera_hint, camera_trouble

if TYPE_CHECKING:
    from mailroom.ui.camera_reader import Seen

STRIP = 30  # px at 100 %
_RADIUS = 10
_DARK = tokens.DARK  # over a picture the colours are the same in both themes


class StripButton(QAbstractButton):
    """An icon on the strip; `name` is its accessible name and its tooltip."""

    def __init__(self, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", "none")
        self.rename(name)

    def rename(self, name: str) -> None:
        """Give it another name and tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """A square as high as the strip allows."""
        return QSize(theme.px(STRIP - 4), theme.px(STRIP - 4))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lighter under the mouse."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon; a ground where it is on, a ring where it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            ground = QColor(_DARK.text)
            ground.setAlpha(70 if self.isChecked() else 40)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 5, 5)
        size = theme.px(18)
        paint_icon(painter, self._icon, (self.width() - size) // 2, (self.height() - size) // 2, size, _DARK.text)
        if self.hasFocus():
            painter.setPen(QPen(_DARK.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 5, 5)
        painter.end()


class CameraView(QWidget):
    """The preview. `tag_of` names a payload in a few characters; `look` is the band's, for the codes' colour."""

    settings_wanted = Signal()

    def __init__(self, camera: Camera, tag_of: Callable[[str], str]) -> None:
        super().__init__()
        self._camera = camera
        self._tag_of = tag_of
        self._image = QImage()
        self._overlay = Overlay()
        self._tags: dict[str, str] = {}  # of the codes in view: what they mean is not asked for every picture
        self._said = ""
        self.look = "recorded"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.light = StripButton("bulb", _("Light"), self)
        self.light.setCheckable(True)
        self.light.clicked.connect(self._on_light_clicked)
        self.options = StripButton("settings", _("Camera settings"), self)
        self.options.clicked.connect(self._on_options_clicked)
        self.menu: QMenu | None = None
        camera.changed.connect(self._on_changed)
        camera.drawn.connect(self._on_drawn)
        camera.seen.connect(self._on_seen)
        self._on_changed()

    @property
    def words(self) -> str:
        """What the strip says; what is the trouble and what to do, where there is one."""
        camera = self._camera
        if camera.state is CameraState.TROUBLE:
            word, remedy = camera_trouble(camera.trouble)
            return f"{word}. {remedy}"
        if camera.state is CameraState.STARTING:
            return _("The camera starts")
        size = camera.size.replace("x", "\N{MULTIPLICATION SIGN}")
        rate = _("{n} a second").format(n=camera.rate) if camera.rate else ""
        return " · ".join(part for part in (camera.name, size, rate) if part)

    @property
    def hint(self) -> str:
        """What would help, in words."""
        return camera_hint(self._overlay.hint)

    def restyle(self) -> None:
        """Take the new text size."""
        self._place()

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons; the preview is drawn as wide as this."""
        self._place()
        self._ask_for_pictures()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw again."""
        self._ask_for_pictures()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: draw nothing."""
        self._camera.show_at(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, outlines, hint, strip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), _DARK.canvas)
        looking = self._camera.state is CameraState.LOOKING
        if looking and not self._image.isNull():
            cut = self._cut()
            painter.drawImage(QRectF(self.rect()), self._image, cut)
            self._paint_over(painter)
        elif not looking:
            self._paint_words(painter)
        self._paint_strip(painter)
        colours = tokens.current()
        trouble = self._camera.state is CameraState.TROUBLE
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.warn_line if trouble else colours.line2, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    # within

    def _cut(self) -> QRectF:
        """The part of the picture that is shown: it fills the place, and what is too much is cut off evenly."""
        width, height = self._image.width(), self._image.height()
        scale = max(self.width() / width, self.height() / height)
        wide, tall = self.width() / scale, self.height() / scale
        return QRectF((width - wide) / 2, (height - tall) / 2, wide, tall)

    def _paint_over(self, painter: QPainter) -> None:
        overlay = self._overlay
        cut = self._cut()
        scale = self.width() / cut.width()
        shrunk = self._image.width() / max(1, overlay.size[0])

        def place(point: tuple[float, float]) -> QPointF:
            return QPointF((point[0] * shrunk - cut.x()) * scale, (point[1] * shrunk - cut.y()) * scale)

        free = QRectF(self.rect()).adjusted(6, 6, -6, -theme.px(STRIP) - 4)
        if not overlay.codes and not overlay.unread:
            paint_corners(painter, free)
        unread = [QPolygonF([place(point) for point in one]) for one in overlay.unread]
        codes = [
            (QPolygonF([place(point) for point in corners]), self._tags.get(text, ""))
            for text, corners in overlay.codes
        ]
        paint_codes(painter, codes, unread, self.look, free)
        if overlay.hint:
            paint_hint(painter, self.hint, free)

    def _paint_words(self, painter: QPainter) -> None:
        camera = self._camera
        word, remedy = _("The camera starts"), ""
        if camera.state is CameraState.TROUBLE:
            word, remedy = camera_trouble(camera.trouble)
        elif camera.state is CameraState.OFF:
            word = _("The camera is off")
        box = QRectF(self.rect()).adjusted(16, 8, -16, -theme.px(STRIP) - 8)
        size = theme.px(32)
        trouble = camera.state is CameraState.TROUBLE
        middle = box.center().y() - theme.px(34)
        ink = _DARK.warn if trouble else _DARK.text2
        icon = "alert-triangle" if trouble else "camera"
        paint_icon(painter, icon, round(box.center().x() - size / 2), round(middle - size / 2), size, ink)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setPen(_DARK.text)
        painter.setFont(theme.font(15, 600))
        painter.drawText(QRectF(box.left(), middle + size / 2 + 6, box.width(), theme.px(22)), centre, word)
        painter.setPen(_DARK.text2)
        painter.setFont(theme.font(12))
        painter.drawText(
            QRectF(box.left(), middle + size / 2 + theme.px(28), box.width(), theme.px(36)), centre, remedy
        )

    def _paint_strip(self, painter: QPainter) -> None:
        height = theme.px(STRIP)
        strip = QRect(0, self.height() - height, self.width(), height)
        ground = QColor(_DARK.canvas)
        ground.setAlpha(205)
        painter.fillRect(strip, ground)
        looking = self._camera.state is CameraState.LOOKING
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_DARK.good if looking else _DARK.neutral_line)
        painter.drawEllipse(QPointF(14, strip.center().y() + 0.5), 4, 4)
        painter.setPen(_DARK.text)
        font = theme.font(12, 600)
        painter.setFont(font)
        room = strip.adjusted(26, 0, -theme.px(64), 0)
        trouble = self._camera.state is CameraState.TROUBLE
        words = (self._camera.name or _("Camera")) if trouble else self.words
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _place(self) -> None:
        size = self.options.sizeHint()
        top = self.height() - (theme.px(STRIP) + size.height()) // 2
        left = self.width() - size.width() - 6
        self.options.setGeometry(left, top, size.width(), size.height())
        self.light.setGeometry(left - size.width() - 4, top, size.width(), size.height())

    def _ask_for_pictures(self) -> None:
        self._camera.show_at(round(self.width() * self.devicePixelRatioF()) if self.isVisible() else 0)

    def _on_changed(self) -> None:
        if self._camera.state is not CameraState.LOOKING:
            self._image, self._overlay = QImage(), Overlay()
        source = self._camera.source
        self.light.setVisible(source is not None and source.has_light)
        self.light.setChecked(self._camera.light)
        words = self.words
        if self._camera.state is CameraState.TROUBLE and words != self._said:
            announce(self, words)
        self._said = words
        self.setAccessibleName(_("Camera"))
        self.setAccessibleDescription(words)
        self.update()

    def _on_drawn(self, image: QImage) -> None:
        image.setDevicePixelRatio(1.0)
        self._image = image
        self.update()

    def _on_seen(self, seen: "Seen") -> None:
        if seen.heavy:
            return
        before = self._overlay
        codes = tuple((one.text, one.corners) for one in seen.in_view)
        self._overlay = Overlay(seen.size, codes, seen.unread, seen.hint)
        self._tags = {text: self._tags[text] if text in self._tags else self._tag_of(text) for text, _ in codes}
        if seen.hint != before.hint and seen.hint:
            announce(self, self.hint)
        if self._overlay != before and not self.isHidden():
            self.update()

    def _on_light_clicked(self) -> None:
        self._camera.set_light(on=self.light.isChecked())

    def _on_options_clicked(self) -> None:
        self.menu = menu = QMenu(self)
        menu.setAccessibleName(_("Camera settings"))
        settings_size = self._camera.size
        for one in self._camera.choices():
            self._entry(menu, one.name, f"camera {one.id}", on=one.name == self._camera.name)
        menu.addSeparator()
        chosen = next((one for one in self._camera.choices() if one.name == self._camera.name), None)
        for size in chosen.sizes[:8] if chosen else ():
            shown = size.replace("x", "\N{MULTIPLICATION SIGN}")
            self._entry(menu, shown, f"size {size}", on=size == settings_size)
        source = self._camera.source
        if source is not None and source.has_exposure:
            menu.addSeparator()
            self._entry(menu, _("Brighter"), "brighter")
            self._entry(menu, _("Darker"), "darker")
        menu.addSeparator()
        self._entry(menu, _("Switch the camera off"), "off")
        self._entry(menu, _("All settings"), "settings")
        menu.triggered.connect(self._on_entry)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.options.mapToGlobal(self.options.rect().bottomLeft()))

    def _entry(self, menu: QMenu, text: str, what: str, *, on: bool | None = None) -> None:
        action = menu.addAction(text)
        action.setData(what)
        if on is not None:
            action.setCheckable(True)
            action.setChecked(on)

    def _on_entry(self, action: QAction) -> None:
        what, _space, value = str(action.data()).partition(" ")
        camera = self._camera
        if what == "camera":
            camera.choose(value)
        elif what == "size":
            now = next((one.id for one in camera.choices() if one.name == camera.name), "")
            camera.choose(now, value)
        elif what in ("brighter", "darker"):
            camera.set_exposure(camera.exposure + (1 if what == "brighter" else -1))
        elif what == "off":
            camera.switch(on=False)
        else:
            self.settings_wanted.emit()
