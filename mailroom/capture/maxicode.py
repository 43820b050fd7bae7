"""MaxiCodes as a camera sees them, turned and tilted: no library reads one unless it lies square and alone.

The bull's eye gives centre, size and tilt; the modules around it give the turn, as the grid fits in six ways only,
and marks beside the bull's eye tell which. The grid is drawn outwards from there, its modules are read and drawn
anew, and the clean drawing goes to the decoder, whose error correction says whether all was right.
"""

from dataclasses import dataclass
from functools import cache
from typing import cast

import cv2
import numpy as np

from mailroom.capture.arrays import Bytes, Doubles, Floats, Gray, Numbers
from mailroom.capture.decoder import Barcode, read_image
from mailroom.capture.hexagons import COLUMNS, ROWS, drawn, modules, orientation, rings

_SMALL = 2.0  # pixels a module when the bull's eye is looked for
_WORK = 6.0  # and when its modules are read
_FINEST = 2.4  # pixels a module of the frame, below nothing is told apart
_SIZES = tuple(1.07 / 1.1**step for step in range(10))  # of the module that the area speaks for: print may touch it
_AREA = 843.0  # of a symbol in modules of one by one
_ALIKE = 0.4  # of 1: how much the middle has to look like a bull's eye
_RAYS = 48
_UP = 13  # of 18 marks
_PART = 8  # modules, at least


@dataclass(frozen=True, slots=True)
class _Eye:
    x: float
    y: float
    module: float


def read_maxicode(gray: Bytes, area: float) -> tuple[Barcode, Doubles] | None:
    """The MaxiCode in a crop of a frame, and its four corners in the crop's pixels; `area`: pixels of its texture."""
    module = float(np.sqrt(area / _AREA))
    if module < _FINEST:
        return None
    eye = _bullseye(gray, module)
    if eye is None:
        return None
    scale = min(1.6, _WORK / eye.module)
    work = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    light = cv2.GaussianBlur(work, (0, 0), 0.3 * eye.module * scale).astype(np.float32)
    even = light - cv2.blur(light, (int(6 * eye.module * scale) | 1,) * 2)
    plane = _tilt(even, np.array([eye.x, eye.y]) * scale, eye.module * scale)
    if plane is None:
        return None
    plane = _turned(even, plane)
    if plane is None:
        return None
    code = None
    for reach in (8.0, 12.0, 17.0, 18.0, 18.0):
        plane = _settled(even, plane, reach)
        code = _decoded(even, plane) if reach > 12 else None
        if code is not None:
            break
    if code is None:
        return None
    edge = np.array([[-14.5, -14.3], [15.5, -14.3], [15.5, 14.3], [-14.5, 14.3]])
    return code, _seen(plane, edge) / scale


def _bullseye(gray: Bytes, module: float) -> _Eye | None:
    """The place in a crop that looks most like a bull's eye."""
    best, found = _ALIKE, None
    shape = _eye()
    for size in _SIZES:
        shrink = _SMALL / (module * size)
        if module * size < _FINEST or min(gray.shape) * shrink <= len(shape) + 1:
            continue
        small = cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        alike = cv2.matchTemplate(small, shape, cv2.TM_CCOEFF_NORMED)
        _, score, _, (left, top) = cv2.minMaxLoc(alike)
        if score > best:
            middle = len(shape) / 2
            best = score
            found = _Eye((left + middle) / shrink, (top + middle) / shrink, module * size)
    return found


@cache
def _eye() -> Bytes:
    """A bull's eye of the size that it is looked for."""
    radius = int(4.6 * _SMALL)
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    soft = cv2.GaussianBlur(rings(np.hypot(x, y) / _SMALL), (0, 0), 0.7)
    return np.clip(128 - 100 * soft, 0, 255).astype(np.uint8)


def _tilt(even: Floats, centre: Doubles, module: float) -> Doubles | None:
    """The 3 by 3 matrix from the grid (turned at will) to the crop, from the ellipses that the rings make."""
    turns = np.arange(_RAYS) * 2 * np.pi / _RAYS
    ways = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    shape = np.eye(2) * module
    steps = np.arange(0.25, 5.0, 0.12)
    sizes = np.exp(np.arange(-0.3, 0.301, 0.03))
    expected = np.stack([rings(steps / size) for size in sizes])
    expected = expected - expected.mean(axis=1, keepdims=True)
    expected /= np.sqrt((expected * expected).sum(axis=1, keepdims=True))
    for _ in range(3):
        places = centre + (ways[:, None, :] * steps[None, :, None]) @ shape.T
        seen = -_sampled(even, places)
        seen = seen - seen.mean(axis=1, keepdims=True)
        alike = seen @ expected.T / (np.sqrt((seen * seen).sum(axis=1, keepdims=True)) + 1e-6)
        best = alike.argmax(axis=1)
        good = alike.max(axis=1) > 0.5
        if np.count_nonzero(good) < _RAYS // 2:
            return None
        rim = ways[good] * sizes[best[good]][:, None]
        fitted = _ellipse(rim)
        if fitted is None:
            return None
        shift, bend = fitted
        centre = centre + shape @ shift
        shape = shape @ bend
    plane = np.eye(3)
    plane[:2, :2], plane[:2, 2] = shape, centre
    return plane


def _ellipse(rim: Doubles) -> tuple[Doubles, Doubles] | None:
    """Centre and shape of the ellipse through points about a unit circle."""
    x, y = rim[:, 0], rim[:, 1]
    terms = np.stack([x * x, 2 * x * y, y * y, x, y], axis=1)
    weight = np.ones(len(x))
    for _ in range(3):  # rays that met a scratch lose their say
        sides = terms * weight[:, None]
        answer = np.linalg.lstsq(sides, weight, rcond=None)[0]
        weight = 1 / (1 + (np.abs(terms @ answer - 1) / 0.1) ** 2)
    form = np.array([[answer[0], answer[1]], [answer[1], answer[2]]])
    sizes, axes = np.linalg.eigh(form)
    if sizes.min() < 0.4 or sizes.max() > 2.5:
        return None
    shift = -np.linalg.solve(form, answer[3:]) / 2
    rest = 1 + shift @ form @ shift
    return shift, axes @ np.diag(np.sqrt(rest / sizes)) @ axes.T


def _turned(even: Floats, plane: Doubles) -> Doubles | None:
    """The matrix turned so that the grid meets the modules and the marks stand where they should."""
    _, _, places = modules()
    near = places[np.hypot(places[:, 0], places[:, 1]) < 10]
    angles = np.radians(np.arange(0, 60, 1.5))
    grids = np.stack([near @ _turn(angle)[:2, :2].T for angle in angles])
    clear = np.abs(_sampled(even, _seen(plane, grids.reshape(-1, 2)).reshape(grids.shape))).mean(axis=1)
    turn = float(angles[int(clear.argmax())])
    spots, signs = orientation()
    scores = []
    for sixth in range(6):
        marks = -_sampled(even, _seen(plane @ _turn(turn + sixth * np.pi / 3), spots))
        scores.append(float((np.sign(marks) == signs).sum()))
    best = int(np.argmax(scores))
    return plane @ _turn(turn + best * np.pi / 3) if scores[best] >= _UP else None


def _turn(angle: float) -> Doubles:
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    return np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])


def _settled(even: Floats, plane: Doubles, reach: float) -> Doubles:
    """The matrix after every part of the grid within `reach` was moved to where its modules are clearest."""
    places, begins, middles = _parts(reach)
    steps = np.arange(-2, 3) * 0.17
    moves = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    spread = (places[None] + moves[:, None]).reshape(-1, 2)
    clear = np.abs(_sampled(even, _seen(plane, spread))).reshape(len(moves), -1)
    scores = np.add.reduceat(clear, begins, axis=1)[:, : len(middles)]
    share = np.maximum(scores - scores.max(axis=0) * 0.93, 0)
    moved = middles + (moves.T @ share / (share.sum(axis=0) + 1e-9)).T
    source = np.concatenate([middles, np.zeros((1, 2))])  # the bull's eye has its place already
    target = np.concatenate([moved, np.zeros((1, 2))])
    better, _ = cv2.findHomography(source, _seen(plane, target), cv2.RANSAC, 1.0)
    return plane if better is None else cast(Doubles, better)


@cache
def _parts(reach: float) -> tuple[Doubles, Numbers, Doubles]:
    """The modules within `reach` part by part, where each part begins, and its middle; parts of few modules last."""
    _, _, places = modules()
    places = places[np.hypot(places[:, 0], places[:, 1]) < reach]
    _, part, sizes = np.unique(np.round((places + 1e-9) / 4.5), axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(-sizes, kind="stable")  # of parts
    places = np.concatenate([places[part.ravel() == one] for one in order])
    begins = np.concatenate([[0], np.cumsum(sizes[order])[:-1]])
    whole = int(np.count_nonzero(sizes >= _PART))
    middles = [places[begin : begin + size].mean(axis=0) for begin, size in zip(begins, sizes[order], strict=True)]
    return places, begins, np.array(middles[:whole]).reshape(-1, 2)


def _decoded(even: Floats, plane: Doubles) -> Barcode | None:
    rows, columns, places = modules()
    grid = np.zeros((ROWS, COLUMNS), np.float32)
    known = np.zeros_like(grid)
    grid[rows, columns] = -_sampled(even, _seen(plane, places))
    known[rows, columns] = 1
    # Light and shade differ over the symbol: a module is dark beside its neighbours.
    strength = cv2.GaussianBlur(np.abs(grid), (0, 0), 3) / (cv2.GaussianBlur(known, (0, 0), 3) + 1e-6)
    level = cv2.GaussianBlur(np.clip(grid / (strength + 1e-6), -1, 1), (0, 0), 2.5)
    dark = (grid / (strength + 1e-6) > 0.5 * level) & (known > 0)
    codes = read_image(cast(Gray, drawn(dark)), pure_maxicode=True)
    return codes[0] if codes else None


def _seen(plane: Doubles, places: Doubles) -> Doubles:
    """Places of the grid in the crop."""
    at = np.c_[places, np.ones(len(places))] @ plane.T
    return cast(Doubles, at[:, :2] / at[:, 2:])


def _sampled(field: Floats, places: Doubles) -> Floats:
    """The field at places (right, down), between its pixels too."""
    at = places.astype(np.float32).reshape(-1, places.shape[-2], 2) - np.float32(0.5)
    seen = cv2.remap(field, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cast(Floats, seen.reshape(places.shape[:-1]))
