"""Where a frame may hold two-dimensional codes: cells full of grey steps that point every way."""

from dataclasses import dataclass

import cv2
import numpy as np

from mailroom.capture.regions import Texture

_MIXED = 0.6  # of 1: strictness below which a cell holds more than bars
_DENSE = 0.35  # of 1: print is thinner than modules
_RELATIVE = 0.2  # of the strongest cells' energy
_LEAST = 9  # cells
_MOST = 8


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of mixed texture in pixels; `filled`: the share of it that is so, `area`: pixels that are so."""

    left: int
    top: int
    width: int
    height: int
    area: int

    @property
    def filled(self) -> float:
        """Share of the rectangle, 0 to 1."""
        return self.area / (self.width * self.height)


def mixed_patches(seen: Texture) -> tuple[Patch, ...]:
    """The patches of a frame, the largest first."""
    strong = max(seen.floor, _RELATIVE * float(np.percentile(seen.energy, 98)))
    mask = ((seen.strict < _MIXED) & (seen.dense > _DENSE) & (seen.energy > strong)).astype(np.uint8)
    square = np.ones((3, 3), np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, square).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, square).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    cell = seen.cell
    found = [
        Patch(x * cell, y * cell, width * cell, height * cell, area * cell * cell)
        for x, y, width, height, area in boxes[1:count].tolist()
        if area >= _LEAST
    ]
    return tuple(sorted(found, key=lambda patch: -patch.area)[:_MOST])
