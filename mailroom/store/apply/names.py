"""Departments, accounts, meters and runs by the name that a person uses: found, or added with the given id."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from mailroom.domain.folding import fold
from mailroom.domain.office import RunState
from mailroom.errors import MailroomError
from mailroom.store.journal import Change
from mailroom.store.office_tables import account, meter, run

Named = Mapping[str, Any] | None  # {"id", "name"}

_DEPARTMENT = select(account.c.id).where(account.c.folded == bindparam("folded"), account.c.parent_id.is_(None))
_ACCOUNT = select(account.c.id).where(
    account.c.folded == bindparam("folded"), account.c.parent_id == bindparam("parent_id")
)
_ANY_ACCOUNT = select(account.c.id).where(account.c.folded == bindparam("folded"), account.c.parent_id.is_not(None))
_METER = select(meter.c.id).where(meter.c.folded == bindparam("folded"))
_CURRENT = (RunState.OPEN.value, RunState.PAUSED.value)
_CURRENT_RUN = select(run.c.id, run.c.state).where(run.c.folded == bindparam("folded"), run.c.state.in_(_CURRENT))


def department(change: Change, named: Named) -> str | None:
    """The id of a department; none for null."""
    if named is None:
        return None
    found = change.connection.scalar(_DEPARTMENT.order_by(account.c.id), {"folded": fold(named["name"])})
    return found or _added(change, account, named, parent_id=None, code="")


def account_of(change: Change, named: Named, department_id: str | None) -> str | None:
    """The id of an account of a department, or of any department where none is given; none for null."""
    if named is None:
        return None
    folded = fold(named["name"])
    if department_id is None:
        found = change.connection.scalar(_ANY_ACCOUNT.order_by(account.c.id), {"folded": folded})
    else:
        values = {"folded": folded, "parent_id": department_id}
        found = change.connection.scalar(_ACCOUNT.order_by(account.c.id), values)
    return found or _added(change, account, named, parent_id=department_id, code="")


def meter_of(change: Change, named: Named) -> str | None:
    """The id of a meter; none for null."""
    if named is None:
        return None
    found = change.connection.scalar(_METER.order_by(meter.c.id), {"folded": fold(named["name"])})
    return found or _added(change, meter, named, serial="", maker="")


def run_of(change: Change, named: Named, carrier: str = "") -> str | None:
    """The id of an open run: a closed one of that name was handed over, a new one begins. None for null.

    A paused one is taken up again: a piece was put into it.
    """
    if named is None:
        return None
    order = (run.c.state, run.c.id)
    found = change.connection.execute(_CURRENT_RUN.order_by(*order), {"folded": fold(named["name"])}).first()
    if found:
        if found.state == RunState.PAUSED.value:
            change.connection.execute(update(run).where(run.c.id == found.id).values(state=RunState.OPEN.value))
        return str(found.id)
    return _added(
        change,
        run,
        named,
        carrier=carrier,
        state=RunState.OPEN.value,
        opened_at=change.command.made_at,
        closed_at=None,
    )


def refuse_taken(change: Change, table: Table[Any], name: str, parent_id: str | None = None) -> None:
    """Raise `name_taken` where a list has the name already."""
    query = select(table.c.id).where(table.c.folded == fold(name))
    if table is account:
        query = query.where(account.c.parent_id == parent_id if parent_id else account.c.parent_id.is_(None))
    if table is run:
        query = query.where(run.c.state.in_(_CURRENT))
    if change.connection.scalar(query.limit(1)) is not None:
        raise MailroomError("name_taken", name=name)


def _added(change: Change, table: Table[Any], named: Mapping[str, Any], **rest: object) -> str:
    id_ = str(named["id"])
    change.connection.execute(insert(table), {"id": id_, "name": named["name"], "folded": fold(named["name"]), **rest})
    return id_
