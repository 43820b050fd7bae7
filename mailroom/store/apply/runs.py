"""Commands about mail runs: opened, paused, taken up again, closed, handed over."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from mailroom.domain.command import parse_utc
from mailroom.domain.folding import fold
from mailroom.domain.office import RunState
from mailroom.errors import MailroomError
from mailroom.store.apply import names
from mailroom.store.apply.pieces import head, reindex, set_columns
from mailroom.store.bench_tables import hand_over
from mailroom.store.journal import Change
from mailroom.store.office_tables import run

Result = Mapping[str, Any]


def open_run(change: Change) -> Result:
    """`run_opened`. Raises `name_taken` while a run of that name is open or paused."""
    name = change.payload["name"]
    names.refuse_taken(change, run, name)
    change.connection.execute(
        insert(run),
        {
            "id": change.command.subject,
            "name": name,
            "folded": fold(name),
            "carrier": change.payload.get("carrier", ""),
            "state": RunState.OPEN.value,
            "opened_at": change.command.made_at,
            "closed_at": None,
        },
    )
    return {}


def pause_run(change: Change) -> Result:
    """`run_paused`. Raises `run_unknown`, `run_closed_before`."""
    return _turn(change, RunState.PAUSED)


def resume_run(change: Change) -> Result:
    """`run_resumed`. Raises `run_unknown`, `run_closed_before`."""
    return _turn(change, RunState.OPEN)


def close_run(change: Change) -> Result:
    """`run_closed`; a closed one keeps the moment it was closed first. Raises `run_unknown`.

    `kept`: the pieces that were not handed over; they go into the open run of the name `next_run`, new if need be.
    """
    state = _state(change)
    if state == RunState.CLOSED:
        return {"moved": []}
    _write_state(change, RunState.CLOSED, closed_at=change.command.made_at)
    moved = _move(change, change.payload.get("kept", ()), change.payload.get("next_run"))
    if change.payload.get("hand_over"):
        _add_hand_over(change, change.payload["hand_over"])
    return {"moved": moved}


def hand_run_over(change: Change) -> Result:
    """`run_handed_over`: a hand-over of a run that was noted later, such as paper scanned back."""
    _state(change)
    _add_hand_over(change, change.payload["hand_over"])
    return {}


def _turn(change: Change, state: RunState) -> Result:
    if _state(change) == RunState.CLOSED:
        raise MailroomError("run_closed_before")
    _write_state(change, state)
    return {}


def _state(change: Change) -> str:
    state = change.connection.scalar(select(run.c.state).where(run.c.id == change.command.subject))
    if state is None:
        raise MailroomError("run_unknown", id=change.command.subject)
    return str(state)


def _write_state(change: Change, state: RunState, **more: object) -> None:
    change.connection.execute(update(run).where(run.c.id == change.command.subject).values(state=state.value, **more))


def _move(change: Change, kept: Sequence[str], next_run: names.Named) -> list[str]:
    """Put the kept pieces of this run into the next one; those that are not in it (any more) stay where they are."""
    found = [row for row in (head(change, one) for one in kept) if row.run_id == change.command.subject]
    if not found:
        return []
    next_id = names.run_of(change, next_run)
    for row in found:
        set_columns(change, row.id, run_id=next_id, version=row.version + 1)
        reindex(change, row.id)
    return [row.id for row in found]


def _add_hand_over(change: Change, given: Mapping[str, Any]) -> None:
    change.connection.execute(
        insert(hand_over),
        {
            "id": given["id"],
            "run_id": change.command.subject,
            "carrier": given.get("carrier", ""),
            "driver": given.get("driver", ""),
            "pieces": given["pieces"],
            "handed_at": parse_utc(given["handed_at"]),
            "signed": given.get("signed", ""),
            "signature": given.get("signature", ""),
            "note": given.get("note", ""),
            "recorded_by": change.by,
            "command_position": change.position,
        },
    )


APPLY = {
    "run_opened": open_run,
    "run_paused": pause_run,
    "run_resumed": resume_run,
    "run_closed": close_run,
    "run_handed_over": hand_run_over,
}
