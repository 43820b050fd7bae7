"""Slips of a hand that typed a number: letters for digits, and two neighbours in the wrong order."""

import re
from dataclasses import replace
from functools import lru_cache
from re import Pattern

from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import Candidate, Check, Reason
from mailroom.recognition.formats import Carrier, NumberFormat
from mailroom.recognition.matching import match

_DIGITS = str.maketrans("OIL", "011")
# A postal item has letters at both ends, and digits only between them.
_POSTAL = re.compile(r"([A-Z]{2})([0-9OIL]{9})([A-Z]{2})")
_REPAIRED = Reason("typed_repaired")


def letters_as_digits(text: str, symbology: Symbology | None, carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """The letters O, I and L read as digits where only digits can stand, if the check digit holds then."""
    found = (one for repaired in _readings(text) for one in match(repaired, symbology, carriers))
    return [one if one.weak else replace(one, why=_REPAIRED) for one in found if one.check is Check.OK]


def _readings(text: str) -> list[str]:
    """The text with its letters read as digits, for each place where a format may have letters of its own."""
    if not any(letter in text for letter in "OIL"):
        return []
    if _POSTAL.fullmatch(text):
        readings = [text[:2] + text[2:-2].translate(_DIGITS) + text[-2:]]
    elif text[1:2] == "Z":  # UPS: letters may stand between the two digits at the ends
        readings = [text[0].translate(_DIGITS) + text[1:-1] + text[-1].translate(_DIGITS)]
    else:
        whole = text.translate(_DIGITS)
        readings = [whole, text[0] + whole[1:], whole[:-1] + text[-1]]
        readings = [one for one in readings if sum(map(str.isalpha, one)) < 2]
    return [one for one in dict.fromkeys(readings) if one != text]


def name_swaps(text: str, candidates: list[Candidate], carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """Candidates with a wrong check digit, told which two neighbours to look at where exactly one swap makes it right.

    The number itself stays as typed and its check digit stays wrong: only the person can see what the label says.
    """
    return [replace(one, why=_swap(text, one, carriers) or one.why) for one in candidates]


def _swap(text: str, candidate: Candidate, carriers: tuple[Carrier, ...]) -> Reason | None:
    known = _formats(carriers).get(candidate.format)
    if known is None:
        return None
    form, pattern = known
    found = pattern.fullmatch(text)
    if found is None or form.check is None:
        return None
    start, end = found.span("number")
    (first, last), check_at = found.span("body"), found.start("check")
    repairs = []
    for at in range(start, end - 1):
        one, other = text[at], text[at + 1]
        if one == other or not (one.isdigit() and other.isdigit()):
            continue
        swapped = text[:at] + other + one + text[at + 2 :]
        if swapped[check_at] in form.check(swapped[first:last]) and _holds(swapped, form, pattern):
            repairs.append(at)
    if len(repairs) != 1:
        return None
    at = repairs[0]
    repaired = form.number_prefix + (text[:at] + text[at + 1] + text[at] + text[at + 2 :])[start:end]
    place = at - start + 1 + len(form.number_prefix)
    return Reason("digits_swapped", (("first", str(place)), ("second", str(place + 1)), ("number", repaired)))


def _holds(text: str, form: NumberFormat, pattern: Pattern[str]) -> bool:
    """Whether the text has the format as a whole, wherever its parts stand now, and the check digit is right."""
    found = pattern.fullmatch(text)
    return found is not None and form.check is not None and found["check"] in form.check(found["body"])


@lru_cache(maxsize=8)
def _formats(carriers: tuple[Carrier, ...]) -> dict[str, tuple[NumberFormat, Pattern[str]]]:
    return {form.id: (form, re.compile(form.pattern)) for carrier in carriers for form in carrier.formats}
