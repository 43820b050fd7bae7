"""Answers that say less than they seem to, or say it in an odd place."""

import json
from typing import Any

import pytest

from mailroom.carriers import all_interfaces
from mailroom.domain.status import Status
from mailroom.domain.tracking import TrackAnswer

BY_ID = {one.id: one for one in all_interfaces()}
UPS, USPS = "1Z0000000200000015", "9400100000000000000013"


def read(interface: str, body: dict[str, Any]) -> TrackAnswer:
    (answer,) = BY_ID[interface].parse(json.dumps(body).encode(), 200, {})
    return answer


def ups(*activity: dict[str, Any], **more: Any) -> TrackAnswer:
    package = {"trackingNumber": UPS, "activity": list(activity), **more}
    return read("ups", {"trackResponse": {"shipment": [{"inquiryNumber": UPS, "package": [package]}]}})


def told(kind: str, words: str = "", code: str = "", day: str = "20261124", clock: str = "101500") -> dict[str, Any]:
    status = {"type": kind, "statusCode": code, "description": words}
    return {"status": status, "date": day, "time": clock, "gmtOffset": "-05:00"}


def delivered_on(day: str) -> list[dict[str, str]]:
    return [{"type": "SDD", "date": "20261123"}, {"type": "DEL", "date": day}]


@pytest.mark.parametrize(
    ("activity", "more", "status"),
    [
        (told("D"), {}, Status.UNKNOWN),
        (told("D", "Loaded on a truck of ours"), {}, Status.UNKNOWN),
        (told("D", "Out for delivery"), {}, Status.OUT_FOR_DELIVERY),
        (told("D", "DELIVERED "), {}, Status.DELIVERED),
        (told("D", code="011"), {}, Status.DELIVERED),
        (told("D"), {"deliveryDate": delivered_on("20261124")}, Status.DELIVERED),
        (told("D"), {"deliveryDate": delivered_on("20261125")}, Status.UNKNOWN),
        (told("D", "Not yet delivered"), {"deliveryDate": delivered_on("20261124")}, Status.UNKNOWN),
        (told("D"), {"deliveryDate": [{"type": "SDD", "date": "20261124"}]}, Status.UNKNOWN),
        (told("I"), {"deliveryDate": delivered_on("20261124")}, Status.IN_TRANSIT),
    ],
)
def test_the_type_d_alone_proves_no_delivery(activity: dict[str, Any], more: dict[str, Any], status: Status) -> None:
    answer = ups(activity, **more)

    assert (answer.status, answer.events[0].status) == (status, status)


def test_the_day_of_delivery_makes_one_event_the_delivery() -> None:
    answer = ups(
        told("D", clock="150000"),
        told("D", clock="080000"),
        deliveryDate=delivered_on("20261124"),
        deliveryInformation={"receivedBy": "OKAFOR"},
    )

    assert [one.status for one in answer.events] == [Status.DELIVERED, Status.UNKNOWN]
    assert [one.name_given for one in answer.events] == ["OKAFOR", ""]


@pytest.mark.parametrize(
    ("clock", "happened"),
    [
        ("110845", "2026-11-24T11:08:45-05:00"),
        ("74700", "2026-11-24T07:47:00-05:00"),  # the zero at the front is lost
        ("11:08:45", "2026-11-24T11:08:45-05:00"),
        ("7:47:00", "2026-11-24T07:47:00-05:00"),
        ("11:08", "2026-11-24T11:08-05:00"),
        ("1108", "2026-11-24"),  # hours and minutes, or minutes and seconds: nobody says
        ("845", "2026-11-24"),
        ("0", "2026-11-24"),
        ("²²²²²²", "2026-11-24"),
        ("996100", "2026-11-24"),
        ("", "2026-11-24"),
        ("000000", "2026-11-24T00:00:00-05:00"),
    ],
)
def test_a_clock_is_read_only_where_it_can_be_read_in_one_way(clock: str, happened: str) -> None:
    assert str(ups(told("I", clock=clock)).events[0].happened) == happened


@pytest.mark.parametrize(
    ("more", "happened"),
    [
        ({"gmtDate": "20261124", "gmtTime": "050000"}, "2026-11-24T00:00:00-05:00"),
        ({"gmtDate": "20261124", "gmtTime": "500"}, "2026-11-24"),  # no moment of its own: no offset follows
        ({}, "2026-11-24"),
    ],
)
def test_a_midnight_is_an_hour_where_its_moment_is_known(more: dict[str, str], happened: str) -> None:
    activity = told("I", clock="000000") | more
    del activity["gmtOffset"]

    assert str(ups(activity).events[0].happened) == happened


@pytest.mark.parametrize(
    ("more", "happened"),
    [({"GMTTimestamp": "2026-11-24T05:00:00Z"}, "2026-11-24T00:00:00-05:00"), ({}, "2026-11-24")],
)
def test_the_same_with_the_post(more: dict[str, str], happened: str) -> None:
    event = {"eventType": "Arrived", "eventCode": "10", "eventTimestamp": "2026-11-24T00:00:00", **more}

    answer = read("usps", {"trackingNumber": USPS, "trackingEvents": [event]})

    assert str(answer.events[0].happened) == happened


@pytest.mark.parametrize(
    "head",
    [
        {"statusCategory": "Delivered", "status": "Delivered, To Original Sender"},
        {
            "statusCategory": "Delivered",
            "status": "Delivered",
            "statusSummary": "Your item was delivered to the original sender at 9:51 am on March 4, 2026 in OHIO.",
        },
    ],
)
def test_the_post_delivers_to_the_sender_too(head: dict[str, str]) -> None:
    when = {"eventCode": "01", "eventTimestamp": "2026-03-04T09:51:00"}
    told = [[{"eventType": one, "name": "J DOE", **when}] for one in ("Delivered, To Original Sender", "Delivered")]

    answers = [read("usps", {"trackingNumber": USPS, "trackingEvents": some, **head}) for some in ([], *told)]

    assert [one.status for one in answers] == [Status.RETURNED] * 3
    assert not any(one.signed_by for one in answers)


def test_what_the_head_alone_says_is_an_event_with_the_time_it_gives() -> None:
    summary = "Your item was delivered to a parcel locker at 1:58 pm on November 22, 2026 in HERNANDO, FL 34442."
    head = {"statusCategory": "Delivered", "status": "Delivered, Parcel Locker", "statusSummary": summary}

    post = read("usps", {"trackingNumber": USPS, "trackingEvents": [], **head})
    parcels = ups(
        currentStatus={"code": "011", "description": "Delivered"},
        deliveryDate=delivered_on("20261124"),
        deliveryTime={"type": "DEL", "endTime": "110845"},
    )
    express = fedex({"latestStatusDetail": {"code": "DL"}, "dateAndTimes": ended("2026-11-24T11:04:57-05:00")})
    courier = fedex({"latestStatusDetail": {"code": "DL"}, "dateAndTimes": ended("2026-11-24T00:00:00+00:00")})
    own = {"status": "Delivered", "deliveryDate": "2026-11-24", "deliveryTime": "10:00:00"}
    meter = read("pitney_bowes", {"trackingNumber": USPS, "requestedIdentifier": USPS, **own})

    for answer in (post, parcels, express, courier, meter):
        assert [one.status for one in answer.events] == [answer.status] == [Status.DELIVERED]
    assert [str(one.events[0].happened) for one in (post, parcels, express, courier, meter)] == [
        "2026-11-22T13:58",
        "2026-11-24T11:08:45",
        "2026-11-24T11:04:57-05:00",
        "2026-11-24",
        "2026-11-24T10:00:00",
    ]
    assert post.events[0].text == "Delivered, Parcel Locker"


def fedex(result: dict[str, Any]) -> TrackAnswer:
    whole = {"trackingNumber": "449044304137821", "trackResults": [result]}
    return read("fedex", {"output": {"completeTrackResults": [whole]}})


def ended(moment: str) -> list[dict[str, str]]:
    return [{"type": "ACTUAL_DELIVERY", "dateTime": moment}]


@pytest.mark.parametrize(
    ("interface", "body"),
    [
        ("usps", {"trackingNumber": USPS, "trackingEvents": [], "statusCategory": "Delivered"}),
        ("dhl", {"shipments": [{"id": "7000000011", "events": [], "status": "delivered"}]}),
        ("easypost", {"tracking_code": USPS, "status": "delivered", "tracking_details": []}),
        ("pitney_bowes", {"trackingNumber": USPS, "requestedIdentifier": USPS, "status": "Delivered"}),
    ],
)
def test_no_time_is_made_up_for_a_head(interface: str, body: dict[str, Any]) -> None:
    answer = read(interface, body)

    assert answer.status is Status.DELIVERED
    assert [(one.status, one.happened) for one in answer.events] == [(Status.DELIVERED, None)]


@pytest.mark.parametrize(
    ("words", "happened"),
    [("Zorp gleamed", "2026-11-24T10:00:00"), ("Something else", None)],
)
def test_a_head_that_repeats_the_newest_event_says_its_status(words: str, happened: str | None) -> None:
    # GIVEN an event that no table knows, before it one that is known
    events = [
        {"eventType": "Zorp Gleamed", "eventCode": "Z9", "eventTimestamp": "2026-11-24T10:00:00"},
        {"eventType": "Arrived", "eventCode": "10", "eventTimestamp": "2026-11-23T10:00:00"},
    ]
    body = {"trackingNumber": USPS, "trackingEvents": events, "statusCategory": "Delivered", "status": words}

    answer = read("usps", body)

    (delivery,) = [one for one in answer.events if one.status is Status.DELIVERED]
    assert (None if delivery.happened is None else str(delivery.happened)) == happened
    assert len(answer.events) == (2 if happened else 3)


def test_a_head_with_a_time_of_its_own_is_beside_an_event_that_nobody_knows() -> None:
    event = {"timestamp": "2026-11-24T09:00:00Z", "description": "Zorp gleamed"}
    head = {"timestamp": "2026-11-24T10:00:00Z", "statusCode": "delivered", "description": "It is there"}

    answer = read("dhl", {"shipments": [{"id": "7000000011", "events": [event], "status": head}]})

    assert answer.status is Status.DELIVERED
    assert [(str(one.happened), one.status) for one in answer.events] == [
        ("2026-11-24T10:00:00+00:00", Status.DELIVERED),
        ("2026-11-24T09:00:00+00:00", Status.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("summary", "statuses"),
    [
        ("", [Status.IN_TRANSIT]),
        ("Your item was delivered at 9:00 am on November 24, 2026", [Status.IN_TRANSIT]),
        ("Your item was delivered at 11:00 am on November 24, 2026", [Status.DELIVERED, Status.IN_TRANSIT]),
    ],
)
def test_events_that_say_where_a_piece_is_give_way_only_to_a_later_end(summary: str, statuses: list[Status]) -> None:
    event = {"eventType": "Arrived", "eventCode": "10", "eventTimestamp": "2026-11-24T10:00:00"}
    head = {"statusCategory": "Delivered", "statusSummary": summary}

    answer = read("usps", {"trackingNumber": USPS, "trackingEvents": [event], **head})

    assert [one.status for one in answer.events] == statuses
    assert answer.status is statuses[0]
