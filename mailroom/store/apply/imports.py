"""Commands of an import: opened, rows in chunks, closed, undone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from mailroom.errors import MailroomError
from mailroom.store.apply import heads, rows
from mailroom.store.apply.timeline import append_events, sort_out_known
from mailroom.store.journal import Change
from mailroom.store.paper_tables import import_file
from mailroom.store.tables import event

Result = Mapping[str, Any]
MOST_ROWS = 500  # in one command: a reading must not wait longer than a chunk takes


def open_import(change: Change) -> Result:
    """`import_opened`: a file is taken in."""
    given = change.payload
    change.connection.execute(
        insert(import_file),
        {
            "id": change.command.subject,
            "file_name": given["file_name"],
            "sha256": given["sha256"],
            "kind": given["kind"],
            "mapping": rows.json_text(given.get("mapping")),
            "row_count": given["row_count"],
            "state": "open",
            "added": 0,
            "known": 0,
            "refused": 0,
            "opened_at": change.command.made_at,
            "opened_by": change.by,
        },
    )
    return {}


def take_rows(change: Change) -> Result:
    """`import_rows`: at most 500 events; those on record already are known and not added again."""
    given = change.payload["rows"]
    if len(given) > MOST_ROWS:
        raise ValueError(len(given))
    _state(change)
    known = sort_out_known(change, [(one["shipment_id"], one["event"]) for one in given])
    fresh: dict[str, list[Mapping[str, Any]]] = {}
    for one, again in zip(given, known, strict=True):
        if not again:
            fresh.setdefault(one["shipment_id"], []).append(one["event"])
    append_events(change, fresh, import_id=change.command.subject)
    count = sum(known)
    change.connection.execute(
        update(import_file)
        .where(import_file.c.id == change.command.subject)
        .values(added=import_file.c.added + len(given) - count, known=import_file.c.known + count)
    )
    return {
        "added": len(given) - count,
        "known": count,
        "known_rows": [one["row"] for one, again in zip(given, known, strict=True) if again],
    }


def close_import(change: Change) -> Result:
    """`import_closed`: the file is through, or was cancelled."""
    given = change.payload
    _state(change)
    change.connection.execute(
        update(import_file)
        .where(import_file.c.id == change.command.subject)
        .values(state="cancelled" if given.get("cancelled") else "closed", refused=given.get("refused", 0))
    )
    return {}


def undo_import(change: Change) -> Result:
    """`import_undone`: every event of the import is withdrawn. Raises `already_undone`."""
    import_id = change.command.subject
    if _state(change) == "undone":
        raise MailroomError("already_undone", id=import_id)
    theirs = (event.c.import_id == import_id, event.c.withdrawn.is_(False))
    ids = change.connection.scalars(select(event.c.shipment_id).where(*theirs)).all()
    change.connection.execute(update(event).where(*theirs).values(withdrawn=True))
    change.connection.execute(update(import_file).where(import_file.c.id == import_id).values(state="undone"))
    heads.refresh(change, ids)
    return {"withdrawn": len(ids)}


def _state(change: Change) -> str:
    state = change.connection.scalar(select(import_file.c.state).where(import_file.c.id == change.command.subject))
    if state is None:
        raise MailroomError("import_unknown", id=change.command.subject)
    return state


APPLY = {
    "import_opened": open_import,
    "import_rows": take_rows,
    "import_closed": close_import,
    "import_undone": undo_import,
}
