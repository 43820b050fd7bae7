"""Video frames of every kind that cameras send become the same greys and nearly the same colours."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from mailroom.capture import blurred, pdf417
from mailroom.capture.templates import bank
from mailroom.capture.warming import warm_up
from mailroom.ui.camera_frames import PHOTO_BYTES, gray_of, photo_of, picture_of

Kind = QVideoFrameFormat.PixelFormat
WIDTH, HEIGHT = 66, 48  # rows of it are padded in most formats
LUMA, BLUE, RED = 81, 90, 240  # pure red in video range (BT.601)
YUV = [Kind.Format_NV12, Kind.Format_NV21, Kind.Format_YUV420P, Kind.Format_YV12, Kind.Format_YUV422P]
PACKED = {Kind.Format_YUYV: (LUMA, BLUE, LUMA, RED), Kind.Format_UYVY: (BLUE, LUMA, RED, LUMA)}


def frame_of(kind: Kind) -> QVideoFrame:
    """A frame that is red all over."""
    frame = QVideoFrame(QVideoFrameFormat(QSize(WIDTH, HEIGHT), kind))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    planes: list[Any] = [np.frombuffer(frame.bits(at), np.uint8) for at in range(frame.planeCount())]
    if kind in PACKED:
        planes[0][:] = np.resize(np.array(PACKED[kind], np.uint8), len(planes[0]))
    else:
        planes[0][:] = LUMA
        pair = (BLUE, RED) if kind not in (Kind.Format_NV21, Kind.Format_YV12) else (RED, BLUE)
        if len(planes) == 2:
            planes[1][:] = np.resize(np.array(pair, np.uint8), len(planes[1]))
        else:
            planes[1][:], planes[2][:] = pair
    frame.unmap()
    return frame


@pytest.mark.parametrize("kind", [*YUV, *PACKED])
def test_every_kind_gives_its_greys_and_its_colours(kind: Kind) -> None:
    frame = frame_of(kind)
    gray = gray_of(frame)
    assert gray is not None
    assert gray.shape == (HEIGHT, WIDTH)
    assert gray.dtype == np.uint8
    assert gray.flags.c_contiguous
    assert set(gray.ravel().tolist()) == {LUMA}
    for width, wanted in ((0, WIDTH), (33, 33)):
        picture = picture_of(frame, width)
        assert picture.width() == wanted
        colour = picture.pixelColor(5, 5)
        assert colour.red() > 235
        assert max(colour.green(), colour.blue()) < 25


@pytest.mark.parametrize("full", [False, True])
def test_a_preview_has_the_colours_and_the_shapes_of_a_large_frame(full: bool) -> None:
    # GIVEN a frame of 720 rows, its left half red (BT.709), its right half white
    shape = QVideoFrameFormat(QSize(1280, 720), Kind.Format_NV12)
    if full:
        shape.setColorRange(QVideoFrameFormat.ColorRange.ColorRange_Full)
    frame = QVideoFrame(shape)
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    bright: Any = np.frombuffer(frame.bits(0), np.uint8).reshape(720, -1)
    colour: Any = np.frombuffer(frame.bits(1), np.uint8).reshape(360, -1)
    bright[:], colour[:] = (255, 128) if full else (235, 128)
    bright[:, :640] = 54 if full else 63
    colour[:, :640] = np.tile([99, 255] if full else [102, 240], 320)
    frame.unmap()
    for width in (332, 640, 719):
        picture = picture_of(frame, width)
        assert (picture.width(), picture.height()) == (width, round(720 * width / 1280))
        for at, wanted in ((0.45, "#ff0000"), (0.55, "#ffffff")):
            seen = picture.pixelColor(round(width * at), picture.height() // 2)
            asked = QColor(wanted)
            off = (seen.red() - asked.red(), seen.green() - asked.green(), seen.blue() - asked.blue())
            assert max(map(abs, off)) < 6, (width, at, seen.name())


def test_plain_and_compressed_frames_are_read_too() -> None:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    plain = QVideoFrame(image)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 95)  # type: ignore[call-overload]
    pressed = QVideoFrame(QVideoFrameFormat(QSize(WIDTH, HEIGHT), Kind.Format_Jpeg))
    assert pressed.map(QVideoFrame.MapMode.WriteOnly)
    data: Any = np.frombuffer(pressed.bits(0), np.uint8)
    data[: kept.size()] = np.frombuffer(kept.data(), np.uint8)
    pressed.unmap()
    for frame in (plain, pressed):
        gray = gray_of(frame)
        assert gray is not None
        assert gray.shape == (HEIGHT, WIDTH)
        assert int(gray.max()) - int(gray.min()) < 3
        assert picture_of(frame).pixelColor(5, 5).red() > 250


def test_an_empty_frame_is_no_picture() -> None:
    assert gray_of(QVideoFrame()) is None
    assert picture_of(QVideoFrame()).isNull()
    assert photo_of(QVideoFrame()) == b""


def test_a_photograph_is_under_its_limit_whatever_it_shows() -> None:
    # GIVEN what no camera sends: noise, 4K
    frame = QVideoFrame(QVideoFrameFormat(QSize(3840, 2160), Kind.Format_Y8))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    noise: Any = np.frombuffer(frame.bits(0), np.uint8)
    noise[:] = np.random.default_rng(3).integers(0, 256, len(noise), dtype=np.uint8)
    frame.unmap()
    data = photo_of(frame)
    assert 0 < len(data) <= PHOTO_BYTES
    assert 0 < len(photo_of(noise[: 720 * 1280].reshape(720, 1280))) <= PHOTO_BYTES
    assert not QImage.fromData(data).isNull()


def test_switching_a_camera_on_draws_the_shapes_that_its_first_frames_need() -> None:
    bank.cache_clear()
    warm_up()
    drawn = bank.cache_info().misses
    blurred.prepare()
    pdf417.prepare()
    assert bank.cache_info().misses == drawn
