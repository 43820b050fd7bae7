"""Every look at one frame that was not read in time: half strips, larger copies, a second decoder.

A reading that is not sure by itself is kept only where two looks that do not share their pixels or their decoder
agree, and dropped where one says otherwise.
"""

from collections import defaultdict
from collections.abc import Generator
from dataclasses import replace
from typing import cast

import cv2
import numpy as np

from mailroom.capture import strips
from mailroom.capture.arrays import Bytes, Gray
from mailroom.capture.decoder import FRAME, LINEAR, MATRIX, placed_codes, read_zbar
from mailroom.capture.frames import checked_frame, look_steps, scaled_codes
from mailroom.capture.linear import fitted_rows, outline, upright
from mailroom.capture.regions import CELL, Region, bar_regions
from mailroom.capture.sightings import Sighting, middle, unlike

_REGIONS = 6
_ZBAR_ROWS = 40  # of a strip that is handed to the second decoder
_ENLARGE_BELOW = 1_200_000  # pixels
# A step each; bars stay together: the decoder takes none of them for a short ITF where it knows what they are.
_SORTS = (LINEAR, *((one,) for one in MATRIX))


Steps = Generator[None, None, tuple[Sighting, ...]]


def heavy_look(gray: Gray) -> tuple[Sighting, ...]:
    """Every code of a still frame; some tenths of a second. `TypeError` as `look_at`."""
    steps = heavy_steps(gray)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def heavy_steps(gray: Gray) -> Steps:
    """The same in steps of some hundredths of a second: live frames go between them. Its value is what was found."""
    frame = checked_frame(gray)
    if frame.size == 0:
        return ()
    quick = yield from look_steps(frame, 60.0, fits=_REGIONS)
    found = [one for one in quick.found if one.sure]
    doubtful = [one for one in quick.found if not one.sure]
    for scale in (1.0, 0.5) if frame.size <= _ENLARGE_BELOW else (1.0,):
        for sort in _SORTS:
            yield
            found += scaled_codes(frame, sort, scale)
    if min(frame.shape) >= 3 * CELL:
        for region in bar_regions(frame)[:_REGIONS]:
            if not any(_over(one, region) for one in found):
                yield
                found += _agreed(frame, region, [one for one in doubtful if _over(one, region)])
    return unlike(found)


def _over(one: Sighting, region: Region) -> bool:
    """Does the region lie where the code was seen?"""
    x, y = middle(one.corners)
    return float(np.hypot(x - region.x, y - region.y)) < max(region.height, region.length / 4)


def _agreed(gray: Gray, region: Region, doubtful: list[Sighting]) -> list[Sighting]:
    """The code that two independent looks at a region agree on; unsure where only one saw it and none another."""
    strip, rows = upright(gray, region)
    middle = len(rows) // 2
    looks = [fitted_rows(strip, part) for part in (rows[:middle], rows[middle:]) if len(part) >= 2]
    looks += [fitted_rows(strip, _steady(rows)), *_second_opinion(strip, rows)]
    votes: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for one in [*looks, *doubtful]:
        if one is not None:
            votes[one.symbology, one.text].append(one)
    if len(votes) != 1:
        return []
    (same,) = votes.values()
    halves = {(one.symbology, one.text) for one in (*looks[:2], *looks[3:]) if one is not None}
    independent = sum(one is not None for one in (*looks[:2], *looks[3:]))
    return [replace(same[0], sure=bool(halves) and independent >= 2)]


def _steady(rows: Bytes) -> Bytes:
    """The middle of every column's greys: what a scratch or a void leaves."""
    order = np.sort(rows, axis=0)
    cut = len(order) // 4
    return cast(Bytes, order[cut : max(cut + 1, len(order) - cut)])


def _second_opinion(strip: strips.Strip, rows: Bytes) -> list[Sighting]:
    """What the other decoder reads from the strip, and zxing-cpp from an enlarged one."""
    from PIL import Image

    tall = np.repeat(strips.lines(rows, 1), _ZBAR_ROWS, axis=0)
    codes = list(read_zbar(Image.fromarray(tall)))
    large = cv2.resize(strips.lines(rows), None, fx=2, fy=1, interpolation=cv2.INTER_CUBIC)
    codes += [code for code, _ in placed_codes(cast(Gray, large), FRAME[:3], rotated=False)]
    return [Sighting(code.symbology, code.payload, outline(strip), sure=False) for code in codes]
