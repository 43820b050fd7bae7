"""Text on its way to a page: nothing is swallowed, nothing is taken for markup, nothing invisible stays invisible."""

import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from mailroom.reports.fonts import glyphs

_PLAIN_BLANKS = {"\t": " ", "\u2212": "\u2013", "\r\n": "\n", "\r": "\n"}  # this Noto Sans has no minus sign


class Markup(str):
    """Text that is markup already: escaped where it came from outside."""

    __slots__ = ()


def clean(text: str) -> str:
    """Text in composed form, with controls and characters that the fonts lack made visible; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    for found, given in _PLAIN_BLANKS.items():
        composed = composed.replace(found, given)
    return "".join(char if char == "\n" else _shown(char) for char in composed)


def one_line(text: str) -> str:
    """Cleaned text without line breaks."""
    return " ".join(clean(text).split("\n"))


@cache
def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "C" or category in ("Zl", "Zp"):
        # controls, direction overrides, joiners, lone surrogates, private and unassigned characters
        return char.encode("unicode_escape", "backslashreplace").decode("ascii")
    return char if ord(char) in glyphs() else f"[U+{ord(char):04X}]"


def safe(text: str) -> Markup:
    """Text from outside as markup that prints literally."""
    if isinstance(text, Markup):
        return text
    return Markup(escape(clean(text)).replace("\n", "<br/>"))


def fill(template: str, **values: str) -> Markup:
    """A template of ours (may hold markup) filled with values, each escaped unless it is Markup."""
    return Markup(template.format(**{name: safe(value) for name, value in values.items()}))


def joined(parts: list[Markup], between: str = " ") -> Markup:
    """Pieces of markup in one, empty ones left out."""
    return Markup(between.join(part for part in parts if part))


def bold(text: str) -> Markup:
    """Text in bold."""
    return Markup(f"<b>{safe(text)}</b>")


def italic(text: str) -> Markup:
    """Text in italics."""
    return Markup(f"<i>{safe(text)}</i>")


def unstopped(text: str) -> str:
    """Text without a full stop at its end, to stand before one of ours."""
    return text.rstrip(". ")


def glued(text: str) -> str:
    """Text that must not break at its blanks."""
    return text.replace(" ", "\u00a0")
