"""Commands of an import: opened, rows in chunks, closed, undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update

from mailroom.errors import MailroomError
from mailroom.store.apply import heads, imported_events, imported_pieces, rows
from mailroom.store.apply.timeline import append_events, sort_out_known
from mailroom.store.journal import Change
from mailroom.store.paper_tables import import_file
from mailroom.store.tables import command, event

Result = Mapping[str, Any]
MOST_ROWS = 500  # in one command: a reading must not wait longer than a chunk takes


_COUNT = (
    update(import_file)
    .where(import_file.c.id == bindparam("of"))
    .values(added=import_file.c.added + bindparam("more"), known=import_file.c.known + bindparam("again"))
)
_STATE = select(import_file.c.kind, import_file.c.state).where(import_file.c.id == bindparam("of"))


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
    """`import_rows`: at most 500 rows; those on record already are known and not added again."""
    given = change.payload["rows"]
    if len(given) > MOST_ROWS:
        raise ValueError(len(given))
    kind, _state = _standing(change)
    if kind == "shipments":
        return _counted(change, len(given), imported_pieces.append(change, change.payload))
    if "columns" in change.payload:
        return _counted(change, len(given), imported_events.append(change, change.payload))
    known = sort_out_known(change, [(one["shipment_id"], one["event"]) for one in given])
    fresh: dict[str, list[Mapping[str, Any]]] = {}
    for one, again in zip(given, known, strict=True):
        if not again:
            fresh.setdefault(one["shipment_id"], []).append(one["event"])
    append_events(change, fresh, import_id=change.command.subject)
    return _counted(change, len(given), [one["row"] for one, again in zip(given, known, strict=True) if again])


def _counted(change: Change, rows_given: int, known: Sequence[int]) -> Result:
    added = rows_given - len(known)
    change.connection.execute(_COUNT, {"of": change.command.subject, "more": added, "again": len(known)})
    return {"added": added, "known": len(known), "known_rows": list(known)}


def close_import(change: Change) -> Result:
    """`import_closed`: the file is through, or was cancelled."""
    given = change.payload
    _standing(change)
    change.connection.execute(
        update(import_file)
        .where(import_file.c.id == change.command.subject)
        .values(state="cancelled" if given.get("cancelled") else "closed", refused=given.get("refused", 0))
    )
    return {}


def undo_import(change: Change) -> Result:
    """`import_undone`: rows of the import are withdrawn. Raises `already_undone`.

    "commands" names the commands whose rows go, "done" says that these are the last; without them all rows go at once.
    """
    import_id = change.command.subject
    kind, state = _standing(change)
    if state == "undone":
        raise MailroomError("already_undone", id=import_id)
    theirs: list[ColumnElement[bool]] = [event.c.withdrawn.is_(False)]
    named = change.payload.get("commands")
    if named is None:
        theirs.append(event.c.import_id == import_id)
    else:  # found by their commands alone: an engine that looks for the import as well goes through all its rows
        of_it = select(command.c.position).where(command.c.id.in_(named), command.c.subject == import_id)
        theirs.append(event.c.command_position.in_(change.connection.scalars(of_it).all()))
    ids = change.connection.scalars(select(event.c.shipment_id).where(*theirs)).all()
    state = "undone" if change.payload.get("done", True) else "undoing"
    change.connection.execute(update(import_file).where(import_file.c.id == import_id).values(state=state))
    if kind == "shipments":
        return {"withdrawn": imported_pieces.withdraw(change, ids)}
    change.connection.execute(update(event).where(*theirs).values(withdrawn=True))
    heads.refresh(change, ids)
    return {"withdrawn": len(ids)}


def _standing(change: Change) -> tuple[str, str]:
    """Kind and state of the import that a command is about. Raises `import_unknown`."""
    row = change.connection.execute(_STATE, {"of": change.command.subject}).one_or_none()
    if row is None:
        raise MailroomError("import_unknown", id=change.command.subject)
    return row.kind, row.state


APPLY = {
    "import_opened": open_import,
    "import_rows": take_rows,
    "import_closed": close_import,
    "import_undone": undo_import,
}
