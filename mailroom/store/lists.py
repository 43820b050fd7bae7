"""Questions about the office's lists: accounts, meters, runs, operators, settings."""

import json

from sqlalchemy import select
from sqlalchemy.engine import Connection

from mailroom.domain import payloads
from mailroom.domain.money import Money
from mailroom.domain.office import Account, MailRun, Meter, MeterReading, OfficeSettings, RunState
from mailroom.domain.operator import Operator, Role
from mailroom.domain.sign_in import Person, held_until
from mailroom.store.office_tables import account, meter, meter_reading, office_setting, operator, run, sign_in


def accounts(connection: Connection) -> tuple[Account, ...]:
    """All accounts by name, departments (no parent) among them."""
    found = connection.execute(select(account).order_by(account.c.folded, account.c.id))
    return tuple(Account(row.id, row.name, row.parent_id or "", row.code) for row in found)


def meters(connection: Connection) -> tuple[Meter, ...]:
    """All meters by name."""
    found = connection.execute(select(meter).order_by(meter.c.folded, meter.c.id))
    return tuple(Meter(row.id, row.name, row.serial, row.maker) for row in found)


def meter_readings(connection: Connection, meter_id: str) -> tuple[MeterReading, ...]:
    """The readings of a meter's registers, the last one put on record first."""
    query = select(meter_reading).where(meter_reading.c.meter_id == meter_id)
    return tuple(
        MeterReading(
            row.id,
            row.meter_id,
            row.read_at,
            Money(row.used_mills, row.currency),
            Money(row.available_mills, row.currency),
            row.pieces,
        )
        for row in connection.execute(query.order_by(meter_reading.c.command_position.desc()))
    )


def runs(connection: Connection) -> tuple[MailRun, ...]:
    """All mail runs, the last opened first."""
    found = connection.execute(select(run).order_by(run.c.opened_at.desc(), run.c.id.desc()))
    return tuple(
        MailRun(row.id, row.name, RunState(row.state), row.opened_at, row.carrier, row.closed_at) for row in found
    )


def office_settings(connection: Connection) -> OfficeSettings:
    """The office's settings as they stand; defaults where nothing was set."""
    found = connection.execute(select(office_setting))
    return payloads.settings_from({row.key: json.loads(row.value) for row in found})


def operators(connection: Connection) -> tuple[Operator, ...]:
    """Who works here, by name. The desk's letter is the desk's own setting: it is `A` here."""
    return tuple(one.operator for one in people(connection) if one.active)


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody who works or worked here, by name."""
    wanted = select(operator, sign_in).outerjoin(sign_in, sign_in.c.operator_id == operator.c.id)
    return tuple(
        Person(
            Operator(row.id, row.name, Role(row.role), desk=row.desk, departments=tuple(json.loads(row.departments))),
            row.active is not False,
            bool(row.pin_hash),
            held_until(row.misses or 0, row.missed_at),
        )
        for row in connection.execute(wanted.order_by(operator.c.name, operator.c.id))
    )


def pin_hash(connection: Connection, operator_id: str) -> str:
    """The hash of an operator's PIN; empty for none."""
    return connection.scalar(select(sign_in.c.pin_hash).where(sign_in.c.operator_id == operator_id)) or ""
