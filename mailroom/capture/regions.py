"""Finding linear codes at any angle: where a picture's grey steps all point one way, and are many, there are bars.

The structure tensor (sums of products of the grey steps) of small cells gives direction and how strictly it is kept;
how evenly the steps fill a cell's neighbourhood tells bars from a single rule or a label's edge. Cells of bars that
touch make a region, and a region is cut out as an upright strip (`strips`).
"""

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from mailroom.capture.arrays import Bytes, Doubles, Floats, Numbers, Truths
from mailroom.capture.sightings import Corners, Point

LONGEST = 12_000  # pixels of a side: OpenCV turns pictures of up to 32,767, and strips are drawn twice as long
CELL = 8  # pixels of a frame of 1280 by 720: holds a bar or two of any code that can be read
_COHERENT = 0.55  # of 1: cells of bars keep one direction, cells of print have two
_DENSE = 0.32  # of 1: bars fill their neighbourhood with grey steps, a rule stands alone in it
_ENERGY = 60.0  # squared grey step of a pixel, twice Sobel's weights: below is paper
_RELATIVE = 0.04  # of the strongest cells' energy
_LEAST = 12  # cells
_TURN = math.radians(16)  # between the directions of cells of one code
_FILL = 0.5  # of a region's box: cells that fill less of it are a code and what touches it
_BROAD = 5  # cells: a code is broader, a label's edge is not
_MOST = 8  # regions of one picture, the largest first
_BINS = 36  # of directions, five degrees each
_BEFORE, _AFTER = np.arange(-1, _BINS - 1), np.arange(1, _BINS + 1) % _BINS  # the bins beside each


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of bars: centre, length across the bars and height along them in pixels; `angle` in degrees.

    Turning the picture counter-clockwise by `angle` (0 to 180) makes the bars stand upright. `skew`: how far the
    region then falls for each pixel to the right, where the picture was taken from the side.
    """

    x: float
    y: float
    length: float
    height: float
    angle: float
    skew: float = 0.0

    @property
    def tilt(self) -> float:
        """Degrees from the nearest quarter turn."""
        return min(self.angle % 90, 90 - self.angle % 90)


@dataclass(frozen=True, slots=True)
class Texture:
    """What a picture's cells hold: `cell` is their size in pixels.

    Energy of the grey steps, how strictly they keep one direction and how evenly they fill the neighbourhood (0 to 1),
    and that direction in radians.
    """

    cell: int
    energy: Floats
    strict: Floats
    dense: Floats
    angle: Floats
    floor: float  # energy from which a cell is more than paper
    strongest: float  # energy that only a fiftieth of the cells surpass

    def bars(self) -> Truths:
        """Cells that hold bars."""
        mask: Truths = (self.strict > _COHERENT) & (self.energy > self.floor) & (self.dense > _DENSE)
        return mask


def texture(gray: Bytes) -> Texture:
    """The texture of a grey picture of at least 3 by 3 cells."""
    shrink = max(1, math.ceil(max(gray.shape) / 700))
    half: Bytes = gray
    if shrink > 1:
        size = (max(1, gray.shape[1] // shrink), max(1, gray.shape[0] // shrink))
        half = cast(Bytes, cv2.resize(gray, size, interpolation=cv2.INTER_AREA))
    block = max(3, round(CELL / shrink))
    size = (max(1, half.shape[1] // block), max(1, half.shape[0] // block))
    # Scharr keeps the true direction best; a quarter of it has the size of Sobel.
    across = cv2.Scharr(half, cv2.CV_32F, 1, 0, scale=0.25)
    down = cv2.Scharr(half, cv2.CV_32F, 0, 1, scale=0.25)

    def cells(field: object) -> Floats:
        return cv2.resize(field, size, interpolation=cv2.INTER_AREA)  # type: ignore[call-overload,no-any-return]

    xx, yy, xy = cells(across * across), cells(down * down), cells(across * down)
    steps = cv2.blur(cells(cv2.magnitude(across, down)), (5, 5))
    dense = cast(Floats, steps * steps / (cv2.blur(xx + yy, (5, 5)) + 1e-3))
    xx, yy, xy = (cast(Floats, cv2.blur(one, (3, 3))) for one in (xx, yy, xy))
    energy = cast(Floats, xx + yy)
    # Grain adds the same energy everywhere and in all directions; the quietest quarter shows how much.
    energy = cast(Floats, np.maximum(energy - np.float32(np.percentile(energy, 25)), 1e-3))
    strict = cast(Floats, np.minimum(np.hypot(xx - yy, 2 * xy) / energy, 1))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    strongest = float(np.percentile(energy, 98))
    floor = max(_ENERGY, _RELATIVE * strongest)
    return Texture(block * shrink, energy, strict, dense, angle, floor, strongest)


def bar_regions(gray: Bytes, seen: Texture | None = None, most: int = _MOST) -> tuple[Region, ...]:
    """The regions of bars in a grey picture, the largest first; `seen` is its texture where the caller has it."""
    if min(gray.shape) < 3 * CELL or max(gray.shape) > LONGEST:
        return ()
    seen = seen or texture(gray)
    found = [one for rows, columns in _groups(seen) for one in _compact(rows, columns, seen)]
    whole = [one for one in found if one.length >= 5 * CELL and one.height >= CELL]
    return tuple(sorted(whole, key=lambda one: -one.length * one.height)[:most])


def _groups(seen: Texture) -> list[tuple[Numbers, Numbers]]:
    """Rows and columns of the cells of each region."""
    groups: list[tuple[Numbers, Numbers]] = []
    for rows, columns in _parts(seen.bars())[: 2 * _MOST]:
        left_rows, left_columns = rows, columns
        for _ in range(3):  # codes of other directions may touch
            if len(left_rows) < _LEAST:
                break
            near = _one_way(seen, left_rows, left_columns)
            groups += _touching(left_rows[near], left_columns[near])
            if np.count_nonzero(near) >= 0.75 * len(near):
                break
            left_rows, left_columns = left_rows[~near], left_columns[~near]
    return groups


def _compact(rows: Numbers, columns: Numbers, seen: Texture) -> list[Region]:
    """The region of these cells; where they fill little of it, the regions of what is left without narrow stretches.

    A label's edge is as narrow and goes on from the bars that are printed near it.
    """
    whole = _region(rows, columns, seen)
    if len(rows) * seen.cell * seen.cell >= _FILL * whole.length * whole.height:
        return [whole]
    top, left = int(rows.min()) - 1, int(columns.min()) - 1
    mask = np.zeros((int(rows.max()) - top + 2, int(columns.max()) - left + 2), np.uint8)
    mask[rows - top, columns - left] = 1
    broad = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((_BROAD, _BROAD), np.uint8)).astype(np.bool_)
    parts = [_region(down + top, across + left, seen) for down, across in _parts(broad)]
    return parts or [whole]


def _touching(rows: Numbers, columns: Numbers) -> list[tuple[Numbers, Numbers]]:
    """The parts of these cells, looked for in no more of the picture than they take."""
    if len(rows) < _LEAST:
        return []
    top, left = int(rows.min()), int(columns.min())
    mask: Truths = np.zeros((int(rows.max()) - top + 1, int(columns.max()) - left + 1), dtype=np.bool_)
    mask[rows - top, columns - left] = True
    return [(down + top, across + left) for down, across in _parts(mask)]


def _parts(mask: Truths) -> list[tuple[Numbers, Numbers]]:
    """Cells that touch, the largest group first."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    order = [k for k in np.argsort(-boxes[1:, cv2.CC_STAT_AREA], kind="stable") + 1 if boxes[k, 4] >= _LEAST]
    parts = []
    for k in order if count > 1 else []:
        x, y, width, height, _ = boxes[k]
        rows, columns = np.nonzero(labels[y : y + height, x : x + width] == k)
        parts.append((rows + y, columns + x))
    return parts


def _one_way(seen: Texture, rows: Numbers, columns: Numbers) -> Truths:
    """Which of the cells point the way that most of them do."""
    angles = seen.angle[rows, columns]
    bins = ((angles / math.pi + 0.5) * _BINS).astype(np.int32) % _BINS
    count = np.bincount(bins, weights=seen.strict[rows, columns], minlength=_BINS)
    count = count + count[_BEFORE] + count[_AFTER]
    peak = (int(np.argmax(count)) + 0.5) / _BINS * math.pi - math.pi / 2
    # The angles span half a turn, and its ends are the same direction.
    apart = np.abs(angles - np.float32(peak))
    near: Truths = np.minimum(apart, np.float32(math.pi) - apart) < _TURN
    return near


def _region(rows: Numbers, columns: Numbers, seen: Texture) -> Region:
    angles, weight = seen.angle[rows, columns], seen.strict[rows, columns]
    turn = 0.5 * math.atan2(float((np.sin(2 * angles) * weight).sum()), float((np.cos(2 * angles) * weight).sum()))
    turn %= math.pi
    x, y = (columns + 0.5) * seen.cell, (rows + 0.5) * seen.cell
    across: Doubles = x * math.cos(turn) + y * math.sin(turn)
    along: Doubles = y * math.cos(turn) - x * math.sin(turn)
    low, high = float(across.min()), float(across.max())
    centre = (low + high) / 2
    skew = _skew(across - across.mean(), along)
    level = along - skew * (across - centre)
    # Ragged cells at the edges along the bars would put the strip's ends beside the bars.
    top, bottom = _within(level, 0.03)
    middle = (top + bottom) / 2
    return Region(
        centre * math.cos(turn) - middle * math.sin(turn),
        centre * math.sin(turn) + middle * math.cos(turn),
        high - low + seen.cell,
        bottom - top + seen.cell,
        math.degrees(turn),
        skew,
    )


def _within(values: Doubles, share: float) -> tuple[float, float]:
    """The values that leave such a share below and above; numpy's own percentiles cost ten times as much."""
    order = np.sort(values)
    place = share * (len(order) - 1)
    at, rest = int(place), place - int(place)
    following, before = min(at + 1, len(order) - 1), max(len(order) - 2 - at, 0)
    low = order[at] + (order[following] - order[at]) * rest
    high = order[-1 - at] + (order[before] - order[-1 - at]) * rest
    return float(low), float(high)


def _skew(across: Doubles, along: Doubles) -> float:
    spread = float((across * across).sum())
    slope = float((across * along).sum()) / spread if spread > 0 else 0.0
    # A region higher than long has no telling middle line.
    long = float(np.ptp(across)) > 1.5 * float(np.ptp(along))
    return max(-0.6, min(0.6, slope)) if long else 0.0


def corners_of(region: Region) -> Corners:
    """The corners of a region of bars."""
    turn = math.radians(region.angle)
    right = (math.cos(turn) * region.length / 2, math.sin(turn) * region.length / 2)
    fall = region.skew * region.length / 2
    down = (-math.sin(turn), math.cos(turn))

    def corner(across: int, along: int) -> Point:
        step = along * region.height / 2 + across * fall
        return region.x + across * right[0] + step * down[0], region.y + across * right[1] + step * down[1]

    return corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)
