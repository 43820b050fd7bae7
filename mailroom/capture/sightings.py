"""What was seen where in one frame."""

import math
from dataclasses import dataclass

from mailroom.domain.reading import Symbology

Point = tuple[float, float]  # column and row in pixels of the frame
Corners = tuple[Point, Point, Point, Point]  # around a code, its own top left first, clockwise


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code in one frame: symbology, payload, and its corners in the frame, to outline it.

    `sure`: it may stand alone. Otherwise it was too blurred to be certain, and only a second sighting makes it so.
    `module`: pixels of its narrowest bar, 0 where that is not known.
    """

    symbology: Symbology
    text: str
    corners: Corners
    sure: bool = True
    module: float = 0.0


def unlike(sightings: list[Sighting]) -> tuple[Sighting, ...]:
    """The sightings without repeats, a sure one before the same unsure."""
    kept: dict[tuple[Symbology, str], Sighting] = {}
    for one in sightings:
        before = kept.get((one.symbology, one.text))
        if before is None or (one.sure and not before.sure):
            kept[one.symbology, one.text] = one
    return tuple(kept.values())


def middle(corners: Corners) -> Point:
    """The mean of four corners."""
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


def overlap(one: Corners, other: Corners) -> bool:
    """Does the middle of either lie within the other's reach?"""
    (x, y), (u, v) = middle(one), middle(other)
    apart = math.hypot(x - u, y - v)
    return apart < max(_reach(one), _reach(other))


def _reach(corners: Corners) -> float:
    """Half the shorter side."""
    sides = [math.dist(corners[at], corners[(at + 1) % 4]) for at in range(4)]
    return min(sides[0] + sides[2], sides[1] + sides[3]) / 4
