"""Answers of this interface with invented values, and what must come of them."""

import json

from mailroom.carriers._interface import AnswerExample
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome

_NUMBER = "92023900000000000000000017"


def _scan(code: str, own: str, words: str, day: str, clock: str | None, offset: str | None) -> dict[str, object]:
    return {
        "scanType": code,
        "standardizedEventCode": own,
        "scanDescription": words,
        "eventDate": day,
        "eventTime": clock,
        "eventTimeOffset": offset,
        "eventCity": "Shelton",
        "eventStateOrProvince": "CT",
        "postalCode": 6484,
        "country": "US",
    }


_MOVING = {
    "requestedIdentifier": _NUMBER,
    "trackingNumber": "42006484" + _NUMBER,
    "carrier": "PBCS",
    "status": "InTransit",
    "signedBy": None,
    "estimatedDeliveryDate": "2026-11-26",
    "scanDetailsList": [
        _scan("OF", "OFD", "Out for Delivery", "2026-11-24", "06:40:10", "-05:00"),
        _scan("", "TRD", "In Transit", "2026-11-23", "22:10:00", None),
        _scan("LC", "LC", "Label created", "2026-11-22", None, None),
    ],
}

# `OF` is "at the origin's facility" with this carrier, "out for delivery" with the post
_OTHERS = _MOVING | {
    "carrier": "FEDEX",
    "scanDetailsList": [_scan("OF", "TRD", "", "2026-11-24", "06:40:10", "-05:00")],
}

EXAMPLES: tuple[AnswerExample, ...] = (
    AnswerExample(
        "on its way, old rows without an offset",
        json.dumps(_MOVING).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.OUT_FOR_DELIVERY,
        events=3,
        happened=("2026-11-24T06:40:10-05:00", "2026-11-23T22:10:00", "2026-11-22"),
    ),
    AnswerExample(
        "another carrier's codes",
        json.dumps(_OTHERS).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.IN_TRANSIT,
        events=1,
    ),
    AnswerExample(
        "an error",
        b'{"errors":[{"errorCode":"PB-T1","errorDescription":"No record"}]}',
        Outcome.UNKNOWN_NUMBER,
        http_status=404,
    ),
    AnswerExample("nothing at all", b"", Outcome.UNAVAILABLE),
)
