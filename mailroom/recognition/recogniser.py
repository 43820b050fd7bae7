"""From the readings of one label to one recognition: the tracking code chosen among all codes, the rest as help."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from mailroom.domain.reading import Reading
from mailroom.domain.recognition import Candidate, Check, Destination, PayloadKind, Reason, Recognition
from mailroom.recognition.formats import Carrier
from mailroom.recognition.matching import last_miles, ranked
from mailroom.recognition.reading import Part, read_part

# What a label is, where it has no tracking code: the first of these that one of its codes is.
_KINDS = (
    PayloadKind.ROUTING,
    PayloadKind.INDICIUM,
    PayloadKind.PRODUCT,
    PayloadKind.TEXT,
    PayloadKind.UNKNOWN,
)
# Reasons of candidates whose shape other carriers' numbers have too.
_SHARED_WHY = frozenset({"check_holds_shared_shape", "only_shape", "check_wrong", "product_twin", "routing_twin"})
_DISAGREE = Reason("codes_disagree")
_RETURN_RECEIPT, _PARTNER = "return_receipt", "partner"


def recognise(
    readings: Sequence[Reading],
    carriers: Sequence[Carrier],
    *,
    enabled: Collection[str] = (),
    typed: bool | None = None,
) -> Recognition:
    """What one reading, or all codes of one label, may mean.

    `enabled`: ids of the office's carriers, which go first among equals. `typed` says whether a person typed the
    text (letters O and I may stand for digits then); None: as the reading's source says.
    """
    table = carriers if isinstance(carriers, tuple) else tuple(carriers)
    preferred = frozenset(enabled)
    if len(readings) == 1:
        part = read_part(readings[0], table, typed)
        return _single(tuple(readings), part, table, preferred)
    return _label(tuple(readings), [read_part(one, table, typed) for one in readings], table, preferred)


def _single(
    readings: tuple[Reading, ...], part: Part, carriers: tuple[Carrier, ...], enabled: frozenset[str]
) -> Recognition:
    candidates = _without_noise(ranked(list(part.candidates), carriers, enabled), enabled)
    destination = candidates[0].destination if candidates else part.destination
    return Recognition(
        readings,
        part.kind,
        candidates,
        destination if destination.postal_code or destination.country else part.destination,
        candidates[0].why if candidates and part.kind is PayloadKind.TRACKING else part.reason,
        part.text,
        part.indicium,
    )


def _without_noise(candidates: tuple[Candidate, ...], enabled: frozenset[str]) -> tuple[Candidate, ...]:
    """Wrong check digits go where a number of the office's own carriers holds: the clerk has nothing to decide there.

    They stay beside a number of a carrier that the office does not use: it may be the other one, misread.
    """
    if len(candidates) < 2 or not any(one.good and (not enabled or one.carrier in enabled) for one in candidates):
        return candidates
    return tuple(one for one in candidates if one.check is not Check.BAD)


def _label(
    readings: tuple[Reading, ...], parts: list[Part], carriers: tuple[Carrier, ...], enabled: frozenset[str]
) -> Recognition:
    found: dict[tuple[str, str], Candidate] = {}
    for index, part in enumerate(parts):
        for one in part.candidates:
            one = replace(one, reading_index=index)
            twin = found.get((one.carrier, one.tracking_number))
            found[one.carrier, one.tracking_number] = one if twin is None else _joined(twin, one)
    candidates = _one_piece(_proven(found), carriers)
    candidates = _agreeing(candidates, parts)
    ordered = _without_noise(ranked(candidates, carriers, enabled), enabled)
    destination = _destination(ordered, parts)
    if ordered and ordered[0].good and not ordered[0].destination.postal_code and destination.postal_code:
        piece = ordered[0].piece
        ordered = tuple(replace(one, destination=destination) if one.piece == piece else one for one in ordered)
    kind, reason, text = _summary(ordered, parts)
    imprint = next((part.indicium for part in parts if part.indicium is not None), None)
    return Recognition(readings, kind, ordered, destination, reason, text, imprint)


def _joined(one: Candidate, other: Candidate) -> Candidate:
    """The same number read from two codes: the one that speaks more for itself, with what only the other knows."""
    first, second = (other, one) if _weight(other) > _weight(one) else (one, other)
    return replace(
        first,
        service=first.service or second.service,
        service_code=first.service_code or second.service_code,
        destination=first.destination if first.destination.postal_code else second.destination,
    )


def _weight(one: Candidate) -> tuple[bool, bool, bool]:
    return one.good, one.check is Check.OK, one.why.code not in _SHARED_WHY


def _proven(found: dict[tuple[str, str], Candidate]) -> list[Candidate]:
    """Without candidates that only share a shape, where another code names the same number's carrier by itself."""
    named = {one.tracking_number: one.piece for one in found.values() if one.good and one.why.code not in _SHARED_WHY}
    return [
        one
        for one in found.values()
        if one.why.code not in _SHARED_WHY or named.get(one.tracking_number, one.piece) == one.piece
    ]


def _one_piece(candidates: list[Candidate], carriers: tuple[Carrier, ...]) -> list[Candidate]:
    """Numbers of one piece that do not look alike: a partner's own, and that of a return receipt card."""
    good = [one for one in candidates if one.good]
    if len({one.piece for one in good}) < 2:
        return candidates
    delivers = last_miles(carriers)
    partners = {delivers[one.format] for one in good if one.format in delivers}
    pieces = {one.piece for one in good if one.role != _RETURN_RECEIPT and one.carrier not in partners}
    if len(pieces) != 1:
        return candidates
    piece = pieces.pop()
    return [
        replace(one, piece=piece, role=one.role if one.role == _RETURN_RECEIPT else _PARTNER)
        if one.good and one.piece != piece
        else one
        for one in candidates
    ]


def _agreeing(candidates: list[Candidate], parts: list[Part]) -> list[Candidate]:
    """Weak all, where a 2-D message names the end of another number: two labels are in view, or one is misread."""
    ends = [part.partial for part in parts if part.partial]
    if not ends or not any(one.good for one in candidates):
        return candidates
    if any(one.good and one.tracking_number.endswith(end) for one in candidates for end in ends):
        return candidates
    return [replace(one, weak=True, why=_DISAGREE) if one.good else one for one in candidates]


def _destination(candidates: tuple[Candidate, ...], parts: list[Part]) -> Destination:
    """That of the best candidate's piece, else of a 2-D message or routing code: the one with most digits."""
    for one in candidates:
        if one.piece == candidates[0].piece and one.destination.postal_code:
            return one.destination
    known = [part.destination for part in parts if part.destination.postal_code]
    return max(known, key=lambda one: len(one.postal_code), default=Destination())


def _summary(candidates: tuple[Candidate, ...], parts: list[Part]) -> tuple[PayloadKind, Reason, str]:
    """Kind, reason and matched text of a label: those of its tracking code, else of the most telling other code."""
    if any(part.kind is PayloadKind.TRACKING for part in parts):
        text = parts[candidates[0].reading_index].text if candidates else ""
        return PayloadKind.TRACKING, candidates[0].why if candidates else Reason("not_a_tracking_number"), text
    for kind in _KINDS:
        for part in parts:
            if part.kind is kind:
                return kind, part.reason, part.text
    return PayloadKind.UNKNOWN, Reason("nothing_read"), ""
