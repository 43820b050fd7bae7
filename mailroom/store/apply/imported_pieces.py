"""Imported pieces, a chunk at a time: those on record are known and stay as they are, the rest is recorded at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.engine import Connection

from mailroom.domain.command import utc_text
from mailroom.domain.folding import fold, fold_number
from mailroom.domain.shipment import NumberRole
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.store import search
from mailroom.store.apply import heads, piece_rows, rows
from mailroom.store.apply.piece_rows import SAME_PIECE, Belongings
from mailroom.store.bulk import Among
from mailroom.store.journal import Change
from mailroom.store.tables import shipment, shipment_number

Json = Mapping[str, Any]

_WITH_NUMBERS = Among(
    select(
        shipment_number.c.normal,
        shipment.c.position,
        shipment.c.status,
        shipment.c.recorded_at,
        shipment.c.fields,
    )
    .join(shipment, shipment_number.c.shipment_id == shipment.c.id)
    .where(
        shipment_number.c.role.in_(SAME_PIECE),
        shipment_number.c.withdrawn.is_(False),
        shipment.c.withdrawn.is_(False),
    ),
    shipment_number.c.normal,
)
_INSERT = insert(shipment)
_STANDING = Among(
    select(shipment.c.id, shipment.c.status, shipment.c.carrier).where(shipment.c.withdrawn.is_(False)), shipment.c.id
)

_IN_CHUNKS = 500

_Row = Row[*tuple[Any, ...]]


def append(change: Change, given: Json) -> list[int]:
    """Record the pieces of one command that are new; the numbers of the rows that are known.

    `given`: "rows" ({"row"} and the parts of a `piece_recorded`: shipment with its id, numbers, postage, department
    and so on), "happened" (now, in the office's time), "file_name".
    """
    older = _holders(change.connection, given["rows"])
    at_hand: dict[str, Belongings] = {}
    position = piece_rows.next_position(change)
    fresh: list[tuple[Json, dict[str, Any], Belongings]] = []
    known: list[int] = []
    taken: set[str] = set()
    for one in given["rows"]:
        normals = _normals(one)
        if any(normal in taken for normal in normals) or _is_known(older, one, change.command.made_at):
            known.append(one["row"])
            continue
        taken.update(normals)
        belongs = _belongings(change, one, at_hand)
        reused = any(normal in older for normal in normals)
        row = piece_rows.shipment_row(
            change, one, one["shipment"]["id"], one["numbers"], position + len(fresh), belongs, reused=reused
        )
        fresh.append((one, row, belongs))
    _write(change, given, fresh)
    return known


def known_pieces(connection: Connection, given: Sequence[Json], made_at: datetime) -> list[bool]:
    """Which of these rows would add nothing at this moment (aware UTC)."""
    older = _holders(connection, given)
    return [_is_known(older, one, made_at) for one in given]


def withdraw(change: Change, ids: Iterable[str]) -> int:
    """Take pieces off the record; how many were there."""
    wanted = sorted(set(ids))
    counts: dict[tuple[str, str], int] = {}
    withdrawn = 0
    for start in range(0, len(wanted), _IN_CHUNKS):
        standing = _STANDING.rows(change.connection, wanted[start : start + _IN_CHUNKS])
        for row in standing:
            counts[row.status, row.carrier] = counts.get((row.status, row.carrier), 0) - 1
        change.connection.execute(
            update(shipment)
            .where(shipment.c.id.in_([row.id for row in standing]))
            .values(withdrawn=True, changed_position=change.position)
        )
        withdrawn += len(standing)
    heads.count(change.connection, counts)
    return withdrawn


def _write(change: Change, given: Json, fresh: Sequence[tuple[Json, dict[str, Any], Belongings]]) -> None:
    if not fresh:
        return
    change.connection.execute(_INSERT, [row for _one, row, _belongs in fresh])
    events, numbers, postage = [], [], []
    counts: dict[tuple[str, str], int] = {}
    for one, row, belongs in fresh:
        id_, meter_id, account_id = row["id"], belongs.meter_id, belongs.paying_id
        numbers += rows.number_rows(change, one["numbers"], id_, 1)
        postage += rows.postage_rows(change, one["postage"], id_, 1, meter_id=meter_id, account_id=account_id)
        events.append(rows.event_row(change, _event(change, given, one), row["id"], 1, change.command.subject))
        key = (Status.LABEL_CREATED.value, row["carrier"])
        counts[key] = counts.get(key, 0) + 1
    # One statement for all of them: for each piece it would cost more than all that is done with it.
    rows.add_number_rows(change, numbers)
    rows.add_postage_rows(change, postage)
    rows.add_event_rows(change, events)
    search.add(change.connection, [(row["position"], row["search_text"]) for _one, row, _belongs in fresh])
    heads.count(change.connection, counts)


def _event(change: Change, given: Json, one: Json) -> Json:
    piece = one["shipment"]
    return {
        "id": f"{change.command.id}:{one['row']}",
        "kind": EventKind.RECORDED.value,
        "happened": given["happened"],
        "sort_at": utc_text(change.command.made_at),
        "source": EventSource.IMPORT.value,
        "file_name": given["file_name"],
        "file_row": one["row"],
        "facts": {"number": piece["tracking_number"], "carrier": piece["carrier"]},
    }


def _belongings(change: Change, one: Json, at_hand: dict[str, Belongings]) -> Belongings:
    """What a row belongs to; rows of one command that name the same things are looked up once."""
    key = json.dumps([fold(one[name]["name"]) if one.get(name) else "" for name in _NAMED])
    if key not in at_hand:
        at_hand[key] = piece_rows.belongings(change, one)
    return at_hand[key]


_NAMED = ("department", "account", "run", "meter")


def _normals(one: Json) -> list[str]:
    return [fold_number(number["number"]) for number in one["numbers"] if number["role"] in SAME_PIECE]


def _holders(connection: Connection, given: Sequence[Json]) -> dict[str, _Row]:
    """The newest shipment with each of the numbers of these rows, as far as there is one."""
    wanted = sorted({normal for one in given for normal in _normals(one)})
    found: dict[str, _Row] = {}
    for row in _WITH_NUMBERS.rows(connection, wanted):
        there = found.get(row.normal)
        if there is None or there.position < row.position:
            found[row.normal] = row
    return found


def _is_known(older: Mapping[str, _Row], one: Json, made_at: datetime) -> bool:
    """The newest holder of one of its numbers is still that piece, or was mailed on the very day the row names."""
    holders = [older[normal] for normal in _normals(one) if normal in older]
    if not holders:
        return False
    if any(number["role"] == NumberRole.INTERNAL.value for number in one["numbers"]):
        return True  # a number of our own is never used again
    newest = max(holders, key=lambda row: int(row.position))
    if piece_rows.still_open(newest.status, newest.recorded_at, made_at):
        return True
    mailed_on = one["shipment"].get("fields", {}).get("mailed_on", "")
    return bool(mailed_on) and json.loads(newest.fields).get("mailed_on") == mailed_on
