"""Reading a strip of crumpled paper: symbols that each may be longer or shorter than their neighbours, however many.

On paper that is bent in folds a code's ends say little of how wide its modules are between them, so neither the number
of symbols nor their places are known. Every stretch of the line is compared with every symbol, and the cheapest way
from the first symbol to the stop is followed (dynamic programming); lengths may change, but little from one symbol
to the next.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import cast

import cv2
import numpy as np

from mailroom.capture.alphabets import Alphabet
from mailroom.capture.arrays import Doubles, Floats, Numbers, windows
from mailroom.capture.barends import Ends
from mailroom.capture.templates import bank, stop_bank

SAMPLES = 3  # of a scaled line for each module
_BEFORE = 6  # modules of a scaled line before its first symbol, and after its last
_LOOSE = 5  # samples that the first symbol may lie beside its place, and the stop's end
_SLACK = 7  # samples that a symbol may be shorter or longer than it should be
_STEP = 2  # samples between the lengths that are tried
_STOP_SLACK = (-4, -2, 0, 2, 4)
_NEVER = 1e9
_EACH = 2.0  # cost of a symbol: many short ones explain any line
_UNEVEN = 0.015  # cost of a symbol that is longer or shorter than it should be, for a sample squared
_CHANGE = 0.1  # and of a change of length from one symbol to the next
_BATCH = 24  # stretches that are compared at once: more would wake BLAS's threads


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest row of symbols: `rest` is the share of the line that it leaves unexplained, 0 to 1.

    `likeness`: the least of a symbol with its template (squared, 1: the same); `lead`: how much more likely the least
    certain symbol is than the next best, in the same measure.
    """

    values: list[int]
    rest: float
    likeness: float
    lead: float


@cache
def lengths(alphabet: Alphabet) -> Numbers:
    """The lengths of a symbol that are tried, in samples."""
    usual = round(alphabet.modules * SAMPLES)
    return np.arange(usual - _SLACK, usual + _SLACK + 1, _STEP)


@cache
def _banks(alphabet: Alphabet, blur: float, length: int) -> tuple[Floats, Floats]:
    """Templates of the symbols that may follow, and of those that may be first."""
    shapes = bank(alphabet, blur, length)
    return np.ascontiguousarray(shapes[:, list(alphabet.rest)]), np.ascontiguousarray(shapes[:, list(alphabet.first)])


def prepare(alphabet: Alphabet, blur: float) -> None:
    """Draw how every symbol looks, so that no frame has to wait for it."""
    for length in lengths(alphabet).tolist():
        _banks(alphabet, blur, length)
    for slack in _STOP_SLACK:
        stop_bank(alphabet, blur, round(alphabet.stop_modules * SAMPLES) + slack)


def scaled(line: Floats, ends: Ends, alphabet: Alphabet) -> Floats:
    """The line at SAMPLES a module in reading direction, light and contrast even."""
    first, last, growth = ends.first, ends.last, min(1.6, max(0.6, ends.growth))
    if ends.backwards:
        line = line[::-1]
        first, last, growth = len(line) - 1 - last, len(line) - 1 - first, 1 / growth
    share = ((np.arange(round((ends.modules + 2 * _BEFORE) * SAMPLES)) + 0.5) / SAMPLES - _BEFORE) / ends.modules
    steep = math.sqrt(growth)  # under perspective modules grow from one end to the other
    place = first + (last - first) * share / np.maximum(steep + (1 - steep) * share, 0.2)
    seen = np.interp(place, np.arange(len(line)), line).astype(np.float32)
    size = (2 * int(alphabet.modules * SAMPLES * 0.85) + 1, 1)

    def smooth(one: Floats) -> Floats:
        return cast(Floats, cv2.blur(cv2.blur(one[None], size), size)[0])

    level = seen - smooth(seen)
    spread = np.sqrt(smooth(level * level))
    return cast(Floats, level / (spread + np.float32(0.15 * float(spread.mean()) + 1e-3)))


class _Costs:
    """What the best symbol leaves of every stretch of a line, by length and place, and which symbol that is."""

    def __init__(self, line: Floats, alphabet: Alphabet, blur: float) -> None:
        self.line, self.alphabet, self.blur = line, alphabet, blur
        self._sum = np.concatenate([[0.0], np.cumsum(line, dtype=np.float64)])
        self._squares = np.concatenate([[0.0], np.cumsum(line * line, dtype=np.float64)])
        self.lengths = lengths(alphabet)
        shape = len(self.lengths), len(line) + 1
        self.cost, self.first = np.full(shape, _NEVER), np.full(shape, _NEVER)
        self.best, self.begins = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
        starts = np.arange(_BEFORE * SAMPLES - _LOOSE, _BEFORE * SAMPLES + _LOOSE + 1)
        usual = round(alphabet.modules * SAMPLES)
        for at, length in enumerate(self.lengths.tolist()):
            rest, first = _banks(alphabet, blur, length)
            view, energy = windows(line, length), self.energy(length)
            extra = _EACH + _UNEVEN * (length - usual) ** 2
            self.best[at, : len(view)], left = _left(view, rest, energy)
            self.cost[at, : len(view)] = left + extra
            self.begins[at, starts], left = _left(view[starts], first, energy[starts])
            self.first[at, starts] = left + extra

    def energy(self, length: int) -> Doubles:
        """The energy of every stretch of a length about its mean."""
        total = self._sum[length:] - self._sum[:-length]
        return cast(
            Doubles, np.maximum(self._squares[length:] - self._squares[:-length] - total * total / length, 1e-6)
        )

    def stop(self) -> Doubles:
        """What a stop that begins at a place leaves; it ends where the line does."""
        found = np.full(len(self.line) + 1, _NEVER)
        usual, end = round(self.alphabet.stop_modules * SAMPLES), len(self.line) - _BEFORE * SAMPLES
        for slack in _STOP_SLACK:
            length = usual + slack
            starts = np.arange(max(0, end - _LOOSE - length), min(end + _LOOSE, len(self.line)) - length + 1)
            _, left = _left(
                windows(self.line, length)[starts],
                stop_bank(self.alphabet, self.blur, length),
                self.energy(length)[starts],
            )
            found[starts] = np.minimum(found[starts], left)
        return found


def _left(view: Floats, shapes: Floats, energy: Doubles) -> tuple[Numbers, Doubles]:
    """For every stretch the shape that is most like it, and what that leaves of its energy."""
    count, length = view.shape
    whole = np.zeros((-(-count // _BATCH) * _BATCH, length), np.float32)
    whole[:count] = view
    alike = np.matmul(whole.reshape(-1, _BATCH, length), shapes).reshape(len(whole), -1)[:count]
    best = alike.argmax(axis=1)
    won = np.maximum(alike[np.arange(count), best], 0).astype(np.float64)
    return best, energy - won * won


def follow(line: Floats, alphabet: Alphabet, blur: float) -> Path | None:
    """The cheapest row of symbols and a stop on a scaled line; none where it is too short for any."""
    sizes = lengths(alphabet)
    short = int(sizes[0])
    if len(line) < short * (alphabet.shortest + 1):
        return None
    seen = _Costs(line, alphabet, blur)
    count, places = seen.cost.shape
    total, back = np.full((count, places + short), _NEVER), np.full((count, places), -1, np.int8)
    change = (_CHANGE * (sizes[:, None] - sizes[None]) ** 2)[:, :, None]
    # No symbol is shorter than `short`: what begins in so many samples depends on nothing that begins there.
    rows = (np.arange(count) * total.shape[1] - sizes)[:, None]
    begin = _BEFORE * SAMPLES - _LOOSE
    for low in range(begin, places, short):
        high = min(low + short, places)
        before = np.arange(low, high)[None] + rows
        arrived = total.ravel().take(before, mode="clip")
        arrived[np.arange(low, high)[None] < sizes[:, None]] = _NEVER
        options = arrived[:, None] + change
        step = options.min(axis=0) + seen.cost[:, low:high]
        from_start = seen.first[:, low:high] <= step
        total[:, low:high] = np.minimum(step, seen.first[:, low:high])
        back[:, low:high] = np.where(from_start, -1, options.argmin(axis=0))
    ends = np.arange(places)[None] + rows
    arrived = total.ravel().take(ends, mode="clip")
    arrived[np.arange(places)[None] < sizes[:, None]] = _NEVER
    finish = arrived.min(axis=0) + seen.stop()
    end = int(finish.argmin())
    if finish[end] >= _NEVER / 2:
        return None
    return _path(seen, back, int(arrived[:, end].argmin()), end, float(finish[end]))


def _path(seen: _Costs, back: Numbers, size: int, end: int, cost: float) -> Path:
    """The row of symbols that ends with one of such a size there."""
    values: list[int] = []
    likeness = lead = 1.0
    alphabet, place = seen.alphabet, end
    while size >= 0:
        length = int(seen.lengths[size])
        place -= length
        before = int(back[size, place])
        shapes = _banks(alphabet, seen.blur, length)[before < 0]
        at = int((seen.begins if before < 0 else seen.best)[size, place])
        values.append((alphabet.first if before < 0 else alphabet.rest)[at])
        alike = np.maximum(seen.line[place : place + length] @ shapes, 0) ** 2 / _energy(seen.line, place, length)
        others = np.delete(alike, at)
        likeness, lead = min(likeness, float(alike[at])), min(lead, float(alike[at] - others.max()))
        size = before
    span = seen.line[_BEFORE * SAMPLES : len(seen.line) - _BEFORE * SAMPLES]
    whole = float((span * span).sum()) + 1e-6
    return Path(values[::-1], cost / whole, likeness, lead)


def _energy(line: Floats, place: int, length: int) -> float:
    stretch = line[place : place + length]
    return float(((stretch - stretch.mean()) ** 2).sum()) + 1e-6
