"""Where a linear code begins and ends on a line of grey, how wide its modules are there, and how many symbols it has.

Two ends fix how a flat code lies under perspective: the widths of modules at both ends and the length between them
give the number of modules, which has to be that of a whole number of symbols.
"""

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from mailroom.capture.alphabets import Alphabet
from mailroom.capture.arrays import Floats
from mailroom.capture.barfit import BEFORE
from mailroom.capture.templates import END_SAMPLES, QUIET, SAMPLES, end_bank, end_samples

_SHORT, _LONG = 0.8, 1.3  # of the expected modules
_STEP = 1.06  # between the widths of a module that are tried
_SLACK = 0.12  # of the expected length: how far from its place an end may be
_ODD = 0.06  # how far from a whole number of symbols the length may be
_STEEP = 2.0  # how much wider modules may be at one end than at the other
_KEPT = 4  # ends on each side
_FINEST = 1.6  # samples a module, of two a pixel
_SOFT, _SHARP, _SOFT_BELOW = 0.8, 0.45, 4.0  # modules of blur; samples a module


@dataclass(frozen=True, slots=True)
class _End:
    score: float
    place: float
    module: float
    stop: bool


@dataclass(frozen=True, slots=True)
class Guess:
    """A place where a code may lie: from `first` to `last` sample, `count` symbols before the stop.

    `growth`: how much wider its modules are at the last than at the first; `backwards`: it runs from last to first.
    """

    score: float
    first: float
    last: float
    growth: float
    count: int
    backwards: bool


def guesses(line: Floats, first: float, last: float, alphabet: Alphabet, most: int) -> list[Guess]:
    """The likeliest places of a code that is expected from `first` to `last` sample of a line of darkness."""
    found: list[Guess] = []
    for one, other in _pairs(line, first, last, alphabet):
        found += _between(one, other, len(line) - 1.0, alphabet)
    found.sort(key=lambda guess: -guess.score)
    return _different(found, alphabet)[:most]


def _pairs(line: Floats, first: float, last: float, alphabet: Alphabet) -> list[tuple[_End, _End]]:
    """First symbols and stops at either side, the places of those at the right counted from the line's end."""
    span = last - first
    low = max(_FINEST, span / (alphabet.modules * alphabet.longest + alphabet.stop_modules) * _SHORT)
    high = span / (alphabet.modules * alphabet.shortest + alphabet.stop_modules) * _LONG
    if high <= low:
        return []
    modules = np.exp(np.arange(math.log(low), math.log(high), math.log(_STEP)))
    slack, end = max(12.0, _SLACK * span), len(line) - 1.0
    left = _ends(line, first - slack, first + slack, modules, alphabet)
    mirrored = np.ascontiguousarray(line[::-1])
    right = _ends(mirrored, end - last - slack, end - last + slack, modules, alphabet)
    return [(one, other) for one in left for other in right if one.stop != other.stop]


@dataclass(frozen=True, slots=True)
class Ends:
    """Two ends of a code: `modules` between them by the widths that modules have there, of paper that is flat."""

    score: float
    first: float
    last: float
    growth: float
    modules: float
    backwards: bool


def loose_ends(line: Floats, first: float, last: float, alphabet: Alphabet) -> list[Ends]:
    """The likeliest ends of a code on crumpled paper that is expected from `first` to `last` sample of a line."""
    end = len(line) - 1.0
    found: list[Ends] = []
    for one, other in _pairs(line, first, last, alphabet):
        growth, length = other.module / one.module, end - other.place - one.place
        modules = length / math.sqrt(one.module * other.module)
        if 1 / _STEEP < growth < _STEEP and modules > alphabet.modules * (alphabet.shortest - 1):
            ends = Ends(one.score + other.score, one.place, end - other.place, growth, modules, one.stop)
            found.append(ends)
    found.sort(key=lambda ends: -ends.score)
    kept: list[Ends] = []
    for ends in found:
        if all(ends.backwards != k.backwards or abs(ends.first - k.first) + abs(ends.last - k.last) > 3 for k in kept):
            kept.append(ends)
    return kept


def _between(one: _End, other: _End, end: float, alphabet: Alphabet) -> list[Guess]:
    growth, last = other.module / one.module, end - other.place
    if not 1 / _STEEP < growth < _STEEP or last <= one.place:
        return []
    # A projective scale has the geometric mean of its ends' modules.
    length = (last - one.place) / math.sqrt(one.module * other.module)
    count = math.floor((length - alphabet.stop_modules) / alphabet.modules)
    found = []
    for symbols in (count, count + 1):
        odd = abs((alphabet.modules * symbols + alphabet.stop_modules) / length - 1)
        if symbols >= alphabet.shortest and odd < _ODD:
            score = one.score + other.score - 4 * odd
            found.append(Guess(score, one.place, last, growth, symbols, one.stop))
    return found


def _different(found: list[Guess], alphabet: Alphabet) -> list[Guess]:
    kept: list[Guess] = []
    for one in found:
        module = (one.last - one.first) / (alphabet.modules * one.count)
        if all(
            (one.count, one.backwards) != (other.count, other.backwards) or abs(one.first - other.first) > 0.7 * module
            for other in kept
        ):
            kept.append(one)
    return kept


def _ends(line: Floats, low: float, high: float, modules: Floats, alphabet: Alphabet) -> list[_End]:
    """First symbols and backward stops that begin between two samples, the likeliest first."""
    samples, bounds, place = end_samples(alphabet), [0], []
    for module in modules:  # the line at END_SAMPLES for every width of a module, one after the other
        step = float(module) / END_SAMPLES
        count = max(1, int((high - low) / step)) + samples
        place.append(low - QUIET * module + (np.arange(count) + 0.5) * step)
        bounds.append(bounds[-1] + count)
    seen = np.interp(np.concatenate(place), np.arange(len(line)), line).astype(np.float32)
    total, squares = np.cumsum(seen, dtype=np.float64), np.cumsum(seen * seen, dtype=np.float64)
    first = np.concatenate([[0.0], total[:-samples]])
    mean = (total[samples - 1 :] - first) / samples
    energy = squares[samples - 1 :] - np.concatenate([[0.0], squares[:-samples]]) - samples * mean * mean
    size = np.sqrt(np.maximum(energy, 1.0))
    sharp = modules >= _SOFT_BELOW
    best: list[float] = []  # of every span, and where it lies: its scores, from and to, module, whether it is a stop
    spans: list[tuple[Floats, int, int, float, bool]] = []
    for blur, which in ((_SOFT, np.flatnonzero(~sharp)), (_SHARP, np.flatnonzero(sharp))):
        if len(which) == 0:
            continue
        begin, end = bounds[which[0]], bounds[which[-1] + 1] - samples + 1
        alike = [_correlated(seen[begin : end + samples - 1], shape) for shape in end_bank(alphabet, blur).T]
        firsts = np.array(bounds)[which] - begin
        lasts = np.array(bounds)[which + 1] - samples + 1 - begin
        cuts = np.stack([firsts, lasts], axis=1).ravel()[:-1]  # the last one is the end
        for stop, shapes in ((False, np.max(alike[:-1], axis=0)), (True, alike[-1])):
            scores = cast(Floats, shapes / size[begin:end])
            best += np.maximum.reduceat(scores, cuts)[::2].tolist()
            spans += [
                (scores, first, last, module, stop)
                for first, last, module in zip(firsts.tolist(), lasts.tolist(), modules[which].tolist(), strict=True)
            ]
    return _apart(best, spans, low)


def _correlated(line: Floats, shape: Floats) -> Floats:
    """The product of a shape with every stretch of a line."""
    whole = cv2.filter2D(line[None], -1, np.ascontiguousarray(shape)[None], anchor=(0, 0))[0]
    return cast(Floats, whole[: len(line) - len(shape) + 1])


def _apart(best: list[float], spans: list[tuple[Floats, int, int, float, bool]], low: float) -> list[_End]:
    """The best places of all spans, the likeliest first, and none twice."""
    kept: list[_End] = []
    for at in np.argsort(-np.array(best), kind="stable").tolist():
        scores, first, last, module, stop = spans[at]
        place = low + int(scores[first:last].argmax()) * module / END_SAMPLES
        if all(
            stop != other.stop or abs(place - other.place) > 0.5 * module or abs(math.log(module / other.module)) > 0.06
            for other in kept
        ):
            kept.append(_End(best[at], place, module, stop))
        if len(kept) == _KEPT:
            break
    return kept


def scaled(line: Floats, guess: Guess, alphabet: Alphabet) -> Floats:
    """The line at SAMPLES a module in reading direction, BEFORE modules before and after, light and contrast even."""
    length = alphabet.modules * guess.count + alphabet.stop_modules
    bend = (1 / math.sqrt(guess.growth) - 1) / length
    module = (guess.last - guess.first) * (1 + bend * length) / length
    at = (np.arange(round((length + 2 * BEFORE) * SAMPLES)) + 0.5) / SAMPLES - BEFORE
    place = guess.first + module * at / (1 + bend * at)
    seen = cast(Floats, np.interp(place, np.arange(len(line)) + 0.5, line).astype(np.float32))
    if guess.backwards:
        seen = np.ascontiguousarray(seen[::-1])
    level = seen - _smooth(seen, alphabet)
    return cast(Floats, level / (np.sqrt(_smooth(level * level, alphabet)) + np.float32(1e-3)))


def _smooth(line: Floats, alphabet: Alphabet) -> Floats:
    """What is left of a line when its symbols are blurred away."""
    size = (2 * round(alphabet.modules * SAMPLES * 0.85) + 1, 1)
    return cast(Floats, cv2.blur(cv2.blur(line[None], size), size)[0])
