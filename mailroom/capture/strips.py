"""A region of bars cut out upright, its bars made parallel, and averaged along them to one line of grey.

The camera sees bars from the side and on bent paper. How far they lean is told everywhere by the grey steps: along a
bar the grey stays, so across-step times lean plus along-step is nothing. A leaning that changes smoothly is fitted to
a strip's cells and undone.
"""

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from mailroom.capture.arrays import Bytes, Doubles, Floats, Gray, Truths
from mailroom.capture.regions import Region

_QUIET = 1.08  # a strip is longer than its region by this, for the quiet zones
_MARGIN = 24  # and by so many pixels at either end
LINES = 24  # rows of a strip that is handed to a decoder: it looks at several
_ROWS = 48  # rows that a straightened strip keeps
STRIP_ROWS = (LINES, 0)  # how a still's strips are averaged; 0: not at all, for bars that bend
_FOLDS = 30  # places across a strip where the bars' lean is told
DOUBLE = 2  # samples of a strip for each pixel across the bars


@dataclass(frozen=True, slots=True)
class Strip:
    """A region cut out with its bars upright: `image` has `scale` samples a pixel across the bars, one along them.

    `first` and `last` are where the bars are expected to begin and end, in samples. `place` maps (column, row, 1) of
    the strip to the picture.
    """

    image: Bytes
    first: float
    last: float
    place: Doubles
    scale: float


def cut(gray: Bytes, region: Region, scale: float = DOUBLE) -> Strip:
    """The region upright, `scale` samples a pixel across its bars."""
    length = region.length * _QUIET + 2 * _MARGIN
    width, height = max(1, round(length * scale)), max(4, round(region.height))
    turn = math.radians(region.angle)
    right = np.array([math.cos(turn), math.sin(turn)])
    down = np.array([-math.sin(turn), math.cos(turn)])
    step = (right + down * region.skew) / scale
    corner = np.array([region.x, region.y]) - step * (width / 2) - down * (height / 2)
    place = np.stack([step, down, corner], axis=1)
    image = cv2.warpAffine(
        gray,
        place,
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    reach = region.length * scale / 2
    return Strip(cast(Bytes, image), width / 2 - reach, width / 2 + reach, place, scale)


def lines(image: Bytes, rows: int = LINES) -> Gray:
    """A strip averaged along its bars to so many rows."""
    size = (image.shape[1], min(rows, image.shape[0]))
    return cast(Gray, cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def straightened(image: Bytes) -> Bytes:
    """A strip (one sample a pixel) with its bars made parallel, two samples a pixel across them, few rows."""
    height, width = image.shape
    lean = _lean(image)
    rows = min(_ROWS, height)
    x = np.arange(width * DOUBLE, dtype=np.float32)[None] / DOUBLE
    level = ((np.arange(rows, dtype=np.float32) + 0.5) * height / rows - 0.5)[:, None]
    place, depth = x / width * 2 - 1, level - height / 2
    share = depth / (height / 2)
    slope = lean[0] + lean[1] * place + lean[3] * place * place + share * (lean[2] / 2 + lean[4] / 2 * place)
    source = (x + depth * slope).astype(np.float32)
    down = np.repeat(level, source.shape[1], axis=1).astype(np.float32)
    return cast(Bytes, cv2.remap(image, source, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def smoothed_out(image: Bytes) -> Bytes:
    """The rows of a straightened strip with folds undone: how bars lean is told for every place by what is near it."""
    height, width = image.shape
    if height < 8:
        return image
    soft = cv2.GaussianBlur(image, (0, 0), sigmaX=1.2, sigmaY=1.5)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    size = (_FOLDS, min(9, max(3, height // 4)))
    xx, yy, xy = (_table(one, size) for one in (across * across, down * down, across * down))
    even = 1 / (np.median(xx) + xx + 1e-3)
    # Grain adds as much to the one as to the other.
    steps, falls = even * np.maximum(xx - yy, 0.1 * xx), -even * xy
    near = {"ksize": (0, 0), "sigmaX": 1.8, "sigmaY": 1.2}
    lean = cv2.GaussianBlur(falls, **near) / (cv2.GaussianBlur(steps, **near) + 0.02)  # type: ignore[call-overload]
    slope = cv2.resize(np.clip(lean, -1, 1).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    place = np.empty((height, width), np.float32)
    middle = height // 2
    place[middle] = np.arange(width, dtype=np.float32)
    for way, rows in ((1, range(middle + 1, height)), (-1, range(middle - 1, -1, -1))):
        for row in rows:  # along the bars, from the middle to the edges
            before = place[row - way]
            place[row] = before + way * slope[row - way].take(before.astype(np.int32), mode="clip")
    level = np.repeat(np.arange(height, dtype=np.float32)[:, None], width, axis=1)
    return cast(Bytes, cv2.remap(image, place, level, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def level(image: Bytes) -> Bytes:
    """A strip (one sample a pixel) of rows of bars with the bars made parallel and the rows level.

    Two samples a pixel across the bars, all rows.
    """
    height, width = image.shape
    lean = _lean(image)
    x = np.arange(width * DOUBLE, dtype=np.float32)[None] / DOUBLE
    down = np.arange(height, dtype=np.float32)[:, None]
    place = x / width * 2 - 1

    def along(row: Floats) -> Floats:
        depth = row - height / 2
        share = depth / (height / 2)
        slope = lean[0] + lean[1] * place + lean[3] * place * place + share * (lean[2] / 2 + lean[4] / 2 * place)
        return cast(Floats, (x + depth * slope).astype(np.float32))

    def seen(row: Floats) -> Bytes:
        rows = np.repeat(row, width * DOUBLE, axis=1) if row.shape[1] == 1 else row
        return cast(Bytes, cv2.remap(image, along(rows), rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))

    upright = cv2.resize(seen(down), (width, height), interpolation=cv2.INTER_AREA)
    fall = _fall(cast(Bytes, upright))
    share = (down - height / 2) / (height / 2)
    drop = place * (width / 2) * (fall[0] + fall[1] * share + place * (fall[2] / 2 + fall[3] / 2 * share))
    return seen((down + drop).astype(np.float32))


def _fall(image: Bytes) -> Doubles:
    """How far rows fall (rows a column): 1, V, X, XV, by the edges between rows alone."""
    height, width = image.shape
    across, down = cv2.Sobel(image, cv2.CV_32F, 1, 0), cv2.Sobel(image, cv2.CV_32F, 0, 1)
    edge = (np.abs(down) > 2 * np.abs(across)).astype(np.float32)
    size = (max(6, width // 24), max(2, height // 10))
    yy, xy = _cells(edge * down * down, size), _cells(edge * across * down, size)
    x, v = _grid(size)
    shapes = np.stack([np.ones_like(x), v, x, x * v], axis=1)
    weight = 1 / (np.median(yy) + yy + 1e-3)
    stiff = np.diag([1e-3, 1e-2, 1e-2, 1e-1]) * float((weight * yy).sum() + 1e-6)
    sides = (shapes * (weight * yy)[:, None]).T @ shapes + stiff
    return cast(Doubles, np.linalg.solve(sides, -(shapes * (weight * xy)[:, None]).sum(axis=0)))


def _table(field: object, size: tuple[int, int]) -> Doubles:
    seen = cv2.resize(field, size, interpolation=cv2.INTER_AREA)  # type: ignore[call-overload]
    return cast(Doubles, seen.astype(np.float64))


def _cells(field: object, size: tuple[int, int]) -> Doubles:
    return cast(Doubles, _table(field, size).ravel())


def _grid(size: tuple[int, int]) -> tuple[Doubles, Doubles]:
    """Place of every cell across and along, each from -1 to 1."""
    x, v = np.meshgrid((np.arange(size[0]) + 0.5) / size[0] * 2 - 1, (np.arange(size[1]) + 0.5) / size[1] * 2 - 1)
    return x.ravel(), v.ravel()


def _lean(image: Bytes) -> Doubles:
    """How far the bars lean (columns a row): 1, X, V, XX, XV with X across and V along from -1 to 1."""
    height, width = image.shape
    size = (max(6, min(32, width // 12)), max(2, min(12, height // 8)))
    across, down = cv2.Sobel(image, cv2.CV_32F, 1, 0), cv2.Sobel(image, cv2.CV_32F, 0, 1)

    xx, yy, xy = _cells(across * across, size), _cells(down * down, size), _cells(across * down, size)
    x, v = _grid(size)
    shapes = np.stack([np.ones_like(x), x, v, x * x, x * v], axis=1)
    even = 1 / (np.median(xx) + xx + 1e-3)  # bright cells do not outvote the others
    stiff = np.diag([1e-4, 1e-3, 1e-3, 3e-3, 3e-3]) * float((even * xx).sum() + 1e-6)
    weight = even
    lean: Doubles = np.zeros(5)
    for _ in range(2):
        lean = np.linalg.solve(
            (shapes * (weight * xx)[:, None]).T @ shapes + stiff, -(shapes * (weight * xy)[:, None]).sum(axis=0)
        )
        slope = shapes @ lean
        rest = np.maximum(yy + 2 * slope * xy + slope * slope * xx, 0) / (xx + 1e-3)
        weight = even / (1 + (rest / 0.15) ** 2)  # print beside the bars does not follow them
    return lean


def bar_rows(image: Bytes) -> Bytes:
    """The rows of a straightened strip that show what most of them show; all where that is few."""
    step = max(1, image.shape[1] // 400)
    edges = np.diff(image[:, ::step].astype(np.float32), axis=1)
    sizes = np.sqrt((edges * edges).sum(axis=1))
    middle: Floats = np.median(edges, axis=0)
    used: Truths = np.ones(len(image), dtype=np.bool_)
    for _ in range(2):
        alike = (edges * middle).sum(axis=1) / (sizes * float(np.sqrt((middle * middle).sum())) + 1e-6)
        used = alike > 0.5 * float(np.percentile(alike, 90))
        if np.count_nonzero(used) < 3:
            return image
        middle = edges[used].mean(axis=0)
    return image[used]


def profile(image: Bytes) -> Floats:
    """One line of darkness (0 white, -255... never scaled) along a straightened strip: minus the mean grey."""
    return cast(Floats, -image.mean(axis=0, dtype=np.float32))


def edges(line: Floats) -> int:
    """How often a line of darkness turns clearly from dark to light or back."""
    even = line - cv2.blur(line[None], (101, 1))[0]
    clear = np.abs(even) > 0.35 * float(even.std())
    return int(np.count_nonzero(np.diff(np.sign(even[clear]))))
