"""Commands about a piece: recorded, read again, other codes, edited, postage, kept readings."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table, bindparam, func, insert, select, update

from mailroom.domain.command import utc_text
from mailroom.domain.folding import fold_number
from mailroom.domain.numbers import label_number
from mailroom.domain.shipment import NumberRole
from mailroom.domain.status import Status
from mailroom.errors import MailroomError
from mailroom.store import search
from mailroom.store.apply import contacts, heads, imprints, own_numbers, piece_rows, rows
from mailroom.store.apply.timeline import append_events
from mailroom.store.journal import Change
from mailroom.store.office_tables import account, run
from mailroom.store.tables import postage_line, shipment, shipment_number

Result = Mapping[str, Any]

_WITH_NUMBER = (
    select(shipment.c.id, shipment.c.status, shipment.c.recorded_at, shipment.c.recorded_by)
    .join(shipment_number, shipment_number.c.shipment_id == shipment.c.id)
    .where(
        shipment_number.c.normal.in_(bindparam("numbers", expanding=True)),
        shipment_number.c.role.in_(piece_rows.SAME_PIECE),
        shipment_number.c.withdrawn.is_(False),
        shipment.c.withdrawn.is_(False),
    )
    .order_by(shipment.c.position.desc())
    .limit(1)
)
_INSERT = insert(shipment)
_BY_ID = select(shipment).where(shipment.c.id == bindparam("id"))


def record(change: Change) -> Result:
    """`piece_recorded`: a new shipment, or another reading of one that is on its way.

    A piece without a carrier's number gets one of the desk's own (`own_number`); its imprint tells it again.
    """
    numbers = list(change.payload["numbers"])
    older = _shipment_with(change, numbers)
    if older is not None and piece_rows.still_open(older.status, older.recorded_at, change.command.made_at):
        return _repeat(change, older)
    same_imprint = imprints.holder(change, numbers)
    shipment_id = change.command.subject
    own = change.payload.get("own_number")
    if own is not None:
        if same_imprint is not None:
            return _repeat(change, same_imprint)
        numbers.insert(0, _own_number(change, own, shipment_id))
    _insert_shipment(change, shipment_id, numbers, reused=older is not None)
    rows.add_numbers(change, numbers, shipment_id, 1)
    contacts.note_use(change, change.payload["shipment"].get("fields", {}).get("contact_id", ""))
    rows.add_readings(change, change.payload["readings"], "recorded", shipment_id)
    event = change.payload["event"]
    if same_imprint is not None:
        event = {**event, "facts": {**event.get("facts", {}), "same_imprint": same_imprint.id}}
    rows.add_event_rows(change, [rows.event_row(change, event, shipment_id, 1, None)])
    return {
        "outcome": "recorded",
        "shipment_id": shipment_id,
        "number_reused": older is not None,
        "first_recorded_at": utc_text(change.command.made_at),
        "first_recorded_by": change.by,
        **({"same_imprint": same_imprint.id} if same_imprint is not None else {}),
    }


def repeat(change: Change) -> Result:
    """`piece_repeated`: a label read again that names its shipment otherwise than by a carrier's number."""
    return _repeat(change, head(change, change.command.subject))


def _own_number(change: Change, own: Mapping[str, Any], shipment_id: str) -> Mapping[str, Any]:
    year = int(own["year"])

    def written(count: int) -> str:
        return label_number(year, own["letter"], count)

    number = own_numbers.take(change, "label", year, written, shipment_id)
    return {"number": number, "carrier": "", "role": NumberRole.INTERNAL.value, "check": "ok"}


def keep_reading(change: Change) -> Result:
    """`reading_kept`: a reading that was asked about or refused."""
    given = change.payload
    rows.add_readings(
        change,
        given["readings"],
        given["outcome"],
        None,
        reason=given.get("reason"),
        number=given.get("number", ""),
    )
    return {}


def add_codes(change: Change) -> Result:
    """`codes_added`: the other codes of a label; an empty destination is filled."""
    given = change.payload
    row = head(change, change.command.subject)
    last = change.connection.scalar(
        select(func.max(shipment_number.c.ordinal)).where(shipment_number.c.shipment_id == row.id)
    )
    rows.add_numbers(change, given.get("numbers", ()), row.id, (last or 0) + 1)
    rows.add_readings(change, given["readings"], "added", row.id)
    destination = given.get("destination")
    fills = bool(destination) and not row.postal_code and not row.country
    if fills and destination:
        set_columns(change, row.id, postal_code=destination["postal_code"], country=destination["country"])
    filled = imprints.fill(change, row, given["fill"]) if given.get("fill") else []
    reindex(change, row.id)
    append_events(change, {row.id: [given["event"]]})
    return {"destination_filled": fills, "filled": filled}


def add_postage(change: Change) -> Result:
    """`postage_added`: further lines of money."""
    row = head(change, change.command.subject)
    lines = change.payload["postage"]
    total = row.postage_mills + sum(one["mills"] for one in lines)
    last = change.connection.scalar(
        select(func.max(postage_line.c.ordinal)).where(postage_line.c.shipment_id == row.id)
    )
    currency = piece_rows.one_currency(lines, row.postage_currency if last else "")
    rows.add_postage(change, lines, row.id, (last or 0) + 1)
    set_columns(change, row.id, postage_mills=total, postage_currency=currency or row.postage_currency)
    append_events(change, {row.id: [change.payload["event"]]})
    return {}


def head(change: Change, shipment_id: str) -> Row[*tuple[Any, ...]]:
    """The row of a shipment that a command changes. Raises `shipment_unknown`."""
    row = change.connection.execute(_BY_ID, {"id": shipment_id}).one_or_none()
    if row is None:
        raise MailroomError("shipment_unknown", id=shipment_id)
    return row


def set_columns(change: Change, shipment_id: str, **values: object) -> None:
    """Write head columns of a shipment and note that it changed."""
    change.connection.execute(
        update(shipment).where(shipment.c.id == shipment_id).values(changed_position=change.position, **values)
    )


def reindex(change: Change, shipment_id: str) -> None:
    """Bring what lists show of a shipment's numbers, and what it is found by, up to date."""
    row = head(change, shipment_id)
    numbers = rows.numbers_of(change, shipment_id)
    text = piece_rows.searchable(
        [one["number"] for one in numbers],
        row.carrier,
        row.service,
        json.loads(row.fields),
        _name(change, account, row.department_id),
        _name(change, run, row.run_id),
    )
    search.change(change.connection, row.position, row.search_text, text)
    set_columns(change, shipment_id, search_text=text, numbers=rows.json_text(numbers))


def _shipment_with(change: Change, numbers: Sequence[Mapping[str, Any]]) -> Row[*tuple[Any, ...]] | None:
    normal = [fold_number(one["number"]) for one in numbers if one["role"] in piece_rows.SAME_PIECE]
    if not normal:
        return None
    return change.connection.execute(_WITH_NUMBER, {"numbers": normal}).one_or_none()


def _repeat(change: Change, older: Row[*tuple[Any, ...]]) -> Result:
    rows.add_readings(change, change.payload["readings"], "repeated", older.id)
    append_events(change, {older.id: [change.payload["repeat_event"]]})
    return {
        "outcome": "repeated",
        "shipment_id": older.id,
        "number_reused": False,
        "first_recorded_at": utc_text(older.recorded_at),
        "first_recorded_by": older.recorded_by,
    }


def _insert_shipment(change: Change, shipment_id: str, numbers: Sequence[Mapping[str, Any]], *, reused: bool) -> None:
    given = change.payload
    lines, carrier = given.get("postage", ()), given["shipment"]["carrier"]
    belongs = piece_rows.belongings(change, given)
    position = piece_rows.next_position(change)
    row = piece_rows.shipment_row(change, given, shipment_id, numbers, position, belongs, reused=reused)
    change.connection.execute(_INSERT, row)
    rows.add_postage(change, lines, shipment_id, 1, meter_id=belongs.meter_id, account_id=belongs.paying_id)
    search.add(change.connection, [(position, row["search_text"])])
    heads.count(change.connection, {(Status.LABEL_CREATED.value, carrier): 1})


def _name(change: Change, table: Table[Any], id_: str | None) -> str:
    return "" if id_ is None else str(change.connection.scalar(select(table.c.name).where(table.c.id == id_)) or "")


APPLY = {
    "piece_recorded": record,
    "piece_repeated": repeat,
    "reading_kept": keep_reading,
    "codes_added": add_codes,
    "postage_added": add_postage,
}
