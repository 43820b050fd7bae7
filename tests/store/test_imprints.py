"""Imprints, numbers of our own and the address book in the store: on both engines, undone, and replayed alike."""

from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.money import Money
from mailroom.errors import MailroomError
from mailroom.store import Store, contacts, integrity, open_store, rebuild
from mailroom.store import shipments as stored

KEY = "IBI-LITE-21-123456-4711"
IMPRINT = {"number": KEY, "carrier": "", "role": "imprint", "check": "none"}
SAID = {
    "format": "IBI-Lite",
    "meter": "123456",
    "piece": 4711,
    "postage": {"mills": 690, "currency": "USD"},
    "mailed_on": None,
    "unconfirmed": [],
    "key": KEY,
}


def without_number(make: Any, *, imprint: bool = True, **more: Any) -> Any:
    """A piece that gets a number of the desk's own."""
    command = make.piece("", carrier="usps", numbers=[IMPRINT] if imprint else [], **more)
    payload = {**command.payload, "own_number": {"year": 2026, "letter": "A"}}
    if not imprint:
        payload["numbers"] = []
    return make.command("piece_recorded", command.subject, payload)


def codes(make: Any, shipment_id: str, *, mills: int = 690) -> Any:
    payload = {
        "readings": [make.reading("bytes")],
        "numbers": [IMPRINT],
        "destination": None,
        "event": make.event("codes_added"),
        "fill": {
            "fields": {"imprint": SAID, "mailed_on": "2026-11-16", "proof_of_postage": "meter"},
            "meter": make.named("M-2"),
            "postage": [make.postage(mills)],
        },
    }
    return make.command("codes_added", shipment_id, payload)


def test_each_desk_counts_its_own_numbers(store: Store, make: Any) -> None:
    numbers = []
    for _ in range(2):
        result = store.accept(without_number(make, imprint=False)).result
        with store.read() as connection:
            numbers.append(stored.get_shipment(connection, result["shipment_id"]).row.shipment.shown_number)
    assert [one[:-2] for one in numbers] == ["MR-2026-A0001", "MR-2026-A0002"]


def test_a_second_desk_with_the_same_letter_is_refused(store: Store, make: Any) -> None:
    store.accept(without_number(make, imprint=False))
    make.desk = "desk-2"
    with pytest.raises(MailroomError) as taken:
        store.accept(without_number(make, imprint=False))
    assert taken.value.code == "number_taken"


def test_the_imprint_finds_its_piece_until_that_is_taken_back(store: Store, make: Any) -> None:
    first = without_number(make)
    id_ = store.accept(first).result["shipment_id"]
    assert store.accept(without_number(make)).result == {
        **store.accept(without_number(make)).result,
        "outcome": "repeated",
        "shipment_id": id_,
    }
    store.accept(make.undo(first))
    again = store.accept(without_number(make)).result
    assert (again["outcome"], again["shipment_id"] == id_) == ("recorded", False)


def test_an_imprint_fills_only_what_is_empty_and_its_undo_leaves_no_trace(store: Store, make: Any) -> None:
    # GIVEN a piece with a day of its own
    id_ = store.accept(make.piece(fields={"mailed_on": "2026-11-15"})).result["shipment_id"]
    with store.read() as connection:
        before = stored.get_shipment(connection, id_).row.shipment
    # WHEN the codes of its label bring an imprint
    command = codes(make, id_)
    assert store.accept(command).result["filled"] == ["imprint", "proof_of_postage", "meter", "postage"]
    # THEN the rest is filled and says so, and it can be found by the imprint
    with store.read() as connection:
        row = stored.get_shipment(connection, id_).row
        assert stored.ids_of_number(connection, KEY) == (id_,)
    assert (str(row.shipment.fields.mailed_on), row.meter, row.shipment.postage) == ("2026-11-15", "M-2", Money(690))
    assert row.shipment.fields.from_imprint == ("meter", "postage", "proof_of_postage")
    # AND when that is taken back
    store.accept(make.undo(command))
    with store.read() as connection:
        detail = stored.get_shipment(connection, id_)
        assert stored.ids_of_number(connection, KEY) == ()
    after = detail.row.shipment
    assert (after.fields, after.postage, detail.row.meter) == (before.fields, Money(0), "")
    assert [line.money.mills for line in detail.postage_lines] == [690, -690]
    assert integrity.check(store) == ()


def contact(make: Any, name: str, code: str = "60622", **more: Any) -> dict[str, Any]:
    party = {"name": name, "address": ["1 Main St"], "postal_code": code, "city": "Chicago"}
    return {"id": make.id("contact"), "party": party | more.pop("party", {}), "email": "", "note": "", **more}


def test_entries_are_added_once_changed_in_turn_and_removed(store: Store, make: Any) -> None:
    ida, same = contact(make, "Ida Lund"), contact(make, "IDA  LUND", "60622-1234")
    added = store.accept(make.command("contacts_added", ida["id"], {"contacts": [ida, same]})).result
    assert (added["added"], added["known"], added["ids"][same["id"]]) == (1, 1, ida["id"])
    changed = {"contact": {key: value for key, value in ida.items() if key != "id"} | {"note": "back door"}}
    assert store.accept(make.command("contact_changed", ida["id"], changed, base_version=1)).result == {"version": 2}
    with pytest.raises(MailroomError) as late:
        store.accept(make.command("contact_changed", ida["id"], changed, base_version=1))
    assert late.value.code == "changed_meanwhile"
    store.accept(make.piece("1Z1", fields={"contact_id": ida["id"]}))
    with store.read() as connection:
        found = contacts.contact_of(connection, ida["id"])
    assert (found.uses, found.note, found.version) == (1, "back door", 2)
    store.accept(make.command("contact_removed", ida["id"], {}))
    with pytest.raises(MailroomError) as gone:
        store.accept(make.command("contact_changed", ida["id"], changed))
    assert gone.value.code == "contact_unknown"
    with store.read() as connection:
        assert contacts.contacts_like(connection, "ida", 5) == ()


def test_too_many_entries_in_one_command_are_a_bug(store: Store, make: Any) -> None:
    many = [contact(make, f"P{n}") for n in range(501)]
    with pytest.raises(ValueError, match="501"):
        store.accept(make.command("contacts_added", "c", {"contacts": many}))


def test_all_of_it_is_the_same_after_a_replay(store: Store, make: Any, tmp_path: Path) -> None:
    metered = without_number(make)
    id_ = store.accept(metered).result["shipment_id"]
    store.accept(
        make.command("piece_repeated", id_, {"readings": [make.reading("x")], "repeat_event": make.event("repeated")})
    )
    tracked = store.accept(make.piece("1Z7", numbers=[_primary("1Z7"), IMPRINT])).result
    assert tracked["same_imprint"] == id_
    other = store.accept(make.piece("1Z9")).result["shipment_id"]
    added = codes(make, other, mills=1230)
    store.accept(added)
    store.accept(make.undo(added))
    store.accept(make.command("contacts_added", "c", {"contacts": [contact(make, "Ida Lund")]}))
    fresh = open_store("", profile=tmp_path / "fresh")
    with store.read() as connection:
        rebuild.replay(connection, fresh)
    with store.read() as one, fresh.read() as two:
        assert list(rebuild.differences(one, two)) == []
    fresh.close()


def _primary(number: str) -> dict[str, str]:
    return {"number": number, "carrier": "ups", "role": "primary", "check": "ok"}
