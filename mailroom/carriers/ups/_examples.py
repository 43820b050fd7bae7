"""Answers of this interface with invented values, and what must come of them."""

import json

from mailroom.carriers._interface import AnswerExample
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome

_NUMBER = "1Z0000000200000015"


def _activity(
    words: str, kind: str, code: str, fine: str, day: str, clock: str, offset: str = "-05:00", **utc: str
) -> dict[str, object]:
    place = {"city": "Camden", "stateProvince": "NJ", "countryCode": "US"}
    zone = {"gmtOffset": offset} if offset else {}
    status = {"type": kind, "code": code, "statusCode": fine, "description": words}
    return {"location": {"address": place}, "status": status, "date": day, "time": clock, **zone, **utc}


def _answer(*activities: dict[str, object], **more: object) -> bytes:
    package = {"trackingNumber": _NUMBER, "activity": list(activities), **more}
    return json.dumps({"trackResponse": {"shipment": [{"inquiryNumber": _NUMBER, "package": [package]}]}}).encode()


_DELIVERED = _answer(
    _activity("DELIVERED ", "D", "FS", "011", "20261124", "74700"),  # the zero at the front is lost
    _activity("Out For Delivery Today", "I", "OT", "021", "20261124", "061500", ""),
    _activity(
        "Departed from Facility", "I", "DP", "005", "20261123", "235900", "", gmtDate="20261124", gmtTime="45900"
    ),
    deliveryDate=[{"type": "SDD", "date": "20261125"}, {"type": "DEL", "date": "20261124"}],
    deliveryInformation={"receivedBy": "OKAFOR", "signature": {"image": "null"}},
)
_CUSTOMS = _answer(
    _activity("Your package was released by the customs agency.", "X", "SR", "003", "20261120", "071356")
)

EXAMPLES: tuple[AnswerExample, ...] = (
    AnswerExample(
        "delivered; a time without a zone, one whose zone follows from UTC",
        _DELIVERED,
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.DELIVERED,
        events=3,
        happened=("2026-11-24T07:47:00-05:00", "2026-11-24T06:15:00", "2026-11-23T23:59:00-05:00"),
    ),
    AnswerExample(
        "type X that is no trouble", _CUSTOMS, Outcome.FOUND, number=_NUMBER, status=Status.CUSTOMS, events=1
    ),
    AnswerExample(
        "nothing found, said with 200",
        b'{"trackResponse":{"shipment":[{"warnings":[{"code":"TW0001","message":"Not Found"}]}]}}',
        Outcome.NOT_YET_KNOWN,
    ),
    AnswerExample(
        "no number of theirs",
        b'{"response":{"errors":[{"code":"TV1002","message":"Invalid"}]}}',
        Outcome.UNKNOWN_NUMBER,
        http_status=400,
    ),
    AnswerExample(
        "an expired token",
        b'{"response":{"errors":[{"code":"251004","message":"Expired"}]}}',
        Outcome.BAD_CREDENTIALS,
        http_status=401,
    ),
)
