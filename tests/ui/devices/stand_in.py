"""A camera that is not there: frames made here go through QVideoFrameInput into the window's own session and sink."""

from collections.abc import Callable

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoFrameInput

from mailroom.ui.camera_source import CameraChoice, CameraSource

Gray = NDArray[np.uint8]
C920 = CameraChoice("c920", "C920", ("1920x1080", "1280x720"))
OTHER = CameraChoice("doc", "Document camera", ("1280x720",))


class StandIn(CameraSource):
    """Frames come when `send` is called, or `rate` times a second from `picture`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plugged = [C920]
        self.refusal = ""  # what opening ends in
        self.opened: list[tuple[str, str]] = []
        self.input = QVideoFrameInput(self)
        self.sent = 0
        self.picture: Callable[[], Gray] | None = None
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._on_time)

    def choices(self) -> tuple[CameraChoice, ...]:
        return tuple(self.plugged)

    @property
    def has_light(self) -> bool:
        return bool(self.open_id)

    def _begin(self, chosen: CameraChoice, size: str) -> None:
        self.opened.append((chosen.id, size))
        if self.refusal:
            self.close()
            self.stopped.emit(self.refusal)
            return
        self._session.setVideoFrameInput(self.input)

    def _end(self) -> None:
        self._session.setVideoFrameInput(None)  # type: ignore[arg-type]

    def play(self, picture: Callable[[], Gray], rate: float = 25.0) -> None:
        """Send what `picture` gives, so many times a second."""
        self.picture = picture
        self.timer.start(round(1000 / rate))

    def stop(self) -> None:
        self.timer.stop()

    def send(self, gray: Gray) -> bool:
        """One frame of these greys, without colour (NV12)."""
        self.sent += 1
        return self.input.sendVideoFrame(video_frame(gray))

    def unplug(self) -> None:
        self.stop()
        self.plugged = []
        self.devices_changed.emit()

    def plug_in(self, *choices: CameraChoice) -> None:
        self.plugged = list(choices or (C920,))
        self.devices_changed.emit()

    def _on_time(self) -> None:
        if self.picture is not None:
            self.send(self.picture())


def video_frame(gray: Gray) -> QVideoFrame:
    """The greys as a video frame."""
    height, width = gray.shape
    frame = QVideoFrame(QVideoFrameFormat(QSize(width, height), QVideoFrameFormat.PixelFormat.Format_NV12))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    stride = frame.bytesPerLine(0)
    rows = np.frombuffer(frame.bits(0), np.uint8)[: stride * height].reshape(height, stride)
    rows[:, :width] = gray
    np.frombuffer(frame.bits(1), np.uint8)[:] = 128
    frame.unmap()
    return frame


def desk(width: int = 1280, height: int = 720) -> Gray:
    """An empty desk: something grey with a little grain, the same every time."""
    grain = np.random.default_rng(7).integers(0, 8, (height, width), dtype=np.uint8)
    return (120 + grain).astype(np.uint8)


def label(*codes: str, width: int = 1280, height: int = 720, module: int = 3, at: tuple[int, int] = (150, 200)) -> Gray:
    """A desk with a white label that carries the payloads as Code 128, one above the other."""
    frame = desk(width, height)
    left, top = at
    for place, text in enumerate(codes):
        bars = code128(text, module)
        y = top + place * (bars.shape[0] + 40)
        frame[max(0, y - 30) : y + bars.shape[0] + 30, max(0, left - 30) : left + bars.shape[1] + 30] = 235
        part = frame[y : y + bars.shape[0], left : left + bars.shape[1]]
        part[:] = bars[: part.shape[0], : part.shape[1]]
    return frame


def code128(text: str, module: int = 3, rows: int = 110) -> Gray:
    """The bars of a Code 128, dark on light, `module` pixels to the narrowest, with quiet zones."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    drawn = np.array(zxingcpp.write_barcode_to_image(made, scale=1))
    line = drawn[drawn.shape[0] // 2]
    return np.where(np.repeat(np.tile(line, (rows, 1)), module, axis=1) > 127, 235, 25).astype(np.uint8)
