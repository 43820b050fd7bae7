"""Reading a camera's frames one after the other: sightings voted together, each code accepted once while in view.

One reader a camera; it is used by one thread. Its moments are seconds, monotonic.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from mailroom.capture.arrays import Gray
from mailroom.capture.frames import FrameLook, checked_frame, look_at
from mailroom.capture.hints import Hint, hint_for
from mailroom.capture.regions import Region, corners_of
from mailroom.capture.sightings import Corners, Sighting, middle, overlap, unlike
from mailroom.capture.whole import WholeFrames
from mailroom.domain.reading import Symbology

Check = Callable[[Symbology, str], bool]

AGREE_WITHIN = 1.0  # seconds between two sightings that count as one
GONE_AFTER = 1.5  # seconds without a sighting, and nothing where the code was: the label left the picture
STILL_AFTER = 1.0  # seconds with something in view and nothing read: a heavy look is worth while
HINT_AFTER = 0.6  # seconds
HINT_EVERY = 0.25  # seconds that a hint stands: nobody follows a quicker one, and it costs milliseconds to find
_NEEDED, _NEEDED_UNSURE = 2, 3  # sightings of a code whose check does not say anything
_SLOW, _HINTING = 0.025, 0.01  # seconds that the slowest look at one strip takes, and to find a hint

_Code = tuple[Symbology, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame gave.

    `accepted`: codes to act on, each once until it left the picture. `in_view`: all accepted codes that this frame
    shows. `unread`: corners of bars where nothing is read yet. `hint`: what would help. `still`: a frame worth a heavy
    look (`heavy.heavy_look`) on another thread; hand its result to `FrameReader.look_back`.
    """

    accepted: tuple[Sighting, ...] = ()
    in_view: tuple[Sighting, ...] = ()
    unread: tuple[Corners, ...] = ()
    hint: Hint | None = None
    still: Gray | None = None


@dataclass(slots=True)
class _Track:
    """One code as it was seen so far."""

    last: Sighting
    times: list[float] = field(default_factory=list)
    seen: float = 0.0
    accepted: bool = False


class FrameReader:
    """Accepts a code when two frames agree on it, or one whose check holds.

    `check` says whether a payload carries a check digit that holds. A code that was too blurred to be sure of needs
    both, or three frames. Where different texts were read at one place, the one seen far more often wins.
    """

    def __init__(self, check: Check) -> None:
        self._check = check
        self._tracks: dict[_Code, _Track] = {}
        self._whole = WholeFrames()
        self._waiting: float | None = None  # since when something is in view and nothing read
        self._best: tuple[float, Gray] | None = None  # the sharpest of the frames since
        self._looked: float = 0.0
        self._hint: Hint | None = None
        self._hinted: float = 0.0

    def look(self, gray: Gray, now: float, until: float = math.inf) -> Look:
        """Read one frame; nothing slow is begun that would not be done at `until`: there is the next frame.

        `TypeError` for anything but a two-dimensional array of bytes.
        """
        frame = checked_frame(gray)
        hinting = self._hint_due(now)
        seen = look_at(frame, until=until - _SLOW - (_HINTING if hinting else 0))
        found = seen.found
        if not found and frame.size and not hinting:
            found = self._whole.codes(frame, until)
        accepted = self._take(found, now)
        self._stay(seen, now)
        self._forget(now)
        view = tuple(one for one in found if self._accepted(one))
        hint, still = self._help(frame, seen, bool(view), now)
        unread = tuple(corners_of(region) for region in seen.unread if not self._known(region))
        return Look(accepted, view, unread, hint, still)

    def look_back(self, found: tuple[Sighting, ...], now: float) -> tuple[Sighting, ...]:
        """Take what a heavy look saw in a frame of a moment ago; gives the codes to act on."""
        return self._take(found, now)

    def forget(self) -> None:
        """Start afresh: what is in view counts as new."""
        self._tracks.clear()
        self._waiting, self._best = None, None

    def _take(self, found: tuple[Sighting, ...], now: float) -> tuple[Sighting, ...]:
        accepted = []
        for one in found:
            track = self._tracks.setdefault((one.symbology, one.text), _Track(one))
            track.last, track.seen = one, now
            track.times = [*(then for then in track.times if now - then <= AGREE_WITHIN), now]
        for one in unlike(list(found)):
            track = self._tracks[one.symbology, one.text]
            if not track.accepted and self._believed(one, track, now):
                track.accepted = True
                accepted.append(replace(one, sure=True))
        return tuple(accepted)

    def _believed(self, one: Sighting, track: _Track, now: float) -> bool:
        votes = len(track.times)
        against = sum(
            len(other.times)
            for (symbology, text), other in self._tracks.items()
            if symbology is one.symbology
            and text != one.text
            and now - other.seen <= AGREE_WITHIN
            and overlap(other.last.corners, one.corners)
        )
        if votes <= 2 * against:
            return False
        holds = self._check(one.symbology, one.text)
        if one.sure:
            return holds or votes >= _NEEDED
        return votes >= (_NEEDED if holds else _NEEDED_UNSURE)

    def _accepted(self, one: Sighting) -> bool:
        track = self._tracks.get((one.symbology, one.text))
        return track is not None and track.accepted

    def _stay(self, seen: FrameLook, now: float) -> None:
        """A code whose bars still lie where they were is in view, though this frame did not show what it says."""
        for track in self._tracks.values():
            if track.accepted and any(_near(region, track.last.corners) for region in seen.unread):
                track.seen = now

    def _forget(self, now: float) -> None:
        for code in [code for code, track in self._tracks.items() if now - track.seen > GONE_AFTER]:
            del self._tracks[code]

    def _known(self, region: Region) -> bool:
        return any(track.accepted and _near(region, track.last.corners) for track in self._tracks.values())

    def _hint_due(self, now: float) -> bool:
        """Whether what is in view has waited long enough for a hint, and the last one is old."""
        return self._waiting is not None and now - self._waiting >= HINT_AFTER and now - self._hinted >= HINT_EVERY

    def _help(self, frame: Gray, seen: FrameLook, read: bool, now: float) -> tuple[Hint | None, Gray | None]:
        unread = [region for region in seen.unread if not self._known(region)]
        if read or not unread or any(track.accepted for track in self._tracks.values()):
            self._waiting, self._best = None, None
            return None, None
        if self._waiting is None:
            self._waiting = now
        sharp = _sharpness(frame)
        if self._best is None or sharp > self._best[0]:
            self._best = sharp, frame.copy()
        if now - self._waiting < HINT_AFTER:
            self._hint, self._hinted = None, 0.0
        elif self._hint_due(now):
            self._hint, self._hinted = hint_for(frame, unread[0]), now
        if now - self._waiting < STILL_AFTER or now - self._looked < STILL_AFTER:
            return self._hint, None
        still, self._best, self._looked = self._best[1], None, now
        return self._hint, still


def _near(region: Region, corners: Corners) -> bool:
    x, y = middle(corners)
    return float(np.hypot(x - region.x, y - region.y)) < max(region.height, region.length / 3)


def _sharpness(frame: Gray) -> float:
    small = frame[::2, ::2]
    return float(cv2.Laplacian(small, cv2.CV_16S).std()) if min(small.shape) > 2 else 0.0
