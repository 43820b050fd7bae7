"""USPS Tracking, v3 (one number a call) and v3.2 (a batch), read by one tolerant reader.

The local time is as shown to people; beside it stands its offset. `GMTTimestamp` was seen a day off, so a moment is
the local time with that offset. Since April 2026 only the owner of the Mailer ID in the number is answered.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mailroom.carriers._answers import (
    Json,
    between,
    cut,
    first_text,
    given_time,
    iso_day,
    loaded,
    mapping,
    mappings,
    newest_of,
    place_of,
    refusal,
    text,
    unreadable,
    with_head,
)
from mailroom.carriers._interface import Interface, Keys, Limits, Request
from mailroom.carriers.usps._examples import EXAMPLES
from mailroom.domain.status import Status
from mailroom.domain.times import CarrierTime, parse_carrier_time
from mailroom.domain.tracking import CarrierEvent, Outcome, TrackAnswer, in_order, latest_status
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import status_of

# Codes inside HTTP 400, from the public list of errors.
_NOT_YET = frozenset({"150001", "150003", "150005", "150009", "150013"})
_NO_ACCESS = frozenset({"150004", "150008", "150012"})
_TOLD = re.compile(r"\bat (?P<clock>\d{1,2}:\d\d [ap]\.?m\.?) on (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})", re.ASCII)
_PROMISES = (
    "guaranteedDeliveryDate",
    "guaranteedDeliveryTimeStamp",
    "expectedDeliveryTimeStamp",
    "expectedDeliveryDate",
    "predictedDeliveryTimeStamp",
    "predictedDeliveryDate",
    "guaranteed",
    "expected",
    "predicted",
)


def build_requests(numbers: Sequence[str], keys: Keys) -> tuple[Request, ...]:
    """Calls of v3.2 where the office asks in batches (key `batch` is `yes`), else of v3, one a number."""
    if keys.get("batch") == "yes":
        body = json.dumps([{"trackingNumber": one} for one in numbers]).encode()
        headers = (("Content-Type", "application/json"),)
        return (Request("POST", "/tracking/v3r2/tracking", headers=headers, body=body, numbers=tuple(numbers)),)
    detail = (("expand", "DETAIL"),)
    return tuple(Request("GET", f"/tracking/v3/tracking/{one}", detail, numbers=(one,)) for one in numbers)


def build_token_request(keys: Keys) -> Request | None:
    """The call for a token by the client's id and secret."""
    given = {
        "client_id": keys.get("client_id", ""),
        "client_secret": keys.get("client_secret", ""),
        "grant_type": "client_credentials",
    }
    headers = (("Content-Type", "application/json"),)
    return Request("POST", "/oauth2/v3/token", headers=headers, body=json.dumps(given).encode())


def parse(body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What an answer says, one value a number; never raises."""
    read = loaded(body)
    words = _words(mapping(read))
    if refused := refusal(status, headers, words):
        return (refused,)
    if isinstance(read, dict) and "access_token" in read:  # a token that lacks the right to track
        scope = text(read.get("scope")).split()
        return (unreadable() if "tracking" in scope else TrackAnswer(Outcome.NO_ACCESS, reason="scope_missing"),)
    found = [_piece(one) for one in _pieces(read)]
    if found:
        return newest_of(found)
    if isinstance(read, dict) and "error" in read:
        return (_refused(read),)
    return (unreadable(),)


def _pieces(read: object) -> Iterator[Json]:
    """The objects that speak of one number: the answer itself, a list of them, or a list inside it."""
    for one in mappings(read):
        if "trackingNumber" in one or "trackingEvents" in one or "statusCategory" in one:
            yield one
            continue
        for inner in one.values():
            if isinstance(inner, list):
                yield from (piece for piece in mappings(inner) if "trackingNumber" in piece)


def _piece(one: Json) -> TrackAnswer:
    number = text(one.get("trackingNumber")).replace(" ", "")
    if "error" in one and not one.get("trackingEvents"):
        return replace(_refused(one), tracking_number=number)
    words = first_text(one, "status", "statusSummary")
    said = _said(one, words)
    events = cut(_event(event) for event in mappings(one.get("trackingEvents")))
    if said is Status.RETURNED:
        events = _came_back(events)
    if not events and said is Status.UNKNOWN and not words:
        return TrackAnswer(Outcome.NOT_YET_KNOWN, number)
    head = CarrierEvent(_told_time(text(one.get("statusSummary"))), said, text=words)
    events = with_head(events, head)
    status = latest_status(events)
    signed = next((event.name_given for event in events if event.status is Status.DELIVERED), "")
    return TrackAnswer(
        Outcome.FOUND,
        number,
        said if status is Status.UNKNOWN else status,
        _promise(one),
        events,
        signed_by=signed,
    )


def _said(one: Json, words: str) -> Status:
    category, summary = first_text(one, "statusCategory"), text(one.get("statusSummary"))
    said = status_of("usps", category=category, text=words)
    if said is Status.DELIVERED and status_of("usps", category=category, text=summary) is Status.RETURNED:
        return Status.RETURNED  # the summary alone may say to whom: "delivered to the original sender"
    return said


def _came_back(events: tuple[CarrierEvent, ...]) -> tuple[CarrierEvent, ...]:
    """The events; the newest, where it is a delivery, was one to the sender, of which only the head tells."""
    newest = next(iter(in_order(events)), None)
    if newest is None or newest.status is not Status.DELIVERED:
        return events
    return tuple(replace(one, status=Status.RETURNED) if one is newest else one for one in events)


def _event(one: Json) -> CarrierEvent:
    said, code = first_text(one, "eventType", "eventDescription"), first_text(one, "eventCode")
    status = status_of("usps", code=code, text=said)
    city, state, postal_code, country = (
        text(one.get(name)) for name in ("eventCity", "eventState", "eventZIP", "eventCountry")
    )
    reason = " ".join(part for part in (text(one.get("reasonCode")), text(one.get("actionCode"))) if part)
    return CarrierEvent(
        _time(one),
        status,
        code,
        said,
        place_of(city, state, postal_code, country),
        first_text(one, "name", "firm"),
        reason,
    )


def _time(one: Json) -> CarrierTime | None:
    given = first_text(one, "eventTimestamp", "eventDateTime")
    if not given and (day := text(one.get("eventDate"))):
        given = f"{day} {text(one.get('eventTime'))}".strip()
    time = given_time(given, text(one.get("GMTOffset")))
    return between(time, given_time(text(one.get("GMTTimestamp"))))


def _told_time(summary: str) -> CarrierTime | None:
    """The time in `Your item was delivered at 1:58 pm on November 22, 2024 in ...`: local, without a zone."""
    told = _TOLD.search(summary)
    try:
        return None if told is None else parse_carrier_time(f"{told['day']}, {told['clock']}")
    except MailroomError:
        return None


def _promise(one: Json) -> str:
    inner = mapping(one.get("deliveryDateExpectation"))
    for name in _PROMISES:
        for place in (one, inner):
            value = place.get(name)
            given = first_text(value, "date", "timeStamp", "start") if isinstance(value, dict) else text(value)
            if day := iso_day(given):
                return day
    return ""


def _refused(read: Json) -> TrackAnswer:
    error = mapping(read.get("error"))
    codes = {first_text(one, "code") for one in mappings(error.get("errors"))} | {text(error.get("code"))}
    words = _words(read)
    if codes & _NOT_YET:
        return TrackAnswer(Outcome.NOT_YET_KNOWN, words=words)
    if codes & _NO_ACCESS or "403" in codes:
        return TrackAnswer(Outcome.NO_ACCESS, words=words)
    if "401" in codes:
        return TrackAnswer(Outcome.BAD_CREDENTIALS, words=words)
    if isinstance(read.get("error"), str):  # an OAuth error
        return TrackAnswer(Outcome.BAD_CREDENTIALS, words=words)
    return TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words)


def _words(read: Json) -> str:
    error = read.get("error")
    if isinstance(error, str):
        return first_text(read, "error_description", "error")
    return first_text(mapping(error), "message")


INTERFACE = Interface(
    id="usps",
    name="USPS",
    serves=frozenset({"usps"}),
    address="https://apis.usps.com",
    key_names=("client_id", "client_secret"),
    build_requests=build_requests,
    parse=parse,
    build_token_request=build_token_request,
    batch_size=20,  # what v3.2 takes is not published, so a careful figure
    token_scope="tracking",  # noqa: S106 - a word, no secret
    limits=Limits(per_hour=50, gap=1.0, quiet_zone="America/New_York", quiet_from=0, quiet_until=3),
    examples=EXAMPLES,
)
