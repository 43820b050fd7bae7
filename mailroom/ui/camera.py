"""The camera of this desk: switched on and off, chosen, plugged out and in; its readings go to the Scan page.

What reads and draws frames is loaded when it is first switched on: the decoder in the work thread, what makes classes
of Qt in the window's.
"""

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QPluginLoader, QTimer, Signal

from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Recognition
from mailroom.ui.page import Bench

if TYPE_CHECKING:
    from mailroom.ui.camera_reader import CameraReader, Seen
    from mailroom.ui.camera_source import CameraChoice, CameraSource

_AGAIN = 3000  # ms between two tries where another program has the camera
_WAITS_FOR_DEVICES = ("camera_none", "camera_gone", "camera_failed", "camera_silent", "camera_refused")

# Each makes classes of Qt, which `Runners` says of where: in the window's thread.
_QT_MODULES = (
    "PySide6.QtNetwork",
    "PySide6.QtMultimedia",
    "mailroom.ui.camera_source",
    "mailroom.ui.camera_reader",
)

MakeSource = Callable[[QObject], "CameraSource"]


class CameraState(StrEnum):
    """What the camera is doing."""

    OFF = "off"
    STARTING = "starting"
    LOOKING = "looking"  # frames come
    TROUBLE = "trouble"  # `Camera.trouble` says which


class Camera(QObject):
    """`label_read` carries the readings of one label, `seen` what each frame gave, `drawn` the preview."""

    changed = Signal()
    label_read = Signal(object)  # tuple of Reading
    photographed = Signal(object)  # (tuple of Reading, JPEG)
    seen = Signal(object)  # Seen
    drawn = Signal(object)  # QImage

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.make_source: MakeSource | None = None  # a stand-in for what QtMultimedia offers
        self.state = CameraState.OFF
        self.trouble = ""
        self.size = ""  # of the frames, as they come
        self.light = False
        self.exposure = 0
        self.source: CameraSource | None = None
        self.reader: CameraReader | None = None
        self._width = 0
        self._closed = False
        self._opened: tuple[str, str] | None = None  # what the settings named when it was opened last
        self._loading = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self._open)
        bench.desk.changed.connect(self._follow_settings)
        self.rate = 0  # frames of the last second
        self._counted = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._on_second)

    @property
    def on(self) -> bool:
        """Whether it is switched on, with or without a picture."""
        return self.state is not CameraState.OFF

    @property
    def name(self) -> str:
        """The name of the camera in use."""
        return self.source.name if self.source is not None else ""

    def switch(self, *, on: bool) -> None:
        """Switch it on or off, and remember that."""
        if on != self._bench.desk.settings.camera_on:
            self._bench.desk.change(camera_on=on)
        else:
            self._follow_settings()

    def resume(self) -> None:
        """Switch it on where it was on when the window was closed."""
        self._follow_settings()

    def close(self) -> None:
        """Let the camera go for good: the window closes. What is kept in the settings stays."""
        self._closed = True
        self._stop()

    def choices(self) -> "tuple[CameraChoice, ...]":
        """The cameras that are plugged in, once it was switched on."""
        return self.source.choices() if self.source is not None else ()

    def choose(self, camera: str, size: str = "") -> None:
        """Take another camera, or another size of its picture (empty: the usual), and remember that."""
        kept = self._bench.desk.settings
        if (kept.camera, kept.camera_size) != (camera, size):
            self._bench.desk.change(camera=camera, camera_size=size)
        elif self.on and not self._loading:
            self._open()

    def set_light(self, *, on: bool) -> None:
        """Switch the camera's own light."""
        if self.source is not None:
            self.light = on
            self.source.set_light(on=on)
            self.changed.emit()

    def set_exposure(self, value: int) -> None:
        """Make the picture brighter or darker: half stops from -4 to 4."""
        if self.source is not None:
            self.exposure = max(-4, min(4, value))
            self.source.set_exposure(self.exposure)
            self.changed.emit()

    def show_at(self, width: int) -> None:
        """Draw the preview this wide (px); 0 draws none, as on a page that is not shown."""
        self._width = width
        if self.reader is not None:
            self.reader.width = width

    # within

    def _follow_settings(self) -> None:
        """Do what the settings say now: they are also changed on the Settings page."""
        settings = self._bench.desk.settings
        if self._closed:
            return
        if settings.camera_on and not self.on:
            self._start()
        elif not settings.camera_on and self.on:
            self._stop()
        elif self.on and self._opened not in (None, (settings.camera, settings.camera_size)):
            self._open()

    def _start(self) -> None:
        self._become(CameraState.STARTING)
        if self.source is not None:
            self._open()
        elif not self._loading:
            self._loading = True
            self._bench.runners.run("work", _load, self._on_loaded, self._on_not_loaded)

    def _stop(self) -> None:
        self._again.stop()
        if self.reader is not None:
            self.reader.stop()
            self.reader.deleteLater()
            self.reader = None
        if self.source is not None:
            self.source.close()
        self._become(CameraState.OFF)

    def _on_loaded(self, _nothing: None) -> None:
        self._load_next(list(_QT_MODULES))

    def _load_next(self, left: list[str]) -> None:
        """One module a turn of the event loop, so that no key waits for all of them."""
        if self._closed:
            return
        try:
            importlib.import_module(left.pop(0))
        except ImportError as error:
            self._on_not_loaded(error)
            return
        if left:
            QTimer.singleShot(0, self, partial(self._load_next, left))
        else:
            self._on_ready()

    def _on_ready(self) -> None:
        from mailroom.ui.camera_source import CameraSource

        self._loading = False
        self.source = (self.make_source or CameraSource)(self)
        self.source.frame.connect(self._on_frame)
        self.source.stopped.connect(self._on_stopped)
        self.source.devices_changed.connect(self._on_devices_changed)
        if self.on:
            self._open()

    def _on_not_loaded(self, error: BaseException) -> None:
        self._loading = False
        self._become(CameraState.TROUBLE, "camera_failed")
        if not isinstance(error, ImportError):
            self._bench.runners.failed.emit(error)

    def _open(self) -> None:
        if self.source is None or not self.on:
            return
        self._renew_reader()
        self.size = ""
        self._become(CameraState.STARTING)
        settings = self._bench.desk.settings
        self._opened = settings.camera, settings.camera_size
        self.source.open(*self._opened)

    def _renew_reader(self) -> None:
        from mailroom.ui.camera_reader import CameraReader

        if self.reader is not None:
            self.reader.stop()
            self.reader.deleteLater()
        self.reader = CameraReader(self._bench.runners, self._recognise, self)
        self.reader.width = self._width
        self.reader.seen.connect(self._on_seen)
        self.reader.drawn.connect(self.drawn)
        self.reader.photographed.connect(self.photographed)

    def _recognise(self, symbology: Symbology, text: str) -> Recognition:
        """What a code means; pure, called in the decode thread."""
        office = self._bench.office
        reading = Reading(text, ReadingSource.CAMERA, datetime.now(UTC), symbology)
        return office.intake.recognise(office.operator, (reading,))

    def _on_frame(self, frame: object) -> None:
        if self.reader is None or self.source is None or not self.source.open_id:
            return
        if self.state is not CameraState.LOOKING:
            if self.light:
                self.source.set_light(on=True)
            if self.exposure:
                self.source.set_exposure(self.exposure)
            self._become(CameraState.LOOKING)
        self.reader.take(frame)  # type: ignore[arg-type]

    def _on_seen(self, seen: "Seen") -> None:
        size = f"{seen.size[0]}x{seen.size[1]}"
        if size != self.size:
            self.size = size
            self.changed.emit()
        if seen.label:
            now = datetime.now(UTC)
            readings = tuple(
                Reading(one.text, ReadingSource.CAMERA, now, one.symbology, self.name, "zxing") for one in seen.label
            )
            if self.reader is not None and seen.frame is not None and self._bench.desk.settings.label_photos:
                self.reader.photograph(seen.frame, readings)
            self.label_read.emit(readings)
        self.seen.emit(seen)

    def _on_stopped(self, code: str) -> None:
        if not self.on:
            return
        self._become(CameraState.TROUBLE, code)
        if code == "camera_in_use":
            self._again.start()

    def _on_devices_changed(self) -> None:
        if self.source is None or not self.on:
            return
        plugged = {one.id: one.name for one in self.source.choices()}
        if self.source.open_id and self.source.open_id not in plugged:
            self.source.close()
            self._on_stopped("camera_gone")
        elif self.state is CameraState.TROUBLE and self.trouble in _WAITS_FOR_DEVICES and plugged:
            known = self._bench.desk.settings.camera in plugged or self.source.name in plugged.values()
            if known or self.trouble != "camera_gone":
                self._open()
        self.changed.emit()

    def _on_second(self) -> None:
        arrived = self.reader.tally.arrived if self.reader is not None else 0
        rate, self._counted = max(0, arrived - self._counted), arrived
        if abs(rate - self.rate) > 1:  # one more or less is the timer's
            self.rate = rate
            self.changed.emit()

    def _become(self, state: CameraState, trouble: str = "") -> None:
        if state is not CameraState.LOOKING:
            self._second.stop()
            self.rate = self._counted = 0
        elif not self._second.isActive():
            self._second.start()
        self.state, self.trouble = state, trouble
        self.changed.emit()


def _load() -> None:
    """Load what reads frames and what QtMultimedia plugs in: a third of a second that the window does not wait."""
    for name in ("opinion", "live", "warming"):
        importlib.import_module(f"mailroom.capture.{name}")
    importlib.import_module("mailroom.capture.warming").warm_up()
    folder = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)}/multimedia"
    QPluginLoader(f"{folder}/ffmpegmediaplugin").load()
