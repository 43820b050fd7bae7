"""Commands of signing in: PINs, tries, who sits down, and who no longer works here."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select, update

from mailroom.domain.sign_in import held_until
from mailroom.errors import MailroomError
from mailroom.store.apply.bench import known
from mailroom.store.journal import Change
from mailroom.store.office_tables import office_setting, operator, sign_in

Result = Mapping[str, Any]


def set_pin(change: Change) -> Result:
    """`operator_pin_set`: an operator has a new PIN, or none (an empty hash); what was tried before is forgotten."""
    known(change, change.command.subject)
    _put(change, pin_hash=change.payload["hash"], misses=0, missed_at=None)
    return _administrable(change)


def set_active(change: Change) -> Result:
    """`operator_active_set`: an operator no longer works here, or does again."""
    known(change, change.command.subject)
    _put(change, active=bool(change.payload["active"]))
    return _administrable(change)


def try_pin(change: Change) -> Result:
    """`pin_tried`: somebody gives a PIN; the try counts before it is looked at, and being seated sets it to none.

    So two that guess at once gain nothing. Raises `pin_wait` where the wait after the last one is not over.
    """
    known(change, change.command.subject)
    row = change.connection.execute(
        select(sign_in.c.misses, sign_in.c.missed_at).where(sign_in.c.operator_id == change.command.subject)
    ).one_or_none()
    misses = 0 if row is None else row.misses
    until = None if row is None else held_until(row.misses, row.missed_at)
    now = change.command.made_at
    if until is not None and now < until:
        raise MailroomError("pin_wait", seconds=str(int((until - now).total_seconds()) + 1))
    _put(change, misses=misses + 1, missed_at=now)
    return {"misses": misses + 1}


def sit_down(change: Change) -> Result:
    """`operator_seated`: somebody takes over the desk; by a PIN, it was the right one, and wrong ones are forgotten."""
    name = known(change, change.command.subject)
    if change.payload.get("by") == "pin":
        _put(change, misses=0, missed_at=None)
    return {"name": name}


def require(change: Change) -> Result:
    """`sign_in_required`: whether operators sign in with a PIN. Raises `sign_in_nobody`."""
    values = {"value": "true" if change.payload["on"] else "false"}
    done = change.connection.execute(update(office_setting).where(office_setting.c.key == "sign_in").values(**values))
    if not done.rowcount:
        change.connection.execute(insert(office_setting), {"key": "sign_in", **values})
    return _administrable(change)


def _put(change: Change, **values: object) -> None:
    here = sign_in.c.operator_id == change.command.subject
    if not change.connection.execute(update(sign_in).where(here).values(**values)).rowcount:
        fresh = {"operator_id": change.command.subject, "pin_hash": "", "active": True, "misses": 0, "missed_at": None}
        change.connection.execute(insert(sign_in), fresh | values)


def _administrable(change: Change) -> Result:
    """Where people sign in, an administrator with a PIN has to remain, or nobody could ever change anything."""
    on = change.connection.scalar(select(office_setting.c.value).where(office_setting.c.key == "sign_in"))
    if on == "true":
        able = select(func.count()).select_from(operator).join(sign_in, sign_in.c.operator_id == operator.c.id)
        able = able.where(operator.c.role == "admin", sign_in.c.active, sign_in.c.pin_hash != "")
        if not change.connection.scalar(able):
            raise MailroomError("sign_in_nobody")
    return {}


def change_role(change: Change) -> Result:
    """`operator_role_changed`: another role. Raises `operator_unknown`, `sign_in_nobody`."""
    known(change, change.command.subject)
    values = {"role": change.payload["role"]}
    change.connection.execute(update(operator).where(operator.c.id == change.command.subject).values(**values))
    return _administrable(change)


APPLY = {
    "operator_pin_set": set_pin,
    "operator_active_set": set_active,
    "operator_role_changed": change_role,
    "operator_seated": sit_down,
    "pin_tried": try_pin,
    "sign_in_required": require,
}
