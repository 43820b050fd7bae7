"""Linear codes in one region of bars: the quick look at its strip, and the slow one symbol by symbol."""

import numpy as np

from mailroom.capture import strips
from mailroom.capture.arrays import Bytes, Gray
from mailroom.capture.blurred import read_blurred
from mailroom.capture.decoder import LINEAR, placed_codes
from mailroom.capture.regions import Region
from mailroom.capture.sightings import Corners, Sighting

_EDGES = 16  # bars and spaces that are told apart, at least
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


def fitted_code(gray: Gray, region: Region) -> Sighting | None:
    """What the symbols of the region's strip look like most, however blurred; none where nothing comes near."""
    if region.length < _LEAST_LENGTH:
        return None
    strip, rows = upright(gray, region)
    return fitted_rows(strip, rows)


def fitted_rows(strip: strips.Strip, rows: Bytes) -> Sighting | None:
    """The same for some rows of a straightened strip."""
    line = strips.profile(rows)
    if strips.edges(line) < _EDGES:
        return None
    fitted = read_blurred(line, strip.first * strips.DOUBLE, strip.last * strips.DOUBLE)
    if fitted is None:
        return None
    return Sighting(fitted.symbology, fitted.text, outline(strip), fitted.sure, fitted.module / strips.DOUBLE)


def outline(strip: strips.Strip) -> Corners:
    """The corners of a strip's bars in the frame."""
    height, first, last = float(strip.image.shape[0]), strip.first, strip.last
    return _placed(strip, [(first, 0.0), (last, 0.0), (last, height), (first, height)])


def _placed(strip: strips.Strip, points: list[tuple[float, float]]) -> Corners:
    first, second, third, fourth = (
        (float(x), float(y)) for x, y in (strip.place @ np.array([column, row, 1.0]) for column, row in points)
    )
    return first, second, third, fourth
