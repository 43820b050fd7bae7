"""The office's lists and settings."""

from typing import Any

import pytest

from mailroom.domain.money import Money
from mailroom.domain.office import OfficeSettings, RunState
from mailroom.domain.operator import Operator, Role
from mailroom.errors import MailroomError
from mailroom.store import Store, lists
from mailroom.store.shipments import find_shipments


def refused(store: Store, command: Any) -> str:
    with pytest.raises(MailroomError) as caught:
        store.accept(command)
    return caught.value.code


def test_accounts_are_a_tree(store: Store, make: Any) -> None:
    store.accept(make.command("account_added", "a1", {"name": "Legal", "parent_id": "", "code": "100"}))
    store.accept(make.command("account_added", "a2", {"name": "Contracts", "parent_id": "a1", "code": "110"}))
    store.accept(make.command("account_added", "a3", {"name": "Legal", "parent_id": "a1", "code": ""}))
    with store.read() as connection:
        found = [(one.id, one.name, one.parent_id, one.code) for one in lists.accounts(connection)]
    assert found == [("a2", "Contracts", "a1", "110"), ("a1", "Legal", "", "100"), ("a3", "Legal", "a1", "")]
    assert refused(store, make.command("account_added", "a4", {"name": "LEGAL", "parent_id": ""})) == "name_taken"
    assert refused(store, make.command("account_added", "a5", {"name": "x", "parent_id": "zz"})) == "account_unknown"


def test_meters_and_their_readings(store: Store, make: Any) -> None:
    store.accept(make.command("meter_added", "m1", {"name": "Front", "serial": "0123", "maker": "PB"}))
    assert (
        refused(store, make.command("meter_added", "m2", {"name": "front", "serial": "", "maker": ""})) == "name_taken"
    )
    reading = {
        "id": "r1",
        "read_at": "2026-11-16T09:00:00.000000Z",
        "used": {"mills": 1_000, "currency": "USD"},
        "available": {"mills": 9_000, "currency": "USD"},
        "pieces": 3,
    }
    store.accept(make.command("meter_reading_added", "m1", reading))
    with store.read() as connection:
        assert [(one.id, one.serial, one.maker) for one in lists.meters(connection)] == [("m1", "0123", "PB")]
        (found,) = lists.meter_readings(connection, "m1")
    assert (found.used, found.available, found.pieces) == (Money(1_000), Money(9_000), 3)
    assert refused(store, make.command("meter_reading_added", "m9", reading)) == "meter_unknown"
    mixed = reading | {"available": {"mills": 1, "currency": "EUR"}}
    assert refused(store, make.command("meter_reading_added", "m1", mixed)) == "currencies_differ"


def test_a_closed_run_is_not_found_by_name(store: Store, make: Any) -> None:
    # GIVEN a run with a piece, closed
    store.accept(make.command("run_opened", "r1", {"name": "Afternoon", "carrier": "usps"}))
    assert refused(store, make.command("run_opened", "r2", {"name": "afternoon"})) == "name_taken"
    first = store.accept(make.piece("1Z1", run="Afternoon"))
    store.accept(make.command("run_closed", "r1", {}))
    closed_at = make.now
    store.accept(make.command("run_closed", "r1", {}))
    # WHEN the next piece names it
    second = store.accept(make.piece("1Z2", run="Afternoon"))
    # THEN a new run begins
    with store.read() as connection:
        new, old = lists.runs(connection)
        assert (old.id, old.state, old.carrier, old.closed_at) == ("r1", RunState.CLOSED, "usps", closed_at)
        assert (new.state, new.opened_at) == (RunState.OPEN, second.command.made_at)
        page = find_shipments(connection, _of_run(old.id), 5)
        assert [row.shipment.id for row in page.rows] == [first.command.subject]
    assert refused(store, make.command("run_closed", "r9", {})) == "run_unknown"


def _of_run(run_id: str) -> Any:
    from mailroom.domain.register import ShipmentFilter

    return ShipmentFilter(run_id=run_id)


def test_operators_keep_their_latest_role(store: Store, make: Any) -> None:
    store.accept(make.command("operator_added", "op-1", {"name": "Ada", "role": "clerk", "departments": []}))
    store.accept(make.command("operator_added", "op-1", {"name": "Ada L.", "role": "staff", "departments": ["a1"]}))
    with store.read() as connection:
        assert lists.operators(connection) == (Operator("op-1", "Ada L.", Role.STAFF, "desk-1", "A", ("a1",)),)


def test_settings_have_defaults_and_change_one_by_one(store: Store, make: Any) -> None:
    with store.read() as connection:
        assert lists.office_settings(connection) == OfficeSettings()
    store.accept(
        make.command("office_changed", "office", {"changes": {"name": "Quay", "address": ["1 Road", "Ponce"]}})
    )
    store.accept(make.command("office_changed", "office", {"changes": {"name": "Quay & Sons", "carriers": ["usps"]}}))
    with store.read() as connection:
        found = lists.office_settings(connection)
    assert found == OfficeSettings(name="Quay & Sons", address=("1 Road", "Ponce"), carriers=("usps",))
