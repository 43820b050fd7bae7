"""The grid of a MaxiCode (ISO/IEC 16023): where its modules lie around the bull's eye, in distances of two modules.

33 rows, 30 modules in even ones and 29 in odd ones, which lie half a module to the right. The bull's eye's centre is
that of module 14 in row 16.
"""

from functools import cache
from math import sqrt

import numpy as np

from mailroom.capture.arrays import Bytes, Doubles, Floats, Numbers

ROWS, COLUMNS = 33, 30
_ROW = sqrt(3) / 2  # between rows
RINGS = (0.625, 1.375, 2.125, 2.875, 3.625, 4.375)  # where the bull's eye turns from light to dark and back
CLEAR = 4.9  # around the centre no module lies nearer
# Three modules at each corner of the bull's eye tell which way is up.
_DARK = ((9, 10), (9, 11), (10, 11), (15, 7), (16, 8), (16, 20), (17, 20), (22, 10), (23, 10), (22, 17), (23, 17))
_LIGHT = ((9, 16), (9, 17), (10, 17), (16, 7), (16, 21), (22, 11), (23, 16))
_CELL_WIDTH, _CELL_HEIGHT = 8, 7  # pixels of a module when drawn anew


@cache
def modules() -> tuple[Numbers, Numbers, Doubles]:
    """Row and column of every module outside the bull's eye, and its place (right, down) from the centre."""
    rows, columns = np.mgrid[0:ROWS, 0:COLUMNS].reshape(2, -1)
    right = columns + 0.5 * (rows % 2) - 14.0
    down = (rows - 16) * _ROW
    kept = (np.hypot(right, down) > CLEAR) & (columns < COLUMNS - rows % 2)
    return rows[kept], columns[kept], np.stack([right[kept], down[kept]], axis=1)


@cache
def orientation() -> tuple[Doubles, Doubles]:
    """Places of the modules that tell which way is up, and what they are: 1 dark, -1 light."""
    spots = np.array([*_DARK, *_LIGHT], dtype=np.float64)
    right = spots[:, 1] + 0.5 * (spots[:, 0] % 2) - 14.0
    down = (spots[:, 0] - 16) * _ROW
    signs = np.array([1.0] * len(_DARK) + [-1.0] * len(_LIGHT))
    return np.stack([right, down], axis=1), signs


def rings(radius: Doubles) -> Floats:
    """Darkness of the bull's eye at distances from its centre: 1 dark, -1 light."""
    crossed = (radius[..., None] > np.array(RINGS)).sum(axis=-1)
    return np.where(crossed % 2 == 1, 1.0, -1.0).astype(np.float32)


def drawn(dark: Numbers) -> Bytes:
    """A clean picture of the modules that are dark (33 by 30 truths), as a decoder of pure symbols wants it.

    It takes its bearings from the outermost dark pixels, so one that touches no module's middle stands on each side.
    """
    picture = np.full((ROWS * _CELL_HEIGHT, COLUMNS * _CELL_WIDTH), 255, np.uint8)
    for row in range(ROWS):
        shift = _CELL_WIDTH // 2 * (row % 2)
        line = np.repeat(np.where(dark[row, : COLUMNS - row % 2], 0, 255).astype(np.uint8), _CELL_WIDTH)
        picture[row * _CELL_HEIGHT : (row + 1) * _CELL_HEIGHT, shift : shift + len(line)] = line
    picture[0, 0] = picture[0, -1] = picture[-1, 0] = picture[-1, -1] = 0
    return np.pad(picture, 8, constant_values=255)
