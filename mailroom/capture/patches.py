"""Where a frame may hold two-dimensional codes: cells full of grey steps that point every way."""

from dataclasses import dataclass

import cv2
import numpy as np

from mailroom.capture.arrays import Numbers
from mailroom.capture.regions import Region, Texture

_MIXED = 0.6  # of 1: strictness below which a cell holds more than bars
LOOSE = (0.35, 0.2)  # how dense (of 1: print is thinner than modules), and energy relative to the strongest cells
TIGHT = (0.5, 0.3)  # leaves print away that touches a code of fine modules, and codes of coarse ones
_LEAST = 9  # cells
_MOST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A rectangle of mixed texture in pixels; `area`: pixels of it that are so.

    `dense`: how evenly grey steps fill it, 0 to 1; print 0.57, fine modules 0.7 as a rule. `region` is the texture as
    a stretch of bars: `angle` along its longer side.
    """

    left: int
    top: int
    width: int
    height: int
    area: int
    dense: float
    region: Region


def mixed_patches(seen: Texture, asked: tuple[float, float] = LOOSE) -> tuple[Patch, ...]:
    """The patches of a frame, the largest first; `asked`: LOOSE or TIGHT."""
    dense, relative = asked
    strong = max(seen.floor, relative * float(np.percentile(seen.energy, 98)))
    mask = ((seen.strict < _MIXED) & (seen.dense > dense) & (seen.energy > strong)).astype(np.uint8)
    square = np.ones((3, 3), np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, square).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, square).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    cell = seen.cell
    order = np.argsort(-boxes[1:count, cv2.CC_STAT_AREA], kind="stable")[:_MOST] + 1
    found = []
    for k in order.tolist():
        x, y, width, height, area = boxes[k].tolist()
        if area < _LEAST:
            break
        rows, columns = np.nonzero(labels[y : y + height, x : x + width] == k)
        dense = float(np.median(seen.dense[rows + y, columns + x]))
        region = _stretch(rows + y, columns + x, cell)
        found.append(Patch(x * cell, y * cell, width * cell, height * cell, area * cell * cell, dense, region))
    return tuple(found)


def _stretch(rows: Numbers, columns: Numbers, cell: int) -> Region:
    """The smallest turned rectangle around the cells' middles, a cell wider on all sides, its longer side first."""
    middles = np.stack([columns + 0.5, rows + 0.5], axis=1).astype(np.float32) * cell
    (x, y), (width, height), angle = cv2.minAreaRect(middles)
    if width < height:
        width, height, angle = height, width, angle + 90
    return Region(x, y, width + cell, height + cell, angle % 180)
