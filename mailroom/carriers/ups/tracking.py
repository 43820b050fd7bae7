"""UPS Track v1, and the message that Track Alert sends: read by the finest field first (statusCode, code, type)."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

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
    proof_file,
    refusal,
    text,
    unreadable,
    with_head,
)
from mailroom.carriers._interface import Interface, Keys, Limits, Request, basic
from mailroom.carriers.ups._examples import EXAMPLES
from mailroom.domain.status import Status
from mailroom.domain.times import CarrierTime
from mailroom.domain.tracking import CarrierEvent, Outcome, ProofFile, ProofKind, TrackAnswer, latest_status
from mailroom.recognition.statuses import status_of, taken_back

_NUMBER = re.compile(r"[0-9A-Z]{7,34}", re.ASCII)
_BAD_CREDENTIALS = frozenset({"250002", "250003", "250001", "251004"})
_UNKNOWN = frozenset({"TV1002", "TV1001", "151018", "151062"})
_ANNOUNCED = frozenset({"M", "P", ""})  # types of which an announced piece may be


def build_requests(numbers: Sequence[str], _keys: Keys) -> tuple[Request, ...]:
    """One call a number; every call has an id of its own, which UPS asks for."""
    query = (("locale", "en_US"), ("returnSignature", "true"), ("returnMilestones", "false"), ("returnPOD", "true"))
    return tuple(
        Request(
            "GET",
            f"/track/v1/details/{one}",
            query,
            (("transId", uuid.uuid5(uuid.NAMESPACE_URL, one).hex), ("transactionSrc", "Mailroom")),
            numbers=(one,),
        )
        for one in numbers
    )


def build_token_request(keys: Keys) -> Request | None:
    """The call for a token by the client's id and secret; the account's number where the office gave it."""
    headers = [
        ("Authorization", basic(keys, "client_id", "client_secret")),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ]
    if account := keys.get("account"):
        headers.append(("x-merchant-id", account))
    # its path lies outside the one that the other calls share: `..` goes up once
    return Request("POST", "/../security/v1/oauth/token", headers=tuple(headers), body=b"grant_type=client_credentials")


def parse(body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What an answer says, one value a number; never raises."""
    read = mapping(loaded(body))
    errors = mappings(mapping(read.get("response")).get("errors"))
    words = next((first_text(one, "message") for one in errors), "")
    codes = {first_text(one, "code") for one in errors}
    if codes & _UNKNOWN:
        return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words),)
    if refused := refusal(status, headers, words):
        return (refused,)
    if codes & _BAD_CREDENTIALS:
        return (TrackAnswer(Outcome.BAD_CREDENTIALS, words=words),)
    if status == 404 or "TW0001" in codes:
        return (TrackAnswer(Outcome.NOT_YET_KNOWN, words=words),)
    if "localActivityDate" in read or "activityStatus" in read:
        return (_alert(read),)
    if codes:
        return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words),)
    shipments = mappings(mapping(read.get("trackResponse")).get("shipment"))
    found = list(chain.from_iterable(_shipment(one) for one in shipments))
    return newest_of(found) if found else (unreadable(),)


def _shipment(one: Json) -> list[TrackAnswer]:
    inquiry = _number(one.get("inquiryNumber"))
    packages = mappings(one.get("package"))
    if packages:
        return [_package(package, inquiry) for package in packages]
    words = next((first_text(each, "message") for each in mappings(one.get("warnings"))), "")
    return [TrackAnswer(Outcome.NOT_YET_KNOWN, inquiry, words=words)]


def _package(one: Json, inquiry: str) -> TrackAnswer:
    number = _number(one.get("trackingNumber")) or inquiry
    delivery = mapping(one.get("deliveryInformation"))
    receiver = first_text(delivery, "receivedBy")
    activity = mappings(one.get("activity"))
    events = _by_day(cut(_event(event, receiver) for event in activity), activity, _delivered_on(one), receiver)
    events = with_head(events, _head(one, receiver))
    status = latest_status(events)
    if not events and status is Status.UNKNOWN:
        return TrackAnswer(Outcome.NOT_YET_KNOWN, number)
    signed = receiver if status is Status.DELIVERED else ""
    return TrackAnswer(Outcome.FOUND, number, status, _promise(one), events, signed, _proofs(delivery))


def _head(one: Json, receiver: str) -> CarrierEvent:
    """What the package itself says; its only time is that of a delivery."""
    now = mapping(one.get("currentStatus"))
    code, kind, words = first_text(now, "statusCode", "code"), text(now.get("type")), text(now.get("description"))
    status = status_of("ups", code=code, category=kind, text=words)
    day = _delivered_on(one)
    if status is Status.UNKNOWN and kind == "D" and day and not taken_back("ups", words, Status.DELIVERED):
        status = Status.DELIVERED
    if status is not Status.DELIVERED:
        return CarrierEvent(None, status, code or kind, words)
    clock = mapping(one.get("deliveryTime"))
    given = text(clock.get("endTime")) if text(clock.get("type")) == "DEL" else ""
    happened = between(_moment(day.replace("-", ""), given, ""), None)
    return CarrierEvent(happened, status, code or kind, words, name_given=receiver)


def _event(one: Json, receiver: str) -> CarrierEvent:
    said = mapping(one.get("status"))
    where = mapping(mapping(one.get("location")).get("address"))
    status = _status(said)
    return CarrierEvent(
        _time(one),
        status,
        first_text(said, "statusCode", "code", "type"),
        first_text(said, "description", "simplifiedTextDescription"),
        place_of(
            text(where.get("city")),
            text(where.get("stateProvince")),
            text(where.get("postalCode")),
            first_text(where, "countryCode", "country"),
        ),
        receiver if status is Status.DELIVERED else "",
    )


def _by_day(
    events: tuple[CarrierEvent, ...], activity: Sequence[Json], day: str, receiver: str
) -> tuple[CarrierEvent, ...]:
    """The events; where none says so in a code or in words, the newest of type D on the day of delivery is it.

    The type alone proves nothing: UPS also lists "loaded" and "out for delivery" under it.
    """
    if not day or any(one.status is Status.DELIVERED for one in events):
        return events
    for at, (event, one) in enumerate(zip(events, activity, strict=False)):
        kind, words = (text(mapping(one.get("status")).get(name)) for name in ("type", "description"))
        mute = event.status is Status.UNKNOWN and not taken_back("ups", words, Status.DELIVERED)
        if mute and kind == "D" and _day(text(one.get("date"))) == day:
            return (*events[:at], replace(event, status=Status.DELIVERED, name_given=receiver), *events[at + 1 :])
    return events


def _status(said: Json) -> Status:
    fine, code, kind = (text(said.get(name)) for name in ("statusCode", "code", "type"))
    words = text(said.get("description"))
    status = status_of("ups", code=fine, subcode=code, category=kind, text=words)
    if status is Status.LABEL_CREATED and kind not in _ANNOUNCED:  # what moves, or was stopped, is not only announced
        return status_of("ups", code=code, category=kind, text=words)
    return status


def _time(one: Json) -> CarrierTime | None:
    local = _moment(text(one.get("date")), text(one.get("time")), text(one.get("gmtOffset")))
    return between(local, _moment(text(one.get("gmtDate")), text(one.get("gmtTime")), "Z"))


def _moment(day: str, clock: str, offset: str) -> CarrierTime | None:
    """`20250218` and `110845` or `11:08:45`; the zero at the front of the clock may be lost: `74700`.

    Fewer digits could be hours and minutes, or minutes and seconds: then only the day is known.
    """
    if len(day) != 8 or not day.isdecimal():
        return None
    given = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    parts = clock.split(":")
    if len(parts) == 1 and len(clock) in (5, 6):
        digits = clock.zfill(6)
        parts = [digits[:2], digits[2:4], digits[4:]]
    if len(parts) not in (2, 3) or not all(one.isdecimal() and len(one) <= 2 for one in parts):
        return given_time(given)
    return given_time(f"{given} {':'.join(one.zfill(2) for one in parts)}", offset) or given_time(given)


def _promise(one: Json) -> str:
    """The date of a changed delivery before the one that was planned first; `DEL` is no promise."""
    days = {first_text(each, "type"): _day(text(each.get("date"))) for each in mappings(one.get("deliveryDate"))}
    return days.get("RDD") or days.get("SDD") or ""


def _delivered_on(one: Json) -> str:
    """The day of a delivery that took place, ISO; empty for none."""
    days = (
        _day(text(each.get("date"))) for each in mappings(one.get("deliveryDate")) if text(each.get("type")) == "DEL"
    )
    return next(filter(None, days), "")


def _day(given: str) -> str:
    return iso_day(f"{given[:4]}-{given[4:6]}-{given[6:]}") if len(given) == 8 else ""


def _proofs(delivery: Json) -> tuple[ProofFile, ...]:
    photo = mapping(delivery.get("deliveryPhoto")).get("photo")
    return (
        *proof_file(ProofKind.SIGNATURE, mapping(delivery.get("signature")).get("image")),
        *proof_file(ProofKind.PHOTO, photo),
        *proof_file(ProofKind.LETTER, mapping(delivery.get("pod")).get("content")),
    )


def _alert(read: Json) -> TrackAnswer:
    """The message of Track Alert: one event under other names."""
    said, where = mapping(read.get("activityStatus")), mapping(read.get("activityLocation"))
    local = _moment(text(read.get("localActivityDate")), text(read.get("localActivityTime")), "")
    utc = _moment(text(read.get("gmtActivityDate")), text(read.get("gmtActivityTime")), "Z")
    status = status_of(
        "ups", code=text(said.get("code")), category=text(said.get("type")), text=text(said.get("description"))
    )
    place = place_of(
        text(where.get("city")),
        text(where.get("stateProvince")),
        text(where.get("postalCode")),
        text(where.get("country")),
    )
    code, words = first_text(said, "code", "type"), text(said.get("description"))
    event = CarrierEvent(between(local, utc), status, code, words, place)
    promise = _day(text(read.get("scheduledDeliveryDate")))
    return TrackAnswer(Outcome.FOUND, _number(read.get("trackingNumber")), status, promise, (event,))


def _number(value: object) -> str:
    given = text(value).replace(" ", "")
    return given if _NUMBER.fullmatch(given) and any(map(str.isdigit, given)) else ""


INTERFACE = Interface(
    id="ups",
    name="UPS",
    serves=frozenset({"ups"}),
    address="https://onlinetools.ups.com/api",
    key_names=("client_id", "account", "client_secret"),
    optional_keys=("account",),
    build_requests=build_requests,
    parse=parse,
    build_token_request=build_token_request,
    limits=Limits(gap=1.0, kept_days=120),
    examples=EXAMPLES,
)
