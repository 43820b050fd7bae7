"""Answers of this interface with invented values, and what must come of them."""

import json

from mailroom.carriers._interface import AnswerExample
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome

_NUMBER = "1Z0000000200000015"


def _detail(words: str, state: str, moment: str, detail: str | None = None) -> dict[str, object]:
    where = {"city": "Omaha", "state": "NE", "zip": "68102", "country": "US"}
    return {"message": words, "status": state, "status_detail": detail, "datetime": moment, "tracking_location": where}


_TRACKER = {
    "object": "Tracker",
    "tracking_code": _NUMBER,
    "status": "delivered",
    "signed_by": "R Okafor",
    "est_delivery_date": "2026-11-25T00:00:00Z",
    "tracking_details": [
        _detail("ORIGIN SCAN", "in_transit", "2026-11-22T14:48:00Z"),
        _detail("DELIVERED", "delivered", "2026-11-24T10:51:54Z"),
    ],
}

_LOST = _detail("NO TRACE OF IT", "failure", "2026-11-24T10:51:54Z", "lost")

EXAMPLES: tuple[AnswerExample, ...] = (
    AnswerExample(
        "delivered; the oldest stands first",
        json.dumps({"object": "Event", "result": _TRACKER}).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.DELIVERED,
        events=2,
        happened=("2026-11-24T10:51:54+00:00", "2026-11-22T14:48:00+00:00"),
    ),
    AnswerExample(
        "a failure whose detail is a loss",
        json.dumps(_TRACKER | {"status": "failure", "tracking_details": [_LOST]}).encode(),
        Outcome.FOUND,
        number=_NUMBER,
        status=Status.LOST,
        events=1,
    ),
    AnswerExample(
        "a refusal",
        b'{"error":{"code":"TRACKER.CREATE.ERROR","message":"Invalid"}}',
        Outcome.UNKNOWN_NUMBER,
        http_status=422,
    ),
)
