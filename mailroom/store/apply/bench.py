"""Commands of the bench: questions put aside, and badges."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from mailroom.errors import MailroomError
from mailroom.store.bench_tables import badge
from mailroom.store.journal import Change
from mailroom.store.office_tables import operator
from mailroom.store.tables import command, reading

Result = Mapping[str, Any]


def drop_reading(change: Change) -> Result:
    """`reading_dropped`: a reading that was asked about is put aside. Raises `command_unknown`."""
    first = change.connection.execute(
        select(command.c.position, command.c.kind).where(command.c.id == change.payload["command_id"])
    ).one_or_none()
    if first is None or first.kind != "reading_kept":
        raise MailroomError("command_unknown", id=change.payload["command_id"])
    change.connection.execute(
        update(reading)
        .where(reading.c.command_position == first.position, reading.c.outcome == "asked")
        .values(outcome="dropped")
    )
    return {}


def issue_badge(change: Change) -> Result:
    """`badge_issued`: an operator has a new badge, and the earlier ones are void. Raises `operator_unknown`."""
    operator_id = change.command.subject
    known(change, operator_id)
    change.connection.execute(delete(badge).where(badge.c.operator_id == operator_id))
    change.connection.execute(
        insert(badge),
        {"digest": change.payload["digest"], "operator_id": operator_id, "command_position": change.position},
    )
    return {}


def known(change: Change, operator_id: str) -> str:
    """The name of the operator with this id. Raises `operator_unknown`."""
    name = change.connection.scalar(select(operator.c.name).where(operator.c.id == operator_id))
    if name is None:
        raise MailroomError("operator_unknown")
    return str(name)


APPLY = {"reading_dropped": drop_reading, "badge_issued": issue_badge}
