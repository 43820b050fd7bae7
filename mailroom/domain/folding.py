"""Text as it is compared: accents and case do not count. The same for what is stored and what is asked."""

import unicodedata
from itertools import groupby

# letters that Unicode does not take apart into a plain letter and a mark
_PLAIN = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)


def fold(text: str) -> str:
    """Text without accents and case: `Ł`, `ß`, `İ` and `ı` are `l`, `ss`, `i` and `i`; runs of blanks are one."""
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return " ".join(bare.casefold().translate(_PLAIN).split())


def fold_number(number: str) -> str:
    """A number as numbers are compared: upper-case, without blanks and dashes."""
    return "".join(number.split()).replace("-", "").upper()


def words(text: str) -> list[str]:
    """The folded words of a text as they are searched: each without its punctuation, then its further parts.

    `PO-77 O'Brien` gives `po77`, `77`, `obrien`, `brien`: found by `po-77`, `po77`, `77`, `obrien` and `brien`.
    """
    found: list[str] = []
    for piece in fold(text).split():
        if piece.isalnum():
            found.append(piece)
            continue
        parts = ["".join(run) for good, run in groupby(piece, str.isalnum) if good]
        if parts:
            found.append("".join(parts))
            found += parts[1:]
    return found


def search_terms(text: str) -> tuple[str, ...]:
    """What must be found for a typed search: one term a word, longest first (the rarest one to begin with)."""
    pieces = ("".join(filter(str.isalnum, piece)) for piece in fold(text).split())
    return tuple(sorted({piece for piece in pieces if piece}, key=lambda one: (-len(one), one)))
