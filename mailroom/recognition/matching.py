"""From compact text to candidates: the formats of its length are tried, check digits reckoned, doubts noted."""

import re
from functools import lru_cache
from re import Match, Pattern

from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import Candidate, Check, Destination, Reason
from mailroom.recognition.formats import SEPARATOR, Carrier, NumberFormat

_CHECK_HOLDS = Reason("check_holds")
_CHECK_HOLDS_HERE = Reason("check_holds_shared_shape")
_ONLY_SHAPE = Reason("only_shape")
_UNUSUAL_CODE = Reason("unusual_code")
_NOWHERE = Destination()
_CHECK_ORDER = {Check.OK: 0, Check.NONE: 1, Check.BAD: 2}

_Entry = tuple[Carrier, NumberFormat, Pattern[str]]


@lru_cache(maxsize=512)
def _formats_of(carriers: tuple[Carrier, ...], length: int) -> tuple[_Entry, ...]:
    return tuple(
        (carrier, form, re.compile(form.pattern))
        for carrier in carriers
        for form in carrier.formats
        if length in form.lengths
    )


def match(
    text: str, symbology: Symbology | None, carriers: tuple[Carrier, ...], *, own_shapes: bool = False
) -> list[Candidate]:
    """Every format that the whole text has, as candidates in no order; a number of zeros only is none.

    `own_shapes`: leave out formats that other things at a mail desk share.
    """
    length = len(text)
    if SEPARATOR in text:
        length -= text.count(SEPARATOR)
    candidates = []
    for carrier, form, pattern in _formats_of(carriers, length):
        if own_shapes and not form.own_shape:
            continue
        found = pattern.fullmatch(text)
        if found is not None:
            candidate = _candidate(carrier, form, found, symbology)
            if candidate is not None:
                candidates.append(candidate)
    return candidates


def _candidate(
    carrier: Carrier, form: NumberFormat, found: Match[str], symbology: Symbology | None
) -> Candidate | None:
    parts = found.groupdict()
    number = form.number_prefix + parts["number"]
    if not number.strip("0"):
        return None
    check, expected, why, weak = Check.NONE, "", _ONLY_SHAPE, not form.own_shape
    if form.check is not None:
        body = parts["body"]
        if not body.strip("0"):
            return None
        right = form.check(body)
        weak = False
        if parts["check"] in right:
            check, why = Check.OK, _CHECK_HOLDS if form.own_shape else _CHECK_HOLDS_HERE
        elif form.must_hold:
            return None
        else:
            check, expected = Check.BAD, "".join(dict.fromkeys(right))
            why = Reason("check_wrong", (("read", parts["check"]), ("expected", "/".join(expected))))
    elif form.own_shape:
        why = Reason("prefix_fits", (("prefix", form.prefix),))
    if check is not Check.BAD:
        doubt = _UNUSUAL_CODE if _unusual(form, symbology) else form.doubt(found)
        if doubt is not None:
            weak, why = True, doubt
    service_code = parts.get("service") or ""
    postal_code = parts.get("postal_code") or ""
    if form.destination is not None:
        destination = form.destination(found)
    else:
        destination = Destination(postal_code, form.country) if postal_code.strip("0") else _NOWHERE
    return Candidate(
        carrier=carrier.id,
        tracking_number=number,
        check=check,
        format=form.id,
        piece=(form.piece or f"{carrier.id}:") + number,
        service=form.service or (form.service_name(service_code) if service_code else ""),
        service_code=service_code,
        weak=weak,
        destination=destination,
        why=why,
        expected_check=expected,
        role=form.role,
    )


def _unusual(form: NumberFormat, symbology: Symbology | None) -> bool:
    return symbology is not None and bool(form.symbologies) and symbology not in form.symbologies


@lru_cache(maxsize=64)
def _order(carriers: tuple[Carrier, ...]) -> dict[str, tuple[int, int, bool]]:
    """Format id -> (rank, place in the list, shares its shape)."""
    forms = [form for carrier in carriers for form in carrier.formats]
    return {form.id: (form.rank, at, not form.own_shape) for at, form in enumerate(forms)}


@lru_cache(maxsize=64)
def last_miles(carriers: tuple[Carrier, ...]) -> dict[str, str]:
    """Format id -> the carrier that delivers, of the formats that have one."""
    return {form.id: form.last_mile for carrier in carriers for form in carrier.formats if form.last_mile}


def ranked(
    candidates: list[Candidate], carriers: tuple[Carrier, ...], enabled: frozenset[str]
) -> tuple[Candidate, ...]:
    """Best first: good ones, the piece's main number, check ok before none before bad, own shapes, enabled carriers."""
    if len(candidates) < 2:
        return tuple(candidates)
    order = _order(carriers)

    def key(one: Candidate) -> tuple[object, ...]:
        rank, place, shared = order.get(one.format, (0, 0, False))
        return (
            not one.good,
            one.role != "primary",
            _CHECK_ORDER[one.check],
            shared,
            rank,
            bool(enabled) and one.carrier not in enabled,
            not one.destination.postal_code,
            place,
        )

    return tuple(sorted(candidates, key=key))
