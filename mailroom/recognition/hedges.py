"""Whether words say that something happened, or that it did not, will, might, or was only handed on.

A phrase such as `delivered` alone proves nothing: what stands around it in its sentence may turn it round. Where that
is so the phrase says nothing, since a wrong end is worse than none. The words are English, German, French, Spanish,
Italian, Portuguese and Dutch, in small letters without accents.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mailroom.domain.status import FINAL, Status

# What must not be taken from words without a look around them, and how many words before may turn it round.
WATCHED: Final[dict[Status, int]] = {one: 6 for one in (*FINAL, Status.ACCEPTED)} | {
    Status.AVAILABLE_FOR_PICKUP: 2,  # "customer not there, held for pickup" is no refusal
    Status.OUT_FOR_DELIVERY: 2,
    Status.ATTEMPTED: 0,  # its phrases negate by themselves
}
_LONGEST_TEXT = 4000  # characters looked at
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")
_APART = re.compile(r"[^a-z0-9]+")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SENTENCE_END = re.compile(r"(?<!\d)\.(?=\s|$)|[!?;\n]|\s[-–—]\s")  # not the point of a date
_PART_END = re.compile(r"[,()\[\]|]|:(?=\s)|\b(?:but|aber|sondern|mais|pero|maar)\b", re.IGNORECASE)


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_NOT = _words(
    "not never no non nor neither cannot cant wont couldnt wouldnt shouldnt wasnt isnt arent hasnt havent didnt doesnt"
    " without unable failed fails failure nicht nie niemals kein keine keinen keiner pas jamais sans nunca jamas sin"
    " nao niet nooit geen"
)
_AFTER_N = _words("a ont est etait avait aura pu")  # the verbs behind French `n'`
# Anywhere before in the sentence: verbs that put it into the future. German and Dutch place them far in front.
_WILL = _words(
    "will shall wird werden sera seront serait seran sara saranno verra verranno sarai wordt worden zal zullen"
    " voraussichtlich soll sollen vermutlich"
)
# Shortly before: only wished, possible, planned, or tied to a condition.
_MAYBE = _words(
    "be being etre ser essere expected scheduled estimated planned pending awaiting await anticipated request"
    " requested if when once until unless before should would could can may might must previously"
    " kann koennen koennte muss geplant wenn falls sobald bevor doit peut pourra devrait prevu prevue attente"
    " debe puede podra previsto pendiente por deve puo potra dovrebbe kan moet verwacht gepland"
)
_MAYBE_REACH = 3  # words
# Right behind it.
_AFTERWARDS = _words(
    "requested request pending expected scheduled estimated planned soon attempt attempts tomorrow morgen demain manana"
    " domani nicht niet werden wird wuerde wordt if unless scan"
)
_NOT_THERE = _words("requested request pending not unavailable missing needed required wanted will")
# Whom a piece is handed to so that it goes on: `delivered to ...` one of these is no delivery.
_LINKS = _words("to into an au aux a al alla allo aan bij bei zum zur chez")
_HANDLERS = _words(
    "agent agents carrier carriers courier couriers depot depots hub hubs forwarder forwarders broker brokers airline"
    " airlines terminal contractor consolidator cfs gateway partner partners postal usps ups fedex dhl dpd gls hermes"
    " evri purolator ontrac lasership yodel postnl bpost colissimo chronopost correos tnt aramex"
    " spediteur frachtfuehrer filiale postfiliale paketshop packstation paketzentrum zustellbasis"
    " transporteur transporteurs agence relais transportista agencia deposito mensajero corriere vettore agente"
    " vervoerder koerier postkantoor sorteercentrum"
)
_HANDLERS_OF_TWO = frozenset(
    {
        *(("post", "office"), ("royal", "mail"), ("canada", "post"), ("la", "poste"), ("deutsche", "post")),
        *(("swiss", "post"), ("australia", "post"), ("poste", "italiane"), ("amazon", "logistics")),
        *(("bureau", "de"), ("ufficio", "postale"), ("oficina", "de"), ("sort", "facility"), ("sorting", "facility")),
    }
)
_ONWARD = _words(
    "final onward further delivery transport transit pickup collection clearance customs forwarding shipment"
)
_BY_MAIL = (("by", "e", "mail"), ("by", "email"), ("via", "e", "mail"), ("via", "email"), ("electronically",))


@dataclass(frozen=True, slots=True)
class Said:
    """The folded words of a text; beside each the number of its sentence and of its part of a sentence."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    parts: tuple[int, ...]


def said(text: str) -> Said:
    """The words of a text in small letters, without mark-up, accents and punctuation."""
    words: list[str] = []
    sentences: list[int] = []
    parts: list[int] = []
    part = 0
    for number, sentence in enumerate(_SENTENCE_END.split(_MARKUP.sub(" ", text[:_LONGEST_TEXT]))):
        for piece in _cut(sentence):
            part += 1
            found = _folded(piece).split()
            words += found
            sentences += [number] * len(found)
            parts += [part] * len(found)
    return Said(tuple(words), tuple(sentences), tuple(parts))


def stands(text: Said, phrase: Sequence[str], status: Status) -> bool:
    """Whether a phrase (folded words) that means a status occurs somewhere in the text and nothing takes it back."""
    return any(
        status not in WATCHED or not _taken_back(text, at, at + len(phrase), status)
        for at in _places(text.words, phrase)
    )


def _places(words: Sequence[str], phrase: Sequence[str]) -> Iterator[int]:
    size = len(phrase)
    return (at for at in range(len(words) - size + 1) if tuple(words[at : at + size]) == tuple(phrase))


def _cut(sentence: str) -> Iterator[str]:
    """The parts of a sentence; what parts them stays with the later one, so that no word is lost."""
    last = 0
    for mark in _PART_END.finditer(sentence):
        yield sentence[last : mark.start()]
        last = mark.start()
    yield sentence[last:]


def _folded(text: str) -> str:
    plain = text.lower().translate(_SPELLED)
    bare = "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
    return _APART.sub(" ", bare).strip()


def _taken_back(text: Said, start: int, end: int, status: Status) -> bool:
    """Whether the words around the phrase from `start` to `end` say that it did not happen, or not yet."""
    sentence, part = text.sentences[start], text.parts[start]
    before = [at for at in range(start) if text.sentences[at] == sentence]
    after = [text.words[at] for at in range(end, len(text.words)) if text.sentences[at] == text.sentences[end - 1]]
    if status is Status.ATTEMPTED:  # "noch nicht zugestellt", "not been delivered yet": nobody tried
        return (start > 0 and text.words[start - 1] in ("noch", "yet")) or "yet" in after[:2]
    near = [at for at in before if text.parts[at] == part]
    if any(_denies(text.words, at) for at in near[-WATCHED[status] :]) or any(text.words[at] in _WILL for at in before):
        return True
    if status is Status.OUT_FOR_DELIVERY:  # its phrases say what is coming: "your driver is arriving soon"
        return False
    return (
        any(text.words[at] in _MAYBE for at in near[-_MAYBE_REACH:])
        or bool(after and after[0] in _AFTERWARDS)
        or (text.words[end - 1] == "delivery" and not _NOT_THERE.isdisjoint(after[:3]))
        or (status is Status.DELIVERED and _handed_on(after))
    )


def _denies(words: Sequence[str], at: int) -> bool:
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word == "no":
        return not following.isdigit()  # "parcel no 12 delivered"
    if word == "t":  # "can't", "couldn’t", "wasn't"
        return at > 0 and words[at - 1].endswith("n")
    return word in _NOT or (word == "n" and following in _AFTER_N)


def _handed_on(after: Sequence[str]) -> bool:
    """Whether what follows `delivered` names somebody who carries it on, or a purpose that is yet to come."""
    for at, word in enumerate(after):
        if word == "for" and at + 1 < len(after) and after[at + 1] in _ONWARD:
            return True
        if at < 3 and word in _LINKS and _names_handler(after[at + 1 : at + 6]):
            return True
    return any(tuple(after[at : at + len(one)]) == one for one in _BY_MAIL for at in range(2))


def _names_handler(words: Sequence[str]) -> bool:
    for at, word in enumerate(words[:4]):
        if word in _HANDLERS:
            return True
        if tuple(words[at : at + 2]) in _HANDLERS_OF_TWO:
            return "box" not in words[at + 2 : at + 3]
    return False
