"""Commands about a piece: recorded, read again, other codes, edited, postage, kept readings."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Table, bindparam, func, insert, select, update

from mailroom.domain.command import utc_text
from mailroom.domain.folding import fold_number
from mailroom.domain.numbers import label_number
from mailroom.domain.shipment import REUSE_DAYS, NumberRole
from mailroom.domain.status import FINAL, Status
from mailroom.errors import MailroomError
from mailroom.store import search
from mailroom.store.apply import contacts, heads, imprints, names, own_numbers, rows
from mailroom.store.apply.timeline import append_events
from mailroom.store.journal import Change
from mailroom.store.office_tables import account, run
from mailroom.store.tables import postage_line, shipment, shipment_number

Result = Mapping[str, Any]

_SAME_PIECE = (NumberRole.PRIMARY.value, NumberRole.PARTNER.value, NumberRole.INTERNAL.value)
_WITH_NUMBER = (
    select(shipment.c.id, shipment.c.status, shipment.c.recorded_at, shipment.c.recorded_by)
    .join(shipment_number, shipment_number.c.shipment_id == shipment.c.id)
    .where(
        shipment_number.c.normal.in_(bindparam("numbers", expanding=True)),
        shipment_number.c.role.in_(_SAME_PIECE),
        shipment_number.c.withdrawn.is_(False),
        shipment.c.withdrawn.is_(False),
    )
    .order_by(shipment.c.position.desc())
    .limit(1)
)
_SHOWN = ("number", "carrier", "role", "check")  # of a number, as lists show it
_LAST_POSITION = select(func.max(shipment.c.position))
_INSERT = insert(shipment)
_BY_ID = select(shipment).where(shipment.c.id == bindparam("id"))


def record(change: Change) -> Result:
    """`piece_recorded`: a new shipment, or another reading of one that is on its way.

    A piece without a carrier's number gets one of the desk's own (`own_number`); its imprint tells it again.
    """
    numbers = list(change.payload["numbers"])
    older = _shipment_with(change, numbers)
    if older is not None and _still_open(change, older):
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
    currency = _one_currency(lines, row.postage_currency if last else "")
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
    text = _searchable(
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
    normal = [fold_number(one["number"]) for one in numbers if one["role"] in _SAME_PIECE]
    if not normal:
        return None
    return change.connection.execute(_WITH_NUMBER, {"numbers": normal}).one_or_none()


def _still_open(change: Change, row: Row[*tuple[Any, ...]]) -> bool:
    if Status(row.status) not in FINAL:
        return True
    age: timedelta = change.command.made_at - row.recorded_at
    return age < timedelta(days=REUSE_DAYS)


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
    piece, lines = given["shipment"], given.get("postage", ())
    fields = piece.get("fields", {})
    department, run_named = given.get("department"), given.get("run")
    department_id = names.department(change, department)
    account_id = names.account_of(change, given.get("account"), department_id)
    run_id = names.run_of(change, run_named)
    meter_id = names.meter_of(change, given.get("meter"))
    promised = fields.get("promised_on", "")
    destination = piece.get("destination") or {}
    text = _searchable(
        [one["number"] for one in numbers],
        piece["carrier"],
        piece.get("service", ""),
        fields,
        department["name"] if department else "",
        run_named["name"] if run_named else "",
    )
    position = (change.connection.scalar(_LAST_POSITION) or 0) + 1
    change.connection.execute(
        _INSERT,
        {
            **dict.fromkeys(heads.HEAD, ""),
            "position": position,
            "id": shipment_id,
            "version": 1,
            "carrier": piece["carrier"],
            "tracking_number": piece["tracking_number"],
            "numbers": rows.json_text([{key: one[key] for key in _SHOWN} for one in numbers]),
            "check_result": piece["check"],
            "service": piece.get("service", ""),
            "service_code": piece.get("service_code", ""),
            "status": Status.LABEL_CREATED.value,
            "recorded_at": change.command.made_at,
            "recorded_by": change.by,
            "recorded_by_id": change.command.made_by,
            "desk": change.command.desk,
            "postal_code": destination.get("postal_code", ""),
            "country": destination.get("country", ""),
            "fields": rows.json_text(fields),
            "department_id": department_id,
            "account_id": account_id,
            "run_id": run_id,
            "meter_id": meter_id,
            "postage_mills": sum(one["mills"] for one in lines),
            "postage_currency": _one_currency(lines, "") or "USD",
            "promised_on": promised,
            "promise_basis": "user" if promised else "",
            "number_reused": reused,
            "withdrawn": False,
            "event_count": 1,
            "changed_position": change.position,
            "search_text": text,
        },
    )
    rows.add_postage(change, lines, shipment_id, 1, meter_id=meter_id, account_id=account_id or department_id)
    search.add(change.connection, position, text)
    heads.count(change.connection, {(Status.LABEL_CREATED.value, piece["carrier"]): 1})


def _one_currency(lines: Sequence[Mapping[str, Any]], before: str) -> str:
    currency = before
    for one in lines:
        if currency and one["currency"] != currency:
            raise MailroomError("currencies_differ", first=currency, second=one["currency"])
        currency = one["currency"]
    return currency


def _searchable(
    numbers: Sequence[str], carrier: str, service: str, fields: Mapping[str, Any], department: str, run_name: str
) -> str:
    recipient = fields.get("recipient", {})
    return search.searchable(
        (
            *numbers,
            recipient.get("name", ""),
            recipient.get("company", ""),
            *recipient.get("address", ()),
            recipient.get("city", ""),
            recipient.get("postal_code", ""),
            fields.get("order", ""),
            department,
            run_name,
            fields.get("contents", ""),
            fields.get("note", ""),
            fields.get("requester", ""),
            service,
            carrier,
        )
    )


def _name(change: Change, table: Table[Any], id_: str | None) -> str:
    return "" if id_ is None else str(change.connection.scalar(select(table.c.name).where(table.c.id == id_)) or "")


APPLY = {
    "piece_recorded": record,
    "piece_repeated": repeat,
    "reading_kept": keep_reading,
    "codes_added": add_codes,
    "postage_added": add_postage,
}
