"""What was seen where in one frame."""

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


def unlike(sightings: list[Sighting]) -> list[Sighting]:
    """The sightings without repeats, a sure one before the same unsure."""
    kept: dict[tuple[Symbology, str], Sighting] = {}
    for one in sightings:
        before = kept.get((one.symbology, one.text))
        if before is None or (one.sure and not before.sure):
            kept[one.symbology, one.text] = one
    return list(kept.values())
