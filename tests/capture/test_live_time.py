"""A live frame is told in time: what is slow is begun only where it will be done, and a sort at a time."""

import math
import time

import numpy as np
from test_crumpled_labels import crumpled

from mailroom.capture.arrays import Gray
from mailroom.capture.frames import look_at
from mailroom.capture.heavy import heavy_steps
from mailroom.capture.live import FrameReader
from mailroom.capture.whole import WholeFrames
from mailroom.capture.writer import draw

NUMBER = "1Z81P00A0329059384"
SORTS = {"Code128": NUMBER, "QRCode": "https://post.example/9", "DataMatrix": "IBI0123456789", "PDF417": "M" * 40}


def sheet() -> Gray:
    """A code of each sort, far from each other."""
    frame = np.full((720, 1280), 235, np.uint8)
    places = ((60, 60), (60, 900), (420, 100), (420, 560))
    for (kind, text), (top, left) in zip(SORTS.items(), places, strict=True):
        drawn = np.asarray(draw(kind, text))
        code = drawn.repeat(120 if len(drawn) == 1 else 4, axis=0).repeat(3 if len(drawn) == 1 else 4, axis=1)
        frame[top : top + code.shape[0], left : left + code.shape[1]] = code
    return frame


def test_no_slow_look_is_begun_that_would_end_too_late() -> None:
    # GIVEN bars that only a slow look reads
    frame = crumpled(NUMBER, 1)
    assert {one.text for one in look_at(frame, patience=60.0).found} == {NUMBER}
    # WHEN the frame's time is over, THEN its bars are seen, and left for the next frame
    late = look_at(frame, patience=60.0, until=time.monotonic())
    assert late.found == ()
    assert late.unread
    # AND what needs no slow look is read all the same
    assert NUMBER in {one.text for one in look_at(sheet(), patience=60.0, until=0.0).found}


def test_a_live_frame_without_time_is_still_looked_at_quickly() -> None:
    live = FrameReader(lambda _symbology, _text: True)
    assert [one.text for one in live.look(crumpled(NUMBER, 1), 0.0, until=0.0).accepted] == []
    assert NUMBER in {one.text for one in live.look(sheet(), 0.04, until=0.0).accepted}


def test_the_whole_frame_is_looked_at_for_one_sort_of_codes_after_the_other() -> None:
    whole, frame = WholeFrames(), sheet()
    turns = [{one.text for one in whole.codes(frame, math.inf)} for _ in SORTS]
    assert turns == [{text} for text in SORTS.values()]


def test_a_sort_that_time_was_too_short_for_has_its_turn_later() -> None:
    whole, frame = WholeFrames(), sheet()
    assert whole.codes(frame, time.monotonic()) == ()
    seen = {one.text for _ in SORTS for one in whole.codes(frame, math.inf)}
    assert seen == set(SORTS.values())


def test_a_slow_look_halts_before_every_sort_and_strip() -> None:
    frame = crumpled(NUMBER, 1)
    steps, halts = heavy_steps(frame), 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found = {one.text for one in end.value}
            break
        halts += 1
    assert found == {NUMBER}
    assert halts >= 2 * len(SORTS)
