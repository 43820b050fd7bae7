"""What an imprint of a franking machine does to the record: who has it already, and which empty fields it fills."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from mailroom.domain.folding import fold_number
from mailroom.domain.shipment import LineKind, NumberRole
from mailroom.store.apply import names, rows
from mailroom.store.journal import Change
from mailroom.store.tables import postage_line, shipment, shipment_number

Json = Mapping[str, Any]

_WITH_IMPRINT = (
    select(shipment.c.id, shipment.c.status, shipment.c.recorded_at, shipment.c.recorded_by)
    .join(shipment_number, shipment_number.c.shipment_id == shipment.c.id)
    .where(
        shipment_number.c.normal.in_(bindparam("numbers", expanding=True)),
        shipment_number.c.role == NumberRole.IMPRINT.value,
        shipment_number.c.withdrawn.is_(False),
        shipment.c.withdrawn.is_(False),
    )
    .order_by(shipment.c.position.desc())
    .limit(1)
)


def holder(change: Change, numbers: Sequence[Json]) -> Row[*tuple[Any, ...]] | None:
    """The newest shipment that has one of these imprints; an imprint is never used twice, however old it is."""
    imprints = [fold_number(one["number"]) for one in numbers if one["role"] == NumberRole.IMPRINT.value]
    return change.connection.execute(_WITH_IMPRINT, {"numbers": imprints}).one_or_none() if imprints else None


def fill(change: Change, row: Row[*tuple[Any, ...]], given: Json) -> list[str]:
    """Let an imprint that was read later fill what is empty, and name what it filled; postage becomes a line.

    `given`: {"fields": {imprint, mailed_on, proof_of_postage}, "meter": named, "postage": [line]}, each where known.
    """
    fields: dict[str, Any] = json.loads(row.fields)
    columns: dict[str, Any] = {}
    filled = [key for key, value in given.get("fields", {}).items() if value and not fields.get(key)]
    fields |= {key: given["fields"][key] for key in filled}
    if given.get("meter") and row.meter_id is None:
        columns["meter_id"] = names.meter_of(change, given["meter"])
        filled.append("meter")
    lines = given.get("postage") or []
    if lines and not _lines_of(change, row.id):
        rows.add_postage(change, lines, row.id, 1, meter_id=columns.get("meter_id", row.meter_id))
        columns["postage_mills"] = sum(one["mills"] for one in lines)
        columns["postage_currency"] = lines[0]["currency"]
        filled.append("postage")
    said = [name for name in filled if name != "imprint"]
    if said:
        fields["from_imprint"] = sorted({*fields.get("from_imprint", ()), *said})
    _write(change, row, fields, columns)
    return filled


def take_out(change: Change, row: Row[*tuple[Any, ...]], filled: Sequence[str], line_id: str) -> None:
    """Undo what an imprint filled; a line of money stays and gets its reverse beside it, under `line_id`."""
    fields: dict[str, Any] = json.loads(row.fields)
    columns: dict[str, Any] = {}
    for name in filled:
        fields.pop(name, None)
    left = [name for name in fields.get("from_imprint", ()) if name not in filled]
    fields["from_imprint"] = left
    if not left:
        del fields["from_imprint"]
    if "meter" in filled:
        columns["meter_id"] = None
    if "postage" in filled and row.postage_mills:
        line = {"id": line_id, "kind": LineKind.CORRECTION.value, "mills": -row.postage_mills}
        line["currency"] = row.postage_currency
        rows.add_postage(change, [line], row.id, _lines_of(change, row.id) + 1, meter_id=row.meter_id)
        columns["postage_mills"] = 0
    _write(change, row, fields, columns)


def _write(change: Change, row: Row[*tuple[Any, ...]], fields: Json, columns: Json) -> None:
    change.connection.execute(
        update(shipment)
        .where(shipment.c.id == row.id)
        .values(fields=rows.json_text(fields), version=row.version + 1, changed_position=change.position, **columns)
    )


def _lines_of(change: Change, shipment_id: str) -> int:
    count = select(func.count()).select_from(postage_line).where(postage_line.c.shipment_id == shipment_id)
    return change.connection.scalar(count) or 0
