"""Linear codes that are too blurred, bent or small for a decoder of edges: guessed, fitted, and read only when sure.

Code 128 carries a check character: one row of random symbols in 103 passes it, so likeness is asked for besides.
Code 39 has none, so every symbol has to stand out clearly.
"""

from dataclasses import dataclass

from mailroom.capture import elastic
from mailroom.capture.alphabets import RATIOS39, Alphabet, code39, code39_text, code128, code128_text, is_usual128
from mailroom.capture.arrays import Floats
from mailroom.capture.barends import Ends, Guess, guesses, loose_ends, scaled
from mailroom.capture.barfit import Fit, fit, weakest
from mailroom.capture.patience import Over, never
from mailroom.capture.templates import BLURS, SAMPLES, SLACK, bank, stop_bank
from mailroom.domain.reading import Symbology

_GUESSES = 3
_ENDS = 3
_SOFT = 0.7  # modules of blur that crumpled codes are compared with; other widths read no more
_LIKELY = 1.6  # of 2: both ends of a code look like what they should
_PERHAPS = 1.75  # where more is open: widths of modules, or whether wide bars are thought too wide or too narrow
_LOST = 0.25  # share unexplained at which no other blur will help
_MIDDLE = 2  # of BLURS, tried first
_SHORTEST = 8  # characters: a short row of symbols fits too easily
_PRINTED = frozenset("\x1d" + "".join(map(chr, range(32, 127))))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a blurred code says.

    `sure`: it may stand alone; otherwise only another sighting makes it so. `module` is in samples.
    """

    symbology: Symbology
    text: str
    sure: bool
    module: float
    rest: float
    likeness: float
    lead: float
    again: Ends | None = None  # where to look again, should that make it sure


@dataclass(frozen=True, slots=True)
class _Bar:
    """What is asked of a fit: the most that is left unexplained, the least likeness and lead of every symbol."""

    rest: float
    likeness: float
    lead: float

    def passed(self, rest: float, likeness: float, lead: float) -> bool:
        """Is a fit this good?"""
        return rest <= self.rest and likeness >= self.likeness and lead >= self.lead


# From frames with known codes: everything that passed a check by chance stayed well below these.
_SURE = {Symbology.CODE128: _Bar(0.055, 0.7, 0.03), Symbology.CODE39: _Bar(0.07, 0.7, 0.2)}
# Stretched symbols find more that is like them. In between, what other rows of the same bars say decides.
_SURE_BENT, _AGAIN_BENT, _MAYBE_BENT = _Bar(0.155, 0.8, 0.1), _Bar(0.185, 0.7, 0.02), _Bar(0.21, 0.6, 0.005)
_MAYBE = {Symbology.CODE128: _Bar(0.09, 0.5, 0.01), Symbology.CODE39: _Bar(0.1, 0.6, 0.12)}


def prepare() -> None:
    """Draw how every symbol looks through every blur, so that no frame has to wait for it."""
    elastic.prepare(code128(), _SOFT)
    for alphabet in (code128(), *(code39(ratio) for ratio in RATIOS39)):
        for blur in BLURS:
            for slack in SLACK:
                bank(alphabet, blur, round(alphabet.modules * SAMPLES) + slack)
                stop_bank(alphabet, blur, round(alphabet.stop_modules * SAMPLES) + slack)


def read_bent(line: Floats, first: float, last: float, over: Over = never) -> Reading | None:
    """The Code 128 on a line of darkness expected from `first` to `last` sample, however its symbols are stretched.

    No second pair of ends is tried once it is `over`.
    """
    maybe: Reading | None = None
    for at, ends in enumerate(loose_ends(line, first, last, code128())[:_ENDS]):
        if ends.score < _PERHAPS or (at and over()):
            break
        found = _between(line, ends)
        if found is not None and (found.sure or found.again is not None):
            return found
        maybe = maybe or found
    return maybe


def _between(line: Floats, ends: Ends) -> Reading | None:
    path = elastic.follow(elastic.scaled(line, ends, code128()), code128(), _SOFT)
    text = None if path is None else code128_text(path.values)
    if path is None or text is None or len(text) < _SHORTEST or not _PRINTED.issuperset(text):
        return None
    if not _MAYBE_BENT.passed(path.rest, path.likeness, path.lead):
        return None
    usual = is_usual128(path.values, text)
    sure = usual and _SURE_BENT.passed(path.rest, path.likeness, path.lead)
    again = ends if usual and _AGAIN_BENT.passed(path.rest, path.likeness, path.lead) else None
    module = (ends.last - ends.first) / ends.modules
    return Reading(Symbology.CODE128, text, sure, module, path.rest, path.likeness, path.lead, again)


def says_too(line: Floats, found: Reading) -> bool:
    """Whether another line of the same bars says what a reading of bent bars said."""
    if found.again is None:
        return False
    path = elastic.follow(elastic.scaled(line, found.again, code128()), code128(), _SOFT)
    return path is not None and code128_text(path.values) == found.text


def read_blurred(line: Floats, first: float, last: float) -> Reading | None:
    """The code on a line of darkness expected from `first` to `last` sample; none where nothing comes near.

    Its symbols are taken to be of one length.
    """
    usual = guesses(line, first, last, code128(), _GUESSES)
    middle = guesses(line, first, last, code39(RATIOS39[1]), _GUESSES)
    # The ends of a Code 39 look like one whatever the ratio, and never more like those of a Code 128.
    if not middle or middle[0].score < max(_PERHAPS, usual[0].score if usual else 0.0):
        return _read(line, usual, code128())
    rows = [(guesses(line, first, last, code39(ratio), _GUESSES), code39(ratio)) for ratio in RATIOS39 if ratio != 2.5]
    best = max([(middle, code39(RATIOS39[1])), *rows], key=lambda row: row[0][0].score if row[0] else 0.0)
    return _read(line, *best)


def _read(line: Floats, places: list[Guess], alphabet: Alphabet) -> Reading | None:
    best: tuple[Fit, Guess] | None = None
    for guess in places:
        if guess.score < _LIKELY:
            break
        found = fit(scaled(line, guess, alphabet), alphabet, guess.count, BLURS[_MIDDLE], thorough=False)
        if best is None or found.rest < best[0].rest:
            best = found, guess
    if best is None or best[0].rest > _LOST:
        return None
    guess = best[1]
    seen = scaled(line, guess, alphabet)
    found = _sharpest(seen, alphabet, best[0])
    text = code128_text(found.values) if alphabet.symbology is Symbology.CODE128 else code39_text(found.values)
    if text is None or len(text) < _SHORTEST or not _PRINTED.issuperset(text):
        return None
    least, lead = weakest(seen, alphabet, found)
    if not _MAYBE[alphabet.symbology].passed(found.rest, least, lead):
        return None
    module = (guess.last - guess.first) / (alphabet.modules * guess.count)
    sure = _SURE[alphabet.symbology].passed(found.rest, least, lead)
    if alphabet.symbology is Symbology.CODE128 and not is_usual128(found.values, text):
        sure = False
    return Reading(alphabet.symbology, text, sure, module, found.rest, least, lead)


def _sharpest(line: Floats, alphabet: Alphabet, best: Fit) -> Fit:
    """The fit at the blur that explains the line best; quick fits are enough to tell which that is."""
    at, count = _MIDDLE, len(best.values)
    for way in (-1, 1):
        while 0 <= at + way < len(BLURS):
            other = fit(line, alphabet, count, BLURS[at + way], thorough=False)
            if other.rest >= best.rest:
                break
            best, at = other, at + way
        if at != _MIDDLE:
            break
    return fit(line, alphabet, count, BLURS[at])
