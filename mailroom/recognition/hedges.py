"""Whether words say that something happened, or that it did not, will, might, or was only handed on.

A phrase such as `delivered` alone proves nothing: what stands around it in its sentence may turn it round. Where that
is so the phrase says nothing, since a wrong end is worse than none. The words are English, German, French, Spanish,
Italian, Portuguese, Dutch and Polish, in small letters without accents.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mailroom.domain.status import FINAL, Status
from mailroom.recognition.destinations import Goal, goal_of

# What must not be taken from words without a look around them, and how many words before may turn it round.
WATCHED: Final[dict[Status, int]] = {one: 6 for one in (*FINAL, Status.ACCEPTED)} | {
    Status.AVAILABLE_FOR_PICKUP: 2,  # "customer not there, held for pickup" is no refusal
    Status.OUT_FOR_DELIVERY: 2,
    Status.ATTEMPTED: 0,  # its phrases negate by themselves
}
_LONGEST_TEXT = 4000  # characters looked at
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")
_APART = re.compile(r"[^a-z0-9]+")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l"})
# The name behind it is nobody's trouble: "Signed for by: HELD". An initial does not end it.
_SIGNER = re.compile(
    r"(?:\bsigned (?:for )?by|\bdelivered\b[^.\n]{0,80}?\breceived by)\b(?P<name>(?:\b\w\.|[^;.!?\n])*)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<!\d)\.(?=\s|$)|[!?;\n]|\s[-–—]\s")  # not the point of a date
_PART_END = re.compile(r"[,()\[\]|]|:(?=\s)|\b(?:but|aber|sondern|mais|pero|maar)\b", re.IGNORECASE)


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_NOT = _words(
    "not never nor neither cannot cant wont couldnt wouldnt shouldnt wasnt isnt arent hasnt havent didnt doesnt"
    " unable failed fails failure nicht nie niemals pas jamais nunca jamas nao niet nooit"
)
# These deny only what follows at once, with no more than such words between: "no signature item delivered".
_NO = _words("no non without kein keine keinen keiner sans sin geen")
_BETWEEN = _words(
    "be been being is was were are has have had longer yet ever fully successfully package packages parcel parcels"
    " item items shipment shipments sendung sendungen paket pakete colis paquete paquetes pakket fue fueron ha han"
    " sido se ser pudo puede podido sera esta estado e stato stata state stati essere ancora hanno sono viene venne"
    " potuto encore ete a etre"
)
_AFTER_N = _words("a ont est etait avait aura pu")  # the verbs behind French `n'`
# The verbs that say "delivered": where they stand, the piece was brought to somebody.
HANDED_OVER: Final = _words(
    "delivered zugestellt ausgeliefert livre livree distribue distribuee entregado entregada entregue consegnato"
    " consegnata bezorgd afgeleverd doreczono doreczona dostarczono dostarczona"
)
# Anywhere before in the sentence: verbs that put it into the future. German and Dutch place them far in front.
_WILL = _words(
    "will shall wird werden sera seront serait seran sara saranno verra verranno sarai wordt worden zal zullen"
    " voraussichtlich soll sollen vermutlich zostanie zostana bedzie"
)
# Shortly before: only wished, possible, planned, or tied to a condition.
_MAYBE = _words(
    "be being get gets getting etre ser essere expected scheduled estimated planned pending awaiting await anticipated"
    " request requested if when once until unless before should would could can may might must previously"
    " kann koennen koennte muss geplant wenn falls sobald bevor doit peut pourra devrait prevu prevue attente"
    " debe puede podra previsto pendiente por deve puo potra dovrebbe kan moet verwacht gepland"
)
_MAYBE_REACH = 4  # words
_AS = _words("as wie comme como come zoals")  # "wie geplant zugestellt"
_PLANS = _words(
    "expected scheduled estimated planned pending anticipated awaiting geplant prevu previsto gepland verwacht"
)
_HAPPENED = _words("was were has have had been wurde ist ete fue ha sido stato stata werd")
# Before an attempt: advice, "track it to avoid a missed delivery".
_IN_CASE = _words("avoid avoiding prevent if case wenn falls damit eviter evitar evitare si voorkomen")
# Right behind it, in the same part.
_AFTERWARDS = _words(
    "requested request pending expected scheduled estimated planned soon attempt attempts tomorrow morgen demain manana"
    " domani nicht niet werden wird wuerde wordt if unless"
)
_TERMS = _words("monday tuesday wednesday thursday friday saturday sunday tomorrow end eod")  # "delivered by Monday"
# What ends with it when it is voided, and what is only a wish about it.
_WHOLE = _words(
    "label labels shipment package parcel sendung auftrag versandauftrag paket versandschein versandmarke billing"
)
_OPTIONS = _words(
    "abholung abholauftrag zustellung umleitung wunschtag wunschort ablageort nachnahme lagerung instructions"
    " instruction delivery pickup redirect redirection reroute hold request option change intercept"
)
# "Held at" lies ready only where one of these follows: a place for the public, or the wish of the recipient.
_LIES_READY = _words(
    "request pickup collection collect branch counter location shop store locker servicepoint parcelshop paketshop"
)
_LIES_READY_AT = (
    ("post", "office"),
    ("access", "point"),
    ("service", "point"),
    ("delivery", "depot"),
    ("our", "office"),
)
_TROUBLE = _words(
    "customs damage damaged address unpaid payment postage duty duties zoll inspection investigation security shipper"
    " sender"
)
_NOT_THERE = _words("requested request pending not unavailable missing needed required wanted will")


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
    for number, sentence in enumerate(_SENTENCE_END.split(_without_signers(_MARKUP.sub(" ", text[:_LONGEST_TEXT])))):
        for piece in _cut(sentence):
            part += 1
            found = _folded(piece).split()
            words += found
            sentences += [number] * len(found)
            parts += [part] * len(found)
    return Said(tuple(words), tuple(sentences), tuple(parts))


def _without_signers(text: str) -> str:
    return _SIGNER.sub(lambda found: found[0][: found.start("name") - found.start()], text)


def stands(text: Said, phrase: Sequence[str], status: Status) -> bool:
    """Whether a phrase (folded words) that means a status occurs somewhere in the text and nothing takes it back."""
    return any(
        status not in WATCHED or not _taken_back(text, at, at + len(phrase), status)
        for at in _places(text.words, phrase)
    )


def brought(text: Said, phrase: Sequence[str]) -> Iterator[Goal]:
    """Whereto, for each time that a phrase of a delivery occurs and nothing puts it in doubt."""
    for at in _places(text.words, phrase):
        if not _doubtful(text, at, at + len(phrase), Status.DELIVERED):
            yield _goal(text, at, at + len(phrase))


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
    if status is Status.DELIVERED and _goal(text, start, end) is not Goal.HOME:
        return True
    return _doubtful(text, start, end, status)


def _doubtful(text: Said, start: int, end: int, status: Status) -> bool:
    """Whether the words around the phrase from `start` to `end` say that it did not happen, or not yet."""
    sentence, part = text.sentences[start], text.parts[start]
    before = [at for at in range(start) if text.sentences[at] == sentence]
    after = [text.words[at] for at in range(end, len(text.words)) if text.sentences[at] == text.sentences[end - 1]]
    if status is Status.ATTEMPTED:  # "noch nicht zugestellt", "not been delivered yet": nobody tried
        ahead = [text.words[at] for at in before[-_MAYBE_REACH:] if text.parts[at] == part]
        return ahead[-1:] in (["noch"], ["yet"]) or "yet" in after[:2] or not _IN_CASE.isdisjoint(ahead)
    near = [at for at in before if text.parts[at] == part]
    if any(_denies(text.words, at, start) for at in near[-WATCHED[status] :]):
        return True
    if any(text.words[at] in _WILL for at in before):
        return True
    if status is Status.OUT_FOR_DELIVERY:  # its phrases say what is coming: "your driver is arriving soon"
        return False
    if status is Status.CANCELLED and text.words[end - 1] in ("storniert", "voided"):
        around = {text.words[at] for at in before} | set(after)
        alone = text.parts.count(part) == end - start  # a carrier's whole word
        return not _OPTIONS.isdisjoint(text.words if alone else around) or (not alone and _WHOLE.isdisjoint(around))
    if status is Status.AVAILABLE_FOR_PICKUP and text.words[end - 2 : end] == ("held", "at"):
        return not _lies_ready(after)  # "is being held" is no plan
    follows = bool(after) and text.parts[end] == text.parts[end - 1]
    return (
        any(_only_maybe(text.words, at, start) for at in near[-_MAYBE_REACH:])
        or (follows and after[0] in _AFTERWARDS)
        or (after[:1] == ["by"] and not _TERMS.isdisjoint(after[1:3]))
        or (text.words[end - 1] == "delivery" and not _NOT_THERE.isdisjoint(after[:3]))
    )


def _lies_ready(after: Sequence[str]) -> bool:
    pairs = pairwise(after)
    ready = not _LIES_READY.isdisjoint(after) or any(one in _LIES_READY_AT for one in pairs)
    return ready and _TROUBLE.isdisjoint(after)


def _goal(text: Said, start: int, end: int) -> Goal:
    before = [text.words[at] for at in range(start) if text.parts[at] == text.parts[start]]
    after = [text.words[at] for at in range(end, len(text.words)) if text.sentences[at] == text.sentences[end - 1]]
    goal = goal_of(before, after)
    # What was picked up, signed for or left in such a place has reached its recipient there.
    return Goal.HOME if goal is Goal.PICKUP_POINT and text.words[end - 1] not in HANDED_OVER else goal


def _denies(words: Sequence[str], at: int, start: int) -> bool:
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in _NO:
        return _BETWEEN.issuperset(words[at + 1 : start])  # not "parcel no 12 delivered"
    if word == "t":  # "can't", "couldn’t", "wasn't"
        return at > 0 and words[at - 1].endswith("n")
    return word in _NOT or (word == "n" and following in _AFTER_N)


def _only_maybe(words: Sequence[str], at: int, start: int) -> bool:
    """Whether a word makes what begins at `start` a plan; `your scheduled package was delivered` is none."""
    if words[at] not in _MAYBE or (at > 0 and words[at - 1] in _AS):
        return False
    between = words[at + 1 : start]
    return words[at] not in _PLANS or between[:1] == ("to",) or _HAPPENED.isdisjoint(between)
