"""Linear codes in one region of bars: the quick look at its strip, and the slow one symbol by symbol."""

from dataclasses import replace

import numpy as np

from mailroom.capture import strips
from mailroom.capture.arrays import Bytes, Gray
from mailroom.capture.blurred import Reading, read_bent, read_blurred, says_too
from mailroom.capture.decoder import LINEAR, placed_codes
from mailroom.capture.patience import Over, never
from mailroom.capture.regions import Region
from mailroom.capture.sightings import Corners, Sighting

_EDGES = 16  # bars and spaces that are told apart, at least
_LEAST_ROWS = 6  # of a strip whose halves are read apart
_LEAST_LENGTH = 80  # pixels


def plain_codes(gray: Gray, region: Region) -> list[Sighting]:
    """What the decoder reads from the region's strip, averaged along its bars."""
    strip = strips.cut(gray, region)
    image = strips.lines(strip.image)
    down = strip.image.shape[0] / image.shape[0]
    return [
        Sighting(code.symbology, code.payload, _placed(strip, [(x, y * down) for x, y in corners]))
        for code, corners in placed_codes(image, LINEAR, rotated=False)
    ]


def upright(gray: Gray, region: Region) -> tuple[strips.Strip, Bytes]:
    """The region's strip, and its rows of bars made parallel, strips.DOUBLE samples a pixel across them."""
    strip = strips.cut(gray, region, 1.0)
    return strip, strips.bar_rows(strips.smoothed_out(strips.straightened(strip.image)))


class BarLine:
    """A region's bars as one line of darkness, or no line where there are too few; read in two ways."""

    def __init__(self, strip: strips.Strip, rows: Bytes) -> None:
        self._strip, self._rows, self._line = strip, rows, strips.profile(rows)
        self._ends = strip.first * strips.DOUBLE, strip.last * strips.DOUBLE
        self._bars = strips.edges(self._line) >= _EDGES

    def bent(self, over: Over = never) -> Sighting | None:
        """The Code 128 whose symbols follow each other there, however stretched; nothing is begun once it is `over`.

        A doubtful one is sure where the upper and the lower half of the bars say the same.
        """
        found = read_bent(self._line, *self._ends, over) if self._bars else None
        if found is not None and not found.sure and len(self._rows) >= _LEAST_ROWS:
            middle = len(self._rows) // 2
            halves = self._rows[:middle], self._rows[middle:]
            found = replace(found, sure=all(says_too(strips.profile(half), found) for half in halves))
        return self._placed(found)

    def blurred(self) -> Sighting | None:
        """What evenly long symbols look like most, however blurred; none where nothing comes near."""
        return self._placed(read_blurred(self._line, *self._ends) if self._bars else None)

    def _placed(self, found: Reading | None) -> Sighting | None:
        if found is None:
            return None
        module = found.module / strips.DOUBLE
        return Sighting(found.symbology, found.text, outline(self._strip), found.sure, module)


def bar_line(gray: Gray, region: Region) -> BarLine | None:
    """The region's bars made upright and averaged; none where they are too short to be read."""
    return None if region.length < _LEAST_LENGTH else BarLine(*upright(gray, region))


def fitted_rows(strip: strips.Strip, rows: Bytes) -> Sighting | None:
    """The code that some rows of an upright strip show."""
    line = BarLine(strip, rows)
    return line.bent() or line.blurred()


def outline(strip: strips.Strip) -> Corners:
    """The corners of a strip's bars in the frame."""
    height, first, last = float(strip.image.shape[0]), strip.first, strip.last
    return _placed(strip, [(first, 0.0), (last, 0.0), (last, height), (first, height)])


def _placed(strip: strips.Strip, points: list[tuple[float, float]]) -> Corners:
    first, second, third, fourth = (
        (float(x), float(y)) for x, y in (strip.place @ np.array([column, row, 1.0]) for column, row in points)
    )
    return first, second, third, fourth
