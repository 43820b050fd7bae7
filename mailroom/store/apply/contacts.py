"""Commands about the address book."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from mailroom.domain.contacts import same_place
from mailroom.domain.folding import fold, words
from mailroom.domain.piece_parts import party_from
from mailroom.errors import MailroomError
from mailroom.store.apply import rows
from mailroom.store.journal import Change
from mailroom.store.office_tables import contact

Result = Mapping[str, Any]
MOST_ROWS = 500  # in one command: a reading must not wait longer than a chunk takes

_AT_PLACE = select(contact.c.id, contact.c.place).where(
    contact.c.place.in_(bindparam("places", expanding=True)), contact.c.removed.is_(False)
)


def add(change: Change) -> Result:
    """`contacts_added`: entries that the book does not have yet; one with the same name at the same place is known."""
    given = change.payload["contacts"]
    if len(given) > MOST_ROWS:
        raise ValueError(len(given))
    places = {one["id"]: same_place(party_from(one["party"])) for one in given}
    found = change.connection.execute(_AT_PLACE, {"places": sorted(set(places.values()))})
    known = {row.place: row.id for row in found}
    fresh = []
    ids = {}
    for one in given:
        place = places[one["id"]]
        ids[one["id"]] = known.setdefault(place, one["id"])
        if ids[one["id"]] == one["id"]:
            blank = {"version": 1, "uses": 0, "used_at": None, "removed": False}
            fresh.append({"id": one["id"], "changed_position": change.position, **blank, **_columns(one)})
    if fresh:
        change.connection.execute(insert(contact), fresh)
    return {"added": len(fresh), "known": len(given) - len(fresh), "ids": ids}


def edit(change: Change) -> Result:
    """`contact_changed`: all of an entry anew. Raises `contact_unknown`, `changed_meanwhile`."""
    row = _standing(change)
    if change.command.base_version is not None and change.command.base_version != row.version:
        raise MailroomError("changed_meanwhile", id=row.id)
    _write(change, row.id, version=row.version + 1, **_columns(change.payload["contact"]))
    return {"version": row.version + 1}


def remove(change: Change) -> Result:
    """`contact_removed`: the entry is no longer offered. Raises `contact_unknown`."""
    row = _standing(change)
    _write(change, row.id, version=row.version + 1, removed=True)
    return {}


def note_use(change: Change, contact_id: str) -> None:
    """Count a piece that was sent to an entry; nothing where there is no such entry."""
    if contact_id:
        change.connection.execute(
            update(contact)
            .where(contact.c.id == contact_id)
            .values(uses=contact.c.uses + 1, used_at=change.command.made_at, changed_position=change.position)
        )


def _standing(change: Change) -> Row[*tuple[Any, ...]]:
    row = change.connection.execute(select(contact).where(contact.c.id == change.command.subject)).one_or_none()
    if row is None or row.removed:
        raise MailroomError("contact_unknown", id=change.command.subject)
    return row


def _write(change: Change, id_: str, **values: object) -> None:
    change.connection.execute(
        update(contact).where(contact.c.id == id_).values(changed_position=change.position, **values)
    )


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    party = party_from(given["party"])
    parts = (party.name, party.company, *party.address, party.city, party.postal_code, given.get("email", ""))
    return {
        "place": same_place(party),
        "folded": fold(f"{party.name} {party.company}"),
        "words": " " + " ".join(dict.fromkeys(word for part in parts for word in words(part))),
        "party": rows.json_text(given["party"]),
        "email": given.get("email", ""),
        "note": given.get("note", ""),
    }


APPLY = {
    "contacts_added": add,
    "contact_changed": edit,
    "contact_removed": remove,
}
