"""How far a label is turned: the directions across which a picture's bars run, from its structure tensor."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

_BLOCK = 32  # pixels: holds several bars of any code that can be read, and fits inside the lowest one
_COHERENT = 0.6  # of 1: blocks of bars have one direction, blocks of print have two
_ENERGY = 60.0  # mean squared grey steps a pixel: below is paper
_LEAST = 4  # blocks that must agree before a direction is a code's
_STRAIGHT = 1.5  # degrees: within this of upright the plain reading has seen it
_MOST = 3


def bar_angles(image: "Image") -> tuple[float, ...]:
    """Angles in degrees (0 to 180, counter-clockwise) by which to turn the picture so that bars stand upright.

    The direction with the most bars comes first; upright ones are left out.
    """
    angles, weights = _directions(np.asarray(image))
    if len(angles) < _LEAST:
        return ()
    bins = np.bincount(np.round(angles).astype(np.intp) % 180, weights=weights, minlength=180)
    counts = np.bincount(np.round(angles).astype(np.intp) % 180, minlength=180)
    found: list[float] = []
    for _ in range(_MOST * 3):
        near = sum(np.roll(bins, shift) for shift in range(-3, 4))
        peak = int(np.argmax(near))
        members = [(peak + shift) % 180 for shift in range(-3, 4)]
        if counts[members].sum() < _LEAST or len(found) == _MOST:
            break
        angle = _mean_angle(angles, weights, peak)
        if min(angle % 90, 90 - angle % 90) > _STRAIGHT:
            found.append(angle)
        bins[members] = 0
        counts[members] = 0
    return tuple(found)


_Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def _directions(gray: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> tuple[_Floats, _Floats]:
    """Direction across the bars in degrees and weight of every block that holds bars of one direction."""
    high, wide = gray.shape[0] // _BLOCK * _BLOCK, gray.shape[1] // _BLOCK * _BLOCK
    if not high or not wide:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    field = gray[:high, :wide].astype(np.float32)
    across, down = np.zeros_like(field), np.zeros_like(field)
    # Both differences are smoothed along the other axis, so that thin slanted bars keep their true direction.
    across[1:-1, 1:-1] = _smooth(field[:, 2:] - field[:, :-2], 0)
    down[1:-1, 1:-1] = _smooth(field[2:] - field[:-2], 1)
    xx, yy, xy = _blocks(across * across), _blocks(down * down), _blocks(across * down)
    energy = xx + yy
    coherence = np.hypot(xx - yy, 2 * xy) / (energy + 1e-3)
    bars = (coherence > _COHERENT) & (energy > _ENERGY)
    angles = np.degrees(0.5 * np.arctan2(2 * xy[bars], (xx - yy)[bars])) % 180
    return angles.astype(np.float32), coherence[bars].astype(np.float32)


def _smooth(steps: _Floats, axis: int) -> _Floats:
    if axis == 0:
        smooth = steps[:-2] + 2 * steps[1:-1] + steps[2:]
    else:
        smooth = steps[:, :-2] + 2 * steps[:, 1:-1] + steps[:, 2:]
    return (smooth / 4).astype(np.float32)


def _blocks(field: _Floats) -> _Floats:
    high, wide = field.shape
    means = field.reshape(high // _BLOCK, _BLOCK, wide // _BLOCK, _BLOCK).mean(axis=(1, 3))
    blocks: _Floats = means.astype(np.float32)
    return blocks


def _mean_angle(angles: _Floats, weights: _Floats, peak: int) -> float:
    """The weighted mean of the directions within 4 degrees of the peak, on the half circle."""
    offset = (angles - peak + 90) % 180 - 90
    near = np.abs(offset) <= 4
    return float((peak + np.average(offset[near], weights=weights[near])) % 180)
