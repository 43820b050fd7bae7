"""Finding linear codes at any angle: where a picture's grey steps all point one way there are bars.

The structure tensor (sums of products of the grey steps) of small blocks gives direction and how strictly it is
kept; blocks of bars that touch make a region, and a region is cut out as an upright strip. A strip is averaged along
its bars, which takes away grain, and holds no other edges: it is read where the whole picture is not.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

BLOCK = 16  # pixels: holds several bars of any code that can be read
_COHERENT = 0.5  # of 1: blocks of bars keep one direction, blocks of print have two
_ENERGY = 60.0  # mean squared grey step of a pixel: below is paper
_LEAST = 8  # blocks
_TURN = 12.0  # degrees between the directions of neighbouring blocks of one code
_MOST = 6  # regions of one picture, the largest first
_WEIGHTS = 16  # the sum of Scharr's 3, 10, 3
FRAME_REGIONS = 4  # of a camera frame: there is the next one
_QUIET = 1.12  # a strip is longer than its region by this, for the quiet zones
STRIP_ROWS = (24, 0)  # heights after averaging along the bars; 0: as it is, for bars that bend


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of bars: centre, length across the bars and height along them in pixels; `angle` in degrees.

    Turning the picture counter-clockwise by `angle` (0 to 180) makes the bars stand upright.
    """

    x: float
    y: float
    length: float
    height: float
    angle: float

    @property
    def tilt(self) -> float:
        """Degrees from the nearest quarter turn."""
        return min(self.angle % 90, 90 - self.angle % 90)


_Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
_Bytes = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def bar_regions(gray: _Bytes) -> tuple[Region, ...]:
    """The regions of bars in a grey picture, the largest first."""
    if min(gray.shape) < 3 * BLOCK:
        return ()
    xx, yy, xy = _tensor(gray)
    energy = xx + yy
    strict = np.hypot(xx - yy, 2 * xy) / (energy + 1e-3)
    angles = np.degrees(0.5 * np.arctan2(2 * xy, xx - yy)) % 180
    bars = (strict > _COHERENT) & (energy > max(_ENERGY, 0.05 * float(np.percentile(energy, 99))))
    found = [_region(cells, angles, strict) for cells in _components(bars, angles)]
    whole = [one for one in found if one.length >= 3 * BLOCK and one.height >= BLOCK]
    return tuple(sorted(whole, key=lambda one: -one.length * one.height)[:_MOST])


def strip(image: "Image", region: Region, rows: int) -> "Image":
    """The region upright and twice as long, averaged along its bars to so many rows; 0: all of them."""
    from PIL.Image import Resampling, Transform

    length, height = region.length * _QUIET + 2 * BLOCK, region.height * 0.9
    size = (max(1, round(length * 2)), max(1, round(height)))
    turn = math.radians(region.angle)
    along = (math.cos(turn) / 2, math.sin(turn) / 2)  # half a pixel of the picture for each of the strip
    down = (-math.sin(turn), math.cos(turn))
    left = region.x - along[0] * size[0] / 2 - down[0] * size[1] / 2
    top = region.y - along[1] * size[0] / 2 - down[1] * size[1] / 2
    cut = image.transform(
        size,
        Transform.AFFINE,
        (along[0], down[0], left, along[1], down[1], top),
        resample=Resampling.BILINEAR,
        fillcolor=255,
    )
    return cut.resize((size[0], rows), Resampling.BOX) if 0 < rows < size[1] else cut


def _tensor(gray: _Bytes) -> tuple[_Floats, _Floats, _Floats]:
    """Mean products of the grey steps (xx, yy, xy) of every block, smoothed over its neighbours.

    The steps are those of every second pixel of every second row: neighbours say the same, and a frame has 40 ms.
    """
    high, wide = (gray.shape[0] - 1) // BLOCK * BLOCK, (gray.shape[1] - 1) // BLOCK * BLOCK
    field = gray[: high + 1, : wide + 1].astype(np.int16)
    left, right = field[:, 0:-1:2], field[:, 2::2]
    top, bottom = field[0:-1:2], field[2::2]
    # Each difference is smoothed along the other axis with Scharr's weights, which keep the true direction best.
    step = right - left
    across = (3 * (step[0:-1:2] + step[2::2]) + 10 * step[1::2]).astype(np.float32)
    step = bottom - top
    down = (3 * (step[:, 0:-1:2] + step[:, 2::2]) + 10 * step[:, 1::2]).astype(np.float32)
    return _blocks(across * across), _blocks(down * down), _blocks(across * down)


def _blocks(field: _Floats) -> _Floats:
    high, wide = field.shape
    half = BLOCK // 2
    sums = field.reshape(high, wide // half, half).sum(axis=2).reshape(high // half, half, -1).sum(axis=1)
    means = np.pad(sums / (half * half * _WEIGHTS * _WEIGHTS), 1, mode="edge")
    rows = means[:-2] + means[1:-1] + means[2:]
    smooth: _Floats = ((rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9).astype(np.float32)
    return smooth


def _components(
    bars: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]", angles: _Floats
) -> list[list[tuple[int, int]]]:
    """Blocks of bars that touch and point the same way."""
    left = {(int(row), int(column)) for row, column in zip(*np.nonzero(bars), strict=True)}
    components: list[list[tuple[int, int]]] = []
    while left:
        queue = [left.pop()]
        cells: list[tuple[int, int]] = []
        while queue:
            row, column = queue.pop()
            cells.append((row, column))
            for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if near in left and abs((angles[near] - angles[row, column] + 90) % 180 - 90) < _TURN:
                    left.discard(near)
                    queue.append(near)
        if len(cells) >= _LEAST:
            components.append(cells)
    return components


def _region(cells: list[tuple[int, int]], angles: _Floats, strict: _Floats) -> Region:
    rows, columns = np.array(cells).T
    double = np.radians(2 * angles[rows, columns])
    weight = strict[rows, columns]
    turn = 0.5 * math.atan2(float((np.sin(double) * weight).sum()), float((np.cos(double) * weight).sum())) % math.pi
    x, y = (columns + 0.5) * BLOCK, (rows + 0.5) * BLOCK
    across = x * math.cos(turn) + y * math.sin(turn)
    along = y * math.cos(turn) - x * math.sin(turn)
    low, high = float(across.min()), float(across.max())
    # Ragged blocks at the edges along the bars would put the strip's ends beside the bars.
    top, bottom = (float(edge) for edge in np.percentile(along, (3, 97)))
    centre, middle = (low + high) / 2, (top + bottom) / 2
    return Region(
        centre * math.cos(turn) - middle * math.sin(turn),
        centre * math.sin(turn) + middle * math.cos(turn),
        high - low + BLOCK,
        bottom - top + BLOCK,
        math.degrees(turn),
    )
