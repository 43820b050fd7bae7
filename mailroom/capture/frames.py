"""One camera frame: quick looks first, slower ones only where something is there that was not read.

Bars are cut out as upright strips and read; strips too blurred for that are fitted symbol by symbol. Patches of mixed
texture are read as two-dimensional codes. Codes so large that their modules are no texture are looked for in a smaller
copy of the whole frame.
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import zxingcpp

from mailroom.capture.arrays import Bytes, Gray
from mailroom.capture.decoder import BARS, FRAME, SQUARE, Barcode, may_be_tracking, placed_codes
from mailroom.capture.linear import BarLine, bar_line, plain_codes
from mailroom.capture.maxicode import read_maxicode
from mailroom.capture.patches import TIGHT, Patch, mixed_patches, reaching
from mailroom.capture.patience import Over, Patience, never
from mailroom.capture.pdf417 import read_pdf417
from mailroom.capture.regions import CELL, LONGEST, Region, Texture, bar_regions, corners_of, texture
from mailroom.capture.sightings import Corners, Sighting, middle, unlike
from mailroom.domain.reading import Symbology

cv2.setNumThreads(1)  # a frame has one core; the others are the window's

PATIENCE = 0.042  # seconds of work while bars are in view that were not read: one frame in twenty takes 50 ms
_FIT, _COPY = 0.006, 0.005  # seconds of it that a fit of even symbols and a smaller copy take
FITS = 4  # strips of one frame that are fitted
_TALL = 1.5  # height over length: a rule or an edge, and no code
_COARSE = 512  # pixels along the longer side of the smaller copy
_PAD = 20  # pixels of paper left around a patch
_ENLARGED = 3  # patches of one frame that are looked at twice as large
_ENLARGE_BELOW = 320  # pixels along the longer side
_FINE = 0.6  # density from which a patch is a code rather than print
_TILTED = 2  # patches of one frame that are looked at as PDF417, and as MaxiCode
_ROW_LENGTH, _EYE_LENGTH = 120, 56  # pixels: smaller ones cannot be told apart


@dataclass(frozen=True, slots=True)
class FrameLook:
    """What one frame shows: codes, sure or not, and the regions of bars where none was read."""

    found: tuple[Sighting, ...] = ()
    unread: tuple[Region, ...] = ()


def frame_codes(gray: Gray, patience: float = PATIENCE) -> tuple[Sighting, ...]:
    """Every code in a frame, sure or not, as `look_at` sees it."""
    return look_at(gray, patience).found


def look_at(gray: Gray, patience: float = PATIENCE, *, fits: int = FITS, until: float = math.inf) -> FrameLook:
    """Everything seen in a frame. `TypeError` for anything but a two-dimensional array of bytes.

    After `patience` seconds of this thread's time no slow look is begun, and none after half of it once bars were
    read: there is the next frame. None is begun after `until` (seconds, monotonic), either. Codes are fitted to at most
    so many regions (`fits`).
    """
    steps = look_steps(gray, patience, fits=fits, until=until)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def look_steps(
    gray: Gray, patience: float, *, fits: int = FITS, until: float = math.inf
) -> Generator[None, None, FrameLook]:
    """The same with a halt before each slow look."""
    frame = checked_frame(gray)
    if frame.size == 0:
        return FrameLook()
    clock = Patience(patience, until)
    found: list[Sighting] = []
    unread: list[Region] = []
    if min(frame.shape) >= 3 * CELL and max(frame.shape) <= LONGEST:
        seen = texture(frame)
        for region in bar_regions(frame, seen):
            if region.height <= _TALL * region.length:
                codes = plain_codes(frame, region)
                found += codes
                unread += [] if codes else [region]
        squares, small = _as_they_are(frame, mixed_patches(seen))
        read = _tracked(found)
        found += squares
        if read:
            clock.read()
            found += tilted_codes(frame, seen, found, clock.over)
        fitted = yield from _fitted(frame, unread[:fits], clock)
        found += fitted.values()
        unread = [region for at, region in enumerate(unread) if at not in fitted]
        yield
        found += _enlarged(frame, small, clock.soon_over)
        found += [] if read else tilted_codes(frame, seen, found, clock.soon_over)
        yield
    # Bars that were found are fine enough for their strips: a smaller copy shows them worse.
    if not found and (not unread or not clock.over(_COPY)):
        found += coarse_codes(frame, FRAME)
    elif found and all(one.symbology in BARS for one in found) and not clock.over():
        found += coarse_codes(frame, SQUARE)
    return FrameLook(unlike(found), tuple(unread))


def _fitted(gray: Gray, regions: list[Region], clock: Patience) -> Generator[None, None, dict[int, Sighting]]:
    """The codes fitted to the regions, by the region's place: first those of bent paper, which are most."""
    found: dict[int, Sighting] = {}
    lines: dict[int, BarLine] = {}
    for at, region in enumerate(regions):
        yield
        if clock.over():
            break
        line = bar_line(gray, region)
        code = None if line is None else line.bent(clock.over)
        if code is not None:
            found[at] = code
            if _tracked([code]):
                clock.read()
        elif line is not None:
            lines[at] = line
    for at, line in lines.items():
        yield
        if clock.over(_FIT):
            break
        code = line.blurred()
        if code is not None:
            found[at] = code
            if _tracked([code]):
                clock.read()
    return found


def _tracked(found: Sequence[Sighting]) -> bool:
    """Is there a code of bars among these that may say a tracking number? ITF is on cartons as a rule."""
    codes = (Barcode(one.symbology, one.text) for one in found if one.symbology is not Symbology.ITF)
    return may_be_tracking(tuple(codes))


def checked_frame(gray: Gray) -> Gray:
    """The frame with its rows one after the other in memory."""
    if not isinstance(gray, np.ndarray) or gray.ndim != 2 or gray.dtype != np.uint8:
        raise TypeError("a frame is a two-dimensional array of bytes (uint8): rows of grey")
    return gray if gray.flags.c_contiguous else gray.copy()


def patch_codes(gray: Gray, patches: tuple[Patch, ...]) -> list[Sighting]:
    """The square codes in the patches; those that are small are looked at twice as large too."""
    found, small = _as_they_are(gray, patches)
    return found + _enlarged(gray, small, never)


def _as_they_are(gray: Gray, patches: tuple[Patch, ...]) -> tuple[list[Sighting], list[Patch]]:
    """The square codes in the patches, and the patches that are worth a look twice as large."""
    found: list[Sighting] = []
    small: list[Patch] = []
    for patch in patches:
        image, left, top = _crop(gray, patch)
        seen = _moved(cast(Gray, image), 1.0, left, top)
        if not seen and patch.dense > _FINE and max(image.shape) <= _ENLARGE_BELOW:
            small.append(patch)
        found += seen
    return found, small[:_ENLARGED]


def _enlarged(gray: Gray, patches: list[Patch], over: Over) -> list[Sighting]:
    """The square codes in the patches twice as large; none is begun once it is `over`."""
    found: list[Sighting] = []
    for patch in patches:
        if over():
            break
        image, left, top = _crop(gray, patch)
        large = cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        found += _moved(cast(Gray, large), 0.5, left, top)
    return found


def _crop(gray: Gray, patch: Patch) -> tuple[Bytes, int, int]:
    pad = _PAD + round(0.08 * max(patch.width, patch.height))
    left, top = max(0, patch.left - pad), max(0, patch.top - pad)
    image = gray[top : patch.top + patch.height + pad, left : patch.left + patch.width + pad]
    return np.ascontiguousarray(image), left, top


def _moved(image: Gray, scale: float, left: int, top: int) -> list[Sighting]:
    return [
        Sighting(code.symbology, code.payload, _shifted(corners, scale, left, top))
        for code, corners in placed_codes(image, SQUARE)
    ]


def _shifted(corners: Corners, scale: float, left: int, top: int) -> Corners:
    first, second, third, fourth = ((x * scale + left, y * scale + top) for x, y in corners)
    return first, second, third, fourth


def tilted_codes(gray: Gray, texture_seen: Texture, found: list[Sighting], over: Over) -> list[Sighting]:
    """The PDF417 and MaxiCodes in patches where nothing was found yet; none is begun once it is `over`."""
    rows = eyes = 0
    seen: list[Sighting] = []
    for patch in mixed_patches(texture_seen, TIGHT) if not over() else ():
        if over():
            break
        if patch.dense < _FINE or any(_inside(one, patch) for one in found):
            continue
        region = patch.region
        if region.length >= _ROW_LENGTH and region.length > 1.5 * region.height and rows < _TILTED:
            rows += 1
            symbol = read_pdf417(gray, reaching(texture_seen, region), over)
            if symbol is not None:
                seen.append(Sighting(symbol[0].symbology, symbol[0].payload, corners_of(symbol[1])))
                continue
        if min(patch.width, patch.height) >= _EYE_LENGTH and region.length < 2 * region.height and eyes < _TILTED:
            eyes += 1
            image, left, top = _crop(gray, patch)
            eye = read_maxicode(image, patch.area)
            if eye is not None:
                first, second, third, fourth = ((float(x) + left, float(y) + top) for x, y in eye[1])
                seen.append(Sighting(eye[0].symbology, eye[0].payload, (first, second, third, fourth)))
    return seen


def _inside(one: Sighting, patch: Patch) -> bool:
    x, y = middle(one.corners)
    return patch.left <= x <= patch.left + patch.width and patch.top <= y <= patch.top + patch.height


def coarse_codes(gray: Gray, formats: Sequence[zxingcpp.BarcodeFormat]) -> list[Sighting]:
    """The codes of these formats in a smaller copy of the frame."""
    return scaled_codes(gray, formats, max(1.0, max(gray.shape) / _COARSE))


def scaled_codes(gray: Gray, formats: Sequence[zxingcpp.BarcodeFormat], scale: float) -> list[Sighting]:
    """The codes of these formats in a copy of the frame, `scale` times smaller."""
    size = (max(1, round(gray.shape[1] / scale)), max(1, round(gray.shape[0] / scale)))
    way = cv2.INTER_AREA if scale > 1 else cv2.INTER_CUBIC
    copy = gray if scale == 1 else cv2.resize(gray, size, interpolation=way)
    return [
        Sighting(code.symbology, code.payload, _shifted(corners, scale, 0, 0))
        for code, corners in placed_codes(cast(Gray, copy), formats)
    ]
