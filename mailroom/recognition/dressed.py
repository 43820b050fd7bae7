"""A number dressed in words or in the address of a carrier's own page, without these.

What a link says is never recorded unasked: it names a piece, but not that this is it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from mailroom.domain.recognition import Candidate, Check, Reason
from mailroom.recognition.formats import Carrier
from mailroom.recognition.matching import match
from mailroom.recognition.scanner_text import unwrap

_LINK = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}/\S{8,500}", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "com"})  # as in `carrier.co.uk`
_BETWEEN = re.compile(r"[/?&=#;,]")
_MOST_PIECES = 24  # of a link
_LONGEST_WORDS = 80  # characters of a number with the words before it
# What stands before a number on labels and slips, besides the carrier's name.
_LEADING = frozenset(
    {
        *("tracking", "track", "trk", "trkg", "number", "num", "no", "nr", "id", "code", "ref", "reference"),
        *("shipment", "parcel", "package", "waybill", "awb", "pro", "your", "is", "u", "s"),
        # the rest of a carrier's or a service's name
        *("united", "service", "postal", "post", "mail", "royal", "air", "global", "logistics", "delivery", "home"),
        *("ground", "express", "economy", "priority", "certified", "registered", "overnight", "freight", "line"),
    }
)
_SHORT = {"odfl": "old_dominion", "yun": "yunexpress"}
_WORD_END = re.compile(r"[\s:#.]+")
_IN_LINK = Reason("number_in_link")


def without_words(plain: str, carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """The number behind words such as `UPS Tracking No.:`; a carrier that they name leads where its formats fit."""
    if len(plain) > _LONGEST_WORDS or not plain.isascii():
        return []
    words = [word for word in _WORD_END.split(plain) if word]
    names = _names(carriers)
    named, at = "", 0
    while at < len(words) and (words[at].casefold() in _LEADING or words[at].casefold() in names):
        named = named or names.get(words[at].casefold(), "")
        at += 1
    rest = unwrap(" ".join(words[at:])).text
    if not at or not rest.isalnum():
        return []
    found = match(rest, None, carriers)
    pieces = {one.piece for one in found if one.carrier == named}
    return [one for one in found if one.piece in pieces] or found


def in_link(plain: str, carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """The one number in the address of its own carrier's page, as a weak candidate."""
    if not _LINK.fullmatch(plain):
        return []
    try:
        address = urlsplit(plain if "://" in plain else f"https://{plain}")
        domain = _domain(address.hostname or "")
    except ValueError:
        return []
    owners = {one.id for one in carriers if one.tracking_url and _domain_of(one.tracking_url) == domain}
    if not owners:
        return []
    found = {
        (one.carrier, one.tracking_number): replace(one, weak=True, why=_IN_LINK)
        for text in _pieces(f"{address.path}?{address.query}#{address.fragment}")
        for one in match(text, None, carriers)
        if one.carrier in owners and one.check is not Check.BAD and not one.weak
    }
    return list(found.values()) if len({one.piece for one in found.values()}) == 1 else []


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(unquote(text))[:_MOST_PIECES]:
        compact = unwrap(piece).text
        if len(compact) > 7 and compact.isascii() and compact.isalnum():
            yield compact


def _domain(host: str) -> str:
    """The part of a host's name that somebody owns: `usps.com` of `tools.usps.com`."""
    labels = host.lower().split(".")
    return ".".join(labels[-3 if labels[-2:-1] and labels[-2] in _SECOND_LEVEL else -2 :])


@lru_cache(maxsize=64)
def _domain_of(url: str) -> str:
    return _domain(urlsplit(url).hostname or "")


@lru_cache(maxsize=8)
def _names(carriers: tuple[Carrier, ...]) -> dict[str, str]:
    """Words of names, and ids -> id of the carrier; words that any label may have name nobody."""
    names = {word.casefold(): one.id for one in carriers for word in (*one.name.split(), one.id)}
    return {word: id_ for word, id_ in (names | _SHORT).items() if word not in _LEADING}
