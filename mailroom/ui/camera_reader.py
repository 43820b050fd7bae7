"""Frames to labels: the newest frame goes to the decode thread, the preview is drawn beside it, the rest is dropped.

Loaded when a camera is first switched on.
"""

import time
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame

from mailroom.capture.arrays import Gray
from mailroom.capture.heavy import Steps, heavy_steps
from mailroom.capture.live import FrameReader, Look
from mailroom.capture.opinion import second_opinion
from mailroom.capture.sightings import Corners, Sighting
from mailroom.ui.camera_codes import LabelGate, Recognise
from mailroom.ui.camera_frames import gray_of, photo_of, picture_of
from mailroom.ui.runners import Runners

_PREVIEW = 720  # px, the widest preview that is drawn
_OLD = 0.075  # seconds from a frame's arrival to what it says: a few less than it may be
_LATEST = 0.08  # seconds: what is told later than this is overtaken, where a newer frame has come
_SILENT = 0.25  # seconds without a word, from which on a late one is better than none
_STEPS = 0.03  # seconds of a slow look between two live frames
_SOON, _LATE = 0.05, 0.01  # seconds: so long the next frame is waited for, and so much later it may come


@dataclass(frozen=True, slots=True)
class Seen:
    """What a frame gave. `label`: codes to act on, with the `frame` that showed them."""

    size: tuple[int, int]  # pixels
    label: tuple[Sighting, ...] = ()
    in_view: tuple[Sighting, ...] = ()
    unread: tuple[Corners, ...] = ()
    hint: str = ""
    frame: QVideoFrame | Gray | None = None
    arrived: float = 0.0  # seconds, monotonic
    done: float = 0.0
    heavy: bool = False  # a slow look at a frame of a moment ago


@dataclass(slots=True)
class Tally:
    """How many frames came, were decoded, and gave way to newer ones."""

    arrived: int = 0
    decoded: int = 0
    dropped: int = 0


def wait_for_next(age: float, took: float, apart: float) -> float:
    """Seconds that the frame after this one is worth waiting for, 0 where it is not; all in seconds.

    `age`: since this one came; `took`: what frames take to be decoded; `apart`: from one frame to the next. A frame
    that would be too old when it is decoded gives way to one that will not be: a clerk moves the label by what is seen.
    One that has just come gives way to none: where frames take all of their time, none would ever be decoded.
    """
    due = apart - age
    return due + _LATE if age > _LATE and age + took > _OLD >= took and 0 < due < _SOON else 0.0


class Decoding:
    """What the decode thread keeps from frame to frame."""

    def __init__(self, recognise: Recognise) -> None:
        self._gate = LabelGate(recognise)
        self._reader = FrameReader(self._gate.check)
        self._still: Gray | None = None  # a frame of a moment ago that gets a slow look
        self._steps: Steps | None = None  # what is left of that look
        self._begun = 0.0

    @property
    def looks_longer(self) -> bool:
        """Whether a slow look at a frame of a moment ago is under way: then a step of it is due after each frame."""
        return self._steps is not None

    def look(self, frame: QVideoFrame, arrived: float) -> Seen:
        """Read one frame."""
        gray = gray_of(frame)
        if gray is None:
            return Seen((frame.width(), frame.height()), arrived=arrived, done=time.monotonic())
        now = time.monotonic()
        self._gate.begin()
        look = self._reader.look(gray, now, arrived + _OLD)
        accepted = tuple(one for one in look.accepted if not self._contradicted(gray, one))
        label = self._gate.settle(look, accepted, now)
        hint = str(look.hint) if look.hint else ""
        size, shown = (gray.shape[1], gray.shape[0]), frame if label else None
        if look.still is not None and self._steps is None:
            self.begin_longer(look.still)
        return Seen(size, label, look.in_view, look.unread, hint, shown, arrived, time.monotonic())

    def begin_longer(self, still: Gray) -> None:
        """Everything that can be tried is to be tried on a frame of a moment ago."""
        self._still, self._steps, self._begun = still, heavy_steps(still), time.monotonic()

    def look_longer(self) -> Seen | None:
        """Go one step further with that, some hundredths of a second; after the last one what came of it, else none."""
        if self._steps is None or self._still is None:
            return None
        still, until = self._still, time.monotonic() + _STEPS
        try:
            while time.monotonic() < until:
                next(self._steps)
        except StopIteration as end:
            self._still = self._steps = None
            return self._look_back(still, end.value)
        except BaseException:
            self._still = self._steps = None
            raise
        return None

    def _look_back(self, still: Gray, found: tuple[Sighting, ...]) -> Seen:
        now = time.monotonic()
        self._gate.begin()
        accepted = tuple(one for one in self._reader.look_back(found, now) if not self._contradicted(still, one))
        label = self._gate.settle(Look(accepted, accepted), accepted, now)
        size = still.shape[1], still.shape[0]
        return Seen(size, label, accepted, (), "", still, self._begun, time.monotonic(), heavy=True)

    def _contradicted(self, gray: Gray, one: Sighting) -> bool:
        """Whether a number without a check digit that holds is read otherwise by the second decoder."""
        return self._gate.doubtful(one) and second_opinion(gray, one) is False


class CameraReader(QObject):
    """Takes frames in the GUI thread at no cost; `seen` and `drawn` follow from the threads."""

    seen = Signal(object)  # Seen
    drawn = Signal(object)  # QImage of the preview
    photographed = Signal(object)  # what `photograph` was given with it, and a JPEG

    def __init__(self, runners: Runners, recognise: Recognise, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runners = runners
        self._decoding = Decoding(recognise)
        self._newest: QVideoFrame | None = None
        self._decoding_since: float | None = None  # when the decode thread got what it is busy with
        self._took = 0.0  # seconds that a frame takes to be decoded, as the slow ones of late did
        self._came = self._apart = 0.0  # when the newest frame came, and how long after the one before
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._begin)
        self._drawing = False
        self._told = 0.0  # when a frame was told last
        self._stopped = False
        self.width = 0  # px that the preview needs; 0: none is drawn
        self.tally = Tally()

    def take(self, frame: QVideoFrame) -> None:
        """A frame has come: it takes the place of one that nobody has begun with."""
        if self._stopped:
            return
        self.tally.arrived += 1
        if self._newest is not None:
            self.tally.dropped += 1
        now = time.monotonic()
        self._newest, self._apart, self._came = frame, now - self._came, now
        if self.width and not self._drawing:
            self._drawing = True
            draw = partial(picture_of, frame, min(self.width, _PREVIEW))
            self._runners.run("preview", draw, self._on_drawn, self._on_not_drawn)
        self._go_on()

    def photograph(self, frame: QVideoFrame | Gray, of: object) -> None:
        """Make a JPEG of a frame; `photographed` follows."""
        self._runners.run("preview", lambda: (of, photo_of(frame)), self._on_photographed, self._on_not_drawn)

    def stop(self) -> None:
        """Take no more frames, answer no more."""
        self._stopped = True
        self._newest = None
        self._late.stop()

    # within

    def _go_on(self) -> None:
        if self._decoding_since is not None or self._newest is None:
            return
        wait = wait_for_next(time.monotonic() - self._came, self._took, self._apart)
        if wait:
            self._late.start(round(wait * 1000))
        else:
            self._begin()

    def _begin(self) -> None:
        """Decode the newest frame; be it late, none newer has come."""
        self._late.stop()
        if self._decoding_since is not None or self._newest is None:
            return
        frame, self._newest = self._newest, None
        self._decoding_since = time.monotonic()
        self._runners.run("decode", partial(self._decoding.look, frame, self._came), self._on_looked, self._on_failed)

    def _on_looked(self, seen: Seen) -> None:
        since, self._decoding_since = self._decoding_since, None
        if self._stopped:
            return
        if since is not None:
            lasted = time.monotonic() - since
            self._took = max(lasted, (3 * self._took + lasted) / 4)
        self._tell(seen)
        if self._decoding.looks_longer:
            self._decoding_since = time.monotonic()
            self._runners.run("decode", self._decoding.look_longer, self._on_looked_longer, self._on_failed)
        else:
            self._go_on()

    def _tell(self, seen: Seen) -> None:
        """Say what a frame showed, unless it is late and a newer one has come: then only what is to be acted on.

        A machine that is too slow for every frame still outlines what it sees some times a second.
        """
        now = time.monotonic()
        if self._newest is None or now - seen.arrived <= _LATEST or now - self._told >= _SILENT:
            self._told = now
            self.tally.decoded += 1
            self.seen.emit(seen)
            return
        self.tally.dropped += 1
        if seen.label:
            self.seen.emit(replace(seen, heavy=True))

    def _on_looked_longer(self, seen: Seen | None) -> None:
        self._decoding_since = None
        if self._stopped:
            return
        if seen is not None and seen.label:
            self.seen.emit(seen)
        self._go_on()

    def _on_failed(self, error: BaseException) -> None:
        self._decoding_since = None
        self._runners.failed.emit(error)

    def _on_drawn(self, image: QImage) -> None:
        self._drawing = False
        if not self._stopped and not image.isNull():
            self.drawn.emit(image)

    def _on_photographed(self, photo: tuple[object, bytes]) -> None:
        if photo[1]:
            self.photographed.emit(photo)

    def _on_not_drawn(self, error: BaseException) -> None:
        self._drawing = False
        self._runners.failed.emit(error)
