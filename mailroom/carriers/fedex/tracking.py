"""FedEx Track v1: up to 30 numbers a call; a number that is not found stands inside an answer of HTTP 200.

Pick-ups come as midnight without a zone: only their day is known.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

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
    proof_file,
    refusal,
    text,
    unreadable,
    with_head,
)
from mailroom.carriers._interface import Interface, Keys, Limits, Request
from mailroom.carriers.fedex._examples import EXAMPLES
from mailroom.domain.status import Status
from mailroom.domain.times import CarrierTime, Precision
from mailroom.domain.tracking import CarrierEvent, Outcome, ProofFile, ProofKind, TrackAnswer, latest_status
from mailroom.recognition.statuses import status_by_words, status_of

_SIGNATURE = "SIGNATURE_PROOF_OF_DELIVERY"
_MOST = 30  # numbers in one call
_BAD_CREDENTIALS = ("NOT.AUTHORIZED", "LOGIN.REAUTHENTICATE", "BAD.REQUEST.ERROR")
_NO_ACCESS = ("FORBIDDEN",)


def build_requests(numbers: Sequence[str], _keys: Keys) -> tuple[Request, ...]:
    """Calls for at most thirty numbers each."""
    found = []
    for start in range(0, len(numbers), _MOST):
        some = tuple(numbers[start : start + _MOST])
        asked = {
            "includeDetailedScans": True,
            "trackingInfo": [{"trackingNumberInfo": {"trackingNumber": one}} for one in some],
        }
        found.append(_post("/track/v1/trackingnumbers", asked, some))
    return tuple(found)


def build_token_request(keys: Keys) -> Request | None:
    """The call for a token by the client's id and secret."""
    given = {"grant_type": "client_credentials", "client_id": "", "client_secret": ""} | {
        name: keys.get(name, "") for name in ("client_id", "client_secret")
    }
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    return Request("POST", "/oauth/token", headers=headers, body=urlencode(given).encode())


def build_proof_request(number: str, keys: Keys) -> Request | None:
    """The call for the signature document of one number; with the account's number the whole signature is shown."""
    number_info: Json = {"trackingNumberInfo": {"trackingNumber": number}}
    if account := keys.get("account"):
        number_info["accountNumber"] = account
    asked = {
        "trackDocumentDetail": {"documentType": _SIGNATURE, "documentFormat": "PDF"},
        "trackDocumentSpecification": [number_info],
    }
    return _post("/track/v1/trackingdocuments", asked, (number,))


def parse_proof(body: bytes) -> tuple[ProofFile, ...]:
    """The documents in an answer, as far as they are pictures or PDFs."""
    output = mapping(mapping(loaded(body)).get("output"))
    given = output.get("documents")
    found: list[ProofFile] = []
    for one in given if isinstance(given, list) else [given]:
        found += proof_file(ProofKind.LETTER, one)
    return tuple(found)


def _post(path: str, asked: Json, numbers: tuple[str, ...]) -> Request:
    headers = (("Content-Type", "application/json"), ("X-locale", "en_US"))
    return Request("POST", path, headers=headers, body=json.dumps(asked).encode(), numbers=numbers)


def parse(body: bytes, status: int, headers: Mapping[str, str]) -> tuple[TrackAnswer, ...]:
    """What an answer says, one value a number; never raises."""
    read = mapping(loaded(body))
    errors = mappings(read.get("errors"))
    words = next((first_text(one, "message") for one in errors), "")
    codes = [first_text(one, "code") for one in errors]
    if refused := refusal(status, headers, words):
        return (refused,)
    found = list(_results(mapping(read.get("output"))))
    if found:
        return newest_of(found)
    if documents := parse_proof(body):
        return (TrackAnswer(Outcome.FOUND, proofs=documents),)
    for code in codes:
        return (_refused(code, words),)
    return (TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words) if status == 404 else unreadable(),)


def _refused(code: str, words: str) -> TrackAnswer:
    if code.startswith(_BAD_CREDENTIALS):
        return TrackAnswer(Outcome.BAD_CREDENTIALS, words=words)
    if code.startswith(_NO_ACCESS):
        return TrackAnswer(Outcome.NO_ACCESS, words=words)
    if code.startswith(("INTERNAL", "SERVICE.UNAVAILABLE")):
        return TrackAnswer(Outcome.UNAVAILABLE, words=words, reason="server_error")
    return TrackAnswer(Outcome.UNKNOWN_NUMBER, words=words)


def _results(output: Json) -> Iterator[TrackAnswer]:
    for one in mappings(output.get("completeTrackResults")):
        number = text(one.get("trackingNumber")).replace(" ", "")
        results = mappings(one.get("trackResults"))
        if not results and number:
            yield TrackAnswer(Outcome.UNKNOWN_NUMBER, number)
        for result in results:
            own = text(mapping(result.get("trackingNumberInfo")).get("trackingNumber")).replace(" ", "")
            yield _result(result, number or own)


def _result(one: Json, number: str) -> TrackAnswer:
    events = cut(_event(event) for event in mappings(one.get("scanEvents")))
    head = mapping(one.get("latestStatusDetail"))
    error = mapping(one.get("error"))
    said = status_of(
        "fedex",
        code=first_text(head, "code", "eventType"),
        category=first_text(head, "derivedCode", "derivedStatusCode"),
        text=first_text(head, "description", "statusByLocale", "eventDescription"),
    )
    if not events and said is Status.UNKNOWN:
        words = text(error.get("message"))
        return TrackAnswer(Outcome.UNKNOWN_NUMBER if error else Outcome.NOT_YET_KNOWN, number, words=words)
    words = first_text(head, "description", "statusByLocale", "eventDescription")
    code = first_text(head, "code", "eventType", "derivedCode", "derivedStatusCode")
    events = with_head(events, CarrierEvent(_head_time(one, said), said, code, words))
    status = latest_status(events)
    details = mapping(one.get("deliveryDetails"))
    signed = first_text(details, "signedByName", "receivedByName")
    if "signature" in signed.lower():  # as in "Signature not required": nobody's name
        signed = ""
    if status is Status.DELIVERED and signed:
        events = _named(events, signed)
    images = {first_text(image, "type") for image in mappings(one.get("availableImages"))}
    return TrackAnswer(
        Outcome.FOUND,
        number,
        status,
        _promise(one),
        events,
        signed if status is Status.DELIVERED else "",
        proof_on_request=_SIGNATURE in images,
    )


def _head_time(one: Json, said: Status) -> CarrierTime | None:
    """The time of a delivery as the head gives it; midnight is a day there, with or without a zone."""
    if said is not Status.DELIVERED:
        return None
    days = {first_text(each, "type"): text(each.get("dateTime")) for each in mappings(one.get("dateAndTimes"))}
    time = iso_time(days.get("ACTUAL_DELIVERY", ""))
    if time is not None and (time.local.hour, time.local.minute, time.local.second) == (0, 0, 0):
        return CarrierTime(time.local, None, Precision.DAY)
    return time


def _named(events: tuple[CarrierEvent, ...], name: str) -> tuple[CarrierEvent, ...]:
    return tuple(replace(one, name_given=name) if one.status is Status.DELIVERED else one for one in events)


def _event(one: Json) -> CarrierEvent:
    where = mapping(one.get("scanLocation"))
    code, exception = text(one.get("eventType")), text(one.get("exceptionCode"))
    words = first_text(one, "eventDescription", "derivedStatus")
    derived = first_text(one, "derivedStatusCode")
    delay = mapping(one.get("delayDetail"))
    why = first_text(one, "exceptionDescription") or first_text(delay, "subType", "type")
    told = status_by_words("fedex", why) is not Status.UNKNOWN  # `DE` covers attempts and wrong addresses
    status = status_of("fedex", code=code, subcode=exception, category=derived, text=why if told else words)
    return CarrierEvent(
        iso_time(text(one.get("date"))),
        status,
        code or derived,
        words,
        place_of(
            text(where.get("city")),
            text(where.get("stateOrProvinceCode")),
            text(where.get("postalCode")),
            text(where.get("countryCode")),
        ),
        reason=f"{exception} {why}".strip(),
    )


def _promise(one: Json) -> str:
    """The carrier's expected day before the day it committed to, before the ordinary one of the service."""
    days = {first_text(each, "type"): text(each.get("dateTime")) for each in mappings(one.get("dateAndTimes"))}
    for given in (
        days.get("ESTIMATED_DELIVERY", ""),
        _ends(one.get("estimatedDeliveryTimeWindow")),
        days.get("COMMITMENT", ""),
        _ends(one.get("standardTransitTimeWindow")),
    ):
        if day := iso_day(given):
            return day
    return ""


def _ends(window: object) -> str:
    inner = mapping(mapping(window).get("window"))
    return first_text(inner, "ends", "begins")


INTERFACE = Interface(
    id="fedex",
    name="FedEx",
    serves=frozenset({"fedex"}),
    address="https://apis.fedex.com",
    key_names=("client_id", "account", "client_secret"),
    optional_keys=("account",),
    build_requests=build_requests,
    parse=parse,
    numbers_a_call=_MOST,
    build_token_request=build_token_request,
    build_proof_request=build_proof_request,
    parse_proof=parse_proof,
    limits=Limits(gap=0.1, kept_days=730),
    examples=EXAMPLES,
)
