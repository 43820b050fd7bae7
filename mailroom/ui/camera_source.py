"""Where frames come from: a camera through QtMultimedia. Loaded when a camera is first switched on."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, QPermission, Qt, QTimer, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
)

_SILENT = 4000  # ms without a frame: the camera is there and sends nothing
_USUAL_PIXELS = 1280 * 720
_USUAL_RATE = 25.0


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera that can be chosen: its id (kept in the settings), its name, its sizes as `1280x720`."""

    id: str
    name: str
    sizes: tuple[str, ...] = ()


class CameraSource(QObject):
    """One camera at a time. `frame` carries QVideoFrame; `stopped` a code of `wording.devices`.

    The frames come through QMediaCaptureSession and QVideoSink; a stand-in overrides `choices` and `_begin`.
    """

    frame = Signal(object)
    stopped = Signal(str)
    devices_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.devices_changed)
        self._camera: QCamera | None = None
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENT)
        self._silence.timeout.connect(self._on_silence)
        self.name = ""
        self.open_id = ""
        self._size = ""

    def choices(self) -> tuple[CameraChoice, ...]:
        """The cameras that are plugged in, the system's own choice first."""
        return plugged_in()

    def open(self, wanted: str, size: str) -> None:
        """Begin with the camera of this id, or the first one; trouble is told through `stopped`."""
        self.close()
        offered = self.choices()
        chosen = next((one for one in offered if one.id == wanted), None) or next(iter(offered), None)
        if chosen is None:
            self.stopped.emit("camera_none")
            return
        self.name, self.open_id = chosen.name, chosen.id
        self._size = size
        self._silence.start()
        self._begin(chosen, size)

    def close(self) -> None:
        """Let the camera go."""
        self._silence.stop()
        self.open_id = ""
        self._end()

    @property
    def has_light(self) -> bool:
        """Whether the camera has a light that can be switched on."""
        return self._camera is not None and self._camera.isTorchModeSupported(QCamera.TorchMode.TorchOn)

    def set_light(self, *, on: bool) -> None:
        """Switch the light."""
        if self._camera is not None and self.has_light:
            self._camera.setTorchMode(QCamera.TorchMode.TorchOn if on else QCamera.TorchMode.TorchOff)

    @property
    def has_exposure(self) -> bool:
        """Whether the picture can be made brighter or darker."""
        return self._camera is not None and bool(
            self._camera.supportedFeatures() & QCamera.Feature.ExposureCompensation
        )

    def set_exposure(self, value: int) -> None:
        """Brighter or darker by half stops, from -4 to 4."""
        if self._camera is not None and self.has_exposure:
            self._camera.setExposureCompensation(value / 2)

    # within

    def _begin(self, chosen: CameraChoice, size: str) -> None:
        if not _allowed(chosen.id):
            self.stopped.emit("camera_refused")
            return
        if _undecided():
            self._silence.stop()
            _ask(self, self._on_permission)
            return
        device = next(one for one in QMediaDevices.videoInputs() if _id(one) == chosen.id)
        camera = QCamera(device, self)
        best = _format(device, size)
        if best is not None:
            camera.setCameraFormat(best)
        camera.errorOccurred.connect(self._on_error)
        self._camera = camera
        self._session.setCamera(camera)
        camera.start()

    def _end(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.errorOccurred.disconnect(self._on_error)
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            camera.deleteLater()

    def _on_permission(self, permission: QPermission) -> None:
        """The person has answered the system's question."""
        wanted, size = self.open_id, self._size
        self.close()
        if permission.status() == Qt.PermissionStatus.Granted:
            self.open(wanted, size)
        else:
            self.stopped.emit("camera_refused")

    def _on_frame(self, frame: QVideoFrame) -> None:
        if self.open_id and frame.isValid():
            self._silence.start()
            self.frame.emit(QVideoFrame(frame))

    def _on_error(self, _error: QCamera.Error, text: str) -> None:
        plugged = {one.id for one in self.choices()}
        code = "camera_failed"
        if self.open_id not in plugged:
            code = "camera_gone"
        elif not _allowed(self.open_id):
            code = "camera_refused"
        elif any(word in text.lower() for word in ("in use", "busy", "cannot open")):
            code = "camera_in_use"
        self.close()
        self.stopped.emit(code)

    def _on_silence(self) -> None:
        self.close()
        self.stopped.emit("camera_silent")


def plugged_in() -> tuple[CameraChoice, ...]:
    """The cameras that QtMultimedia knows, the system's own choice first."""
    usual = _id(QMediaDevices.defaultVideoInput())
    found = sorted(QMediaDevices.videoInputs(), key=lambda one: _id(one) != usual)
    return tuple(CameraChoice(_id(one), one.description(), _sizes(one)) for one in found)


def _id(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _allowed(id_: str) -> bool:
    """Whether this user may use the camera: the system's permission, and on Linux that of the device's file."""
    if sys.platform.startswith("linux"):
        return not id_.startswith("/dev/") or not Path(id_).exists() or os.access(id_, os.R_OK | os.W_OK)
    return _permission() != Qt.PermissionStatus.Denied


def _undecided() -> bool:
    """Whether the system has to ask the person first; on Linux and Windows it never has to."""
    return _permission() == Qt.PermissionStatus.Undetermined


def _permission() -> Qt.PermissionStatus:
    app = QCoreApplication.instance()
    return Qt.PermissionStatus.Granted if app is None else app.checkPermission(QCameraPermission())


def _ask(context: QObject, answered: Callable[[QPermission], None]) -> None:
    app = QCoreApplication.instance()
    if app is not None:
        app.requestPermission(QCameraPermission(), context, answered)


def _sizes(device: QCameraDevice) -> tuple[str, ...]:
    sizes = {(one.resolution().width(), one.resolution().height()) for one in device.videoFormats()}
    return tuple(f"{width}x{height}" for width, height in sorted(sizes, reverse=True))


def _format(device: QCameraDevice, size: str) -> QCameraFormat | None:
    """The format of the wanted size, else the one nearest to 1280x720; quick ones first, plain before compressed."""

    def order(one: QCameraFormat) -> tuple[bool, int, float, bool]:
        width, height = one.resolution().width(), one.resolution().height()
        slow = max(0.0, _USUAL_RATE - one.maxFrameRate())
        compressed = one.pixelFormat() == QVideoFrameFormat.PixelFormat.Format_Jpeg
        return f"{width}x{height}" != size, abs(width * height - _USUAL_PIXELS), slow, compressed

    formats = device.videoFormats()
    return min(formats, key=order) if formats else None
