"""Labels on crumpled paper before the camera: bars waver along their height, modules grow and shrink along a row."""

import random
from typing import cast

import cv2
import numpy as np
import pytest

from mailroom.capture.arrays import Floats, Gray
from mailroom.capture.frames import look_at
from mailroom.capture.regions import bar_regions
from mailroom.capture.writer import draw

_PIXELS = 2.2  # a module
_CELL = 60  # pixels from one fold to the next
_NUMBERS = ("1Z81P00A0329059384", "9632001960000000000400152152152152", "RR123456785GB")


def crumpled(number: str, seed: int, depth: float = 2.0) -> Gray:
    """A grainy, slightly turned frame of a label whose paper was crumpled; `depth` in pixels."""
    bars = np.asarray(draw("Code128", number))[:1].repeat(140, axis=0).astype(np.float32)
    width = round(bars.shape[1] * _PIXELS)
    paper = np.full((420, 900), 225, np.float32)
    left = (900 - width) // 2
    paper[130:270, left : left + width] = cv2.resize(bars, (width, 140), interpolation=cv2.INTER_AREA) * 0.75 + 34
    rng = np.random.default_rng(seed)
    down, across = np.mgrid[0:420, 0:900].astype(np.float32)
    bent = cv2.remap(paper, across + _folds(rng, depth), down + _folds(rng, depth), cv2.INTER_LINEAR, borderValue=225)
    turn = cv2.getRotationMatrix2D((450, 210), random.Random(seed).uniform(-30, 30), 1.0)
    turn[:, 2] += (190, 150)
    seen = cv2.warpAffine(bent, turn, (1280, 720), borderValue=110)
    seen = cv2.GaussianBlur(seen, (0, 0), 1.0) + rng.normal(0, 8, seen.shape)
    return cast(Gray, np.clip(seen, 0, 255).astype(np.uint8))


def _folds(rng: np.random.Generator, depth: float) -> Floats:
    heights = rng.standard_normal((420 // _CELL + 2, 900 // _CELL + 2)).astype(np.float32)
    return np.asarray(cv2.resize(heights, (900, 420), interpolation=cv2.INTER_CUBIC) * depth, np.float32)


@pytest.mark.parametrize("number", _NUMBERS)
def test_a_code_on_crumpled_paper_is_read_in_most_frames_and_never_wrongly(number: str) -> None:
    looks = [look_at(crumpled(number, seed), patience=60.0) for seed in range(6)]
    seen = [one.text for look in looks for one in look.found if one.sure]
    assert set(seen) == {number}
    assert len(seen) >= 5


def test_bars_beside_a_labels_framed_edge_are_a_region_of_their_own() -> None:
    # GIVEN a label on a dark table with a frame around it and a code nearly as wide as the paper
    frame = np.full((720, 1280), 70, np.uint8)
    frame[60:660, 400:880] = 225
    cv2.rectangle(frame, (408, 68), (871, 651), 40, 3)
    bars = np.asarray(draw("Code128", _NUMBERS[1]))[:1]
    frame[300:400, 420:860] = cv2.resize(bars, (440, 100), interpolation=cv2.INTER_AREA)
    soft = np.clip(cv2.GaussianBlur(frame, (0, 0), 1.2), 0, 255).astype(np.uint8)

    # WHEN bars are looked for
    found = bar_regions(soft)

    # THEN the region is as high as the bars and not as the label
    assert 70 < found[0].height < 120
    assert found[0].length > 420
