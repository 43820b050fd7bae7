"""The camera through QtMultimedia's own session and sink, with frames made here: from a label in view to the record."""

import gc
import itertools
import resource
import threading
import weakref
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import time_machine
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stand_in import C920, OTHER, StandIn, desk, label

from mailroom.config import Profile, load_desk
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.register import ShipmentFilter
from mailroom.services.office import Office
from mailroom.services.photos import LARGEST
from mailroom.ui import tokens
from mailroom.ui.camera import CameraState
from mailroom.ui.session import Session

SECONDS = 60_000
UPS = "1Z999AA10123456784"
USPS = "9405511899223197428490"


class Bench:
    """A window with the stand-in switched on."""

    def __init__(self, session: Session, office: Office, qtbot: QtBot) -> None:
        self.session, self.office, self.qtbot = session, office, qtbot
        self.camera = session.scan.camera
        self.camera.make_source = StandIn
        self.camera.switch(on=True)
        self.until(lambda: self.camera.source is not None)

    @property
    def source(self) -> StandIn:
        assert isinstance(self.camera.source, StandIn)
        return self.camera.source

    @property
    def look(self) -> str:
        return self.session.scan.band.state.look

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=SECONDS)

    def show(self, gray: Any, frames: int = 1) -> None:
        """Hold a picture before the camera until so many frames of it were decoded."""
        for _ in range(frames):
            wanted = self.decoded + 1
            self.until(partial(self.source.send, gray))  # it takes none while the one before is on its way
            self.qtbot.waitUntil(partial(self._decoded, wanted), timeout=SECONDS)

    def show_until(self, gray: Any, holds: Callable[[], bool]) -> None:
        """Hold a picture before the camera, 25 frames a second, until something holds."""
        self.source.play(lambda: gray)
        self.until(holds)
        self.source.stop()
        self.settle()

    def settle(self) -> None:
        self.until(lambda: not self.session.runners.busy)

    def _decoded(self, wanted: int) -> bool:
        return self.decoded >= wanted

    @property
    def decoded(self) -> int:
        return self.camera.reader.tally.decoded if self.camera.reader else 0

    def numbers(self) -> list[str]:
        rows = self.office.shipments.find(self.office.operator, ShipmentFilter()).rows
        return [row.shipment.tracking_number for row in rows]


@pytest.fixture
def bench(session: Session, office: Office, qtbot: QtBot) -> Bench:
    return Bench(session, office, qtbot)


def test_a_label_in_view_is_recorded_once_with_its_photograph(bench: Bench, office: Office) -> None:
    # GIVEN an empty desk, then a label laid on it
    bench.show(desk(), 2)
    assert bench.camera.state is CameraState.LOOKING
    assert bench.look == "ready"
    heard: list[str] = []
    bench.session.scan.sounds.played.connect(heard.append)
    # WHEN it is in view for a while
    bench.show_until(label(UPS), lambda: bench.look == "recorded")
    bench.show(label(UPS), 8)
    bench.settle()
    # THEN it is on record once, outlined, and the frame is kept as its photograph
    assert bench.numbers() == [UPS]
    assert heard == ["recorded"]
    assert bench.session.scan.readings.model.rowCount() == 1
    detail = office.shipments.by_number(office.operator, UPS)
    (photo,) = detail.attachments
    assert (photo.role, photo.source_name) == (AttachmentRole.LABEL_PHOTO, "C920")
    jpeg = office.attachments.read(office.operator, photo)
    assert jpeg[:3] == b"\xff\xd8\xff"
    assert len(jpeg) <= LARGEST
    assert bench.session.scan.camera_view.words.startswith("C920 · 1280×720")
    # AND it is read again only after it left the picture
    bench.show_until(desk(), lambda: not bench.camera.reader._decoding._reader._tracks)  # type: ignore[union-attr]
    bench.show_until(label(UPS, at=(300, 300)), lambda: bench.look == "repeated")
    assert bench.numbers() == [UPS]


def test_a_label_with_the_numbers_of_two_carriers_asks(bench: Bench) -> None:
    bench.show_until(label(UPS, "RB123456785GB"), lambda: bench.look != "ready")
    assert bench.look == "ask"
    assert bench.numbers() == []
    assert len(bench.session.scan.band.state.answers) == 3
    # WHEN the clerk says which
    bench.session.scan.band.answered.emit("1")
    bench.until(lambda: bench.look == "recorded")
    bench.settle()
    # THEN that one is on record, with the photograph that waited for the answer
    (number,) = bench.numbers()
    assert len(bench.office.shipments.by_number(bench.office.operator, number).attachments) == 1


def test_a_second_number_that_takes_two_frames_is_waited_for(bench: Bench) -> None:
    # GIVEN a number with a check digit and one without, on one label
    bench.show_until(label(UPS, "TBA123456789012"), lambda: bench.look != "ready")
    assert bench.look == "ask"
    assert bench.numbers() == []


def test_a_routing_code_beside_the_number_goes_with_it(bench: Bench) -> None:
    def destination() -> str:
        """What is on record: a busy machine reads the second code in a later frame, and it is added then."""
        if not bench.numbers():
            return ""
        found = bench.office.shipments.by_number(bench.office.operator, USPS)
        return found.row.shipment.destination.postal_code

    bench.show_until(label("42055802", USPS), lambda: bench.look != "ready" and bool(destination()))
    assert bench.look in ("recorded", "repeated")
    assert destination() == "55802"
    assert bench.numbers() == [USPS]


def test_what_is_no_number_is_refused_after_a_while(bench: Bench) -> None:
    bench.show_until(label("HELLO-WORLD-1"), lambda: bench.look != "ready")
    assert bench.look == "refused"
    assert bench.numbers() == []


def test_black_frames_and_another_resolution_midway(bench: Bench) -> None:
    bench.show(np.zeros((720, 1280), np.uint8), 3)
    bench.show(np.full((720, 1280), 255, np.uint8), 2)
    assert bench.look == "ready"
    bench.show(desk(640, 480), 2)
    assert bench.camera.size == "640x480"
    bench.show_until(label(UPS, width=1920, height=1080), lambda: bench.look == "recorded")
    assert bench.camera.size == "1920x1080"
    bench.show(label(UPS), 4)
    bench.settle()
    assert bench.numbers() == [UPS]
    assert bench.session.scan.readings.model.rowCount() == 1


def test_what_is_blurred_gets_a_hint_and_nothing_is_recorded(bench: Bench) -> None:
    # GIVEN a label that moves: its bars run together over 19 pixels
    sharp = label(USPS).astype(np.float32)
    moving = np.mean([np.roll(sharp, by, axis=1) for by in range(19)], axis=0).astype(np.uint8)
    view = bench.session.scan.camera_view
    bench.show_until(moving, lambda: bool(view.hint))
    assert view.hint in ("Hold still", "Closer", "Tilt it: glare")
    # AND frames are decoded between the steps of a slow look at one of them
    assert bench.camera.reader is not None
    decoding, during = bench.camera.reader._decoding, []
    bench.camera.seen.connect(lambda _seen: during.append(decoding.looks_longer))
    bench.show_until(moving, lambda: True in during and not during[-1])
    assert during.count(True) >= 3
    assert bench.look == "ready"
    # AND the hint goes as soon as it is read
    bench.show_until(label(USPS), lambda: bench.look == "recorded" and not view.hint)
    assert bench.numbers() == [USPS]


def test_the_newest_frame_goes_first_and_the_others_are_counted(bench: Bench) -> None:
    bench.show(desk())
    reader = bench.camera.reader
    assert reader is not None
    # GIVEN frames that come faster than any of them can be decoded
    for _ in range(6):
        assert bench.source.send(desk())
    bench.until(lambda: reader.tally.arrived == 7)
    bench.settle()
    # THEN each was decoded or counted as dropped
    tally = reader.tally
    assert tally.arrived == tally.decoded + tally.dropped == 7


def test_unplugged_and_plugged_in_again(bench: Bench) -> None:
    bench.show(desk())
    view = bench.session.scan.camera_view
    bench.source.unplug()
    assert bench.camera.state is CameraState.TROUBLE
    assert view.words == "Camera unplugged. Plug it in again: it goes on by itself"
    assert view.accessibleDescription() == view.words
    bench.source.plug_in(OTHER)
    assert bench.camera.trouble == "camera_gone"  # another camera is not taken by itself
    bench.source.plug_in(OTHER, C920)
    bench.show_until(label(UPS), lambda: bench.look == "recorded")
    assert bench.numbers() == [UPS]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("camera_in_use", "Camera in use. Close the other program that shows its picture"),
        ("camera_refused", "Camera refused. Allow Mailroom the camera in the system’s settings"),
    ],
)
def test_a_camera_that_cannot_be_used_says_why(bench: Bench, code: str, words: str) -> None:
    bench.source.refusal = code
    bench.camera.choose("c920", "1920x1080")
    assert bench.session.scan.camera_view.words == words
    bench.source.refusal = ""
    bench.camera._again.timeout.emit()  # three seconds later
    bench.show(desk())
    assert bench.camera.state is CameraState.LOOKING
    assert bench.source.opened[-1] == ("c920", "1920x1080")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_without_a_camera_the_system_itself_is_asked(
    open_session: Callable[..., Session], qtbot: QtBot, look: str
) -> None:
    session = open_session(theme=look)
    session.scan.camera.switch(on=True)
    qtbot.waitUntil(lambda: session.scan.camera.state is CameraState.TROUBLE, timeout=SECONDS)
    assert session.scan.camera.trouble == "camera_none"
    view = session.scan.camera_view
    assert view.isVisible()
    # its place is seen by an edge in the colour of trouble, on a dark window too
    shown = view.grab().toImage().pixelColor(view.width() // 2, 0)
    assert shown.name() == tokens.current().warn_line.name()
    session.scan.camera.switch(on=False)
    assert not session.scan.camera_view.isVisible()


def test_camera_size_and_switch_are_remembered(
    bench: Bench, profile: Profile, open_session: Callable[..., Session]
) -> None:
    bench.camera.choose("c920", "1920x1080")
    bench.settle()
    kept = load_desk(profile)
    assert (kept.camera_on, kept.camera, kept.camera_size) == (True, "c920", "1920x1080")
    # WHEN the window is opened again
    again = open_session(camera_on=True)
    bench.until(lambda: again.scan.camera.on)
    bench.until(lambda: again.scan.camera.state is CameraState.TROUBLE)  # there is none in this machine


def test_no_photograph_where_they_are_switched_off(open_session: Any, office: Office, qtbot: QtBot) -> None:
    bench = Bench(open_session(label_photos=False), office, qtbot)
    bench.show_until(label(UPS), lambda: bench.look == "recorded")
    assert office.shipments.by_number(office.operator, UPS).attachments == ()


def test_old_photographs_go_when_nothing_else_is_under_way(bench: Bench, office: Office) -> None:
    bench.show_until(label(UPS), lambda: bench.look == "recorded")
    assert len(office.shipments.by_number(office.operator, UPS).attachments) == 1
    with time_machine.travel(datetime.now(UTC) + timedelta(days=181)):
        bench.session.scan.photos.erase_old()
        bench.until(lambda: office.shipments.by_number(office.operator, UPS).attachments == ())
        bench.settle()
    assert office.safety.check(office.operator) == ()


def test_the_preview_is_drawn_only_where_it_is_seen(bench: Bench) -> None:
    drawn: list[object] = []
    bench.camera.drawn.connect(drawn.append)
    bench.show(desk(), 2)
    bench.settle()
    assert drawn
    bench.session.window.show_page("settings")
    before = len(drawn)
    bench.show_until(label(UPS), lambda: bench.look == "recorded")
    assert len(drawn) == before
    assert bench.numbers() == [UPS]  # it is read on every page


def test_nothing_is_left_of_frames_that_were_decoded(bench: Bench) -> None:
    # GIVEN a label that stays in view
    picture = label(UPS)

    def run(frames: int) -> tuple[int, int]:
        bench.show(picture, frames)
        bench.settle()
        gc.unfreeze()
        gc.collect()
        return len(gc.get_objects()), _resident()

    run(30)
    seen = [run(10)]
    # WHEN many more frames are decoded, again and again: once in a while something else is loaded meanwhile
    seen += [run(100) for _ in range(3)]
    # THEN neither an object of Python's is left of each, nor its pixels
    grown = [(more[0] - few[0], more[1] - few[1]) for few, more in itertools.pairwise(seen)]
    assert min(objects for objects, _held in grown) < 50
    assert min(held for _objects, held in grown) < 50 * picture.nbytes


def test_nothing_is_left_of_a_camera_that_was_switched_off_or_unplugged(bench: Bench) -> None:
    bench.show(desk(), 2)
    bench.settle()
    threads, children = threading.active_count(), len(bench.camera.findChildren(QObject))
    gone: list[weakref.ref[Any]] = []
    for at in range(50):
        # WHEN it is switched off and on, unplugged and plugged in, with frames under way
        reader = bench.camera.reader
        assert reader is not None
        gone += [weakref.ref(reader), weakref.ref(reader._decoding)]
        bench.source.send(desk())
        if at % 2:
            bench.source.unplug()
            bench.source.plug_in()
        else:
            bench.camera.switch(on=False)
            bench.camera.switch(on=True)
        if at % 10 == 0:
            bench.show(desk())
    bench.show(desk())
    bench.settle()
    del reader
    # THEN what read the frames before is gone, and no thread came to stay
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [one for one in gone if one() is not None] == []
    assert len(bench.camera.findChildren(QObject)) == children
    assert threading.active_count() == threads
    assert bench.camera.state is CameraState.LOOKING


@pytest.mark.long
def test_ten_thousand_frames_take_no_more_memory(bench: Bench) -> None:
    pictures = [label(UPS), desk(), label(USPS, at=(200, 300)), np.zeros((720, 1280), np.uint8)]

    def run(frames: int) -> int:
        for at in range(frames):
            bench.show(pictures[at // 25 % len(pictures)])
            if at % 500 == 0:
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        bench.settle()
        return _resident()

    before = run(1000)
    after = run(10_000)
    assert after - before < 40_000_000, (before, after)


def _resident() -> int:
    """Bytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
