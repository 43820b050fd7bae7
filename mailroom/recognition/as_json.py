"""A recognition as the object that `mailroom identify` prints."""

from collections.abc import Callable

from mailroom.domain.indicium import Indicium
from mailroom.domain.recognition import Candidate, Check, Destination, Reason, Recognition


def identify_object(recognition: Recognition, say: Callable[[Reason], str]) -> dict[str, object]:
    """Plain data for JSON: carrier and number of the best good candidate, else null; unknown values are null.

    `say` makes a sentence of a reason in the reader's language. The payload is that of the reading which gave the
    best candidate.
    """
    best = recognition.best
    first = best or next(iter(recognition.candidates), None)
    readings = recognition.readings
    source = readings[first.reading_index if first else 0] if readings else None
    destination = first.destination if first and first.destination.postal_code else recognition.destination
    imprint = {} if recognition.indicium is None else {"indicium": _indicium(recognition.indicium)}
    return {
        "payload": source.raw if source else "",
        "kind": str(recognition.kind),
        "carrier": best.carrier if best else None,
        "tracking_number": best.tracking_number if best else None,
        "service": (first.service if first else "") or None,
        "service_code": (first.service_code if first else "") or None,
        "check": str(first.check if first else Check.NONE),
        "destination": _destination(destination),
        **imprint,
        "candidates": [_candidate(one, say) for one in recognition.candidates],
    }


def _indicium(imprint: Indicium) -> dict[str, object]:
    money = imprint.postage
    return {
        "format": imprint.format,
        "meter": imprint.meter,
        "piece": imprint.piece,
        "postage": None if money is None else {"amount": money.amount, "currency": money.currency},
        "mailed_on": None if imprint.mailed_on is None else imprint.mailed_on.isoformat(),
        "unconfirmed": list(imprint.unconfirmed),
    }


def _destination(destination: Destination) -> dict[str, object]:
    return {"postal_code": destination.postal_code or None, "country": destination.country or None}


def _candidate(one: Candidate, say: Callable[[Reason], str]) -> dict[str, object]:
    return {
        "carrier": one.carrier,
        "tracking_number": one.tracking_number,
        "service": one.service or None,
        "check": str(one.check),
        "weak": one.weak,
        "why": say(one.why),
    }
