"""The whole frame looked at for what strips and patches may have missed: one sort of codes a frame, in turn."""

from time import monotonic

import zxingcpp

from mailroom.capture.arrays import Gray
from mailroom.capture.decoder import LINEAR, PDF417
from mailroom.capture.frames import scaled_codes
from mailroom.capture.sightings import Sighting

_F = zxingcpp.BarcodeFormat
_SORTS = (LINEAR, (_F.QRCode, _F.Aztec), (_F.DataMatrix,), (PDF417,))
_USUAL = (0.019, 0.013, 0.025, 0.019)  # seconds that each takes in a frame of 1280 by 720 full of print
_LESS = 0.9  # of its time, after a turn that a sort was too slow for: one busy moment bars none for good


class WholeFrames:
    """Used by one thread, frame after frame; it learns how long each sort takes."""

    def __init__(self) -> None:
        self._took = list(_USUAL)
        self._turn = 0

    def codes(self, frame: Gray, until: float) -> tuple[Sighting, ...]:
        """The codes of the next sort that will be done at `until` (seconds, monotonic); nothing where none will."""
        for _ in _SORTS:
            at = self._turn
            self._turn = (at + 1) % len(_SORTS)
            begun = monotonic()
            if begun + self._took[at] <= until:
                found = tuple(scaled_codes(frame, _SORTS[at], 1.0))
                lasted = monotonic() - begun
                self._took[at] = max(lasted, (3 * self._took[at] + lasted) / 4)
                return found
            self._took[at] *= _LESS
        return ()
