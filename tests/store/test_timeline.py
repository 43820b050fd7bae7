"""Events are only ever added; the head of a shipment follows from them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.store import Accepted, Store
from mailroom.store.apply.heads import count
from mailroom.store.integrity import check
from mailroom.store.mending import mend
from mailroom.store.shipments import counts, get_shipment
from mailroom.store.tables import shipment as table


def shipment(store: Store, accepted: Accepted) -> Shipment:
    with store.read() as connection:
        return get_shipment(connection, accepted.command.subject).row.shipment


def test_the_status_is_that_of_what_happened_last(store: Store, make: Any, recorded: Accepted) -> None:
    # GIVEN events that come in another order than they happened
    day = timedelta(days=1)
    last = make.event(status="delivered", at=make.now + 2 * day, text="Left at door", place="PONCE")
    first = make.event(status="accepted", at=make.now + day, text="Accepted")
    store.accept(make.events(recorded.command.subject, last))
    store.accept(make.events(recorded.command.subject, first))
    # THEN the later moment leads, not the later recording
    found = shipment(store, recorded)
    assert found.status is Status.DELIVERED
    assert found.final
    assert str(found.status_at) == last["happened"].replace("Z", "+00:00")
    assert (found.last_event_text, found.last_event_place) == ("Left at door", "PONCE")
    with store.read() as connection:
        known = counts(connection, ShipmentFilter())
        events = get_shipment(connection, recorded.command.subject).events
    assert known.by_status == {Status.DELIVERED: 1}
    assert [event.text for event in events] == ["Left at door", "Accepted", ""]


def test_of_one_moment_the_later_recorded_leads(store: Store, make: Any, recorded: Accepted) -> None:
    at = make.now
    store.accept(make.events(recorded.command.subject, make.event(status="in_transit", at=at)))
    store.accept(make.events(recorded.command.subject, make.event(status="exception", at=at, reason="Torn")))
    found = shipment(store, recorded)
    assert (found.status, found.delay_reason) == (Status.EXCEPTION, "Torn")


def test_an_event_without_status_moves_the_words_only(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(make.events(recorded.command.subject, make.event(status="in_transit", text="On its way")))
    make.now += timedelta(hours=1)
    store.accept(make.events(recorded.command.subject, make.event(text="Seen", place="DOCK")))
    make.now += timedelta(hours=1)
    store.accept(make.events(recorded.command.subject, make.event(status="unknown", text="Odd")))
    make.now += timedelta(hours=1)
    store.accept(make.events(recorded.command.subject, make.event("note", note="called them")))
    found = shipment(store, recorded)
    assert (found.status, found.last_event_text) == (Status.IN_TRANSIT, "Odd")


def test_the_carriers_date_leads_over_the_users(store: Store, make: Any) -> None:
    piece = store.accept(make.piece(fields={"promised_on": "2026-11-19"}))
    first = make.event(status="in_transit", promised_on="2026-11-20", source="carrier")
    store.accept(make.events(piece.command.subject, first))
    found = shipment(store, piece)
    assert (str(found.promised_on), found.promise_basis) == ("2026-11-20", PromiseBasis.CARRIER)
    assert found.revised_on is None
    assert str(found.fields.promised_on) == "2026-11-19"
    make.now += timedelta(hours=1)
    store.accept(
        make.events(
            piece.command.subject,
            make.event(status="delayed", promised_on="2026-11-23", reason="Snow", source="carrier"),
        )
    )
    found = shipment(store, piece)
    assert (str(found.promised_on), str(found.revised_on), found.delay_reason) == ("2026-11-23", "2026-11-23", "Snow")


def test_a_files_date_is_no_promise_of_the_carrier(store: Store, make: Any, recorded: Accepted) -> None:
    id_ = recorded.command.subject
    store.accept(make.events(id_, make.event(status="in_transit", promised_on="2026-11-20", source="import")))
    found = shipment(store, recorded)
    assert (str(found.promised_on), found.promise_basis) == ("2026-11-20", PromiseBasis.FILE)

    # its own interface leads, whatever a file says later
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, make.event(status="in_transit", promised_on="2026-11-21", source="carrier")))
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, make.event(status="in_transit", promised_on="2026-11-25", source="import")))
    found = shipment(store, recorded)
    assert (str(found.promised_on), found.promise_basis, found.revised_on) == ("2026-11-21", PromiseBasis.CARRIER, None)


def test_heads_of_an_older_record_are_mended(store: Store, make: Any, recorded: Accepted) -> None:
    # GIVEN a head as an older version wrote it: by a mail's word, and a file's date as the carrier's
    id_ = recorded.command.subject
    ended = make.event(status="delivered", promised_on="2026-11-20", source="import")
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, ended, make.event(status="in_transit", text="A mail", source="notice")))
    right = shipment(store, recorded)
    older = {"status": "in_transit", "last_event_text": "A mail", "promise_basis": "carrier"}
    with store.write() as connection:
        connection.execute(update(table).where(table.c.id == id_).values(**older))
        count(connection, {("delivered", right.carrier): -1, ("in_transit", right.carrier): 1})
    assert shipment(store, recorded) != right

    # WHEN it is brought up to date
    with store.write() as connection:
        mend(connection, "mail0009")

    # THEN it is as a new record has it
    assert shipment(store, recorded) == right
    assert check(store) == ()


def test_a_bare_day_that_stood_before_its_label_is_mended(store: Store, make: Any, recorded: Accepted) -> None:
    # GIVEN a head as an older version wrote it: by the label's hour, before which the same day's bare events stood
    id_ = recorded.command.subject
    day, midnight = f"{make.now:%Y-%m-%d}", make.now.replace(hour=0, minute=0)
    label = make.event(status="label_created", text="Label", source="import")
    accepted = make.event(status="accepted", text="Taken", source="import", happened=day, at=midnight)
    store.accept(make.events(id_, label, accepted))
    right = shipment(store, recorded)
    assert (right.status, str(right.status_at)) == (Status.ACCEPTED, day)
    older = {"status": "label_created", "status_at": label["happened"], "last_event_text": "Label"}
    older["last_event_at"] = label["happened"]
    with store.write() as connection:
        connection.execute(update(table).where(table.c.id == id_).values(**older))
        count(connection, {("accepted", right.carrier): -1, ("label_created", right.carrier): 1})
    assert [one.code for one in check(store)] == ["head_differs"]

    # WHEN it is brought up to date, THEN it is as a new record has it
    with store.write() as connection:
        mend(connection, "mail0009")
    assert shipment(store, recorded) == right
    assert check(store) == ()


def test_a_mail_alone_leaves_doubt_and_never_takes_an_end_back(store: Store, make: Any, recorded: Accepted) -> None:
    # GIVEN what anybody can write
    id_ = recorded.command.subject
    store.accept(make.events(id_, make.event(status="delivered", text="Delivered, says a mail", source="notice")))
    found = shipment(store, recorded)
    assert (found.status, found.unsure) == (Status.DELIVERED, True)

    # WHEN a file says the same, and a later mail something else
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, make.event(status="delivered", text="DELIVERED", source="import")))
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, make.event(status="out_for_delivery", text="On its way", source="notice")))

    # THEN status and last words are the file's
    found = shipment(store, recorded)
    assert (found.status, found.unsure, found.last_event_text) == (Status.DELIVERED, False, "DELIVERED")

    # and what the carrier itself says leads in all of it
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, make.event(status="in_transit", text="Arrived", source="carrier")))
    make.now += timedelta(hours=1)
    store.accept(make.events(id_, make.event(status="lost", text="Lost, says a mail", source="notice")))
    found = shipment(store, recorded)
    assert (found.status, found.last_event_text) == (Status.IN_TRANSIT, "Arrived")


def test_a_known_event_is_not_added_again(store: Store, make: Any, recorded: Accepted) -> None:
    event = make.event(status="in_transit", text="On its way", place="PONCE", code="10", source_name="USPS")
    assert store.accept(make.events(recorded.command.subject, event)).result == {"added": 1, "known": 0}
    again = event | {"id": "another"}
    other = event | {"id": "third", "place": "MAYAGUEZ"}
    answer = store.accept(make.events(recorded.command.subject, again, other, other | {"id": "fourth"}))
    assert answer.result == {"added": 1, "known": 2}


def test_notes_may_say_the_same_twice(store: Store, make: Any, recorded: Accepted) -> None:
    note = make.event("note", note="called them")
    store.accept(make.events(recorded.command.subject, note))
    assert store.accept(make.events(recorded.command.subject, note | {"id": "again"})).result["added"] == 1


@pytest.mark.parametrize("happened", ["2026-11-20", "2026-11-20T14:32", "2026-11-20T14:32:05-05:00"])
def test_a_time_is_shown_as_it_was_given(store: Store, make: Any, recorded: Accepted, happened: str) -> None:
    store.accept(make.events(recorded.command.subject, make.event(status="delivered", happened=happened)))
    assert str(shipment(store, recorded).status_at) == happened


def test_all_parts_of_an_event_are_kept(store: Store, make: Any, recorded: Accepted) -> None:
    given = make.event(
        status="delivered",
        source="import",
        source_name="USPS",
        code="01",
        text="Delivered, Front Desk",
        place="PONCE PR",
        next_place="here",
        gps="18.01,-66.61",
        name_given="A. SMITH",
        reason="none",
        desired_resolution="redeliver",
        note="seen",
        file_name="week.csv",
        file_row=7,
        promised_on="2026-11-20",
        facts={"b": "2", "a": "1"},
    )
    store.accept(make.events(recorded.command.subject, given))
    with store.read() as connection:
        found = get_shipment(connection, recorded.command.subject).events[0]
    assert (found.id, found.gps, found.name_given, found.file_name) == (
        given["id"],
        given["gps"],
        "A. SMITH",
        "week.csv",
    )
    assert (found.next_place, found.reason, found.desired_resolution, found.note) == (
        "here",
        "none",
        "redeliver",
        "seen",
    )
    assert (found.file_row, found.promised_on, found.facts) == (7, "2026-11-20", (("a", "1"), ("b", "2")))
    assert (found.recorded_by, found.source_name, found.code) == ("op-1", "USPS", "01")
