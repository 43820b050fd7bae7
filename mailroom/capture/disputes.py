"""The same bars read in two ways: one of them is wrong, and a wrong code is worse than none.

zxing-cpp gives a code that two of a picture's lines agree on. Where bars are small, blurred or leaning, other lines
may agree on another code whose own check holds as well, by chance.
"""

from collections.abc import Sequence
from math import dist
from typing import TYPE_CHECKING

from mailroom.capture.decoder import BARS, LINEAR, STILL, Barcode, Codes, placed_codes, read_zbar, unique
from mailroom.capture.sightings import Corners, middle

if TYPE_CHECKING:
    from PIL.Image import Image

    from mailroom.capture.arrays import Gray

_ALIKE = 0.4  # share of the characters that a misread has in common with the code at least
_AROUND = 40  # pixels of paper left around the bars for the second decoder
_APART = 0.5  # of a code's length: two labels' codes are not as near as that, one above the other


def rivals(one: Barcode, other: Barcode) -> bool:
    """Whether one of the two may be a misread of the other: the same kind and length, and much the same text."""
    if one.symbology is not other.symbology or one.symbology not in BARS:
        return False
    if len(one.payload) != len(other.payload) or one.payload == other.payload:
        return False
    same = sum(map(str.__eq__, one.payload, other.payload))
    return same >= _ALIKE * len(one.payload)


def settled(codes: Codes, sure: Codes, known: Codes = ()) -> Codes:
    """The codes without those that have a rival among them or among the `known`, but for the `sure` ones."""
    firm = {(one.symbology, one.payload) for one in sure}
    others = (*codes, *known)
    return tuple(
        one for one in codes if (one.symbology, one.payload) in firm or not any(rivals(one, other) for other in others)
    )


def undisputed(image: "Image", *, linear_only: bool = False) -> Codes:
    """Every code of an upright still as `read_image` gives it; of two ways to read the same bars none or the sure one.

    The second decoder says which is sure, also of bars that are too fine for one decoder alone.
    """
    found = placed_codes(image, LINEAR if linear_only else STILL)
    wrong: set[tuple[str, str]] = set()
    for at, (one, corners) in enumerate(found):
        if one.poor and one.symbology in BARS and one.payload not in _second(image, corners):
            wrong.add((one.symbology, one.payload))
        for other, around in found[:at]:
            if rivals(one, other) and _same_place(corners, around):
                sure = _second(image, corners, around)
                wrong |= {(code.symbology, code.payload) for code in (one, other) if code.payload not in sure}
    return unique(code for code, _corners in found if (code.symbology, code.payload) not in wrong)


def of_one_strip(strip: "Gray", codes: Codes, known: Codes) -> Codes:
    """The codes that were read from a strip of bars, where they or earlier ones do not agree: the sure ones alone."""
    if settled(codes, (), known) == codes:
        return codes
    from PIL import Image

    return settled(codes, read_zbar(Image.fromarray(strip)), known)


def _second(image: "Image", *around: Corners) -> set[str]:
    return {code.payload for code in read_zbar(_cut(image, *around))}


def _same_place(one: Corners, other: Corners) -> bool:
    """Whether both begin and end alike, as far as they are long, and lie near each other."""
    long = max(_length(one), _length(other))
    return abs(_length(one) - _length(other)) < long / 4 and dist(middle(one), middle(other)) < _APART * long


def _length(corners: Corners) -> float:
    return max(dist(corners[0], corners[1]), dist(corners[1], corners[2]))


def _cut(image: "Image", *around: Sequence[tuple[float, float]]) -> "Image":
    columns = [x for corners in around for x, _ in corners]
    rows = [y for corners in around for _, y in corners]
    left, top = max(0, int(min(columns)) - _AROUND), max(0, int(min(rows)) - _AROUND)
    right, bottom = min(image.width, int(max(columns)) + _AROUND), min(image.height, int(max(rows)) + _AROUND)
    return image.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
