"""The camera's path as a user gets it: 25 frames a second at 1280x720 through QtMultimedia's session and sink.

Run: `.venv/bin/python tests/benchmarks/bench_camera.py [SECONDS] [--frames N]`. It prints a table and asserts nothing.
`--frames` sends so many frames, 25 a second, and prints the same and the memory as it goes. Times are from a frame's
arrival in the sink to the moment when the window is told what it shows.
"""

import argparse
import dataclasses
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "devices"))

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer
from stand_in import StandIn, code128, desk, label

from mailroom.bootstrap import close_office, open_office
from mailroom.config import Profile, load_desk
from mailroom.ui import theme
from mailroom.ui.application import application
from mailroom.ui.camera_reader import Seen
from mailroom.ui.session import Session

UPS, USPS = "1Z999AA10123456784", "9405511899223197428490"


class Watch(QObject):
    """How long the GUI thread was away from its events and how much of that it worked, and how long frames took."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.own: list[float] = []  # ms of processor time between two beats: what no other process has a share in
        self._worked = time.thread_time()
        self.waits: list[float] = []
        self._clock = QElapsedTimer()
        self._clock.start()
        self._sent = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(1)
        session.scan.camera.seen.connect(self._on_seen)

    def forget(self) -> None:
        """Begin again."""
        self.gaps.clear()
        self.own.clear()
        self.waits.clear()

    def sent(self, seconds: float) -> None:
        """So long the stand-in itself held the GUI thread: a camera's driver does not."""
        self._sent += seconds * 1000

    def _on_beat(self) -> None:
        gap = self._clock.nsecsElapsed() / 1e6
        self._clock.restart()
        self.gaps.append(max(0.0, gap - self._sent))
        worked = time.thread_time()
        self.own.append(max(0.0, (worked - self._worked) * 1000 - self._sent))
        self._worked, self._sent = worked, 0.0

    def _on_seen(self, seen: Seen) -> None:
        if not seen.heavy:
            self.waits.append((time.monotonic() - seen.arrived) * 1000)


class Sender(QObject):
    """Sends new frames 25 times a second, each picture for a while; a sink passes over a frame that it has already."""

    def __init__(self, source: StandIn, watch: Watch, frames: list[NDArray[np.uint8]], each: int) -> None:
        super().__init__()
        self._source, self._watch, self._frames, self._each = source, watch, frames, each
        self.count = 0
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.send)

    def send(self) -> None:
        begun = time.thread_time()
        self._source.send(self._frames[self.count // self._each % len(self._frames)])
        self.count += 1
        self._watch.sent(time.thread_time() - begun)


def pictures() -> dict[str, NDArray[np.uint8]]:
    """What a bench sees: nothing, labels, a label turned by a few degrees, one that moves."""
    sharp = label(USPS, "42055802")
    moving = np.mean([np.roll(sharp.astype(np.float32), by, axis=1) for by in range(15)], axis=0).astype(np.uint8)
    slanted = desk()
    bars = code128(UPS, 3, 140)
    for row in range(bars.shape[0]):
        for column in range(0, bars.shape[1] - 8, 8):
            y = 250 + row + column // 8
            slanted[y, 200 + column : 208 + column] = bars[row, column : column + 8]
    return {"empty desk": desk(), "label": sharp, "moving": moving, "slanted": slanted, "dark": desk() // 16}


def pump(until: Callable[[], bool]) -> None:
    loop = QEventLoop()
    while not until():
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # the beats end each wait


def resident() -> float:
    """MB of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", nargs="?", type=float, default=20)
    parser.add_argument("--frames", type=int, default=0)
    asked = parser.parse_args()
    app = application()
    theme.install("light", 100)
    folder = Path(tempfile.mkdtemp())
    office = open_office(folder, operator="bench")
    settings = dataclasses.replace(load_desk(Profile(folder)), welcome_done=True)
    session = Session(office, Profile(folder), settings)
    session.window.resize(1280, 800)
    session.start()
    session.faults.remove()  # a fault of this file is shown where it was started
    camera = session.scan.camera
    camera.make_source = StandIn
    camera.switch(on=True)
    pump(lambda: camera.source is not None)
    source = camera.source
    assert isinstance(source, StandIn)
    watch = Watch(session)
    shown = pictures()
    if asked.frames:
        many(session, watch, Sender(source, watch, list(shown.values()), 20), asked.frames)
    else:
        for name, gray in [*shown.items(), ("all in turn", None)]:
            frames = list(shown.values()) if gray is None else [gray]
            measure(app, session, watch, Sender(source, watch, frames, 20), name, asked.seconds)
    session.close()
    close_office(office)


def measure(app: QObject, session: Session, watch: Watch, sender: Sender, name: str, seconds: float) -> None:
    """One row: frames, decoded, dropped; ms from arrival to told; ms that the GUI thread was away, and worked."""
    reader = session.scan.camera.reader
    assert reader is not None
    before = (reader.tally.arrived, reader.tally.decoded, reader.tally.dropped)
    app.processEvents()  # type: ignore[attr-defined]
    watch.forget()
    sender.timer.start(40)
    end = time.monotonic() + seconds
    turn(end)
    sender.timer.stop()
    pump(lambda: not session.runners.busy)
    now = (reader.tally.arrived, reader.tally.decoded, reader.tally.dropped)
    arrived, decoded, dropped = (one - other for one, other in zip(now, before, strict=True))
    waits, gaps = sorted(watch.waits), sorted(watch.gaps)
    print(
        f"{name:12} {arrived / seconds:5.1f} a second, {decoded} decoded, {dropped} dropped; "
        f"arrival to told p50 {statistics.median(waits):.0f} p95 {waits[int(len(waits) * 0.95)]:.0f} "
        f"max {waits[-1]:.0f} ms, {sum(one > 80 for one in waits)} over 80; "
        f"GUI away p99 {gaps[int(len(gaps) * 0.99)]:.1f} max {gaps[-1]:.1f}, "
        f"its own work at most {max(watch.own):.1f} ms",
        flush=True,
    )


def turn(end: float) -> None:
    """Qt's own loop, as a user's window has it, until a moment; the application's `quit` would close the window."""
    loop = QEventLoop()
    QTimer.singleShot(max(0, round((end - time.monotonic()) * 1000)), loop.quit)
    loop.exec()


def many(session: Session, watch: Watch, sender: Sender, count: int) -> None:
    """Send so many frames, 25 a second; what they took and the memory after every tenth of the way."""
    reader = session.scan.camera.reader
    assert reader is not None
    sender.timer.start(40)
    for part in range(1, 11):
        wanted = count * part // 10
        while sender.count < wanted:
            turn(time.monotonic() + 0.04 * min(50, wanted - sender.count))
        tally = reader.tally
        print(
            f"{tally.arrived:6} frames: {resident():.0f} MB, {tally.decoded} told, {tally.dropped} dropped; "
            f"latest {max(watch.waits):.0f} ms, {sum(one > 80 for one in watch.waits)} over 80; "
            f"GUI away at most {max(watch.gaps):.1f} ms, its own work at most {max(watch.own):.1f} ms",
            flush=True,
        )
        watch.forget()  # its own figures would grow by three megabytes a thousand frames
    sender.timer.stop()


if __name__ == "__main__":
    main()
