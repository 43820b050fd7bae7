"""Commands about what the office keeps lists of: accounts, meters, operators, settings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from mailroom.domain.command import parse_utc
from mailroom.domain.folding import fold
from mailroom.errors import MailroomError
from mailroom.store.apply import names, rows
from mailroom.store.journal import Change
from mailroom.store.office_tables import account, meter, meter_reading, office_setting, operator

Result = Mapping[str, Any]


def add_account(change: Change) -> Result:
    """`account_added`; without a parent it is a department. Raises `name_taken`, `account_unknown`."""
    given = change.payload
    parent_id = given.get("parent_id") or None
    if parent_id and change.connection.scalar(select(account.c.id).where(account.c.id == parent_id)) is None:
        raise MailroomError("account_unknown", id=parent_id)
    names.refuse_taken(change, account, given["name"], parent_id)
    change.connection.execute(
        insert(account),
        {
            "id": change.command.subject,
            "parent_id": parent_id,
            "name": given["name"],
            "folded": fold(given["name"]),
            "code": given.get("code", ""),
        },
    )
    return {}


def add_meter(change: Change) -> Result:
    """`meter_added`. Raises `name_taken`."""
    given = change.payload
    names.refuse_taken(change, meter, given["name"])
    change.connection.execute(
        insert(meter),
        {
            "id": change.command.subject,
            "name": given["name"],
            "folded": fold(given["name"]),
            "serial": given.get("serial", ""),
            "maker": given.get("maker", ""),
        },
    )
    return {}


def add_meter_reading(change: Change) -> Result:
    """`meter_reading_added`. Raises `meter_unknown`, `currencies_differ`."""
    given = change.payload
    meter_id = change.command.subject
    if change.connection.scalar(select(meter.c.id).where(meter.c.id == meter_id)) is None:
        raise MailroomError("meter_unknown", id=meter_id)
    used, available = given["used"], given["available"]
    if used["currency"] != available["currency"]:
        raise MailroomError("currencies_differ", first=used["currency"], second=available["currency"])
    change.connection.execute(
        insert(meter_reading),
        {
            "id": given["id"],
            "meter_id": meter_id,
            "read_at": parse_utc(given["read_at"]),
            "used_mills": used["mills"],
            "available_mills": available["mills"],
            "currency": used["currency"],
            "pieces": given["pieces"],
            "command_position": change.position,
        },
    )
    return {}


def add_operator(change: Change) -> Result:
    """`operator_added`; the same id again gives the operator the new name, role and departments."""
    given = change.payload
    values = {
        "name": given["name"],
        "role": given["role"],
        "desk": change.command.desk,
        "departments": rows.json_text(list(given.get("departments", ()))),
    }
    id_ = change.command.subject
    if change.connection.scalar(select(operator.c.id).where(operator.c.id == id_)) is None:
        change.connection.execute(insert(operator), {"id": id_, **values})
    else:
        change.connection.execute(update(operator).where(operator.c.id == id_).values(**values))
    return {}


def change_office(change: Change) -> Result:
    """`office_changed`: the named settings get new values."""
    for key, value in sorted(change.payload["changes"].items()):
        text = rows.json_text(value)
        if change.connection.scalar(select(office_setting.c.key).where(office_setting.c.key == key)) is None:
            change.connection.execute(insert(office_setting), {"key": key, "value": text})
        else:
            change.connection.execute(update(office_setting).where(office_setting.c.key == key).values(value=text))
    return {}


APPLY = {
    "account_added": add_account,
    "meter_added": add_meter,
    "meter_reading_added": add_meter_reading,
    "operator_added": add_operator,
    "office_changed": change_office,
}
