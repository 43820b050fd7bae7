"""A changed log and a changed table are found, and named."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, text, update

from mailroom.domain.register import Fault
from mailroom.store import Accepted, Store, audit, integrity
from mailroom.store.tables import command, event, postage_line, shipment, shipment_count


@pytest.fixture
def chained(store: Store, make: Any) -> Store:
    """Three commands of one desk and one of another."""
    for number in range(3):
        store.accept(make.piece(f"1Z{number}"))
    store.accept(make.piece("1Z9", desk="desk-2"))
    return store


def faults(store: Store) -> list[tuple[str, dict[str, str]]]:
    with store.read() as connection:
        return [(one.code, dict(one.facts)) for one in audit.verify_chain(connection)]


def second(**values: object) -> Any:
    return update(command).where(command.c.desk == "desk-1", command.c.seq == 2).values(**values)


@pytest.mark.parametrize(
    ("change", "code", "seq"),
    [
        (second(payload='{"a":1}'), "payload_changed", "2"),
        (second(payload="{"), "payload_changed", "2"),
        (second(salt=b"other"), "payload_changed", "2"),
        (second(payload_digest="00" * 32), "payload_changed", "2"),
        (second(made_by="somebody"), "chain_broken", "2"),
        (second(kind="note"), "chain_broken", "2"),
        (second(subject="other"), "chain_broken", "2"),
        (second(base_version=7), "chain_broken", "2"),
        (second(hash="00" * 32), "chain_broken", "2"),
        (delete(command).where(command.c.desk == "desk-1", command.c.seq == 2), "chain_gap", "2"),
        (delete(command).where(command.c.desk == "desk-1", command.c.seq == 1), "chain_gap", "1"),
        (second(seq=7), "chain_gap", "2"),
    ],
)
def test_the_first_command_that_does_not_hold_is_named(chained: Store, change: Any, code: str, seq: str) -> None:
    assert faults(chained) == []
    with chained.write() as connection:
        connection.execute(change)
    assert faults(chained) == [(code, {"desk": "desk-1", "seq": seq})]


def test_an_erased_payload_does_not_break_the_chain(chained: Store) -> None:
    with chained.write() as connection:
        connection.execute(second(payload=None, salt=None))
    assert faults(chained) == []


def test_a_sound_record_has_no_fault(chained: Store, make: Any, recorded: Accepted) -> None:
    sha256 = chained.blobs.put(b"paper")
    value = {"id": "a", "sha256": sha256, "name": "n", "media_type": "m", "size": 5, "pages": 1, "role": "other"}
    payload = {"attachment": value, "event": make.event("attached")}
    chained.accept(make.command("attachment_added", recorded.command.subject, payload))
    chained.accept(make.events(recorded.command.subject, make.event(status="delivered", promised_on="2026-11-20")))
    assert integrity.check(chained) == ()


def status(connection: Connection) -> None:
    connection.execute(update(shipment).where(shipment.c.tracking_number == "1Z0").values(status="lost"))
    connection.execute(update(shipment_count).values(number=1))
    connection.execute(text("INSERT INTO shipment_count VALUES ('lost', 'usps', 1)"))
    connection.execute(update(shipment_count).where(shipment_count.c.status == "label_created").values(number=3))


def event_gone(connection: Connection) -> None:
    connection.execute(update(event).where(event.c.kind == "tracking").values(withdrawn=True))


def postage(connection: Connection) -> None:
    connection.execute(update(postage_line).values(mills=1))


def number_of_shipments(connection: Connection) -> None:
    connection.execute(update(shipment_count).values(number=99))


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (status, ["head_differs"]),
        (event_gone, ["head_differs"]),
        (postage, ["postage_differs"]),
        (number_of_shipments, ["count_differs"]),
    ],
)
def test_tables_that_do_not_follow_from_their_rows(
    store: Store, make: Any, change: Callable[[Connection], None], codes: list[str]
) -> None:
    for number in range(3):
        store.accept(make.piece(f"1Z{number}"))
    paid = store.accept(make.piece("1Z8", postage=[make.postage(700)]))
    store.accept(make.events(paid.command.subject, make.event(text="seen")))
    assert integrity.check(store) == ()
    with store.write() as connection:
        change(connection)
    assert [one.code for one in integrity.check(store)] == codes


def test_files_are_checked_by_their_hash(store: Store, make: Any, recorded: Accepted) -> None:
    kept, gone = store.blobs.put(b"one"), store.blobs.put(b"two")
    for number, sha256 in enumerate((kept, gone)):
        value = {
            "id": f"a{number}",
            "sha256": sha256,
            "name": "n",
            "media_type": "m",
            "size": 3,
            "pages": 1,
            "role": "other",
        }
        payload = {"attachment": value, "event": make.event("attached")}
        store.accept(make.command("attachment_added", recorded.command.subject, payload))
    store.blobs.path(kept).write_bytes(b"0ne")
    store.blobs.erase(gone)
    found = {fault.code: dict(fault.facts)["sha256"] for fault in integrity.check(store)}
    assert found == {"file_changed": kept, "file_gone": gone}


def test_a_search_index_that_lags_behind(sqlite_store: Store, make: Any) -> None:
    sqlite_store.accept(make.piece())
    assert integrity.check(sqlite_store) == ()
    with sqlite_store.write() as connection:
        connection.execute(update(shipment).values(search_text="  other"))
    assert integrity.check(sqlite_store) == (Fault("search_differs"),)


def test_a_row_without_its_parent(sqlite_store: Store, make: Any) -> None:
    sqlite_store.accept(make.piece())
    raw = sqlite_store._writer.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    raw.cursor().execute("UPDATE shipment_number SET shipment_id = 'nobody'")
    raw.close()
    (fault,) = integrity.check(sqlite_store)
    assert (fault.code, dict(fault.facts)) == ("row_orphaned", {"table": "shipment_number", "parent": "shipment"})


def test_at_most_twenty_faults_of_a_sort(store: Store, make: Any) -> None:
    for number in range(25):
        store.accept(make.piece(f"1Z{number}"))
    with store.write() as connection:
        connection.execute(update(shipment).values(last_event_text="?"))
    assert len(integrity.check(store)) == 20
