"""DHL Shipment Tracking, Unified; the answers of MyDHL (Express) have other names for the same and are read, too.

Times come with a zone or without one, by the DHL unit that answers.
"""

from collections.abc import Mapping, Sequence
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
from mailroom.carriers._interface import Interface, Keys, Limits, Request
from mailroom.carriers.dhl._examples import EXAMPLES
from mailroom.domain.status import Status
from mailroom.domain.tracking import CarrierEvent, Outcome, ProofKind, ProofLink, TrackAnswer, latest_status
from mailroom.recognition.statuses import status_of

_PAGE = 5  # shipments in one answer
_LAST_PAGE = 4 * _PAGE


def build_requests(numbers: Sequence[str], keys: Keys) -> tuple[Request, ...]:
    """One call a number, of the unit that the office named where it did."""
    more = (("service", keys["service"]),) if keys.get("service") else ()
    return tuple(
        Request(
            "GET",
            "/shipments",
            (("trackingNumber", one), *more, ("language", "en"), ("offset", "0"), ("limit", str(_PAGE))),
            (("Accept", "application/json"),),
            numbers=(one,),
        )
        for one in numbers
    )


def own_headers(keys: Keys) -> tuple[tuple[str, str], ...]:
    """The key goes with every call; there is no token."""
    return (("DHL-API-Key", keys.get("api_key", "")),)


def next_request(body: bytes, request: Request) -> Request | None:
    """The next page, where this one is full: a number that several units use has many shipments."""
    shown = mappings(mapping(loaded(body)).get("shipments"))
    query = dict(request.query)
    offset = int(query.get("offset", "0")) + _PAGE
    if len(shown) < _PAGE or offset > _LAST_PAGE:
        return None
    return replace(request, query=tuple((query | {"offset": str(offset)}).items()))


def parse(body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What an answer says, one value a number; never raises."""
    read = mapping(loaded(body))
    words = first_text(read, "detail", "title")
    if refused := refusal(status, headers, words):
        return (refused,)
    found = [_shipment(one) for one in mappings(read.get("shipments"))]
    if found:
        return newest_of(found)
    if status == 404 or text(read.get("status")) == "404":
        asked = text(read.get("instance")).rpartition("/")[2]
        return (TrackAnswer(Outcome.UNKNOWN_NUMBER, asked if asked.isalnum() else "", words=words),)
    if status >= 400 and words:
        return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words),)
    return (TrackAnswer(Outcome.UNKNOWN_NUMBER) if read.get("shipments") == [] else unreadable(),)


def _shipment(one: Json) -> TrackAnswer:
    number = first_text(one, "id", "shipmentTrackingNumber").replace(" ", "")
    details = mapping(one.get("details"))
    proof = mapping(details.get("proofOfDelivery"))
    signer = mapping(proof.get("signed"))
    signed = first_text(signer, "name") or " ".join(
        part for part in (text(signer.get("givenName")), text(signer.get("familyName"))) if part
    )
    now = one.get("status")
    said = status_of("dhl", category=text(now), text=text(now))
    head = _event(now) if isinstance(now, dict) else CarrierEvent(None, said, text=text(now))
    events = with_head(cut(_event(event) for event in mappings(one.get("events"))), head)
    if not events and isinstance(now, dict) and (head.text or head.happened):
        events = (head,)
    status = latest_status(events)
    if not events and status is Status.UNKNOWN:
        return TrackAnswer(Outcome.NOT_YET_KNOWN, number)
    if status is not Status.DELIVERED:
        signed = ""
    if signed:
        events = tuple(replace(each, name_given=signed) if each.status is Status.DELIVERED else each for each in events)
    promise = iso_day(first_text(one, "estimatedTimeOfDelivery"))
    frame = mapping(one.get("estimatedDeliveryTimeFrame"))
    promise = promise or iso_day(first_text(frame, "estimatedThrough", "estimatedFrom"))
    return TrackAnswer(Outcome.FOUND, number, status, promise, events, signed, _proofs(proof))


def _event(one: Json) -> CarrierEvent:
    where = mapping(mapping(one.get("location")).get("address"))
    code, said = first_text(one, "statusCode", "typeCode"), text(one.get("status"))
    words = first_text(one, "description", "statusDetailed", "remark") or said
    given = text(one.get("timestamp")) or f"{text(one.get('date'))} {text(one.get('time'))}".strip()
    area = mapping(one.get("serviceArea"))
    place = place_of(
        text(where.get("addressLocality")), "", text(where.get("postalCode")), text(where.get("countryCode"))
    )
    return CarrierEvent(
        iso_time(given, text(one.get("GMTOffset"))),
        status_of("dhl", code=code, text=f"{said} {words}".strip()),
        code,
        words,
        place or first_text(area, "description", "code"),
        text(one.get("signedBy")),
        text(one.get("remark")) if text(one.get("remark")) != words else "",
    )


def _proofs(proof: Json) -> tuple[ProofLink, ...]:
    found = []
    for kind, name in ((ProofKind.SIGNATURE, "signatureUrl"), (ProofKind.LETTER, "documentUrl")):
        url = text(proof.get(name))
        if url.startswith(("https://", "http://")):
            found.append(ProofLink(kind, url))
    return tuple(found)


INTERFACE = Interface(
    id="dhl",
    name="DHL",
    serves=frozenset({"dhl"}),
    address="https://api-eu.dhl.com/track",
    key_names=("service", "api_key"),
    optional_keys=("service",),
    build_requests=build_requests,
    parse=parse,
    own_headers=own_headers,
    next_request=next_request,
    proof_hosts=("dhl.com", "dhl.de"),
    limits=Limits(per_day=240, per_piece_day=10, gap=5.0, kept_days=90),
    examples=EXAMPLES,
)
