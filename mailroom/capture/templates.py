"""How the symbols of an alphabet look through a blurred lens: bars as lines of grey, one template a symbol.

A template is a unit vector of zero mean, so that its product with a stretch of a strip is their likeness, whatever
light and contrast are.
"""

import math
from functools import cache
from typing import cast

import cv2
import numpy as np

from mailroom.capture.alphabets import Alphabet, Widths
from mailroom.capture.arrays import Floats

SAMPLES = 4  # of a straightened, scaled strip for each module
SLACK = (-2, -1, 0, 1, 2)  # samples that a symbol may be longer than it should be
_FINE = 12  # steps of a module that templates are built from: whole for ratios of 2, 2.5 and 3
_BESIDE = 3  # modules before and after a symbol that its blurred edges see
QUIET = 4  # modules of light paper that the ends of a code are looked for with
END_SAMPLES = 3  # for each module where ends are looked for
BLURS = (0.3, 0.5, 0.7, 0.95, 1.25)  # modules, the width (sigma) of a Gaussian


@cache
def bank(alphabet: Alphabet, blur: float, samples: int) -> Floats:
    """Templates of all symbols, a column each, for stretches of so many samples."""
    rows = [_drawn(widths, quiet=False) for widths in alphabet.symbols]
    return _units(np.array(rows, dtype=np.float32), blur, samples, alphabet.modules)


@cache
def mean_template(alphabet: Alphabet, blur: float, samples: int) -> Floats:
    """What all symbols have in common."""
    rows = [_drawn(widths, quiet=False) for widths in alphabet.symbols]
    mean = np.array(rows, dtype=np.float32).mean(axis=0, keepdims=True)
    return cast(Floats, _units(mean, blur, samples, alphabet.modules)[:, 0])


@cache
def stop_bank(alphabet: Alphabet, blur: float, samples: int) -> Floats:
    """The stop's template as one column."""
    row = _drawn(alphabet.stop, quiet=False)
    return _units(np.array([row], dtype=np.float32), blur, samples, alphabet.stop_modules)


@cache
def end_bank(alphabet: Alphabet, blur: float) -> Floats:
    """Quiet zone and first symbol (the stop backwards: the last column), for stretches of `end_modules`."""
    firsts = [alphabet.symbols[value] for value in alphabet.first]
    rows = [_drawn(widths, quiet=True) for widths in (*firsts, alphabet.stop[::-1])]
    shortest = min(len(row) for row in rows)
    modules = end_modules(alphabet)
    drawn = np.array([row[:shortest] for row in rows], dtype=np.float32)
    return _units(drawn, blur, end_samples(alphabet), modules, before=0)


def end_modules(alphabet: Alphabet) -> float:
    """Modules that an end's template covers."""
    return QUIET + min(alphabet.modules, alphabet.stop_modules) - (0 if alphabet.modules == 11 else 1)


def end_samples(alphabet: Alphabet) -> int:
    """Samples that an end's template covers."""
    return round(end_modules(alphabet) * END_SAMPLES)


def _drawn(widths: Widths, *, quiet: bool) -> list[float]:
    """Darkness in fine steps: what usually comes before, the symbol, what usually follows."""
    row = [0.0] * (QUIET * _FINE) if quiet else [1.0] * ((_BESIDE - 2) * _FINE) + [0.0] * (2 * _FINE)
    dark = 1.0
    for width in widths:
        row += [dark] * round(width * _FINE)
        dark = 1.0 - dark
    # After a gap comes a bar, after a stop paper.
    return row + ([1.0] * (2 * _FINE) + [0.0] * ((_BESIDE - 2) * _FINE) if dark else [0.0] * (_BESIDE * _FINE))


def _units(drawn: Floats, blur: float, samples: int, modules: float, before: int = _BESIDE) -> Floats:
    reach = math.ceil(3.2 * blur * _FINE)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (blur * _FINE)) ** 2)
    soft = cv2.filter2D(drawn, -1, (kernel / kernel.sum())[None].astype(np.float32), borderType=cv2.BORDER_REPLICATE)
    place = before * _FINE + (np.arange(samples) + 0.5) * modules * _FINE / samples - 0.5
    low = np.floor(place).astype(np.int32)
    share = (place - low).astype(np.float32)
    seen = soft[:, low] * (1 - share) + soft[:, low + 1] * share
    seen = seen - seen.mean(axis=1, keepdims=True)
    unit = seen / np.sqrt((seen * seen).sum(axis=1, keepdims=True))
    return np.ascontiguousarray(unit.T, dtype=np.float32)
