"""One reading: from its raw payload to candidates, or to what it is instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailroom.domain.indicium import Indicium
from mailroom.domain.reading import MAX_PAYLOAD, Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Candidate, Check, Destination, PayloadKind, Reason
from mailroom.recognition import classify
from mailroom.recognition.dressed import in_link, without_words
from mailroom.recognition.formats import SEPARATOR, Carrier, Envelope
from mailroom.recognition.indicium import read_indicium
from mailroom.recognition.matching import match
from mailroom.recognition.scanner_text import ScannerText, unwrap
from mailroom.recognition.slips import letters_as_digits, name_swaps

_NOWHERE = Destination()
_NO_NUMBER = Reason("not_a_tracking_number")
_MOST_PARTS = 8  # of a GS1 code; longer ones are no address label
# One letter that a scanner puts before the payload: Zebra (B, D, F, K), Honeywell and Datalogic (b, e, I, j).
_CODE_LETTERS = frozenset("BDFKEIJ")
_LONG_PREFIXED = 12  # characters; shorter ones with a prefix are like many order numbers
_AIM_DATA_MATRIX = re.compile(r"\A\]d[0-9]")


@dataclass(frozen=True, slots=True)
class Part:
    """What one reading gives to its label. `partial`: the end of a number that a 2-D message could not prove."""

    kind: PayloadKind
    text: str = ""
    candidates: tuple[Candidate, ...] = ()
    destination: Destination = _NOWHERE
    reason: Reason = _NO_NUMBER
    partial: str = ""
    indicium: Indicium | None = None


def read_part(reading: Reading, carriers: tuple[Carrier, ...], typed: bool | None) -> Part:
    """Interpret one reading; any text whatever gives an answer."""
    raw = reading.raw
    if len(raw) > MAX_PAYLOAD:
        facts = (("length", str(len(raw))), ("most", str(MAX_PAYLOAD)))
        return Part(PayloadKind.UNKNOWN, reason=Reason("payload_too_long", facts))
    part = _read(reading, carriers, typed)
    if reading.cut and part.candidates:
        return replace(part, candidates=tuple(_doubted(part.candidates, "beginning_missing") or part.candidates))
    return part


def _read(reading: Reading, carriers: tuple[Carrier, ...], typed: bool | None) -> Part:
    raw = reading.raw
    by_hand = reading.source is ReadingSource.TYPED if typed is None else typed
    scanned = unwrap(raw, reading.symbology)
    if not scanned.text.isalnum():
        answer = _not_plain(raw, scanned, carriers)
        if answer is not None:
            return answer
    return _interpret(scanned, carriers, by_hand)


def _not_plain(raw: str, scanned: ScannerText, carriers: tuple[Carrier, ...]) -> Part | None:
    """Payloads with more than letters and digits in them: nothing at all, messages, imprints of meters."""
    if not scanned.text:
        return Part(PayloadKind.UNKNOWN, reason=Reason("nothing_read"))
    if scanned.envelope is not None:
        return _envelope(scanned.envelope, scanned.text, carriers)
    imprint = read_indicium(_AIM_DATA_MATRIX.sub("", raw), scanned.symbology)
    if imprint is not None:
        reason = Reason("indicium", (("format", imprint.format),))
        return Part(PayloadKind.INDICIUM, scanned.text, reason=reason, indicium=imprint)
    if scanned.binary:
        return Part(PayloadKind.UNKNOWN, scanned.text, reason=Reason("binary_data"))
    return None


def _envelope(envelope: Envelope, text: str, carriers: tuple[Carrier, ...]) -> Part:
    for carrier in carriers:
        content = carrier.read_envelope(envelope)
        if content is not None:
            if content.candidate is not None:
                return Part(PayloadKind.TRACKING, text, (content.candidate,), content.destination)
            reason = Reason("number_incomplete")
            return Part(PayloadKind.ROUTING, text, (), content.destination, reason, content.partial)
    return Part(PayloadKind.UNKNOWN, text, reason=Reason("unknown_message"))


def _interpret(scanned: ScannerText, carriers: tuple[Carrier, ...], by_hand: bool) -> Part:
    text = scanned.text
    verdict = classify.bench_code(scanned) or classify.by_symbology(scanned) or classify.own_label(scanned)
    verdict = verdict or classify.marked_product(scanned)
    if verdict is not None:
        return _answer(text, verdict)
    candidates = _candidates(scanned, carriers, by_hand)
    verdict = classify.routing(scanned)
    if verdict is not None:
        doubted = [] if scanned.gs1 else _doubted(candidates, "routing_twin")
        return replace(_answer(text, verdict), candidates=tuple(doubted))
    verdict = None if _any_sound(candidates) else classify.unproved_gs1(scanned)
    if verdict is not None:
        return _answer(text, verdict)
    verdict = classify.bare_product(scanned)
    if verdict is not None:
        bare = scanned.symbology is None
        if not candidates or (bare and not any(one.good for one in candidates)):
            # Shapes without any proof stay in the background: a run for their carrier may still take them.
            shapes = tuple(one for one in candidates if one.check is Check.NONE)
            return replace(_answer(text, verdict), candidates=shapes)
        if bare and not by_hand:
            candidates = _doubted(candidates, "product_twin")
    if candidates and " " in scanned.plain and not _any_sound(candidates):  # a word may have been taken for a part
        candidates = without_words(scanned.plain, carriers) or candidates
    if candidates:
        if by_hand and not _any_sound(candidates):
            candidates = name_swaps(text, candidates, carriers)
        return Part(PayloadKind.TRACKING, text, tuple(candidates), reason=candidates[0].why)
    verdict = classify.words(scanned)
    if not text.isalnum() or " " in scanned.plain:
        candidates = in_link(scanned.plain, carriers) or without_words(scanned.plain, carriers)
        if candidates:
            return Part(PayloadKind.TRACKING, text, tuple(candidates), reason=candidates[0].why)
    if verdict is not None:
        return _answer(text, verdict)
    zeros = bool(text) and not text.replace(SEPARATOR, "").strip("0")
    return Part(PayloadKind.UNKNOWN, text, reason=Reason("all_zeros") if zeros else _NO_NUMBER)


def _answer(text: str, verdict: classify.Verdict) -> Part:
    kind, reason, destination = verdict
    return Part(kind, text, (), destination, reason)


def _doubted(candidates: Sequence[Candidate], reason: str) -> list[Candidate]:
    """Those whose check digit holds or that have none, as weak ones: the payload is likelier something else."""
    why = Reason(reason)
    return [replace(one, weak=True, why=why) for one in candidates if one.check is not Check.BAD]


def _candidates(scanned: ScannerText, carriers: tuple[Carrier, ...], by_hand: bool) -> list[Candidate]:
    text, symbology = scanned.text, scanned.symbology
    if not text.isascii():
        return []
    candidates = match(text, symbology, carriers)
    if candidates and (SEPARATOR not in text or _any_sound(candidates)):
        return candidates
    if SEPARATOR in text:
        return _in_parts(text, symbology, carriers) or candidates
    if by_hand and (repaired := letters_as_digits(text, symbology, carriers)):
        return repaired
    if symbology is None and text[:1] in _CODE_LETTERS:  # also of a line that a scanner's keys typed
        return _after_letter(text[1:], carriers)
    return []


def _any_sound(candidates: list[Candidate]) -> bool:
    for one in candidates:  # noqa: SIM110 - `any` takes longer than its generator has to do
        if one.check is not Check.BAD:
            return True
    return False


def _in_parts(text: str, symbology: Symbology | None, carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """A GS1 code whose separators stand elsewhere than the formats have them, or with more data behind the number."""
    parts = [part for part in text.split(SEPARATOR) if part]
    if len(parts) > _MOST_PARTS:
        return []
    best: list[Candidate] = []
    for attempt in ("".join(parts), SEPARATOR.join(parts[:2]), "".join(parts[:2]), *parts):
        candidates = match(attempt, symbology, carriers, own_shapes=True)
        if _any_sound(candidates):
            return candidates
        best = best or candidates
    return best


def _after_letter(text: str, carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """A payload behind the scanner's one-letter code identifier: only where the rest holds by itself.

    That is by its own check digit, or by a prefix of its own and so many characters that no other code has them.
    """
    least = Check.NONE if len(text) >= _LONG_PREFIXED else Check.OK
    own = [one for one in match(text, None, carriers, own_shapes=True) if one.good and one.check in (Check.OK, least)]
    if own:
        return own
    return _doubted([one for one in match(text, None, carriers) if one.check is Check.OK], "code_letter")
