"""What would help to read a code that is in the picture and was not read: closer, stiller, or without the glare."""

from enum import StrEnum

import cv2
import numpy as np

from mailroom.capture import strips
from mailroom.capture.alphabets import code128
from mailroom.capture.arrays import Bytes, Gray
from mailroom.capture.barends import guesses
from mailroom.capture.linear import upright
from mailroom.capture.regions import Region

_LIKELY = 1.5  # of 2: both ends look like those of a code
_FINE = 2.0  # pixels a module: below, bars run together
_MODULES = 101  # of the shortest tracking code: a region too short for it by twice is too far away
_STEEP = 0.2  # of the contrast, from pixel to pixel: what a sharp edge has at least
_GLARE = 0.12  # share of the cells without a dark bar
_CELL = 24  # pixels


class Hint(StrEnum):
    """What to do with the label, the likeliest help first."""

    TILT = "tilt"  # glare
    CLOSER = "closer"  # modules under two pixels
    HOLD_STILL = "hold_still"  # blurred


def hint_for(gray: Gray, region: Region) -> Hint | None:
    """Why the region's code was not read; none where nothing is wrong with its picture."""
    strip, rows = upright(gray, region)
    first, last = strip.first * strips.DOUBLE, strip.last * strips.DOUBLE
    bars = rows[:, max(0, round(first)) : max(1, round(last))]
    if _glare(bars):
        return Hint.TILT
    line = strips.profile(rows)
    found = guesses(line, first, last, code128(), 1)
    if found and found[0].score > _LIKELY:
        guess = found[0]
        modules = code128().modules * guess.count + code128().stop_modules
        module = (guess.last - guess.first) / modules / strips.DOUBLE
    else:
        module = region.length / _MODULES
    if module < _FINE:
        return Hint.CLOSER
    return Hint.HOLD_STILL if _steepness(bars) < _STEEP else None


def _glare(bars: Bytes) -> bool:
    """Is a good part of the bars washed out, where the rest has dark and light?"""
    size = (max(1, bars.shape[1] // (_CELL * strips.DOUBLE)), max(1, bars.shape[0] // (_CELL // 2)))
    reach = np.ones((3, 2 * _CELL), np.uint8)
    low = cv2.resize(cv2.erode(bars, reach), size, interpolation=cv2.INTER_AREA)
    high = cv2.resize(cv2.dilate(bars, reach), size, interpolation=cv2.INTER_AREA)
    contrast = high.astype(np.int16) - low
    washed = (contrast < 0.4 * np.percentile(contrast, 90)) & (high > 235)
    return float(washed.mean()) > _GLARE


def _steepness(bars: Bytes) -> float:
    """The steepest steps from pixel to pixel as a share of the contrast."""
    line = bars.mean(axis=0, dtype=np.float32)
    low, high = np.percentile(line, (2, 98))
    steps = np.abs(line[strips.DOUBLE :] - line[: -strips.DOUBLE])
    return float(np.percentile(steps, 97) / (high - low + 1e-3)) if len(steps) else 0.0
