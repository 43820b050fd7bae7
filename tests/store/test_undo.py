"""Edits and undo: what was is put back, and both stay on record."""

from typing import Any

import pytest

from mailroom.domain.register import ShipmentDetail, ShipmentFilter
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.store import Accepted, Store, audit
from mailroom.store.shipments import counts, find_shipments, get_shipment, recent_readings, undoable


def detail(store: Store, accepted: Accepted) -> ShipmentDetail:
    with store.read() as connection:
        return get_shipment(connection, accepted.command.subject)


def found(store: Store, text: str) -> int:
    with store.read() as connection:
        return len(find_shipments(connection, ShipmentFilter(text=text), 10).rows)


def attachment(make: Any, shipment_id: str) -> Any:
    value = {
        "id": make.id("attachment"),
        "sha256": "ab" * 32,
        "name": "receipt.pdf",
        "media_type": "application/pdf",
        "size": 10,
        "pages": 1,
        "role": "receipt",
        "caption": "",
        "source_name": "",
        "taken_at": "",
    }
    return make.command("attachment_added", shipment_id, {"attachment": value, "event": make.event("attached")})


def test_an_edit_changes_fields_words_and_lists(store: Store, make: Any) -> None:
    piece = store.accept(make.piece(fields={"order": "PO-1", "note": "old"}, department="Legal"))
    edit = make.edit(
        piece.command.subject,
        {"order": "PO-2", "note": "", "service": "Priority", "destination": {"postal_code": "1", "country": "CA"}},
        {
            "order": "PO-1",
            "note": "old",
            "service": "Ground Advantage",
            "destination": {"postal_code": "00950", "country": "US"},
        },
        department="Finance",
        base_version=1,
    )
    answer = store.accept(edit)
    assert answer.result["version"] == 2
    shown = detail(store, piece)
    one = shown.row.shipment
    assert (one.version, one.fields.order, one.fields.note, one.service) == (2, "PO-2", "", "Priority")
    assert (one.destination.country, shown.row.department) == ("CA", "Finance")
    assert (found(store, "po-1"), found(store, "po-2"), found(store, "legal"), found(store, "finance")) == (0, 1, 0, 1)
    # WHEN it is taken back
    store.accept(make.undo(edit))
    shown = detail(store, piece)
    one = shown.row.shipment
    assert (one.version, one.fields.order, one.fields.note, one.service) == (3, "PO-1", "old", "Ground Advantage")
    assert (one.destination.country, shown.row.department) == ("US", "Legal")
    assert (found(store, "po-1"), found(store, "finance")) == (1, 0)
    assert [event.kind for event in shown.events] == [EventKind.UNDONE, EventKind.EDITED, EventKind.RECORDED]


def test_who_comes_second_is_told(store: Store, make: Any, recorded: Accepted) -> None:
    id_ = recorded.command.subject
    store.accept(make.edit(id_, {"order": "A"}, {"order": ""}, base_version=1))
    with pytest.raises(MailroomError) as caught:
        store.accept(make.edit(id_, {"order": "B"}, {"order": ""}, base_version=1))
    assert caught.value.code == "changed_meanwhile"
    assert detail(store, recorded).row.shipment.fields.order == "A"


def test_an_edit_that_was_edited_again_is_not_undone(store: Store, make: Any, recorded: Accepted) -> None:
    id_ = recorded.command.subject
    first = make.edit(id_, {"order": "A"}, {"order": ""}, base_version=1)
    store.accept(first)
    store.accept(make.edit(id_, {"order": "B"}, {"order": "A"}, base_version=2))
    with pytest.raises(MailroomError) as caught:
        store.accept(make.undo(first))
    assert caught.value.code == "changed_meanwhile"


def test_a_promise_by_hand_shows_at_once(store: Store, make: Any, recorded: Accepted) -> None:
    edit = make.edit(recorded.command.subject, {"promised_on": "2026-12-01"}, {"promised_on": ""}, base_version=1)
    store.accept(edit)
    assert str(detail(store, recorded).row.shipment.promised_on) == "2026-12-01"
    store.accept(make.undo(edit))
    assert detail(store, recorded).row.shipment.promised_on is None


def test_a_recorded_piece_is_withdrawn(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(make.undo(recorded.command))
    shown = detail(store, recorded)
    assert shown.row.shipment.withdrawn
    assert shown.events[0].kind is EventKind.UNDONE
    assert found(store, "") == found(store, "9400") == 0
    with store.read() as connection:
        assert counts(connection, ShipmentFilter()).total == 0
        readings = recent_readings(connection, recorded.command.made_at.replace(hour=0), 5)
        assert [row.outcome for row in readings] == ["undone"]
        assert audit.verify_chain(connection) == ()


def test_a_repeated_reading_withdraws_nothing(store: Store, make: Any, recorded: Accepted) -> None:
    again = make.piece()
    store.accept(again)
    with pytest.raises(MailroomError) as caught:
        store.accept(make.undo(again))
    assert caught.value.code == "not_undoable"


def test_events_files_and_codes_are_withdrawn(store: Store, make: Any) -> None:
    piece = store.accept(make.piece(destination={"postal_code": "", "country": ""}))
    id_ = piece.command.subject
    events = make.events(id_, make.event(status="delivered"))
    file = attachment(make, id_)
    codes = make.command(
        "codes_added",
        id_,
        {
            "readings": [make.reading("42000950")],
            "numbers": [{"number": "RR77", "carrier": "usps", "role": "return_receipt", "check": "ok"}],
            "destination": {"postal_code": "00950", "country": "US"},
            "event": make.event("codes_added"),
        },
    )
    for one in (events, file, codes):
        store.accept(one)
    assert (detail(store, piece).row.shipment.status, found(store, "rr77")) == (Status.DELIVERED, 1)
    for one in (events, file, codes):
        store.accept(make.undo(one))
    shown = detail(store, piece)
    assert (shown.row.shipment.status, shown.attachments, found(store, "rr77")) == (Status.LABEL_CREATED, (), 0)
    assert len(shown.row.shipment.numbers) == 1
    assert shown.row.shipment.destination.postal_code == ""
    assert {event.kind for event in shown.events} == {EventKind.RECORDED, EventKind.UNDONE}


def test_twice_is_told(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(make.undo(recorded.command))
    with pytest.raises(MailroomError) as caught:
        store.accept(make.undo(recorded.command))
    assert caught.value.code == "already_undone"


def test_only_some_kinds_can_be_undone(store: Store, make: Any, recorded: Accepted) -> None:
    opened = make.command("run_opened", "run-1", {"name": "Noon", "carrier": ""})
    store.accept(opened)
    with pytest.raises(MailroomError) as caught:
        store.accept(make.undo(opened))
    assert caught.value.code == "not_undoable"
    with pytest.raises(MailroomError) as caught:
        store.accept(make.undo(make.piece("never accepted")))
    assert caught.value.code == "command_unknown"


def test_what_can_be_undone_is_listed_newest_first(store: Store, make: Any, recorded: Accepted) -> None:
    id_ = recorded.command.subject
    store.accept(make.piece())  # repeated: nothing to undo
    event = make.events(id_, make.event(status="accepted"))
    edit = make.edit(id_, {"order": "A"}, {"order": ""})
    file = attachment(make, id_)
    for one in (event, edit, file):
        store.accept(one)
    store.accept(make.piece("1Z9", desk="desk-2"))
    store.accept(make.undo(edit))
    with store.read() as connection:
        listed = undoable(connection, "desk-1")
        assert [one.command_id for one in listed] == [file.id, event.id, recorded.command.id]
        assert {one.tracking_number for one in listed} == {"9400100000000000000001"}
        assert [one.command_id for one in undoable(connection, "desk-1", 1)] == [file.id]
        assert undoable(connection, "nobody") == ()
