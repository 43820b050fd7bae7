"""Taking a command back: another command, after which nothing of the first is shown, and both are on record."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from mailroom.domain.shipment import LineKind
from mailroom.errors import MailroomError
from mailroom.store.apply import edits, heads, imprints, rows
from mailroom.store.apply.pieces import head, reindex, set_columns
from mailroom.store.apply.timeline import append_events
from mailroom.store.journal import Change
from mailroom.store.paper_tables import attachment
from mailroom.store.tables import command, event, postage_line, reading, shipment_number
from mailroom.store.tables import undo as undone

_COMMAND = select(command).where(command.c.id == bindparam("id"))


def take_back(change: Change) -> Mapping[str, Any]:
    """`command_undone`. Raises `already_undone`, `command_unknown`, `not_undoable`, `changed_meanwhile`."""
    command_id = change.payload["command_id"]
    first = change.connection.execute(_COMMAND, {"id": command_id}).one_or_none()
    if first is None:
        raise MailroomError("command_unknown", id=command_id)
    if change.connection.scalar(select(undone.c.command_id).where(undone.c.command_id == command_id)):
        raise MailroomError("already_undone", id=command_id)
    way = _WAYS.get(first.kind)
    if way is None:
        raise MailroomError("not_undoable", id=command_id)
    change.connection.execute(insert(undone), {"command_id": command_id, "undone_by": change.command.id})
    result = way(change, first)
    note = change.payload.get("event")
    if note is not None:
        append_events(change, {first.subject: [note]})
    return result


def _piece(change: Change, first: Row[*tuple[Any, ...]]) -> Mapping[str, Any]:
    if json.loads(first.result)["outcome"] != "recorded":
        raise MailroomError("not_undoable", id=first.id)
    row = head(change, first.subject)
    set_columns(change, row.id, withdrawn=True)
    heads.count(change.connection, {(row.status, row.carrier): -1})
    change.connection.execute(update(reading).where(reading.c.shipment_id == row.id).values(outcome="undone"))
    return {}


def _codes(change: Change, first: Row[*tuple[Any, ...]]) -> Mapping[str, Any]:
    theirs = first.position
    change.connection.execute(update(reading).where(reading.c.command_position == theirs).values(outcome="undone"))
    change.connection.execute(
        update(shipment_number)
        .where(shipment_number.c.shipment_id == first.subject, shipment_number.c.command_position == theirs)
        .values(withdrawn=True)
    )
    result = json.loads(first.result)
    if result["destination_filled"]:
        set_columns(change, first.subject, postal_code="", country="")
    if result.get("filled"):
        imprints.take_out(change, head(change, first.subject), result["filled"], f"{change.command.id}:postage")
    reindex(change, first.subject)
    return _events(change, first)


def _events(change: Change, first: Row[*tuple[Any, ...]]) -> Mapping[str, Any]:
    change.connection.execute(
        update(event)
        .where(event.c.shipment_id == first.subject, event.c.command_position == first.position)
        .values(withdrawn=True)
    )
    heads.refresh(change, [first.subject])
    return {}


def _attachment(change: Change, first: Row[*tuple[Any, ...]]) -> Mapping[str, Any]:
    change.connection.execute(
        update(attachment).where(attachment.c.command_position == first.position).values(withdrawn=True)
    )
    return _events(change, first)


def _edit(change: Change, first: Row[*tuple[Any, ...]]) -> Mapping[str, Any]:
    if first.payload is None:
        raise MailroomError("not_undoable", id=first.id)
    version = edits.restore(change, first.subject, json.loads(first.payload), json.loads(first.result))
    heads.refresh(change, [first.subject])
    return {"version": version}


def _postage(change: Change, first: Row[*tuple[Any, ...]]) -> Mapping[str, Any]:
    """Lines of money are never taken out: one more brings the sum back."""
    if first.payload is None:
        raise MailroomError("not_undoable", id=first.id)
    lines = json.loads(first.payload)["postage"]
    added = sum(one["mills"] for one in lines)
    row = head(change, first.subject)
    last = change.connection.scalar(
        select(func.max(postage_line.c.ordinal)).where(postage_line.c.shipment_id == row.id)
    )
    back = {"id": f"{change.command.id}:postage", "kind": LineKind.CORRECTION.value, "mills": -added}
    back |= {"currency": row.postage_currency, "indicium": "", "note": ""}
    rows.add_postage(change, [back], row.id, (last or 0) + 1)
    set_columns(change, row.id, postage_mills=row.postage_mills - added)
    return {}


_WAYS: dict[str, Callable[[Change, Row[*tuple[Any, ...]]], Mapping[str, Any]]] = {
    "piece_recorded": _piece,
    "codes_added": _codes,
    "events_added": _events,
    "attachment_added": _attachment,
    "shipment_edited": _edit,
    "postage_added": _postage,
}

APPLY = {"command_undone": take_back}
