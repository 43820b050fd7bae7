"""Pitney Bowes shipping tracking: pieces whose postage was bought through it; the post's own code stands beside theirs.

The key belongs to the office's contract; base address and path differ between the two families of its interface.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

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
from mailroom.carriers.pitney_bowes._examples import EXAMPLES
from mailroom.domain.status import Status
from mailroom.domain.times import CarrierTime
from mailroom.domain.tracking import CarrierEvent, Outcome, ProofKind, ProofLink, TrackAnswer, latest_status
from mailroom.recognition.statuses import status_of

_OTHER_CODES = frozenset({"UPS", "FEDEX", "DHL"})
_US_CARRIERS = frozenset({"usps", "ups", "fedex"})


def build_requests(numbers: Sequence[str], keys: Keys) -> tuple[Request, ...]:
    """One call a number; `carrier` is USPS unless the office named another one."""
    query = (("packageIdentifierType", "TrackingNumber"), ("carrier", keys.get("carrier") or "USPS"))
    headers = (("X-PB-UnifiedErrorStructure", "true"), ("Accept-Language", "en-US"))
    return tuple(
        Request("GET", f"/shippingservices/v1/tracking/{one}", query, headers, numbers=(one,)) for one in numbers
    )


def build_token_request(keys: Keys) -> Request | None:
    """The call for a token by key and secret."""
    headers = (
        ("Authorization", basic(keys, "api_key", "api_secret")),
        ("Content-Type", "application/x-www-form-urlencoded"),
    )
    return Request("POST", "/oauth/token", headers=headers, body=b"grant_type=client_credentials")


def parse(body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What an answer says, one value a number; never raises."""
    read = loaded(body)
    errors = _errors(read)
    words = next((first_text(one, "errorDescription", "message", "additionalInfo") for one in errors), "")
    if refused := refusal(status, headers, words):
        return (refused,)
    if status == 404:
        return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words),)
    found = list(chain.from_iterable(_pieces(one) for one in mappings(read)))
    if found:
        return newest_of(found)
    if errors and status >= 400:
        return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words),)
    return (unreadable(),)


def _errors(read: object) -> list[Json]:
    inner = mapping(read).get("errors")
    found = mappings(inner if inner is not None else read)
    return [one for one in found if "errorCode" in one or "errorDescription" in one or "message" in one]


def _pieces(one: Json) -> list[TrackAnswer]:
    if "scanDetailsList" in one or "currentStatus" in one or "requestedIdentifier" in one:
        return [_piece(one)]
    found = []
    for reference in mappings(one.get("references")):  # events that somebody handed in, in their own shape
        events = cut(_event(event) for event in mappings(reference.get("events")))
        if events:
            number = text(reference.get("referenceValue"))
            found.append(TrackAnswer(Outcome.FOUND, number, latest_status(events), events=events))
    return found


def _piece(one: Json) -> TrackAnswer:
    posted = text(one.get("carrier")).upper() not in _OTHER_CODES
    events = cut(_event(event, posted=posted) for event in mappings(one.get("scanDetailsList")))
    now = mapping(one.get("currentStatus"))
    if now:
        head = _event(now, posted=posted)
        events = with_head(events, head) or (head,)
    said = status_of("pitney_bowes", category=text(one.get("status")))
    events = with_head(events, CarrierEvent(_delivered_at(one, said), said, text=text(one.get("status"))))
    status = latest_status(events)
    number = _number(one)
    if not events and status is Status.UNKNOWN:
        return TrackAnswer(Outcome.NOT_YET_KNOWN, number)
    signed = text(one.get("signedBy")) if status is Status.DELIVERED else ""
    if signed:
        events = tuple(replace(each, name_given=signed) if each.status is Status.DELIVERED else each for each in events)
    url = text(one.get("deliveryProofUrl"))
    proofs = (ProofLink(ProofKind.LETTER, url),) if url.startswith(("https://", "http://")) else ()
    return TrackAnswer(
        Outcome.FOUND, number, status, iso_day(text(one.get("estimatedDeliveryDate"))), events, signed, proofs
    )


def _delivered_at(one: Json, said: Status) -> CarrierTime | None:
    """The time that the head of a piece gives for its delivery."""
    if said is not Status.DELIVERED:
        return None
    given = f"{text(one.get('deliveryDate'))} {text(one.get('deliveryTime'))}".strip()
    return iso_time(given, text(one.get("deliveryTimeOffset")))


def _number(one: Json) -> str:
    """The carrier's own number: what was asked about, where the answer's is that with a routing code before it."""
    asked, given = (text(one.get(name)).replace(" ", "") for name in ("requestedIdentifier", "trackingNumber"))
    return asked if asked and (not given or given.endswith(asked)) else given


def _event(one: Json, *, posted: bool = True) -> CarrierEvent:
    """One event; `posted`: its scan type is a code of the post, whose letters mean other things with other carriers."""
    code = first_text(one, "scanType", "carrierEventCode")
    own = first_text(one, "standardizedEventCode", "eventCode", "l1Code")
    words = first_text(one, "scanDescription", "l1Description", "standardizedEventDescription", "l2Description")
    clock = text(one.get("eventTime"))
    given = f"{text(one.get('eventDate'))} {clock}".strip()
    latitude, longitude = text(one.get("latitude")), text(one.get("longitude"))
    return CarrierEvent(
        iso_time(given, text(one.get("eventTimeOffset"))),
        status_of(
            "pitney_bowes",
            code=code if posted else "",
            subcode=own,
            category=text(one.get("packageStatus")),
            text=words,
        ),
        code or own,
        words,
        place_of(
            text(one.get("eventCity")),
            text(one.get("eventStateOrProvince")),
            _postal_code(one),
            text(one.get("country")),
        ),
        gps=f"{latitude}, {longitude}" if latitude and longitude else "",
    )


def _postal_code(one: Json) -> str:
    """A ZIP code may come as a number, which has lost the zeros at its front."""
    given, country = one.get("postalCode"), text(one.get("country")).upper()
    number = isinstance(given, int) and not isinstance(given, bool) and country in ("US", "USA", "")
    return text(given).zfill(5) if number else text(given)


INTERFACE = Interface(
    id="pitney_bowes",
    name="Pitney Bowes",
    serves=_US_CARRIERS,
    address="https://shipping-api.pitneybowes.com",
    key_names=("api_key", "carrier", "api_secret"),
    optional_keys=("carrier",),
    build_requests=build_requests,
    parse=parse,
    build_token_request=build_token_request,
    proof_hosts=("pitneybowes.com", "usps.com"),
    limits=Limits(gap=1.0, quiet_zone="America/New_York", quiet_from=0, quiet_until=3),
    order=1,
    examples=EXAMPLES,
)
