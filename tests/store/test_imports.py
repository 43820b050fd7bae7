"""A file of events goes in by chunks, adds nothing twice, and comes out again as one."""

from typing import Any

import pytest

from mailroom.domain.status import Status
from mailroom.errors import MailroomError
from mailroom.store import Accepted, Store
from mailroom.store.shipments import get_shipment


def opened(make: Any, import_id: str = "import-1") -> Any:
    payload = {
        "file_name": "week.csv",
        "sha256": "ab" * 32,
        "kind": "events",
        "mapping": {"when": "date"},
        "row_count": 3,
    }
    return make.command("import_opened", import_id, payload)


def rows(make: Any, *events: tuple[str, dict[str, Any]], import_id: str = "import-1") -> Any:
    payload = {"rows": [{"row": row, "shipment_id": id_, "event": one} for row, (id_, one) in enumerate(events, 2)]}
    return make.command("import_rows", import_id, payload)


def status(store: Store, accepted: Accepted) -> Status:
    with store.read() as connection:
        return get_shipment(connection, accepted.command.subject).row.shipment.status


def test_an_import_adds_what_is_new_and_can_be_undone(store: Store, make: Any) -> None:
    one, two = store.accept(make.piece("1Z1")), store.accept(make.piece("1Z2"))
    # GIVEN an event that is on record already
    there = make.event(status="accepted", text="Accepted", source="import")
    store.accept(make.events(one.command.subject, there))
    make.now = make.now.replace(hour=12)
    # WHEN a file has it, again twice, with others
    store.accept(opened(make))
    fresh = make.event(status="delivered", text="Delivered", source="import")
    other = make.event(status="in_transit", text="Moving", source="import")
    answer = store.accept(
        rows(
            make,
            (one.command.subject, there | {"id": "x1"}),
            (one.command.subject, fresh),
            (two.command.subject, other),
            (one.command.subject, fresh | {"id": "x2"}),
        )
    )
    # THEN the known rows are named
    assert answer.result == {"added": 2, "known": 2, "known_rows": [2, 5]}
    store.accept(make.command("import_closed", "import-1", {"added": 2, "known": 2, "refused": 0, "cancelled": False}))
    assert (status(store, one), status(store, two)) == (Status.DELIVERED, Status.IN_TRANSIT)
    # AND undone, only the events of before are left
    assert store.accept(make.command("import_undone", "import-1", {})).result == {"withdrawn": 2}
    assert (status(store, one), status(store, two)) == (Status.ACCEPTED, Status.LABEL_CREATED)
    with pytest.raises(MailroomError) as caught:
        store.accept(make.command("import_undone", "import-1", {}))
    assert caught.value.code == "already_undone"


def test_an_undone_event_may_come_again(store: Store, make: Any, recorded: Accepted) -> None:
    event = make.event(status="delivered", source="import")
    store.accept(opened(make))
    store.accept(rows(make, (recorded.command.subject, event)))
    store.accept(make.command("import_undone", "import-1", {}))
    store.accept(opened(make, "import-2"))
    again = rows(make, (recorded.command.subject, event | {"id": "again"}), import_id="import-2")
    assert store.accept(again).result["added"] == 1
    assert status(store, recorded) is Status.DELIVERED


def test_an_import_taken_back_by_parts_leaves_another_one(store: Store, make: Any, recorded: Accepted) -> None:
    # GIVEN two imports, each with an event of the same piece
    first, second = (
        make.event(status=status, text=status, source="import") for status in ("in_transit", "out_for_delivery")
    )
    store.accept(opened(make))
    store.accept(opened(make, "import-2"))
    mine = rows(make, (recorded.command.subject, first))
    others = rows(make, (recorded.command.subject, second), import_id="import-2")
    store.accept(mine)
    store.accept(others)
    # WHEN the first is taken back by its commands, and one of the other's is named by mistake
    part = {"commands": [mine.id, others.id], "done": False}
    # THEN only its own rows go
    assert store.accept(make.command("import_undone", "import-1", part)).result == {"withdrawn": 1}
    assert status(store, recorded) == Status.OUT_FOR_DELIVERY
    assert store.accept(make.command("import_undone", "import-1", {"commands": [], "done": True})).result == {
        "withdrawn": 0
    }


def test_five_hundred_rows_at_once(store: Store, make: Any) -> None:
    pieces = [store.accept(make.piece(f"1Z{number}")).command.subject for number in range(3)]
    store.accept(opened(make))
    events = [(pieces[one % 3], make.event(status="in_transit", text=f"Stop {one}")) for one in range(500)]
    assert store.accept(rows(make, *events)).result["added"] == 500
    with store.read() as connection:
        assert len(get_shipment(connection, pieces[0]).events) == 1 + 167


def test_more_rows_than_a_chunk_holds_are_a_bug(store: Store, make: Any, recorded: Accepted) -> None:
    store.accept(opened(make))
    with pytest.raises(ValueError, match="501"):
        store.accept(rows(make, *[(recorded.command.subject, make.event())] * 501))


@pytest.mark.parametrize("kind", ["import_rows", "import_closed", "import_undone"])
def test_an_import_that_was_never_opened(store: Store, make: Any, kind: str) -> None:
    with pytest.raises(MailroomError) as caught:
        store.accept(make.command(kind, "import-9", {"rows": []}))
    assert caught.value.code == "import_unknown"
