"""What putting a piece on record does: a new shipment, another reading of one, a number used again."""

from datetime import timedelta
from typing import Any

import pytest

from mailroom.domain.money import Money
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.register import ShipmentDetail, ShipmentFilter
from mailroom.domain.shipment import NumberRole, PromiseBasis
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.store import Accepted, Store, lists
from mailroom.store.shipments import (
    changed_since,
    counts,
    find_shipments,
    get_shipment,
    ids_of_number,
    recent_readings,
)


def detail(store: Store, accepted: Accepted) -> ShipmentDetail:
    with store.read() as connection:
        return get_shipment(connection, accepted.result.get("shipment_id", accepted.command.subject))


def test_a_piece_is_on_record_with_all_that_was_said(store: Store, make: Any) -> None:
    # WHEN a piece with everything is recorded
    given = store.accept(
        make.piece(
            "9400 1000",
            fields={
                "recipient": {"name": "Zoë Łuk", "company": "Quay"},
                "order": "PO-77",
                "declared_value": {"mills": 120_000, "currency": "USD"},
                "promised_on": "2026-11-24",
            },
            department="Legal",
            account="Contracts",
            run="Afternoon",
            meter="Front desk",
            postage=[make.postage(7_640), make.postage(4_850, kind="fee")],
        )
    )
    # THEN the shipment says so
    found = detail(store, given)
    one = found.row.shipment
    assert (one.id, one.version, one.carrier, one.tracking_number) == (given.command.subject, 1, "usps", "9400 1000")
    assert (one.check, one.service, one.service_code) == (Check.OK, "Ground Advantage", "001")
    assert (one.status, one.status_at) == (Status.LABEL_CREATED, None)
    assert one.destination == Destination("00950", "US")
    assert one.recorded_at == given.command.made_at
    assert (one.fields.recipient.name, one.fields.order) == ("Zoë Łuk", "PO-77")
    assert one.fields.declared_value == Money(120_000)
    assert (found.row.department, found.row.run, found.row.meter) == ("Legal", "Afternoon", "Front desk")
    assert (one.fields.department, one.fields.account, one.fields.run) == ("Legal", "Contracts", "Afternoon")
    assert one.postage == one.fields.postage == Money(12_490)
    assert [line.money.mills for line in found.postage_lines] == [7_640, 4_850]
    assert (str(one.promised_on), one.promise_basis) == ("2026-11-24", PromiseBasis.USER)
    assert [(number.number, number.role) for number in one.numbers] == [("9400 1000", NumberRole.PRIMARY)]
    assert [event.kind for event in found.events] == [EventKind.RECORDED]
    # AND the lists have what it named, its postage lines too
    with store.read() as connection:
        accounts = {account.name: account for account in lists.accounts(connection)}
        assert accounts["Contracts"].parent_id == accounts["Legal"].id == found.row.department_id
        assert [meter.name for meter in lists.meters(connection)] == ["Front desk"]
        assert [run.name for run in lists.runs(connection)] == ["Afternoon"]
        assert {line.meter_id for line in found.postage_lines} == {lists.meters(connection)[0].id}
        assert {line.account_id for line in found.postage_lines} == {accounts["Contracts"].id}


def test_names_are_found_without_accents_and_case(store: Store, make: Any) -> None:
    store.accept(make.piece("1Z1", department="Büro Süd", account="Straße"))
    store.accept(make.piece("1Z2", department="BURO  sud", account="STRASSE"))
    with store.read() as connection:
        assert [account.name for account in lists.accounts(connection)] == ["Büro Süd", "Straße"]


def test_an_account_without_its_department_is_looked_for_in_all(store: Store, make: Any) -> None:
    store.accept(make.piece("1Z1", department="Legal", account="Contracts"))
    found = detail(store, store.accept(make.piece("1Z2", account="contracts")))
    assert (found.row.shipment.fields.account, found.row.department) == ("Contracts", "")


def test_the_same_number_on_its_way_is_repeated(store: Store, make: Any, recorded: Accepted) -> None:
    # WHEN the label is read again, blanks and case apart
    again = store.accept(make.piece("9400-1000 0000 0000 0000 01"))
    # THEN no shipment is added; the reading and an event are
    assert again.result["outcome"] == "repeated"
    assert again.result["shipment_id"] == recorded.command.subject
    assert again.result["first_recorded_at"] == recorded.result["first_recorded_at"]
    found = detail(store, again)
    assert [event.kind for event in found.events] == [EventKind.REPEATED, EventKind.RECORDED]
    with store.read() as connection:
        assert counts(connection, ShipmentFilter()).total == 1
        rows = recent_readings(connection, make.now - timedelta(hours=1), 10)
    assert [row.outcome for row in rows] == ["repeated", "recorded"]
    assert {row.row.shipment.id for row in rows if row.row} == {recorded.command.subject}


@pytest.mark.parametrize(
    ("final", "days", "outcome", "reused"),
    [
        (False, 400, "repeated", False),
        (True, 44, "repeated", False),
        (True, 46, "recorded", True),
    ],
)
def test_a_number_is_new_again_when_its_shipment_is_over_and_old(
    store: Store, make: Any, recorded: Accepted, final: bool, days: int, outcome: str, reused: bool
) -> None:
    if final:
        store.accept(make.events(recorded.command.subject, make.event(status="delivered")))
    make.now = recorded.command.made_at + timedelta(days=days)
    again = store.accept(make.piece())
    assert (again.result["outcome"], again.result["number_reused"]) == (outcome, reused)
    if reused:
        found = detail(store, again)
        assert found.row.shipment.number_reused
        assert found.older_ids == (recorded.command.subject,)
        with store.read() as connection:
            ids = ids_of_number(connection, "9400100000000000000001")
        assert ids == (again.command.subject, recorded.command.subject)


def test_partner_numbers_count_and_return_receipts_do_not(store: Store, make: Any) -> None:
    def number(text: str, role: str) -> dict[str, str]:
        return {"number": text, "carrier": "usps", "role": role, "check": "ok"}

    store.accept(
        make.piece("A1", numbers=[number("A1", "primary"), number("B1", "partner"), number("R1", "return_receipt")])
    )
    assert store.accept(make.piece("B1")).result["outcome"] == "repeated"
    assert store.accept(make.piece("R1")).result["outcome"] == "recorded"


def test_a_withdrawn_shipment_does_not_repeat(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(make.undo(recorded.command))
    assert store.accept(make.piece()).result == {
        "outcome": "recorded",
        "shipment_id": store_last(store),
        "number_reused": False,
        "first_recorded_at": make.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "first_recorded_by": "op-1",
    }


def store_last(store: Store) -> str:
    with store.read() as connection:
        return find_shipments(connection, ShipmentFilter(), 1).rows[0].shipment.id


def test_kept_readings_are_shown_with_their_reason(store: Store, make: Any) -> None:
    payload = {
        "readings": [make.reading("0123")],
        "outcome": "asked",
        "reason": {"code": "check_bad", "facts": {"number": "0123"}},
        "number": "0123",
    }
    kept = store.accept(make.command("reading_kept", "reading-1", payload))
    with store.read() as connection:
        rows = recent_readings(connection, make.now - timedelta(hours=1), 10)
    assert [(row.command_id, row.outcome, row.reason_code, row.reason_facts, row.row) for row in rows] == [
        (kept.command.id, "asked", "check_bad", (("number", "0123"),), None)
    ]


def test_readings_of_before_are_not_recent(store: Store, make: Any, recorded: Accepted) -> None:
    since = make.now + timedelta(minutes=1)
    make.now += timedelta(hours=1)
    store.accept(make.piece("1Z2"))
    with store.read() as connection:
        assert [row.raw for row in recent_readings(connection, since, 10)] == ["1Z2"]
        assert recent_readings(connection, make.now + timedelta(hours=1), 10) == ()


def test_further_codes_fill_what_is_empty(store: Store, make: Any) -> None:
    piece = store.accept(make.piece(destination={"postal_code": "", "country": ""}))
    payload = {
        "readings": [make.reading("42000950")],
        "numbers": [{"number": "RR1", "carrier": "usps", "role": "return_receipt", "check": "ok"}],
        "destination": {"postal_code": "00950", "country": "US"},
        "event": make.event("codes_added"),
    }
    store.accept(make.command("codes_added", piece.command.subject, payload))
    found = detail(store, piece)
    assert found.row.shipment.destination == Destination("00950", "US")
    assert [one.number for one in found.row.shipment.numbers] == ["9400100000000000000001", "RR1"]
    with store.read() as connection:
        assert ids_of_number(connection, "rr-1") == (piece.command.subject,)
        assert len(find_shipments(connection, ShipmentFilter(text="rr1"), 5).rows) == 1
        # one line a label: the further codes are not one of their own
        assert len(recent_readings(connection, make.now - timedelta(hours=1), 10)) == 1


def test_a_known_destination_is_not_replaced(store: Store, make: Any, recorded: Accepted) -> None:
    payload = {
        "readings": [make.reading("42099999")],
        "numbers": [],
        "destination": {"postal_code": "99999", "country": "US"},
        "event": make.event("codes_added"),
    }
    store.accept(make.command("codes_added", recorded.command.subject, payload))
    assert detail(store, recorded).row.shipment.destination.postal_code == "00950"


def test_postage_is_the_sum_of_its_lines(store: Store, make: Any) -> None:
    piece = store.accept(make.piece(postage=[make.postage(5_000)]))
    payload = {"postage": [make.postage(-1_250, kind="correction")], "event": make.event("edited")}
    store.accept(make.command("postage_added", piece.command.subject, payload))
    found = detail(store, piece)
    assert found.row.shipment.postage == Money(3_750)
    assert [line.kind for line in found.postage_lines] == ["postage", "correction"]


def test_the_first_line_decides_the_currency(store: Store, make: Any, recorded: Accepted) -> None:
    payload = {"postage": [make.postage(900, "EUR")], "event": make.event("edited")}
    store.accept(make.command("postage_added", recorded.command.subject, payload))
    assert detail(store, recorded).row.shipment.postage == Money(900, "EUR")
    more = {"postage": [make.postage(900, "USD")], "event": make.event("edited")}
    with pytest.raises(MailroomError) as caught:
        store.accept(make.command("postage_added", recorded.command.subject, more))
    assert caught.value.code == "currencies_differ"


def test_a_shipment_that_is_not_here_is_said(store: Store) -> None:
    with pytest.raises(MailroomError) as caught, store.read() as connection:
        get_shipment(connection, "nobody")
    assert caught.value.code == "shipment_unknown"


def test_changes_are_told_since_a_mark(store: Store, make: Any, recorded: Accepted) -> None:
    with store.read() as connection:
        mark, ids = changed_since(connection, None)
        assert ids == ()
        assert changed_since(connection, 0) == (mark, (recorded.command.subject,))
    second = store.accept(make.piece("1Z2"))
    store.accept(make.events(recorded.command.subject, make.event(status="accepted")))
    with store.read() as connection:
        later, ids = changed_since(connection, mark)
        assert ids == (second.command.subject, recorded.command.subject)
        assert changed_since(connection, later) == (later, ())
