"""Video frames as grey arrays for the decoder and as pictures for eyes: processor only, safe in any thread."""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from mailroom.capture.previews import small_picture

Gray = NDArray[np.uint8]
_Planes = list[tuple[NDArray[np.uint8], int]]  # bytes and bytes a row

PHOTO_BYTES = 200_000  # the most that a kept picture takes
_PHOTO_SIDES = (1600, 1280, 960, 640)  # px, tried in turn
_PHOTO_QUALITIES = (82, 70, 55)
_Format = QVideoFrameFormat.PixelFormat
_SEMI = {_Format.Format_NV12: (0, 1), _Format.Format_NV21: (1, 0)}  # places of Cb and Cr in the second plane
_PLANAR = {_Format.Format_YUV420P: (1, 2), _Format.Format_YV12: (2, 1), _Format.Format_YUV422P: (1, 2)}
_PACKED = {_Format.Format_YUYV: (0, 1, 3), _Format.Format_UYVY: (1, 0, 2)}  # places of the first Y, Cb and Cr
_SINGLE = {_Format.Format_Y8}


def gray_of(frame: QVideoFrame) -> Gray | None:
    """The frame's greys, rows one after the other; none where it cannot be read (it was taken back, or is empty)."""
    kind, width, height = frame.pixelFormat(), frame.width(), frame.height()
    if kind in _SEMI or kind in _PLANAR or kind in _PACKED or kind in _SINGLE:
        planes = _planes(frame, 1)
        if not planes:
            return None
        data, stride = planes[0]
        if kind in _PACKED:
            first = _PACKED[kind][0]
            rows = data[: stride * height].reshape(height, stride)[:, first : 2 * width : 2]
        else:
            rows = data[: stride * height].reshape(height, stride)[:, :width]
        return np.ascontiguousarray(rows)
    image = _image(frame)
    return None if image.isNull() else _gray_bytes(image)


def picture_of(frame: QVideoFrame, width: int = 0) -> QImage:
    """The frame in colour, about as wide as asked (px; 0: as it is); a null image where it cannot be read."""
    kind = frame.pixelFormat()
    if kind in _SEMI or kind in _PLANAR or kind in _PACKED:
        planes = _planes(frame)
        image = _colours(frame, planes, width) if planes else QImage()
    elif kind in _SINGLE:
        gray = gray_of(frame)
        image = QImage() if gray is None else _gray_image(gray)
    else:
        image = _image(frame)
    if width and image.width() > width:
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    return image


def photo_of(frame: QVideoFrame | Gray) -> bytes:
    """The frame, or its greys, as a JPEG under `PHOTO_BYTES`; empty where it cannot be read."""
    whole = picture_of(frame) if isinstance(frame, QVideoFrame) else _gray_image(frame)
    if whole.isNull():
        return b""
    data = b""
    for side in _PHOTO_SIDES:
        image = whole
        if max(whole.width(), whole.height()) > side:
            size = QSize(side, side)
            image = whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        for quality in _PHOTO_QUALITIES:
            data = _jpeg(image, quality)
            if 0 < len(data) <= PHOTO_BYTES:
                return data
    return data if len(data) <= PHOTO_BYTES else b""


# within


def _planes(frame: QVideoFrame, most: int = 4) -> _Planes:
    """Copies of the frame's first planes: what is mapped belongs to the driver and is given back at once."""
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return []
    try:
        planes = []
        for at in range(min(most, frame.planeCount())):
            stride = frame.bytesPerLine(at)
            data = np.frombuffer(bytes(cast("memoryview", frame.bits(at))[: frame.mappedBytes(at)]), np.uint8)
            planes.append((data, stride))
        rows = len(planes[0][0]) // max(1, planes[0][1]) if planes else 0
        return planes if rows >= frame.height() > 0 else []
    finally:
        frame.unmap()


def _image(frame: QVideoFrame) -> QImage:
    """A frame of plain colours, or a compressed one, as Qt's own image types have it."""
    kind = frame.pixelFormat()
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return QImage()
    try:
        data = bytes(cast("memoryview", frame.bits(0))[: frame.mappedBytes(0)])
        if kind == _Format.Format_Jpeg:
            return QImage.fromData(data)
        plain = QVideoFrameFormat.imageFormatFromPixelFormat(kind)
        if plain == QImage.Format.Format_Invalid:
            return frame.toImage()
        return QImage(data, frame.width(), frame.height(), frame.bytesPerLine(0), plain).copy()
    finally:
        frame.unmap()


def _gray_bytes(image: QImage) -> Gray:
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(bytes(gray.constBits()), np.uint8).reshape(gray.height(), gray.bytesPerLine())
    return rows[:, : gray.width()].copy()


def _gray_image(gray: Gray) -> QImage:
    height, width = gray.shape
    return QImage(gray.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()


def _colours(frame: QVideoFrame, planes: _Planes, width: int) -> QImage:
    """A frame of brightness and colour differences, so many pixels wide (0: as it is)."""
    bright, blue, red = _channels(frame, planes)
    made = small_picture(bright, blue, red, width, _mixture(frame))
    tall, wide = made.shape[:2]
    return QImage(made.tobytes(), wide, tall, wide * 4, QImage.Format.Format_RGB32).copy()


def _mixture(frame: QVideoFrame) -> NDArray[np.float64]:
    """What blue, green and red take of brightness, blueness, redness and one (BT.601, or BT.709 from 720 rows up)."""
    of_red, of_blue = (0.2126, 0.0722) if frame.height() >= 720 else (0.299, 0.114)
    of_green = 1 - of_red - of_blue
    full = frame.surfaceFormat().colorRange() == QVideoFrameFormat.ColorRange.ColorRange_Full
    light, dark, colour = (1.0, 0, 1.0) if full else (255 / 219, 16, 255 / 224)
    blues, reds = 2 * (1 - of_blue) * colour, 2 * (1 - of_red) * colour
    shares = ((blues, 0.0), (-blues * of_blue / of_green, -reds * of_red / of_green), (0.0, reds))
    return np.array([[light, cb, cr, -dark * light - 128 * (cb + cr)] for cb, cr in shares])


def _channels(frame: QVideoFrame, planes: _Planes) -> tuple[Gray, Gray, Gray]:
    """Brightness and both colour differences, which may have half the pixels."""
    kind, width, height = frame.pixelFormat(), frame.width(), frame.height()
    if kind in _PACKED:
        first, blue, red = _PACKED[kind]
        rows = _rows(planes[0], height)
        return rows[:, first : 2 * width : 2], rows[:, blue::4], rows[:, red::4]
    bright = _rows(planes[0], height)[:, :width]
    wide = (width + 1) // 2
    if kind in _SEMI:
        blue, red = _SEMI[kind]
        rows = _rows(planes[1], (height + 1) // 2)[:, : 2 * wide]
        return bright, rows[:, blue::2], rows[:, red::2]
    blue, red = _PLANAR[kind]
    count = height if kind == _Format.Format_YUV422P else (height + 1) // 2
    return bright, _rows(planes[blue], count)[:, :wide], _rows(planes[red], count)[:, :wide]


def _rows(plane: tuple[NDArray[np.uint8], int], height: int) -> Gray:
    data, stride = plane
    return data[: stride * height].reshape(height, stride)


def _jpeg(image: QImage, quality: int) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", quality)  # type: ignore[call-overload]  # it takes text only
    buffer.close()
    return bytes(kept.data())
