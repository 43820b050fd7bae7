"""A whole round of asking carriers, against a server that plays them: what is asked when, and what goes on record."""

import base64
import dataclasses
import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailroom.carriers import all_interfaces
from mailroom.carriers.ups import tracking as ups_tracking
from mailroom.domain.operator import Operator, Role
from mailroom.domain.polling import (
    Budget,
    CarrierState,
    PieceAsked,
    after_answer,
    back_off,
    is_quiet,
    may_ask,
    next_ask,
)
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.domain.tracking import Outcome
from mailroom.errors import MailroomError
from mailroom.services import answered, deriving
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.store import open_store
from mailroom.wording.errors import error_remedy
from mailroom.wording.events import event_title
from mailroom.wording.tracking import outcome_words, why_not_words

UPS, FEDEX, USPS = "1Z999AA10123456784", "449044304137821", "9400100000000000000013"
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def ups_answer(*events: tuple[str, str, str]) -> dict[str, Any]:
    """`events`: words, statusCode, `20261120 101500`; newest first."""
    activity = [
        {
            "status": {"type": "M" if code == "003" else "I", "statusCode": code, "description": words},
            "date": moment[:8],
            "time": moment[9:],
            "gmtOffset": "-05:00",
            "location": {"address": {"city": "Camden", "stateProvince": "NJ"}},
        }
        for words, code, moment in events
    ]
    package = {"trackingNumber": UPS, "activity": activity}
    return {"trackResponse": {"shipment": [{"inquiryNumber": UPS, "package": [package]}]}}


LABEL = ("Label made", "003", "20261119 090000")
MOVING = ("Departed", "005", "20261120 091500")


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in all_interfaces():
        for name in one.key_names:
            if name not in one.optional_keys:
                monkeypatch.setenv(f"MAILROOM_{one.id}_{name}".upper(), "of-ours")


@pytest.fixture
def use(office: Office, who: Operator, keys: None, played: Any) -> Callable[..., None]:
    """Switch an interface on, at the played carriers."""

    def on(interface: str, **more: Any) -> None:
        office.tracking.change(who, interface, enabled=True, address=played.address, gap_ms=0, timeout=60, **more)

    yield on  # type: ignore[misc]
    office.tracking.close()


def record(office: Office, who: Operator, read: Callable[..., Any], number: str) -> str:
    result = office.intake.record(who, read(number))
    assert result.row is not None
    return str(result.row.shipment.id)


def events_of(office: Office, who: Operator, number: str) -> list[Any]:
    detail = office.shipments.by_number(who, number)
    return [one for one in detail.events if one.source is EventSource.CARRIER]


def commands(office: Office, kind: str) -> list[dict[str, Any]]:
    with office.intake.desk.store.read() as connection:
        rows = connection.exec_driver_sql(f"SELECT payload FROM command WHERE kind = '{kind}' ORDER BY position")
        return [json.loads(row[0]) for row in rows]


def test_an_answer_is_one_command_and_its_repeat_is_none(
    office: Office, who: Operator, read: Any, use: Any, played: Any
) -> None:
    use("ups")
    shipment_id = record(office, who, read, UPS)
    played.script[UPS] = [played.Says(body=ups_answer(MOVING, LABEL))]

    (first,) = office.tracking.ask(who, (shipment_id,))
    (again,) = office.tracking.ask(who, (shipment_id,))

    assert (first.outcome, first.added, again.added) == (Outcome.FOUND, 2, 0)
    (payload,) = commands(office, "carrier_answered")
    kept = office.intake.desk.store.blobs.read(payload["answer"]["body_gzip_sha256"])
    assert json.loads(gzip.decompress(kept)) == ups_answer(MOVING, LABEL)
    found = events_of(office, who, UPS)
    assert [(str(one.happened), one.status, one.source_name) for one in found] == [
        ("2026-11-20T09:15:00-05:00", Status.IN_TRANSIT, "UPS"),
        ("2026-11-19T09:00:00-05:00", Status.LABEL_CREATED, "UPS"),
    ]
    assert office.shipments.by_number(who, UPS).row.shipment.status is Status.IN_TRANSIT


def test_another_day_alone_is_on_record_and_no_movement(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    # GIVEN a carrier that puts its day off without an event
    use("ups")
    shipment_id = record(office, who, read, UPS)
    answers = [ups_answer(MOVING, LABEL) for _day in range(3)]
    for answer, day in zip(answers, ("20261123", "20261125", "20261125"), strict=True):
        answer["trackResponse"]["shipment"][0]["package"][0]["deliveryDate"] = [{"type": "SDD", "date": day}]
    played.script[UPS] = [played.Says(body=one) for one in answers]

    added = []
    for _time in answers:
        added.append(office.tracking.ask(who, (shipment_id,))[0].added)
        clock.forward(days=1)

    shipment = office.shipments.get(who, shipment_id).row.shipment
    assert added == [2, 1, 0]
    assert [str(one) for one in (shipment.promised_on, shipment.revised_on)] == ["2026-11-25", "2026-11-25"]
    assert (str(shipment.last_event_at), shipment.last_event_text) == ("2026-11-20T09:15:00-05:00", "Departed")
    note = events_of(office, who, UPS)[0]
    assert (note.kind, note.promised_on, event_title(note)) == (
        EventKind.NOTE,
        "2026-11-25",
        "The carrier gives another day",
    )
    assert not office.safety.check(who)


def test_a_later_table_reads_the_kept_answer_again(
    office: Office, who: Operator, read: Any, use: Any, played: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a release by customs whose finest code alone would say that there is only a label
    use("ups")
    shipment_id = record(office, who, read, UPS)
    answer = ups_answer(("Released by the customs agency", "003", "20261120 091500"), LABEL)
    released = answer["trackResponse"]["shipment"][0]["package"][0]["activity"][0]
    released["status"] |= {"type": "X", "code": "SR"}
    played.script[UPS] = [played.Says(body=answer)]
    office.tracking.ask(who, (shipment_id,))
    monkeypatch.setattr(deriving, "MAPPING_VERSION", "2099-01-01")

    done = office.timeline.derive_again(who)

    assert (done.looked_at, done.changed) == (2, 0)
    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.CUSTOMS
    # and what a later reader finds in it goes on record
    later = lambda _carrier, **_fields: Status.DELIVERED  # noqa: E731
    monkeypatch.setattr(ups_tracking, "status_of", later)
    assert office.timeline.derive_again(who).changed == 2
    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.DELIVERED


def test_what_an_earlier_reader_took_for_a_delivery_is_taken_back_from_the_kept_answer(
    office: Office, who: Operator, read: Any, use: Any, played: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN news of type D alone, recorded when that was taken for a delivery
    use("ups")
    shipment_id = record(office, who, read, UPS)
    answer = ups_answer(("Zorp gleamed", "987", "20261120 091500"), LABEL)
    answer["trackResponse"]["shipment"][0]["package"][0]["activity"][0]["status"]["type"] = "D"
    played.script[UPS] = [played.Says(body=answer)]
    with monkeypatch.context() as before:
        earlier = lambda _carrier, **given: Status.DELIVERED if given["category"] == "D" else Status.LABEL_CREATED  # noqa: E731
        before.setattr(ups_tracking, "status_of", earlier)
        before.setattr(answered, "MAPPING_VERSION", "2020-01-01")
        office.tracking.ask(who, (shipment_id,))
    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.DELIVERED

    done = office.timeline.derive_again(who)

    assert (done.looked_at, done.changed) == (2, 1)
    assert [one.status for one in events_of(office, who, UPS)] == [Status.UNKNOWN, Status.LABEL_CREATED]
    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.LABEL_CREATED


def test_a_round_asks_what_is_due_and_a_restart_keeps_the_back_off(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any, tmp_path: Path
) -> None:
    # GIVEN a carrier that is asked for the first time and is out of order
    use("ups")
    record(office, who, read, UPS)
    played.script[UPS] = [
        played.Says(503, b"<html>down</html>", {"Retry-After": "3600"}),
        played.Says(body=ups_answer(LABEL)),
        played.Says(body=ups_answer(MOVING, LABEL)),
    ]
    (first,) = office.tracking.ask_due(who)
    assert first.outcome is Outcome.UNAVAILABLE
    assert first.retry_at is not None

    # WHEN the program starts again within the hour
    store = office.intake.desk.store
    address = "" if store.engine_name == "sqlite" else str(store._writer.url.render_as_string(hide_password=False))
    store.close()
    again = make_office(open_desk(open_store(address, profile=tmp_path), clock), who)
    clock.forward(minutes=30)

    # THEN nobody asks before the hour is over, then it is asked once, and by its state again later
    try:
        assert again.tracking.ask_due(who) == ()
        ups = next(one for one in again.tracking.interfaces(who) if one.id == "ups")
        assert (ups.why_not, ups.due, ups.later) == ("waiting", 0, 1)
        clock.forward(minutes=31)
        assert [one.added for one in again.tracking.ask_due(who)] == [1]
        assert again.tracking.ask_due(who) == ()
        clock.forward(hours=14)
        assert [one.added for one in again.tracking.ask_due(who)] == [1]
        ups = next(one for one in again.tracking.interfaces(who) if one.id == "ups")
        assert (ups.state.failures, ups.why_not) == (0, "")
    finally:
        again.tracking.close()
        again.intake.desk.store.close()
    assert len(played.calls) == 3


@pytest.mark.parametrize(
    ("retry_at", "expected"),
    [
        (NOON + timedelta(hours=2), NOON + timedelta(hours=2)),
        (NOON + timedelta(days=9000), NOON + timedelta(days=7)),
        (NOON - timedelta(hours=2), NOON + timedelta(seconds=45)),
        (None, NOON + timedelta(seconds=45)),
    ],
)
def test_a_carrier_is_left_alone_as_long_as_it_says_and_at_most_a_week(
    retry_at: datetime | None, expected: datetime
) -> None:
    state = after_answer(CarrierState("ups"), Outcome.RATE_LIMITED, "", "", retry_at, NOON, 0.5)

    assert state.retry_at == expected


def test_no_access_is_lasting_and_offers_the_public_page(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    use("usps")
    shipment_id = record(office, who, read, USPS)
    played.script[USPS] = [played.Says(403, {"error": {"code": "403", "message": "Not the owner of the MID"}})]

    (asked,) = office.tracking.ask_due(who)
    clock.forward(days=9)
    assert office.tracking.ask_due(who) == ()
    (later,) = office.tracking.ask(who, (shipment_id,))

    assert (asked.outcome, later.outcome, later.reason) == (Outcome.NO_ACCESS, Outcome.NO_ACCESS, "lasting")
    assert asked.link.endswith(USPS)
    assert len(played.calls) == 1
    assert "not asked again" in outcome_words(asked.outcome, asked.reason, asked.words)
    (told,) = office.tracking.asked(who, shipment_id)
    assert told.outcome is Outcome.NO_ACCESS
    # WHEN new keys come, THEN it is asked about again
    with pytest.raises(MailroomError) as refused:
        office.tracking.keep_key(who, "usps", "client_secret", "another")
    assert refused.value.code == "no_key_store_for_carrier"
    assert "MAILROOM_USPS_CLIENT_SECRET" in error_remedy(refused.value)
    assert "PASSPHRASE" not in error_remedy(refused.value)
    office.tracking.change(who, "usps", address=played.address + "/other")
    assert len(office.tracking.ask_due(who)) == 1


def test_what_only_the_head_of_an_answer_says_ends_the_asking_once_it_is_on_record(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    # GIVEN an answer whose head alone says that the piece was delivered, at first without a time
    use("usps", per_hour=0)
    shipment_id = record(office, who, read, USPS)
    head = {"trackingNumber": USPS, "trackingEvents": [], "statusCategory": "Delivered"}
    summary = "Your item was delivered at 1:58 pm on November 20, 2026 in HERNANDO, FL 34442."
    played.script[USPS] = [
        *[played.Says(body=head) for _look in range(6)],
        played.Says(body=head | {"status": "Delivered, Parcel Locker", "statusSummary": summary}),
    ]

    # THEN it is no end: the piece is not delivered on record, and asked about on
    for _look in range(6):
        (asked,) = office.tracking.ask_due(who)
        assert (asked.status, asked.added, asked.unplaced) == (Status.DELIVERED, 0, 1)
        assert office.shipments.get(who, shipment_id).row.shipment.status is Status.LABEL_CREATED
        clock.forward(days=1)
    # WHEN the time stands in it, THEN it is delivered, and looked at three times more
    assert [one.added for one in office.tracking.ask_due(who)] == [1]
    shipment = office.shipments.get(who, shipment_id).row.shipment
    assert (shipment.status, str(shipment.last_event_at)) == (Status.DELIVERED, "2026-11-20T13:58")
    looks = 0
    for _day in range(9):
        clock.forward(days=1.2)
        looks += len(office.tracking.ask_due(who))
    assert looks == 2


def test_the_event_itself_takes_the_place_of_what_only_the_head_said(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    # GIVEN a delivery that the head of an answer tells first, then the head with other words, then a scan
    use("usps", per_hour=0)
    shipment_id = record(office, who, read, USPS)
    head = {"trackingNumber": USPS, "trackingEvents": [], "statusCategory": "Delivered"}
    summary = "Your item was delivered at {clock} on November 20, 2026 in HERNANDO, FL 34442."
    scan = {
        "eventType": "Delivered, Parcel Locker",
        "eventCode": "01",
        "eventTimestamp": "2026-11-20T13:58:00",
        "GMTOffset": "-05:00",
        "eventCity": "HERNANDO",
        "eventState": "FL",
        "eventZIP": "34442",
    }
    played.script[USPS] = [
        played.Says(body=head | {"status": "Delivered", "statusSummary": summary.format(clock="1:58 pm")}),
        played.Says(body=head | {"status": "Delivered, Locker", "statusSummary": summary.format(clock="1:59 pm")}),
        *[played.Says(body=head | {"trackingEvents": [scan]}) for _look in range(2)],
    ]
    added = []
    for _look in range(4):
        added += [one.added for one in office.tracking.ask(who, (shipment_id,))]
        clock.forward(days=1)

    # THEN the timeline has one delivery, the scan's, and nothing about the record is wrong
    assert added == [1, 0, 1, 0]
    events = [one for one in office.shipments.get(who, shipment_id).events if one.kind is EventKind.TRACKING]
    assert [(one.status, one.code, one.place) for one in events] == [(Status.DELIVERED, "01", "HERNANDO, FL 34442")]
    shipment = office.shipments.get(who, shipment_id).row.shipment
    assert str(shipment.status_at) == "2026-11-20T13:58:00-05:00"
    assert not office.safety.check(who)


def test_what_one_interface_may_not_tell_the_next_is_asked(
    office: Office, who: Operator, read: Any, use: Any, played: Any
) -> None:
    use("usps")
    use("pitney_bowes")
    shipment_id = record(office, who, read, USPS)
    scan = {
        "scanType": "OF",
        "scanDescription": "Out for Delivery",
        "eventDate": "2026-11-20",
        "eventTime": "06:40:10",
        "eventTimeOffset": "-05:00",
    }
    body = {"requestedIdentifier": USPS, "trackingNumber": USPS, "scanDetailsList": [scan]}
    answer = played.Says(body=body)
    refusal = played.Says(403, b"{}")
    played.respond = lambda seen: (
        None if "token" in seen.path else answer if seen.path.startswith("/shippingservices") else refusal
    )

    office.tracking.ask_due(who)

    assert office.shipments.get(who, shipment_id).row.shipment.status is Status.OUT_FOR_DELIVERY
    assert {one.interface for one in office.tracking.asked(who, shipment_id)} == {"usps", "pitney_bowes"}


def test_wrong_keys_stop_a_carrier_until_something_changes(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    use("ups")
    record(office, who, read, UPS)
    played.token_says = played.Says(
        401, {"response": {"errors": [{"code": "10401", "message": "ClientId is Invalid"}]}}
    )

    (asked,) = office.tracking.ask_due(who)
    clock.forward(days=3)

    assert asked.outcome is Outcome.BAD_CREDENTIALS
    assert office.tracking.ask_due(who) == ()
    ups = next(one for one in office.tracking.interfaces(who) if one.id == "ups")
    assert (ups.why_not, ups.state.words) == ("stopped", "ClientId is Invalid")
    played.token_says = None
    played.script[UPS] = [played.Says(body=ups_answer(LABEL))]
    office.tracking.change(who, "ups", timeout=6)
    assert [one.outcome for one in office.tracking.ask_due(who)] == [Outcome.FOUND]


@pytest.mark.parametrize(
    ("more", "says", "again_after", "words"),
    [
        ({}, {"status": 429, "headers": {"Retry-After": "5400"}}, 5400, "It is left alone until {moment}."),
        (
            {"per_hour": 1},
            {"status": 404, "body": {"response": {"errors": [{"code": "TW0001", "message": "None"}]}}},
            None,
            "The calls of this hour are used up. It can be asked again from {moment}.",
        ),
    ],
    ids=["waiting", "no calls left"],
)
def test_who_asks_too_early_hears_when_it_is_time(
    more: dict[str, Any],
    says: dict[str, Any],
    again_after: int | None,
    words: str,
    office: Office,
    who: Operator,
    read: Any,
    use: Any,
    played: Any,
    clock: Any,
) -> None:
    use("ups", **more)
    shipment_id = record(office, who, read, UPS)
    played.script[UPS] = [played.Says(**says)]
    office.tracking.ask(who, (shipment_id,))
    asked_at = clock.now

    (early,) = office.tracking.ask(who, (shipment_id,))

    hour = asked_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    expected = hour if again_after is None else asked_at + timedelta(seconds=again_after)
    assert early.retry_at is not None
    assert abs(early.retry_at - expected) < timedelta(minutes=1)
    told = outcome_words(early.outcome, early.reason, early.words, "noon")
    assert told == words.format(moment="noon")
    assert len(played.calls) == 1


def test_other_keys_in_the_environment_end_a_stop(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a carrier that does not take the keys
    use("fedex")
    record(office, who, read, FEDEX)
    played.token_says = played.Says(401, {"errors": [{"code": "NOT.AUTHORIZED.ERROR", "message": "No"}]})
    (asked,) = office.tracking.ask_due(who)
    assert asked.outcome is Outcome.BAD_CREDENTIALS

    # WHEN they stay as they are, THEN nobody asks; the timetable does not hold them
    clock.forward(days=1)
    assert office.tracking.ask_due(who) == ()
    with office.intake.desk.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM poll_carrier").all()
    assert "of-ours" not in str(rows)
    assert next(one for one in office.tracking.interfaces(who) if one.id == "fedex").why_not == "stopped"

    # WHEN another secret stands in the environment, THEN the stop is over
    monkeypatch.setenv("MAILROOM_FEDEX_CLIENT_SECRET", "another one")
    assert next(one for one in office.tracking.interfaces(who) if one.id == "fedex").why_not == ""
    played.token_says = None
    scan = {"date": "2026-11-20T08:04:57-05:00", "eventType": "PU", "eventDescription": "Picked up"}
    played.script[FEDEX] = [played.Says(body={"trackingNumber": FEDEX, "trackResults": [{"scanEvents": [scan]}]})]
    assert [one.outcome for one in office.tracking.ask_due(who)] == [Outcome.FOUND]
    assert next(one for one in office.tracking.interfaces(who) if one.id == "fedex").state.stopped == ""


def test_a_stop_for_want_of_rights_ends_with_other_keys_for_its_pieces_too(
    office: Office, who: Operator, read: Any, use: Any, played: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use("usps")
    shipment_id = record(office, who, read, USPS)
    played.token_says = played.Says(body={"access_token": "x", "scope": "addresses prices"})
    assert [one.reason for one in office.tracking.ask(who, (shipment_id,))] == ["scope_missing"]
    monkeypatch.setenv("MAILROOM_USPS_CLIENT_ID", "another one")
    played.token_says = None
    played.script[USPS] = [played.Says(body={"trackingNumber": USPS, "statusCategory": "Accepted"})]

    assert [one.outcome for one in office.tracking.ask(who, (shipment_id,))] == [Outcome.FOUND]


def test_three_pieces_in_one_refused_call_are_each_refused(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    use("fedex")
    for number in (FEDEX, "449044304137814", "449044304137890"):
        record(office, who, read, number)
    played.script["*"] = [played.Says(403, {"errors": [{"code": "FORBIDDEN.ERROR", "message": "Not yours"}]})]

    found = office.tracking.ask_due(who)
    clock.forward(days=9)

    assert [(one.outcome, one.words) for one in found] == [(Outcome.NO_ACCESS, "Not yours")] * 3
    assert office.tracking.ask_due(who) == ()


def test_every_call_counts_for_the_budget(office: Office, who: Operator, read: Any, use: Any, played: Any) -> None:
    use("ups", per_hour=50)
    shipment_id = record(office, who, read, UPS)
    played.script[UPS] = [played.Says(body=ups_answer(LABEL))]

    office.tracking.ask(who, (shipment_id,))

    ups = next(one for one in office.tracking.interfaces(who) if one.id == "ups")
    assert ups.left_hour == 50 - len(played.seen) == 48


def test_the_budget_of_an_hour_is_kept(
    office: Office, who: Operator, read: Any, use: Any, played: Any, clock: Any
) -> None:
    use("ups", per_hour=1)
    record(office, who, read, UPS)
    record(office, who, read, "1Z12345E0205271686")
    played.script["*"] = [played.Says(404, {"response": {"errors": [{"code": "TW0001", "message": "None"}]}})]

    office.tracking.ask_due(who)
    ups = next(one for one in office.tracking.interfaces(who) if one.id == "ups")

    assert len(played.calls) == 1
    assert (ups.why_not, ups.left_hour) == ("hour_full", 0)
    assert why_not_words(ups.why_not)
    clock.forward(hours=1)
    office.tracking.ask_due(who)
    assert len(played.calls) == 2


def test_the_proof_of_a_delivery_is_kept_once(office: Office, who: Operator, read: Any, use: Any, played: Any) -> None:
    from reportlab.pdfgen.canvas import Canvas

    use("fedex")
    shipment_id = record(office, who, read, FEDEX)
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(72, 72, "signature")
    canvas.save()
    scan = {"date": "2026-11-20T08:04:57-05:00", "eventType": "DL", "eventDescription": "Delivered"}
    result = {
        "trackingNumberInfo": {"trackingNumber": FEDEX},
        "scanEvents": [scan],
        "availableImages": [{"type": "SIGNATURE_PROOF_OF_DELIVERY"}],
        "deliveryDetails": {"receivedByName": "R.OKAFOR"},
    }
    document = {"output": {"documents": [base64.b64encode(page.getvalue()).decode()]}}
    played.script[FEDEX] = [played.Says(body={"trackingNumber": FEDEX, "trackResults": [result]})]
    played.respond = lambda seen: played.Says(body=document) if "trackingdocuments" in seen.path else None

    (first,) = office.tracking.ask(who, (shipment_id,))
    (again,) = office.tracking.ask(who, (shipment_id,))

    detail = office.shipments.get(who, shipment_id)
    assert (first.proofs, again.proofs) == (1, 0)
    assert [one.source_name for one in detail.attachments] == ["FedEx"]
    assert office.attachments.read(who, detail.attachments[0]) == page.getvalue()
    assert next(one for one in detail.events if one.status is Status.DELIVERED).name_given == "R.OKAFOR"


def test_a_trial_says_what_came_and_records_nothing(office: Office, who: Operator, use: Any, played: Any) -> None:
    use("ups")
    played.script[UPS] = [played.Says(body=ups_answer(LABEL))]

    tried = office.tracking.try_out(who, "ups", UPS)

    assert (tried.http_status, tried.answer.outcome, len(tried.answer.events)) == (200, Outcome.FOUND, 1)
    assert commands(office, "carrier_answered") == []


def test_only_who_may_change_an_interface_may_try_it_with_another_address(office: Office, who: Operator) -> None:
    manager = dataclasses.replace(who, role=Role.MANAGER)
    with pytest.raises(MailroomError) as refused:
        office.tracking.try_out(manager, "ups", UPS, {"address": "https://elsewhere.example"})

    assert refused.value.code == "not_allowed"


def test_a_trial_without_keys_says_so(office: Office, who: Operator) -> None:
    with pytest.raises(MailroomError) as refused:
        office.tracking.try_out(who, "dhl", "7000000011")

    assert refused.value.code == "carrier_keys_missing"
    assert "MAILROOM_DHL_API_KEY" in error_remedy(refused.value)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"address": "http://carrier.example"}, "carrier_address_bad"),
        ({"timeout": 0}, "setting_bad"),
        ({"colour": "red"}, "setting_unknown"),
    ],
)
def test_settings_that_cannot_be_are_refused(office: Office, who: Operator, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(MailroomError) as refused:
        office.tracking.change(who, "ups", **changes)

    assert refused.value.code == code


def asked(outcome: Outcome = Outcome.FOUND, status: Status = Status.IN_TRANSIT, **more: Any) -> PieceAsked:
    given = {"asked_at": NOON, "recorded_at": NOON - DAY, "changed_at": NOON} | more
    return PieceAsked("id", "ups", outcome=outcome, status=status, **given)


@pytest.mark.parametrize(
    ("piece", "hours"),
    [
        (asked(status=Status.LABEL_CREATED), 12),
        (asked(status=Status.IN_TRANSIT), 4),
        (asked(status=Status.OUT_FOR_DELIVERY), 1),
        (asked(status=Status.DELIVERED), 24),
        (asked(status=Status.DELIVERED, final_looks=3), None),
        (asked(status=Status.IN_TRANSIT, changed_at=NOON - 31 * DAY, recorded_at=NOON - 40 * DAY), 7 * 24),
        (asked(status=Status.IN_TRANSIT, recorded_at=NOON - 119.95 * DAY), None),  # the carrier keeps it 120 days
        (asked(Outcome.NOT_YET_KNOWN), 6),
        (asked(Outcome.UNKNOWN_NUMBER, recorded_at=NOON - 5 * DAY), 24),
        (asked(Outcome.UNKNOWN_NUMBER, recorded_at=NOON - 70 * DAY), None),
        (asked(Outcome.NO_ACCESS), None),
    ],
)  # fmt: skip
def test_how_soon_a_piece_is_asked_about_again(piece: PieceAsked, hours: int | None) -> None:
    at = next_ask(piece, Budget(kept_days=120))

    if hours is None:
        assert at is None
    else:
        assert at is not None
        assert 0.9 <= (at - NOON) / timedelta(hours=hours) <= 1.1


@pytest.mark.parametrize("id_", [f"piece {at}" for at in range(20)])
def test_a_piece_is_never_looked_at_more_often_than_its_carrier_allows(id_: str) -> None:
    budget, moments = Budget(per_piece_day=10), [NOON]
    while moments[-1] < NOON + DAY:
        piece = PieceAsked(*(id_, "dhl", moments[-1], Outcome.FOUND, NOON - DAY, NOON), status=Status.OUT_FOR_DELIVERY)
        at = next_ask(piece, budget)
        assert at is not None
        moments.append(at)

    assert len([one for one in moments if one < NOON + DAY]) <= 10


def test_a_carrier_in_trouble_is_left_alone_longer_and_longer_up_to_six_hours() -> None:
    longest = [back_off(failures, 1.0) for failures in range(15)]

    assert longest == sorted(longest)
    assert (longest[0], longest[-1]) == (timedelta(seconds=60), timedelta(hours=6))
    assert all(back_off(failures, 0.0) == timedelta(seconds=30) for failures in range(15))


def test_a_clock_that_ran_ahead_once_ends_no_asking() -> None:
    for ahead, why in ((timedelta(hours=6), "waiting"), (timedelta(days=7), "waiting"), (timedelta(days=365), "")):
        state = CarrierState("usps", failures=1, retry_at=NOON + ahead)
        assert may_ask(state, Budget(), NOON) == why, ahead


def test_quiet_hours_are_the_carriers_and_may_pass_midnight() -> None:
    eastern = Budget(quiet_zone="America/New_York", quiet_from=0, quiet_until=3)
    late = Budget(quiet_zone="UTC", quiet_from=22, quiet_until=5)

    assert [is_quiet(eastern, NOON.replace(hour=hour)) for hour in (4, 5, 7, 8)] == [False, True, True, False]
    assert [is_quiet(late, NOON.replace(hour=hour)) for hour in (21, 23, 4, 5)] == [False, True, True, False]
    assert may_ask(CarrierState("usps"), eastern, NOON.replace(hour=5)) == "quiet"
