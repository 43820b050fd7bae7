"""Values survive the way into a command's payload and back."""

import dataclasses
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain import payloads
from mailroom.domain.command import canonical_json
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.office import OfficeSettings
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.shipment import (
    LineKind,
    NumberRole,
    Party,
    PieceFields,
    PostageLine,
    PostageProof,
    ShipmentNumber,
)
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import CarrierTime, Precision, parse_carrier_time
from mailroom.domain.weights import Weight, WeightUnit

NOON = datetime(2026, 11, 20, 12, 0, 1, 250_000, tzinfo=UTC)


def through_json(value: object) -> object:
    return json.loads(canonical_json(value))


FULL = PieceFields(
    recipient=Party("Zoë Łuk", "Quay & Sons", ("3 Harbour Road", "Unit 4"), "00950", "US", "+1 555 0100"),
    sender=Party(name="Post room"),
    order="PO-77",
    declared_value=Money(120_000),
    insured_value=Money(50_500, "EUR"),
    invoice_amount=Money(99_999),
    weight=Weight(Decimal("12.5"), WeightUnit.OZ),
    dimensions=(Decimal("1"), Decimal("2.25"), Decimal("3")),
    dimension_unit="in",
    mailed_on=date(2026, 11, 20),
    promised_on=date(2026, 11, 24),
    deadline=parse_carrier_time("2026-11-25T10:00-05:00"),
    deadline_note="contract",
    classification="fragile",
    contents="pump",
    hs_code="8413.70",
    proof_of_postage=PostageProof.METER,
    note="by hand",
    carrier="usps",
    service="Priority Mail",
)


@pytest.mark.parametrize("fields", [PieceFields(), FULL, PieceFields(deadline=parse_carrier_time("2026-11-25"))])
def test_fields_round_trip(fields: PieceFields) -> None:
    value = through_json(payloads.fields_json(fields))
    assert isinstance(value, dict)
    assert payloads.fields_from(value) == fields


def test_every_field_of_a_piece_is_in_the_payload_or_travels_beside_it() -> None:
    beside = {"department", "account", "run", "meter", "postage"}
    names = {field.name for field in dataclasses.fields(PieceFields)}
    assert set(payloads.whole_fields_json(FULL)) == names - beside


def test_empty_fields_are_left_out() -> None:
    assert payloads.fields_json(PieceFields()) == {}


@given(
    st.sampled_from(EventKind),
    st.none() | st.sampled_from(Status),
    st.sampled_from(["2026-11-20", "2026-11-20T14:32", "2026-11-20T14:32:05+01:00", "2026-11-20T14:32Z"]),
    st.text(max_size=20),
)
def test_events_round_trip(kind: EventKind, status: Status | None, happened: str, text: str) -> None:
    event = TimelineEvent(
        id="e1",
        shipment_id="s1",
        kind=kind,
        status=status,
        happened=parse_carrier_time(happened),
        sort_at=NOON,
        recorded_at=NOON,
        recorded_by="Ada",
        source=EventSource.IMPORT,
        source_name="USPS",
        text=text.encode("utf-8", "ignore").decode(),
        file_row=7,
        facts=(("a", "1"), ("b", "2")),
    )
    value = through_json(payloads.event_json(event))
    assert isinstance(value, dict)
    assert payloads.event_from(value, "s1", NOON, "Ada") == event


def test_a_time_keeps_offset_and_precision() -> None:
    time = CarrierTime(datetime(2026, 1, 2, 3, 4), -300, Precision.MINUTE)  # noqa: DTZ001
    assert payloads.carrier_time_from(str(time)) == time


def test_readings_numbers_postage_attachments_settings_round_trip() -> None:
    reading = Reading("420\x1d9400", ReadingSource.WEDGE, NOON, Symbology.CODE128, "desk", "")
    assert payloads.reading_from(payloads.reading_json("r1", reading)) == reading
    number = ShipmentNumber("9400", "usps", NumberRole.PRIMARY, Check.OK)
    assert payloads.number_from(payloads.number_json(number)) == number
    line = PostageLine("p1", LineKind.FEE, Money(-1_230), NOON, "m1", "a1", "ind", "note")
    assert payloads.postage_from(payloads.postage_json(line), NOON) == line
    attached = Attachment(
        "a1", "s1", "ab" * 32, "f.pdf", "application/pdf", 3, 2, AttachmentRole.RECEIPT, "", "me", "", NOON, "Ada"
    )
    assert payloads.attachment_from(payloads.attachment_json(attached), "s1", NOON, "Ada") == attached
    settings = OfficeSettings(name="Quay", address=("1 Road",), carriers=("usps", "ups"))
    assert payloads.settings_from(payloads.settings_json(settings)) == settings
    assert payloads.destination_from(payloads.destination_json(Destination("1", "US"))) == Destination("1", "US")


def test_all_settings_are_in_their_payload() -> None:
    names = {field.name for field in dataclasses.fields(OfficeSettings)}
    assert set(payloads.settings_json(OfficeSettings())) == names


def test_a_reading_is_kept_whatever_its_bytes_are() -> None:
    reading = Reading("a\0\x1d\xff\ud800b", ReadingSource.FILE, datetime(2026, 11, 20, tzinfo=UTC), device="\udcff.png")
    kept = payloads.reading_json("r1", reading)
    assert kept["raw"] == "a\u2400\x1d\xff\ufffdb"
    assert kept["device"] == "\ufffd.png"
