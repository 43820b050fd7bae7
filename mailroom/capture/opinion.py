"""A second decoder's word about one code of a frame."""

from PIL import Image

from mailroom.capture.arrays import Gray
from mailroom.capture.decoder import read_zbar
from mailroom.capture.sightings import Sighting

_AROUND = 40  # pixels of paper left around the code


def second_opinion(gray: Gray, one: Sighting) -> bool | None:
    """Whether the second decoder reads the same there; none where it reads nothing or is not installed."""
    columns, rows = zip(*one.corners, strict=True)
    left, top = max(0, int(min(columns)) - _AROUND), max(0, int(min(rows)) - _AROUND)
    right, bottom = int(max(columns)) + _AROUND, int(max(rows)) + _AROUND
    cut = gray[top:bottom, left:right]
    if cut.size == 0:
        return None
    seen = [code.payload for code in read_zbar(Image.fromarray(cut))]
    return one.text in seen if seen else None
