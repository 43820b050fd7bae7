"""Editing a shipment's fields, and putting back what an edit replaced."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from mailroom.errors import MailroomError
from mailroom.store.apply import names, rows
from mailroom.store.apply.pieces import head, reindex, set_columns
from mailroom.store.apply.timeline import append_events
from mailroom.store.journal import Change

Result = Mapping[str, Any]

_EMPTY: tuple[object, ...] = (None, "", {}, [])


def edit(change: Change) -> Result:
    """`shipment_edited`: new values for some fields. Raises `changed_meanwhile` where the version moved on.

    The answer keeps the former ids of department, account, run and meter, for an undo.
    """
    row = head(change, change.command.subject)
    if change.command.base_version is not None and change.command.base_version != row.version:
        raise MailroomError("changed_meanwhile", id=row.id)
    links = _links(change, row)
    _write(change, row, change.payload.get("changes", {}), links)
    append_events(change, {row.id: [change.payload["event"]]})
    before = {name: getattr(row, name) for name in links}
    return {"version": row.version + 1, "links": links, "links_before": before}


def restore(change: Change, shipment_id: str, payload: Mapping[str, Any], result: Mapping[str, Any]) -> int:
    """Put back what an edit replaced, and return the new version.

    Raises `changed_meanwhile` where one of its fields was changed again since.
    """
    row = head(change, shipment_id)
    fields = _fields_of(row)
    links, before = result.get("links", {}), result.get("links_before", {})
    moved = any(not _same(fields.get(key), value) for key, value in payload.get("changes", {}).items())
    if moved or any(getattr(row, name) != value for name, value in links.items()):
        raise MailroomError("changed_meanwhile", id=row.id)
    _write(change, row, payload.get("before", {}), before)
    return int(row.version) + 1


def _links(change: Change, row: Row[*tuple[Any, ...]]) -> dict[str, str | None]:
    given = change.payload
    links: dict[str, str | None] = {}
    if "department" in given:
        links["department_id"] = names.department(change, given["department"])
    if "account" in given:
        department_id = links.get("department_id", row.department_id)
        links["account_id"] = names.account_of(change, given["account"], department_id)
    if "run" in given:
        links["run_id"] = names.run_of(change, given["run"])
    if "meter" in given:
        links["meter_id"] = names.meter_of(change, given["meter"])
    return links


def _fields_of(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(row.fields)
    fields["service"] = row.service
    fields["destination"] = {"postal_code": row.postal_code, "country": row.country}
    return fields


def _same(first: object, second: object) -> bool:
    return first == second or (first in _EMPTY and second in _EMPTY)


def _write(
    change: Change, row: Row[*tuple[Any, ...]], values: Mapping[str, Any], links: Mapping[str, str | None]
) -> None:
    fields: dict[str, Any] = json.loads(row.fields)
    columns: dict[str, object] = dict(links)
    for key, value in values.items():
        if key == "service":
            columns["service"] = value
        elif key == "destination":
            columns |= {"postal_code": value["postal_code"], "country": value["country"]}
        elif value in _EMPTY:
            fields.pop(key, None)
        else:
            fields[key] = value
    columns |= {"fields": rows.json_text(fields), "version": row.version + 1}
    set_columns(change, row.id, **columns)
    reindex(change, row.id)


APPLY = {"shipment_edited": edit}
