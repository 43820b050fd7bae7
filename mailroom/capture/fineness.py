"""How large a linear code stands in a picture: pixels a module, the width of its narrowest bar.

The modules are counted as the shortest way to write the payload; a longer way would only make each module smaller.
"""

import re
from math import ceil

from mailroom.domain.reading import Symbology

LEAST_PIXELS = 2.0  # a module; below, a bar is lost as soon as print or focus is off

_DIGIT_PAIRS = re.compile(r"[0-9]{4,}")  # Code 128 packs two digits into a symbol; shorter runs gain nothing
_CODE39_MODULES = 13  # a character with its gap, wide bars of twice the width; ISO/IEC 16388
_ITF_MODULES = 7  # a digit, wide bars of twice the width; ISO/IEC 16390


def least_modules(symbology: Symbology, payload: str) -> int:
    """How many modules the payload has at least, without quiet zones; 0 where that is not known."""
    if symbology is Symbology.CODE128:
        symbols = len(payload) - sum(len(run) // 2 for run in _DIGIT_PAIRS.findall(payload))
        return 11 * (symbols + 2) + 13  # start and check character, and the stop of 13 modules; ISO/IEC 15417
    if symbology is Symbology.CODE39:
        return _CODE39_MODULES * (len(payload) + 2) - 1
    if symbology is Symbology.ITF:
        return _ITF_MODULES * 2 * ceil(len(payload) / 2) + 8
    return 0


def too_fine(symbology: Symbology, payload: str, pixels: float) -> bool:
    """Whether a code `pixels` wide has less than two pixels a module; never for one whose modules are not known."""
    modules = least_modules(symbology, payload)
    return modules > 0 and 0 < pixels < LEAST_PIXELS * modules
