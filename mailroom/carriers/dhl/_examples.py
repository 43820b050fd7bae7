"""Answers of this interface with invented values, and what must come of them."""

import json

from mailroom.carriers._interface import AnswerExample
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome

_NUMBER = "7000000011"


def _event(code: str, words: str, moment: str) -> dict[str, object]:
    where = {"address": {"countryCode": "DE", "postalCode": "04435", "addressLocality": "Leipzig"}}
    return {"timestamp": moment, "statusCode": code, "status": words, "description": words, "location": where}


_DELIVERED = {
    "id": 7000000011,
    "service": "express",
    "status": _event("delivered", "Delivered", "2026-11-24T09:30:00+01:00"),
    "estimatedTimeOfDelivery": "2026-11-24T00:00:00Z",
    "details": {"proofOfDelivery": {"signatureUrl": "string", "signed": {"name": "R. Okafor"}}},
    "events": [
        _event("delivered", "Delivered", "2026-11-24T09:30:00+01:00"),
        _event("transit", "Out for delivery", "2026-11-24T07:05:00"),
        _event("pre-transit", "Shipment information received", "2026-11-22T00:00:00"),
    ],
}
_FAILED = {
    "id": _NUMBER,
    "events": [_event("failure", "The shipment was returned to the sender", "2026-11-24T09:00:00Z")],
}

EXAMPLES: tuple[AnswerExample, ...] = (
    AnswerExample(
        "delivered; the number is a number; times with and without a zone",
        json.dumps({"shipments": [_DELIVERED]}).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.DELIVERED,
        events=3,
        happened=("2026-11-24T09:30:00+01:00", "2026-11-24T07:05:00", "2026-11-22"),
    ),
    AnswerExample(
        "a coarse code, told apart by its words",
        json.dumps({"shipments": [_FAILED]}).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.RETURNED,
        events=1,
    ),
    AnswerExample(
        "not found",
        b'{"title":"No result found","detail":"None","status":404,"instance":"/shipment/7000000011"}',
        Outcome.UNKNOWN_NUMBER,
        http_status=404,
        number=_NUMBER,
    ),
    AnswerExample("cut off", b'{"shipments":[{"id":"7000000011","ev', Outcome.UNAVAILABLE),
)
