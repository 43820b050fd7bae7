"""Answers of this interface with invented values, and what must come of them."""

import json

from mailroom.carriers._interface import AnswerExample
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome

_NUMBER = "9400100000000000000013"


def _event(code: str, words: str, local: str, utc: str = "", offset: str = "-06:00") -> dict[str, str | None]:
    known = {"GMTTimestamp": utc, "GMTOffset": offset} if utc else {}
    where: dict[str, str | None] = {
        "eventCity": "LINDEN",
        "eventState": "IA",
        "eventZIP": "50146",
        "eventCountry": None,
    }
    return {
        "eventCode": code,
        "eventType": words,
        "eventTimestamp": local,
        **known,
        **where,
        "authorizedAgent": "false",
    }


_ON_ITS_WAY = {
    "trackingNumber": _NUMBER,
    "mailClass": "USPS Ground Advantage<SUP>&#153;</SUP>",
    "statusCategory": "Moving Through Network",
    "expectedDeliveryTimeStamp": "2026-11-25T00:00:00",
    "proofOfDeliveryEnabled": "false",
    "trackingEvents": [
        _event("OF", "Out for Delivery", "2026-11-24T07:12:00", "2026-11-24T13:12:31Z"),
        # the moment in UTC is a day off, as it was seen: the local time and its offset hold
        _event("03", "USPS in possession of item", "2026-11-23T18:40:00", "2026-11-23T00:40:09Z"),
        _event("MA", "Pre-Shipment, USPS Awaiting Item", "2026-11-21T00:00:00"),
    ],
}
_NOT_YET = {
    "apiVersion": "/tracking/v3",
    "error": {
        "code": "400",
        "message": "A status update is not yet available on your Priority Mail<SUP>reg;</SUP> package.",
        "errors": [{"title": "No update", "detail": "", "code": "150001"}],
    },
}
_NAMED = {
    **_ON_ITS_WAY,
    "statusCategory": "Delivered",
    "trackingEvents": [
        _event("01", "Delivered, Front Desk", "2026-11-24T14:05:00", "2026-11-24T20:05:44Z") | {"name": "R OKAFOR"}
    ],
}

EXAMPLES: tuple[AnswerExample, ...] = (
    AnswerExample(
        "on its way, a day without an hour",
        json.dumps(_ON_ITS_WAY).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.OUT_FOR_DELIVERY,
        events=3,
        happened=("2026-11-24T07:12:00-06:00", "2026-11-23T18:40:00-06:00", "2026-11-21"),
    ),
    AnswerExample(
        "a batch in UTF-16",
        json.dumps([_NAMED]).encode("utf-16"),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.DELIVERED,
        events=1,
    ),
    AnswerExample("not yet", json.dumps(_NOT_YET).encode(), Outcome.NOT_YET_KNOWN, http_status=400),
    AnswerExample(
        "a shipper of its own", b'{"error":{"code":"403","message":"No"}}', Outcome.NO_ACCESS, http_status=403
    ),
    AnswerExample("a web page", b"<html><h1>503 Service Unavailable</h1>", Outcome.UNAVAILABLE, http_status=503),
)
