"""Reading a still with patience: the plain look first, then strips of bars, larger and turned copies.

zxing-cpp sees rows and columns only, so a code that is turned further than its height over its width is lost to it.
The looks come in steps, the likeliest first; the caller stops when it has a tracking code.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from mailroom.capture.bullseye import read_maxicodes
from mailroom.capture.decoder import (
    BARS,
    SHORTEST_LINEAR,
    Barcode,
    Codes,
    may_be_tracking,
    read_image,
    read_zbar,
    unique,
)
from mailroom.capture.disputes import of_one_strip, settled, undisputed
from mailroom.capture.patches import mixed_patches
from mailroom.capture.regions import Region, bar_regions, texture
from mailroom.capture.strips import STRIP_ROWS, cut, lines

if TYPE_CHECKING:
    from PIL.Image import Image

PHOTO_PIXELS = 9_000_000  # from here on a picture is looked at in a smaller size first: its bars have pixels to spare
PLAIN_PIXELS = 4_000_000
CAMERA_PIXELS = 2_000_000
LONGEST_TURNED = 6_000  # pixels of a side: a ribbon that is turned takes a square of its length
TURNED_PIXELS = 4_000_000
SWEEP_PIXELS = 2_500_000
ENLARGE_BELOW = 3_000_000
SWEEP_ANGLES = (20, 70, 10, 80, 30, 60, 40, 50)  # degrees; the quarter turns are the decoder's own
_NUDGE = 2.5  # degrees: the same bars, other pixels
_TILE, _OVERLAP = 1_900, 300  # pixels of a large picture that are looked at together; no small code is larger
STRAIGHT = 1.5  # degrees: the plain look sees whatever is turned less


class Still:
    """One upright picture in grey, looked at step by step; `larger` gives a finer rendering where one can be had."""

    def __init__(self, image: "Image", larger: "Callable[[], Image] | None" = None) -> None:
        self.size: tuple[int, int] = image.size
        self._image = image
        self._larger = larger
        size = image.width * image.height
        self._known: Codes = ()  # of the looks so far
        self._plain = image.reduce(round((size / PLAIN_PIXELS) ** 0.5)) if size > PHOTO_PIXELS else image
        self._looks = (
            self._whole,
            self._strips,
            self._finer,
            self._turned,
            self._as_frame,
            self._second_opinion,
            self._sweep,
        )
        self._doubtful = (self._turned, self._as_frame, self._second_opinion, self._sweep)
        self._heavy = (self._strips, *self._doubtful)

    def read(self, step: int, seconds: float) -> tuple[Codes, int | None]:
        """Take the looks from `step` on until one gives a code that may be a tracking number or time is up.

        Gives the codes seen, and the next step or none where there is none left. The first look stands alone.
        """
        codes: Codes = ()
        end = monotonic() + seconds
        for index in range(step, len(self._looks)):
            look = self._looks[index]
            seen = look(end)
            if look in self._doubtful:  # what a plainer look made of the same bars counts for more
                seen = settled(seen, self._known, self._known)
                seen = tuple(one for one in seen if one.symbology not in BARS or len(one.payload) >= SHORTEST_LINEAR)
            self._known = unique((*self._known, *seen))
            codes = unique((*codes, *(marked(seen, poor=True) if look in self._heavy else seen)))
            if may_be_tracking(codes) or index == 0:
                return codes, index + 1 if index + 1 < len(self._looks) else None
            if monotonic() > end:
                break
        return codes, None

    @cached_property
    def _work(self) -> "Image":
        return shrunk(self._image, TURNED_PIXELS)

    @cached_property
    def _regions(self) -> tuple[Region, ...]:
        return bar_regions(np.asarray(self._work))

    def _whole(self, _end: float) -> Codes:
        codes = unique((*undisputed(self._plain), *read_maxicodes(self._plain)))
        if self._plain is not self._image:
            codes = unique((*codes, *square_codes(self._image)))
        # A shrunk picture and a drawn page could be had larger: their modules say nothing of the print.
        return codes if self._plain is self._image and self._larger is None else marked(codes, poor=False)

    def _strips(self, end: float) -> Codes:
        """Every stretch of bars upright and averaged."""
        codes: Codes = ()
        gray = np.asarray(self._work)
        for region in self._regions:
            strip = cut(gray, region).image
            for rows in STRIP_ROWS:
                rowed = lines(strip, rows or len(strip))
                seen = of_one_strip(rowed, read_image(rowed, linear_only=True), unique((*self._known, *codes)))
                codes = unique((*codes, *seen))
                if seen or monotonic() > end:
                    break
        return codes

    def _finer(self, _end: float) -> Codes:
        if self._larger is not None:
            page = self._larger()
            return marked(unique((*undisputed(page), *read_maxicodes(page))), poor=False)
        if self._plain is not self._image:
            return undisputed(self._image)
        small = self._image.width * self._image.height <= ENLARGE_BELOW
        return marked(undisputed(enlarged(self._image)), poor=True) if small else ()

    def _turned(self, end: float) -> Codes:
        """Copies turned as the picture's bars are, for the codes that have no strip."""
        codes: Codes = ()
        done: list[float] = []
        if max(self._work.size) > LONGEST_TURNED:
            return ()
        for region in self._regions:
            angle = region.angle % 90
            if region.tilt < STRAIGHT or any(abs(angle - one) < STRAIGHT for one in done) or monotonic() > end:
                continue
            done.append(angle)
            copy = turned(self._work, angle)
            codes = unique((*codes, *undisputed(copy), *read_maxicodes(copy)))
        return codes

    def _as_frame(self, _end: float) -> Codes:
        """What is blurred, bent or seen from the side, as a camera's frames are looked at."""
        from mailroom.capture.heavy import heavy_look

        seen = heavy_look(np.asarray(shrunk(self._image, CAMERA_PIXELS)))
        return unique(Barcode(one.symbology, one.text) for one in seen if one.sure)

    def _second_opinion(self, _end: float) -> Codes:
        return read_zbar(self._plain)

    def _sweep(self, end: float) -> Codes:
        """The linear codes in copies turned one angle after the other."""
        work = shrunk(self._image, SWEEP_PIXELS)
        if max(work.size) > LONGEST_TURNED:
            return ()
        for angle in SWEEP_ANGLES:
            codes = undisputed(turned(work, angle), linear_only=True)
            fresh = tuple(one for one in codes if one not in self._known)
            if fresh and not self._seen_again(work, angle, fresh):
                codes = tuple(one for one in codes if one not in fresh)
            if may_be_tracking(codes) or monotonic() > end:
                return codes
        return ()

    def _seen_again(self, work: "Image", angle: float, codes: Codes) -> bool:
        """Whether a copy turned a little more or less says the same: one look at slanting bars may be a misread."""
        return any(
            set(codes) <= set(read_image(turned(work, angle + more), linear_only=True)) for more in (_NUDGE, -_NUDGE)
        )


def square_codes(image: "Image") -> Codes:
    """The small two-dimensional codes of a large picture, each looked at where its texture is, in all its pixels."""
    from mailroom.capture.frames import patch_codes

    gray = np.asarray(image)
    found: list[Barcode] = []
    for top in range(0, gray.shape[0], _TILE - _OVERLAP):
        for left in range(0, gray.shape[1], _TILE - _OVERLAP):
            tile = np.ascontiguousarray(gray[top : top + _TILE, left : left + _TILE])
            if min(tile.shape) >= _OVERLAP:
                seen = patch_codes(tile, mixed_patches(texture(tile)))
                found += (Barcode(one.symbology, one.text) for one in seen)
    return unique(found)


def marked(codes: Codes, *, poor: bool) -> Codes:
    """The codes, all marked as hard to read or none."""
    return tuple(replace(code, poor=poor) for code in codes)


def shrunk(image: "Image", pixels: int) -> "Image":
    """The picture itself, or a copy of at most that many pixels."""
    size = image.width * image.height
    if size <= pixels:
        return image
    share = (pixels / size) ** 0.5
    return image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))), reducing_gap=2.0)


def enlarged(image: "Image") -> "Image":
    """A copy of twice the width and height, cubic."""
    return image.resize((image.width * 2, image.height * 2))


def turned(image: "Image", angle: float) -> "Image":
    """A copy turned counter-clockwise by so many degrees, with white corners."""
    from PIL.Image import Resampling

    return image.rotate(angle, resample=Resampling.BILINEAR, expand=True, fillcolor=255)
