"""EasyPost trackers: one call makes a tracker for a number, or gives the one that is there. A third party."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mailroom.carriers._answers import (
    Json,
    cut,
    first_text,
    iso_day,
    iso_time,
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
from mailroom.carriers._interface import Interface, Keys, Limits, Request, basic
from mailroom.carriers.easypost._examples import EXAMPLES
from mailroom.domain.status import Status
from mailroom.domain.tracking import CarrierEvent, Outcome, TrackAnswer, latest_status
from mailroom.recognition.statuses import status_of


def build_requests(numbers: Sequence[str], _keys: Keys) -> tuple[Request, ...]:
    """One call a number; the aggregator finds the carrier out by itself."""
    headers = (("Content-Type", "application/json"),)
    return tuple(
        Request(
            "POST",
            "/v2/trackers",
            headers=headers,
            body=json.dumps({"tracker": {"tracking_code": one}}).encode(),
            numbers=(one,),
        )
        for one in numbers
    )


def own_headers(keys: Keys) -> tuple[tuple[str, str], ...]:
    """The key goes with every call; there is no token."""
    return (("Authorization", basic(keys, "api_key")),)


def parse(body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What an answer says, one value a number; never raises."""
    read = loaded(body)
    error = mapping(mapping(read).get("error"))
    words = first_text(error, "message")
    if refused := refusal(status, headers, words):
        return (refused,)
    found = [_tracker(one) for one in _trackers(read)]
    if found:
        return newest_of(found)
    return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words) if error or status == 404 else unreadable(),)


def _trackers(read: object) -> Iterator[Json]:
    for one in mappings(read):
        if "tracking_code" in one:
            yield one
        yield from (inner for inner in mappings(one.get("trackers")) if "tracking_code" in inner)
        yield from (inner for inner in mappings(one.get("result")) if "tracking_code" in inner)


def _tracker(one: Json) -> TrackAnswer:
    """The tracker's own status holds where it says one: the order of its details is not always that of time."""
    number = text(one.get("tracking_code")).replace(" ", "")
    details = cut([_event(event) for event in mappings(one.get("tracking_details"))][::-1])
    said = status_of("easypost", code=text(one.get("status_detail")), category=text(one.get("status")))
    latest = latest_status(details)
    words = first_text(one, "status_detail", "status")
    details = with_head(details, CarrierEvent(None, said, text=words))
    coarse = said in (Status.UNKNOWN, Status.EXCEPTION)  # `failure` may be a loss, an attempt or a delay
    status = latest if coarse and latest is not Status.UNKNOWN else said
    if not details and status is Status.UNKNOWN:
        return TrackAnswer(Outcome.NOT_YET_KNOWN, number)
    signed = text(one.get("signed_by")) if status is Status.DELIVERED else ""
    if signed:
        details = tuple(
            replace(each, name_given=signed) if each.status is Status.DELIVERED else each for each in details
        )
    return TrackAnswer(Outcome.FOUND, number, status, iso_day(text(one.get("est_delivery_date"))), details, signed)


def _event(one: Json) -> CarrierEvent:
    where = mapping(one.get("tracking_location"))
    words, own = first_text(one, "message", "description"), first_text(one, "carrier_code")
    detail, state = text(one.get("status_detail")), text(one.get("status"))
    return CarrierEvent(
        iso_time(text(one.get("datetime"))),
        status_of("easypost", code=detail, category=state, text=words),
        own or detail or state,
        words,
        place_of(text(where.get("city")), text(where.get("state")), text(where.get("zip")), text(where.get("country"))),
    )


INTERFACE = Interface(
    id="easypost",
    name="EasyPost",
    serves=frozenset(),
    address="https://api.easypost.com",
    key_names=("api_key",),
    build_requests=build_requests,
    parse=parse,
    own_headers=own_headers,
    limits=Limits(gap=0.5),
    third_party=True,
    order=9,
    examples=EXAMPLES,
)
