"""Where a frame may hold two-dimensional codes: cells full of grey steps that point every way."""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np

from mailroom.capture.arrays import Numbers
from mailroom.capture.regions import Region, Texture

_MIXED = 0.6  # of 1: strictness below which a cell holds more than bars
LOOSE = (0.35, 0.2)  # how dense (of 1: print is thinner than modules), and energy relative to the strongest cells
TIGHT = (0.5, 0.3)  # leaves print away that touches a code of fine modules, and codes of coarse ones
_LEAST = 9  # cells
_MOST = 8
_REACH = 0.5  # of a patch's length: how far its ends are looked for
_FILLED = 0.32  # of 1: bars fill their neighbourhood with grey steps


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A rectangle of mixed texture in pixels; `area`: pixels of it that are so.

    `dense`: how evenly grey steps fill it, 0 to 1; print 0.57, fine modules 0.7 as a rule.
    """

    left: int
    top: int
    width: int
    height: int
    area: int
    dense: float
    cells: tuple[Numbers, Numbers, int]  # rows, columns, pixels of a cell

    @property
    def region(self) -> Region:
        """The texture as a stretch of bars: `angle` along its longer side."""
        return _stretch(*self.cells)


def mixed_patches(seen: Texture, asked: tuple[float, float] = LOOSE) -> tuple[Patch, ...]:
    """The patches of a frame, the largest first; `asked`: LOOSE or TIGHT."""
    dense, relative = asked
    strong = max(seen.floor, relative * seen.strongest)
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
        cells = rows + y, columns + x, cell
        found.append(Patch(x * cell, y * cell, width * cell, height * cell, area * cell * cell, dense, cells))
    return tuple(found)


def reaching(seen: Texture, region: Region) -> Region:
    """The region made longer by what follows at its ends and is texture, too, if of one direction only.

    The ends of a PDF417 are bars, and the fewer its columns, the larger is their share.
    """
    turn = math.radians(region.angle)
    ahead = np.array([math.cos(turn), math.sin(turn)])
    down = np.array([-ahead[1], ahead[0]]) * region.height / 4
    most = round(_REACH * region.length / seen.cell)
    step = (region.length / 2 + (np.arange(most) + 0.5) * seen.cell)[None, :, None] * ahead
    filled = (seen.energy > seen.floor) & (seen.dense > _FILLED)
    grown = []
    for way in (-1.0, 1.0):
        lines = np.array([region.x, region.y]) + way * step + np.array([-1.0, 0.0, 1.0])[:, None, None] * down
        cells = (lines / seen.cell).astype(np.int32)
        inside = ((cells >= 0) & (cells < filled.shape[::-1])).all(axis=-1)
        cells = np.clip(cells, 0, np.array(filled.shape[::-1]) - 1)
        bars = ((filled[cells[..., 1], cells[..., 0]] & inside).sum(axis=0) >= 2).tolist()
        grown.append(float(bars.index(False) if False in bars else 0) * seen.cell)
    shift = ahead * (grown[1] - grown[0]) / 2
    return replace(
        region, x=region.x + float(shift[0]), y=region.y + float(shift[1]), length=region.length + sum(grown)
    )


def _stretch(rows: Numbers, columns: Numbers, cell: int) -> Region:
    """The smallest turned rectangle around the cells' middles, a cell wider on all sides, its longer side first."""
    middles = np.stack([columns + 0.5, rows + 0.5], axis=1).astype(np.float32) * cell
    (x, y), (width, height), angle = cv2.minAreaRect(middles)
    if width < height:
        width, height, angle = height, width, angle + 90
    return Region(x, y, width + cell, height + cell, angle % 180)
