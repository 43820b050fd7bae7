"""Linear symbologies as shapes: the bars and spaces of every symbol, and what a row of symbols says."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np

from mailroom.capture.arrays import Numbers
from mailroom.domain.reading import Symbology

Widths = tuple[float, ...]  # of bars and spaces in turn, a bar first, in modules


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """The symbols of a symbology, all of one length in modules, with the gap to the next.

    A row of symbols begins with one of `first`, goes on with any of `rest`, and ends with `stop`, which has no gap.
    """

    symbology: Symbology
    symbols: tuple[Widths, ...]
    modules: float
    first: tuple[int, ...]
    rest: tuple[int, ...]
    stop: Widths
    shortest: int  # symbols before the stop
    longest: int
    name: str = field(default="")

    @property
    def stop_modules(self) -> float:
        """The stop's length in modules."""
        return sum(self.stop)


@cache
def barred(alphabet: Alphabet) -> tuple[Numbers, Numbers]:
    """The symbols that cannot be first, and those that can be nowhere else."""
    every = np.arange(len(alphabet.symbols))
    return every[~np.isin(every, alphabet.first)], every[~np.isin(every, alphabet.rest)]


# ISO/IEC 15417, values 0 to 105 in turn: six widths each.
_CODE128 = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221"
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321"
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131"
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114"
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232"
)
_CODE128_STOP = (2, 3, 3, 1, 1, 1, 2)
_START_A, _START_C = 103, 105
_FNC1, _FNC2, _FNC3, _SHIFT = 102, 97, 96, 98
_TO_C, _TO_B, _TO_A = 99, 100, 101
_USUAL = frozenset("\x1d0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -+./:%$#*_")
_MOST_CHANGES = 4  # of code sets in one symbol


@cache
def code128() -> Alphabet:
    """Code 128 and GS1-128."""
    symbols = tuple(tuple(float(w) for w in _CODE128[at : at + 6]) for at in range(0, len(_CODE128), 6))
    return Alphabet(
        Symbology.CODE128,
        symbols,
        11,
        (_START_A, 104, _START_C),
        tuple(range(103)),
        tuple(float(width) for width in _CODE128_STOP),
        6,  # eight digits
        32,
        "code128",
    )


def code128_text(values: list[int]) -> str | None:
    """What start, data and check character say; none where the check fails or nothing that is printed is said.

    A function character 1 at the beginning marks GS1 and is no text; later ones are separators.
    """
    if len(values) < 3 or not _START_A <= values[0] <= _START_C:
        return None
    if (values[0] + sum(at * value for at, value in enumerate(values[1:-1], 1))) % 103 != values[-1]:
        return None
    code, once = "ABC"[values[0] - _START_A], ""
    out: list[str] = []
    for at, value in enumerate(values[1:-1], 1):
        said, code, once = _say(value, once or code, code)
        if said is None:
            return None
        if not (said == "\x1d" and at == 1 and value == _FNC1):
            out.append(said)
    return "".join(out) or None


def is_usual128(values: list[int], text: str) -> bool:
    """Whether a label says such a thing in such a way: capitals, digits and few signs, sets changed where that pays.

    A row of symbols that passes its check by chance hardly ever does.
    """
    if values[0] == _START_A or not _USUAL.issuperset(text):
        return False
    pairs_only, pairs, changes = values[0] == _START_C, 2, 0  # a symbol may begin with a single pair
    for value in values[1:-1]:
        if pairs_only and value < _TO_B:
            pairs += 1
        elif value in (_SHIFT, _TO_A) or (pairs_only and value == _TO_B and pairs < 2):
            return False  # a change for two digits costs more than it saves
        elif value == (_TO_B if pairs_only else _TO_C):
            pairs_only, pairs, changes = not pairs_only, 0, changes + 1
    return changes <= _MOST_CHANGES


def _say(value: int, now: str, code: str) -> tuple[str | None, str, str]:
    """The text of one value in code set `now`, the set that follows, and the set for the next value alone."""
    if value == _FNC1:
        return "\x1d", code, ""
    if now == "C":
        if value < 100:
            return f"{value:02d}", code, ""
        return ("", "B" if value == _TO_B else "A", "") if value < _FNC1 else (None, code, "")
    if value < 64:
        return chr(value + 32), code, ""
    if value < 96:
        return chr(value + 32 if now == "B" else value - 64), code, ""
    if value == _SHIFT:
        return "", code, "A" if now == "B" else "B"
    if value == _TO_C or (value == _TO_B and now == "A") or (value == _TO_A and now == "B"):
        return "", {_TO_C: "C", _TO_B: "B", _TO_A: "A"}[value], ""
    return None, code, ""  # functions 2, 3 and 4: on no label


# ISO/IEC 16388: of nine elements in turn the wide ones.
_CODE39 = {
    "0": "nnnwwnwnn", "1": "wnnwnnnnw", "2": "nnwwnnnnw", "3": "wnwwnnnnn", "4": "nnnwwnnnw", "5": "wnnwwnnnn",
    "6": "nnwwwnnnn", "7": "nnnwnnwnw", "8": "wnnwnnwnn", "9": "nnwwnnwnn", "A": "wnnnnwnnw", "B": "nnwnnwnnw",
    "C": "wnwnnwnnn", "D": "nnnnwwnnw", "E": "wnnnwwnnn", "F": "nnwnwwnnn", "G": "nnnnnwwnw", "H": "wnnnnwwnn",
    "I": "nnwnnwwnn", "J": "nnnnwwwnn", "K": "wnnnnnnww", "L": "nnwnnnnww", "M": "wnwnnnnwn", "N": "nnnnwnnww",
    "O": "wnnnwnnwn", "P": "nnwnwnnwn", "Q": "nnnnnnwww", "R": "wnnnnnwwn", "S": "nnwnnnwwn", "T": "nnnnwnwwn",
    "U": "wwnnnnnnw", "V": "nwwnnnnnw", "W": "wwwnnnnnn", "X": "nwnnwnnnw", "Y": "wwnnwnnnn", "Z": "nwwnwnnnn",
    "-": "nwnnnnwnw", ".": "wwnnnnwnn", " ": "nwwnnnwnn", "$": "nwnwnwnnn", "/": "nwnwnnnwn", "+": "nwnnnwnwn",
    "%": "nnnwnwnwn", "*": "nwnnwnwnn",
}  # fmt: skip
_LETTERS39 = "".join(_CODE39)
RATIOS39 = (2.0, 2.5, 3.0)  # of wide to narrow elements


@cache
def code39(ratio: float) -> Alphabet:
    """Code 39 with wide elements of so many narrow ones and gaps of one."""
    shapes = [tuple(ratio if width == "w" else 1.0 for width in one) for one in _CODE39.values()]
    star = _LETTERS39.index("*")
    return Alphabet(
        Symbology.CODE39,
        tuple((*shape, 1.0) for shape in shapes),
        7 + 3 * ratio,
        (star,),
        tuple(range(star)),
        shapes[star],
        9,
        26,
        f"code39 {ratio}",
    )


def code39_text(values: list[int]) -> str | None:
    """What the symbols after the first star say."""
    text = "".join(_LETTERS39[value] for value in values[1:])
    return None if "*" in text or text != text.strip() else text
