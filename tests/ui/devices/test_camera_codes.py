"""When the codes of a frame are a label to act on; and the second decoder's word."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from stand_in import desk, label, video_frame

from mailroom.capture.frames import look_at
from mailroom.capture.live import Look
from mailroom.capture.opinion import second_opinion
from mailroom.capture.sightings import Sighting
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Recognition
from mailroom.services.office import Office
from mailroom.ui.camera_codes import LabelGate
from mailroom.ui.camera_reader import CameraReader, Decoding, Seen, wait_for_next
from mailroom.ui.runners import Runners

UPS, USPS, ROUTING = "1Z999AA10123456784", "9405511899223197428490", "42055802"
CORNERS = ((10.0, 10.0), (200.0, 10.0), (200.0, 60.0), (10.0, 60.0))


@pytest.fixture
def gate(office: Office) -> LabelGate:
    def recognise(symbology: Symbology, text: str) -> Recognition:
        reading = Reading(text, ReadingSource.CAMERA, datetime.now(UTC), symbology)
        return office.intake.recognise(office.operator, (reading,))

    return LabelGate(recognise)


def seen(text: str) -> Sighting:
    return Sighting(Symbology.CODE128, text, CORNERS)


def step(gate: LabelGate, now: float, *accepted: str, asked: tuple[str, ...] = ()) -> list[str]:
    """A frame that accepts these and has asked about others, too."""
    gate.begin()
    for text in (*accepted, *asked):
        gate.check(Symbology.CODE128, text)
    sightings = tuple(seen(one) for one in accepted)
    return [one.text for one in gate.settle(Look(sightings, sightings), sightings, now)]


def test_a_number_alone_goes_at_once(gate: LabelGate) -> None:
    assert step(gate, 0.0, UPS) == [UPS]
    assert step(gate, 0.1) == []


def test_a_second_number_in_view_is_waited_for_but_not_for_ever(gate: LabelGate) -> None:
    assert step(gate, 0.0, UPS, asked=("RB123456785GB",)) == []
    assert step(gate, 0.04, "RB123456785GB") == [UPS, "RB123456785GB"]
    gate.forget()
    assert step(gate, 1.0, UPS, asked=("RB123456785GB",)) == []
    assert step(gate, 1.2, asked=("RB123456785GB",)) == []
    assert step(gate, 1.4, asked=("RB123456785GB",)) == [UPS]


def test_other_codes_wait_for_their_number(gate: LabelGate) -> None:
    assert step(gate, 0.0, ROUTING) == []
    assert step(gate, 0.5, USPS) == [USPS, ROUTING]
    # AND what is read later on the same label goes with it at once
    gate.settle(Look((), (seen(USPS),)), (), 0.6)
    assert step(gate, 0.7, "9612345") == ["9612345"]


def test_codes_without_a_number_are_told_after_a_while(gate: LabelGate) -> None:
    assert step(gate, 0.0, "HELLO-WORLD-1") == []
    assert step(gate, 1.1) == []
    assert step(gate, 1.3) == ["HELLO-WORLD-1"]


def test_which_codes_are_doubtful(gate: LabelGate) -> None:
    gate.begin()
    assert not gate.doubtful(seen(UPS))
    assert gate.doubtful(seen("1Z999AA10123456785"))  # its check digit does not hold
    assert gate.doubtful(seen("TBA123456789012"))  # it has none
    assert not gate.doubtful(seen("HELLO-WORLD-1"))


@pytest.mark.parametrize(
    ("changed", "word"),
    [(lambda text: text, True), (lambda text: text[:-1] + "0", False)],
    ids=["same", "other"],
)
def test_the_second_decoder_agrees_or_does_not(changed: Callable[[str], str], word: bool) -> None:
    frame = label("TBA123456789012")
    (one,) = look_at(frame).found
    told = Sighting(one.symbology, changed(one.text), one.corners)
    assert second_opinion(frame, told) is word


def test_the_second_decoder_says_nothing_where_it_reads_nothing() -> None:
    assert second_opinion(desk(), seen(UPS)) is None
    assert (
        second_opinion(desk(8, 8), Sighting(Symbology.CODE128, UPS, ((90, 90), (99, 90), (99, 99), (90, 99)))) is None
    )


def test_a_heavy_look_gives_its_codes_with_the_frame_that_showed_them(gate: LabelGate) -> None:
    decoding = Decoding(gate.recognise)
    still = label(ROUTING, USPS)

    def look() -> tuple[Seen, int]:
        """What a slow look gives, and how many steps gave way to live frames before."""
        decoding.begin_longer(still)
        steps = 0
        while (seen := decoding.look_longer()) is None:
            steps += 1
        assert not decoding.looks_longer
        return seen, steps

    seen, steps = look()
    assert steps >= 1  # more on a slower machine
    assert (seen.heavy, seen.size) == (True, (1280, 720))
    texts = [one.text for one in (*seen.label, *look()[0].label)]
    assert texts[0] == USPS
    assert set(texts) == {USPS, ROUTING}
    assert seen.frame is still


@pytest.mark.parametrize(
    ("age", "took", "apart", "waits"),
    [
        (0.0, 0.05, 0.04, False),  # it has just come
        (0.001, 0.0745, 0.04, False),  # it has just come, and the next one would be no better off
        (0.02, 0.02, 0.04, False),  # it will be decoded in time
        (0.035, 0.05, 0.04, True),  # it would be too old, and the next one comes in a moment
        (0.035, 0.3, 0.04, False),  # so would the next one be: the machine is too slow
        (0.06, 0.05, 0.04, False),  # the next one should have come: perhaps none does
        (0.06, 0.05, 0.2, False),  # the next one will not come soon
    ],
)
def test_a_frame_that_would_be_told_too_late_gives_way(age: float, took: float, apart: float, waits: bool) -> None:
    assert bool(wait_for_next(age, took, apart)) is waits


def test_a_late_frame_is_dropped_where_a_newer_one_has_come_but_not_what_it_read(gate: LabelGate) -> None:
    runners = Runners()
    reader = CameraReader(runners, gate.recognise)
    told: list[Seen] = []
    reader.seen.connect(told.append)
    # GIVEN frames that were decoded a second after they came
    late, read = Seen((1280, 720), hint="closer"), Seen((1280, 720), label=(seen(UPS),))
    for one, newer in ((late, False), (late, True), (late, True), (read, True)):
        reader._newest = video_frame(desk()) if newer else None
        reader._tell(replace(one, arrived=time.monotonic() - 1))
    # THEN the one that was the newest is told, the others are dropped
    assert [(one.hint, one.heavy) for one in told[:1]] == [("closer", False)]
    assert (reader.tally.decoded, reader.tally.dropped) == (1, 3)
    # AND the number that a dropped one showed is recorded all the same
    assert [(one.label, one.heavy) for one in told[1:]] == [(read.label, True)]
    # AND a frame in time is told whatever has come
    reader._tell(replace(late, arrived=time.monotonic() + 60))
    assert (len(told), reader.tally.decoded) == (3, 2)
    # AND so is a late one where nothing was told for a while
    reader._told -= 1
    reader._tell(replace(late, arrived=time.monotonic() - 1))
    assert (len(told), reader.tally.decoded) == (4, 3)
    assert runners.close()
