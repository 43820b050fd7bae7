"""Answers of this interface with invented values, and what must come of them."""

import json

from mailroom.carriers._interface import AnswerExample
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome

_NUMBER, _OTHER, _TWICE = "449044304137821", "449044304137822", "449044304137823"


def _scan(
    code: str, words: str, moment: str, derived: str = "IT", exception: str = "", why: str = "Left at front door."
) -> dict[str, object]:
    where = {"city": "Reno", "stateOrProvinceCode": "NV", "postalCode": "89502", "countryCode": "US"}
    told = {"exceptionCode": exception, "exceptionDescription": why if exception else ""}
    return {
        "date": moment,
        "eventType": code,
        "eventDescription": words,
        "derivedStatusCode": derived,
        "scanLocation": where,
        **told,
    }


def _result(number: str, *scans: dict[str, object], **more: object) -> dict[str, object]:
    return {"trackingNumberInfo": {"trackingNumber": number}, "scanEvents": list(scans), **more}


_DELIVERED = _result(
    _NUMBER,
    _scan("DL", "Delivered", "2026-11-24T11:04:57-08:00", "DL", "014"),
    _scan("OC", "Shipment information sent to FedEx", "2026-11-23T08:43:00-08:00", "IN"),
    _scan("PU", "Picked up", "2026-11-23T00:00:00", "PU"),
    availableImages=[{"type": "SIGNATURE_PROOF_OF_DELIVERY"}],
    deliveryDetails={"receivedByName": "R.OKAFOR"},
    standardTransitTimeWindow={"window": {"ends": "2026-11-25T00:00:00+00:00"}},
)
_NOT_FOUND: dict[str, object] = {
    "trackingNumberInfo": {"trackingNumber": _OTHER},
    "error": {"code": "TRACKING.TRACKINGNUMBER.NOTFOUND", "message": "Cannot be found."},
}
_ADDRESS = _scan("DE", "Delivery exception", "2026-11-24T15:10:00-08:00", "SE", "03", "Incorrect address")
_NOBODY = _scan("DE", "Delivery exception", "2026-11-23T15:20:00-08:00", "SE", "08", "Customer not available")
_OLD = _result(_TWICE, _scan("DL", "Delivered", "2025-03-02T10:00:00-08:00", "DL"))
_NEW = _result(_TWICE, _scan("PU", "Picked up", "2026-11-22T17:20:00-08:00", "PU"))


def _answer(*results: tuple[str, list[dict[str, object]]]) -> bytes:
    found = [{"trackingNumber": number, "trackResults": some} for number, some in results]
    return json.dumps({"transactionId": "invented", "output": {"completeTrackResults": found}}).encode()


EXAMPLES: tuple[AnswerExample, ...] = (
    AnswerExample(
        "two numbers, one not found; a pick-up whose hour nobody gave",
        _answer((_NUMBER, [_DELIVERED]), (_OTHER, [_NOT_FOUND])),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.DELIVERED,
        events=3,
        happened=("2026-11-24T11:04:57-08:00", "2026-11-23T08:43:00-08:00", "2026-11-23"),
    ),
    AnswerExample(
        "a number used again: the newer piece",
        _answer((_TWICE, [_OLD, _NEW])),
        Outcome.FOUND,
        number=_TWICE,
        status=Status.ACCEPTED,
        events=1,
    ),
    AnswerExample(
        "an exception that is no attempt",
        _answer((_NUMBER, [_result(_NUMBER, _ADDRESS, _NOBODY)])),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.EXCEPTION,
        events=2,
    ),
    AnswerExample("not found", _answer((_OTHER, [_NOT_FOUND])), Outcome.UNKNOWN_NUMBER, number=_OTHER),
    AnswerExample(
        "no leave",
        b'{"errors":[{"code":"FORBIDDEN.ERROR","message":"We could not authorize your credentials."}]}',
        Outcome.NO_ACCESS,
        http_status=403,
    ),
    AnswerExample("too often", b"{}", Outcome.RATE_LIMITED, http_status=429, headers=(("Retry-After", "120"),)),
)
