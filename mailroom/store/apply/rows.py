"""Rows of readings, numbers, events and postage lines from what a command carries."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from mailroom.domain.command import canonical_json, parse_utc
from mailroom.domain.folding import fold_number
from mailroom.domain.payloads import EVENT_TEXTS
from mailroom.store.journal import Change
from mailroom.store.tables import event, postage_line, reading, shipment_number

Json = Mapping[str, Any]

_READING, _NUMBER, _EVENT, _POSTAGE = (
    insert(reading),
    insert(shipment_number),
    insert(event),
    insert(postage_line),
)


def json_text(value: object) -> str:
    """JSON as columns hold it: canonical, so that a rebuilt row is equal."""
    return canonical_json(value).decode()


def add_readings(
    change: Change,
    readings: Sequence[Json],
    outcome: str,
    shipment_id: str | None,
    *,
    reason: Json | None = None,
    number: str = "",
) -> None:
    """Keep the readings of one label; the first is the one shown."""
    reason = reason or {}
    rows = [
        {
            "command_position": change.position,
            "ordinal": ordinal,
            "id": one["id"],
            "shipment_id": shipment_id,
            "raw": one["raw"],
            "symbology": one.get("symbology") or "",
            "source": one["source"],
            "device": one.get("device", ""),
            "engine": one.get("engine", ""),
            "read_at": parse_utc(one["read_at"]),
            "outcome": outcome,
            "reason_code": reason.get("code", ""),
            "reason_facts": json_text(reason.get("facts", {})),
            "number": number,
        }
        for ordinal, one in enumerate(readings)
    ]
    if rows:
        change.connection.execute(_READING, rows)


def add_numbers(change: Change, numbers: Sequence[Json], shipment_id: str, first: int) -> None:
    """Give a shipment numbers, counted on from `first`."""
    add_number_rows(change, number_rows(change, numbers, shipment_id, first))


def number_rows(change: Change, numbers: Sequence[Json], shipment_id: str, first: int) -> list[dict[str, Any]]:
    """Numbers of a shipment as rows."""
    return [
        {
            "shipment_id": shipment_id,
            "ordinal": ordinal,
            "number": one["number"],
            "normal": fold_number(one["number"]),
            "carrier": one["carrier"],
            "role": one["role"],
            "check_result": one["check"],
            "command_position": change.position,
            "withdrawn": False,
        }
        for ordinal, one in enumerate(numbers, first)
    ]


def add_number_rows(change: Change, rows: Sequence[dict[str, Any]]) -> None:
    """Append numbers, of many shipments at once."""
    if rows:
        change.connection.execute(_NUMBER, rows)


def numbers_of(change: Change, shipment_id: str) -> list[dict[str, str]]:
    """The numbers of a shipment that are not withdrawn, as JSON."""
    query = (
        select(
            shipment_number.c.number,
            shipment_number.c.carrier,
            shipment_number.c.role,
            shipment_number.c.check_result.label("check"),
        )
        .where(shipment_number.c.shipment_id == shipment_id, shipment_number.c.withdrawn.is_(False))
        .order_by(shipment_number.c.ordinal)
    )
    return [dict(row._mapping) for row in change.connection.execute(query)]


def event_row(change: Change, value: Json, shipment_id: str, ordinal: int, import_id: str | None) -> dict[str, Any]:
    """One event as a row; `ordinal` counts the events of the shipment from 1."""
    return {
        "shipment_id": shipment_id,
        "ordinal": ordinal,
        "id": value["id"],
        "command_position": change.position,
        "import_id": import_id,
        "kind": value["kind"],
        "status": value.get("status") or "",
        "happened": value["happened"],
        "sort_at": parse_utc(value["sort_at"]),
        "recorded_at": change.command.made_at,
        "recorded_by": change.by,
        "source": value["source"],
        **{name: value.get(name) or "" for name in EVENT_TEXTS},
        "file_row": value.get("file_row") or 0,
        "facts": json_text(value.get("facts") or {}),
        "withdrawn": False,
    }


def add_event_rows(change: Change, rows: Sequence[dict[str, Any]]) -> None:
    """Append events."""
    if rows:
        change.connection.execute(_EVENT, rows)


def add_postage(
    change: Change,
    lines: Sequence[Json],
    shipment_id: str,
    first: int,
    *,
    meter_id: str | None = None,
    account_id: str | None = None,
) -> None:
    """Append lines of money, counted on from `first`; meter and account are the piece's where a line names none."""
    add_postage_rows(change, postage_rows(change, lines, shipment_id, first, meter_id=meter_id, account_id=account_id))


def postage_rows(
    change: Change,
    lines: Sequence[Json],
    shipment_id: str,
    first: int,
    *,
    meter_id: str | None = None,
    account_id: str | None = None,
) -> list[dict[str, Any]]:
    """Lines of money of a shipment as rows."""
    return [
        {
            "id": one["id"],
            "shipment_id": shipment_id,
            "ordinal": ordinal,
            "command_position": change.position,
            "kind": one["kind"],
            "mills": one["mills"],
            "currency": one["currency"],
            "meter_id": one.get("meter_id") or meter_id,
            "account_id": one.get("account_id") or account_id,
            "indicium": one.get("indicium", ""),
            "note": one.get("note", ""),
            "recorded_at": change.command.made_at,
        }
        for ordinal, one in enumerate(lines, first)
    ]


def add_postage_rows(change: Change, rows: Sequence[dict[str, Any]]) -> None:
    """Append lines of money, of many shipments at once."""
    if rows:
        change.connection.execute(_POSTAGE, rows)
