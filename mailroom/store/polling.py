"""The timetable of asking carriers: who is due, what came of it, how things stand with a carrier."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from mailroom.domain.polling import CarrierState, PieceAsked, is_waiting
from mailroom.domain.shipment import PromiseBasis
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.domain.tracking import Outcome
from mailroom.store.database import Store
from mailroom.store.poll_tables import poll_carrier, poll_piece
from mailroom.store.tables import event, shipment

_OPEN = tuple(sorted(one.value for one in Status if one not in FINAL))
_STATE = tuple(one.name for one in fields(CarrierState) if one.name != "stopped_with")


@dataclass(frozen=True, slots=True)
class Askable:
    """A piece that a carrier can be asked about. `asked_at`, `changed_at`: none where it never was."""

    shipment_id: str
    number: str
    carrier: str
    status: Status
    recorded_at: datetime
    asked_at: datetime | None = None
    changed_at: datetime | None = None
    final_looks: int = 0
    lasting: bool = False


_PIECE = select(
    shipment.c.id,
    shipment.c.tracking_number,
    shipment.c.carrier,
    shipment.c.status,
    shipment.c.recorded_at,
    poll_piece.c.asked_at,
    poll_piece.c.changed_at,
    poll_piece.c.final_looks,
    poll_piece.c.lasting,
)


def due(
    connection: Connection, interface: str, carriers: Collection[str], now: datetime, limit: int, since: datetime
) -> tuple[Askable, ...]:
    """Pieces whose time has come at an interface, the longest waiting first; then those never asked about, newest
    first, recorded since a moment. `carriers`: ids it serves.
    """
    waiting = (
        _PIECE.join(poll_piece, poll_piece.c.shipment_id == shipment.c.id)
        .where(poll_piece.c.interface == interface, poll_piece.c.next_at <= now, shipment.c.withdrawn.is_(False))
        .order_by(poll_piece.c.next_at)
        .limit(limit)
    )
    found = [_askable(row) for row in connection.execute(waiting)]
    if len(found) < limit:
        same = and_(poll_piece.c.shipment_id == shipment.c.id, poll_piece.c.interface == interface)
        never = (
            _PIECE.outerjoin(poll_piece, same)
            .where(
                shipment.c.carrier.in_(carriers),
                shipment.c.status.in_(_OPEN),
                shipment.c.withdrawn.is_(False),
                shipment.c.recorded_at >= since,
                shipment.c.tracking_number != "",
                poll_piece.c.shipment_id.is_(None),
            )
            .order_by(shipment.c.recorded_at.desc())
            .limit(limit - len(found))
        )
        found += [_askable(row) for row in connection.execute(never)]
    return tuple(found)


def askable(connection: Connection, interface: str, ids: Sequence[str]) -> tuple[Askable, ...]:
    """These pieces with what is known about asking for them, in the order given."""
    same = and_(poll_piece.c.shipment_id == shipment.c.id, poll_piece.c.interface == interface)
    query = _PIECE.outerjoin(poll_piece, same).where(shipment.c.id.in_(ids), shipment.c.withdrawn.is_(False))
    found = {row.id: _askable(row) for row in connection.execute(query)}
    return tuple(found[one] for one in ids if one in found)


def _askable(row: Any) -> Askable:  # noqa: ANN401 - a row of `_PIECE`
    return Askable(
        *(row.id, row.tracking_number, row.carrier, Status(row.status), row.recorded_at),
        *(row.asked_at, row.changed_at, row.final_looks or 0, bool(row.lasting)),
    )


def asked_of(connection: Connection, shipment_id: str) -> tuple[PieceAsked, ...]:
    """What came of asking about one piece, the last asked interface first."""
    query = (
        select(poll_piece, shipment.c.recorded_at, shipment.c.status)
        .join(shipment, shipment.c.id == poll_piece.c.shipment_id)
        .where(poll_piece.c.shipment_id == shipment_id)
        .order_by(poll_piece.c.asked_at.desc())
    )
    return tuple(
        PieceAsked(
            *(row.shipment_id, row.interface, row.asked_at, Outcome(row.outcome), row.recorded_at, row.changed_at),
            *(Status(row.status), row.final_looks, row.reason, row.words),
        )
        for row in connection.execute(query)
    )


def states(connection: Connection) -> dict[str, CarrierState]:
    """How things stand with each interface that was asked, by its id."""
    return {row.interface: _state(row) for row in connection.execute(select(poll_carrier))}


def _state(row: Any) -> CarrierState:  # noqa: ANN401 - a row of `poll_carrier`
    values = {name: getattr(row, name) for name in _STATE}
    values["stopped"], _blank, mark = values["stopped"].partition(" ")
    return CarrierState(**values, stopped_with=mark)


def _row(state: CarrierState) -> dict[str, Any]:
    """The row of a state; the mark of the keys stands behind the stop that it belongs to, in the same column."""
    stopped = f"{state.stopped} {state.stopped_with}".strip() if state.stopped else ""
    return {name: getattr(state, name) for name in _STATE} | {"stopped": stopped}


def waiting(connection: Connection, interface: str, now: datetime) -> tuple[int, int, int]:
    """Of the pieces at an interface: how many are due, how many have a later time, how many it may not tell about."""
    mine = poll_piece.c.interface == interface
    due_now = select(func.count()).where(mine, poll_piece.c.next_at <= now)
    later = select(func.count()).where(mine, poll_piece.c.next_at > now)
    refused = select(func.count()).where(mine, poll_piece.c.lasting.is_(True))
    return (
        connection.scalar(due_now) or 0,
        connection.scalar(later) or 0,
        connection.scalar(refused) or 0,
    )


def claim(store: Store, interface: str, ids: Iterable[str], now: datetime, until: datetime) -> tuple[str, ...]:
    """Take pieces for asking until a moment, so that no other window asks about them too; those that were free."""
    taken = []
    with store.write() as connection:
        for one in ids:
            mine = (poll_piece.c.shipment_id == one) & (poll_piece.c.interface == interface)
            row = connection.execute(select(poll_piece.c.next_at, poll_piece.c.outcome).where(mine)).first()
            if row is None:
                connection.execute(insert(poll_piece), _first_row(one, interface, now, until))
            elif row.next_at is None or row.next_at <= now:
                connection.execute(update(poll_piece).where(mine).values(next_at=until))
            else:
                continue
            taken.append(one)
    return tuple(taken)


def _first_row(shipment_id: str, interface: str, now: datetime, until: datetime) -> dict[str, Any]:
    return {
        "shipment_id": shipment_id,
        "interface": interface,
        "asked_at": now,
        "outcome": Outcome.UNAVAILABLE.value,
        "reason": "not_asked",
        "words": "",
        "changed_at": now,
        "final_looks": 0,
        "next_at": until,
        "lasting": False,
    }


def take_turn(store: Store, interface: str, now: datetime, until: datetime) -> CarrierState | None:
    """Take the turn at something that one desk does at a time; its state before, none where it is not the time yet."""
    with store.write() as connection:
        before = states(connection).get(interface, CarrierState(interface))
        if is_waiting(before, now):
            return None
        taken = {"asked_at": now, "retry_at": until}
        mine = poll_carrier.c.interface == interface
        if connection.execute(update(poll_carrier).where(mine).values(**taken)).rowcount == 0:
            connection.execute(insert(poll_carrier), _row(before) | taken)
    return before


def keep(store: Store, state: CarrierState | None, pieces: Sequence[tuple[PieceAsked, datetime | None]]) -> None:
    """Write down what came of asking: the state of the carrier, and each piece with the moment it is next."""
    with store.write() as connection:
        for piece, next_at in pieces:
            mine = (poll_piece.c.shipment_id == piece.shipment_id) & (poll_piece.c.interface == piece.interface)
            values = {
                "asked_at": piece.asked_at,
                "outcome": piece.outcome.value,
                "reason": piece.reason,
                "words": piece.words,
                "changed_at": piece.changed_at,
                "final_looks": piece.final_looks,
                "next_at": next_at,
                "lasting": piece.outcome is Outcome.NO_ACCESS,
            }
            if connection.execute(update(poll_piece).where(mine).values(**values)).rowcount == 0:
                keys = {"shipment_id": piece.shipment_id, "interface": piece.interface}
                connection.execute(insert(poll_piece), keys | values)
        if state is not None:
            row = _row(state)
            mine_too = poll_carrier.c.interface == state.interface
            if connection.execute(update(poll_carrier).where(mine_too).values(**row)).rowcount == 0:
                connection.execute(insert(poll_carrier), row)


def forget(store: Store, interface: str, *, refused_too: bool) -> None:
    """Begin anew with an interface whose keys or address changed: no back-off, no stop; pieces that it refused are
    asked about again where `refused_too`.
    """
    with store.write() as connection:
        clean = {"failures": 0, "retry_at": None, "stopped": ""}
        connection.execute(update(poll_carrier).where(poll_carrier.c.interface == interface).values(**clean))
        if refused_too:
            mine = (poll_piece.c.interface == interface) & poll_piece.c.lasting.is_(True)
            connection.execute(delete(poll_piece).where(mine))


def status_on_record(connection: Connection, shipment_id: str) -> Status:
    """Where a piece stands on record."""
    return Status(connection.scalar(select(shipment.c.status).where(shipment.c.id == shipment_id)) or Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event that a carrier's interface told. `happened` as given; `of_head`: only the head of an answer said so."""

    id: str
    happened: str
    status: str
    code: str
    text: str
    place: str
    of_head: bool


def told_events(connection: Connection, shipment_id: str) -> tuple[ToldEvent, ...]:
    """The events that carriers told of a piece."""
    told = (event.c.id, event.c.happened, event.c.status, event.c.code, event.c.text, event.c.place, event.c.facts)
    query = select(*told).where(
        event.c.shipment_id == shipment_id,
        event.c.kind == EventKind.TRACKING.value,
        event.c.source == EventSource.CARRIER.value,
        event.c.withdrawn.is_(False),
    )
    return tuple(
        ToldEvent(row[0], row[1], row[2], row[3], row[4], row[5], json.loads(row[6]).get("of") == "head")
        for row in connection.execute(query)
    )


def promised_by_carrier(connection: Connection, shipment_id: str) -> str:
    """The day that a carrier last gave for a piece, ISO; empty for none."""
    query = select(shipment.c.promised_on).where(
        shipment.c.id == shipment_id, shipment.c.promise_basis == PromiseBasis.CARRIER.value
    )
    return connection.scalar(query) or ""


def refused_by(connection: Connection, ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """By piece the interfaces that may not tell about it."""
    query = select(poll_piece.c.shipment_id, poll_piece.c.interface).where(
        poll_piece.c.shipment_id.in_(ids), poll_piece.c.lasting.is_(True)
    )
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.shipment_id, set()).add(row.interface)
    return {id_: frozenset(some) for id_, some in found.items()}
