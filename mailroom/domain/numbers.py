"""Tracking numbers as they are compared (in upper case, without blanks and dashes), and the numbers we give out."""

import re
from string import ascii_uppercase, digits

# Everything that people and labels put between the groups of a number: blanks, dashes, invisible characters.
BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"

_DROPPED = dict.fromkeys(map(ord, BLANKS + DASHES + INVISIBLE))


_ALPHABET = digits + ascii_uppercase
OWN_PREFIX = "MR"  # of the labels this program prints for pieces without a carrier's number
_OWN = re.compile(rf"({OWN_PREFIX}[0-9]{{4}}[A-Z]{{1,2}}[0-9]{{4,9}})([0-9A-Z])")


def mod37_36(body: str) -> str:
    """The check character of ISO 7064's hybrid system MOD 37,36 over digits and upper-case letters."""
    rest = 36
    for character in body:
        rest = (rest + _ALPHABET.index(character)) % 36 or 36
        rest = rest * 2 % 37
    return _ALPHABET[(37 - rest) % 36]


def paper_number(prefix: str, year: int, letter: str, count: int) -> str:
    """A number as papers have it: `CLM-2026-A0007`; `letter` is the desk's, `count` that desk's own."""
    return f"{prefix}-{year}-{letter}{count:04d}"


def label_number(year: int, letter: str, count: int) -> str:
    """The number of a label of our own, with its check character: `MR-2026-A0007-K`."""
    number = paper_number(OWN_PREFIX, year, letter, count)
    return f"{number}-{mod37_36(number.replace('-', ''))}"


def is_label_number(text: str) -> bool:
    """Whether a compact text (upper case, no dashes) is a number of a label of our own; its check character decides."""
    found = _OWN.fullmatch(text)
    return found is not None and mod37_36(found[1]) == found[2]


def normal_number(text: str) -> str:
    """The number in upper case without blanks, dashes and invisible characters; what searching and comparing use."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return text.translate(_DROPPED).upper()


def same_number(one: str, other: str) -> bool:
    """Whether two texts are the same number, however they are grouped."""
    return normal_number(one) == normal_number(other)
