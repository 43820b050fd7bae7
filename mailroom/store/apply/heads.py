"""The head of a shipment from its events: status, last event, promise. Kept with every change, rebuilt the same way."""

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter, lt
from typing import Any

from sqlalchemy import Row, Text, and_, or_, select, text, type_coerce
from sqlalchemy.engine import Connection

from mailroom.domain.shipment import PromiseBasis
from mailroom.domain.status import FINAL, Status, rank
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.store.bulk import Among, update_rows
from mailroom.store.journal import Change
from mailroom.store.tables import event, shipment

_IN_CHUNKS = 500  # ids in one IN list

_COUNT = text(
    "INSERT INTO shipment_count (status, carrier, number) VALUES (:status, :carrier, :number)"
    " ON CONFLICT (status, carrier) DO UPDATE SET number = shipment_count.number + excluded.number"
)
NOTE = EventKind.NOTE.value
_DATED = and_(event.c.kind == NOTE, event.c.source == EventSource.CARRIER.value, event.c.promised_on != "")
# What a head follows from: tracking events, and notes by which a carrier gave another date and told of no event.
LED_BY = and_(or_(event.c.kind == EventKind.TRACKING.value, _DATED), event.c.withdrawn.is_(False))
_TRACKING = Among(
    select(
        event.c.shipment_id,
        event.c.ordinal,
        event.c.status,
        event.c.happened,
        type_coerce(event.c.sort_at, Text).label("sort_at"),  # as the engine keeps it: it is only compared
        event.c.text,
        event.c.place,
        event.c.reason,
        event.c.promised_on,
        event.c.source,
        event.c.kind,
    ).where(LED_BY),
    event.c.shipment_id,
)
STANDING = Among(  # what a head is brought up to date from, besides its events
    select(
        shipment.c.id,
        shipment.c.status,
        shipment.c.carrier,
        shipment.c.withdrawn,
        shipment.c.fields,
        shipment.c.event_count,
    ),
    shipment.c.id,
)

HEAD = (
    "status",
    "status_at",
    "status_doubt",
    "last_event_text",
    "last_event_place",
    "last_event_at",
    "promised_on",
    "promise_basis",
    "revised_on",
    "delay_reason",
)
_WRITTEN = (*HEAD, "event_count", "changed_position")  # the status leads, see `write`
_LABEL, _A_DAY = Status.LABEL_CREATED.value, len("2026-11-20")
_FINAL = frozenset(one.value for one in FINAL)
_UNSTATED = ("", Status.UNKNOWN.value)
_MOMENT = attrgetter("sort_at", "ordinal")
_SORTED_BY, _SOURCE, _PROMISED = attrgetter("sort_at"), attrgetter("source"), attrgetter("promised_on")
_CARRIER, _NOTICE = EventSource.CARRIER.value, EventSource.NOTICE.value
_ONLY_CARRIER = frozenset({_CARRIER})
_BASES = {
    _CARRIER: PromiseBasis.CARRIER,
    EventSource.IMPORT.value: PromiseBasis.FILE,
    _NOTICE: PromiseBasis.FILE,
    EventSource.TYPED.value: PromiseBasis.USER,
    EventSource.MAILROOM.value: PromiseBasis.USER,
}
_LATE = (Status.DELAYED.value, Status.EXCEPTION.value)


def count(connection: Connection, changes: Mapping[tuple[str, str], int]) -> None:
    """Add to the kept numbers of shipments by (status, carrier)."""
    rows = [
        {"status": status, "carrier": carrier, "number": number}
        for (status, carrier), number in sorted(changes.items())
        if number
    ]
    if rows:
        connection.execute(_COUNT, rows)


def head_of(
    tracking: Sequence[Row[*tuple[Any, ...]]], user_promise: str, told: Sequence[Row[*tuple[Any, ...]]] = ()
) -> dict[str, str]:
    """The head columns from a shipment's tracking events, the date that a person promised, and the notes (`told`) that
    tell of another date of the carrier alone.

    The newest event that states a status gives it: by moment, of one moment the one that is farther along, of two
    such the one recorded later. Unknown overwrites nothing. E-mail notices, which anybody can write, count for nothing
    where the carrier's own interface states a status or anybody else an end; where one gives the status, that is said.
    The carrier's own promise leads before a file's, and both before a person's.
    """
    moments = list(map(_SORTED_BY, tracking))
    if not all(map(lt, moments, moments[1:])):  # mostly they come in order, and a key of our own takes its time
        tracking = sorted(tracking, key=_newness)
    sources = set(map(_SOURCE, tracking))
    if _NOTICE in sources:
        tracking = _without_notices(tracking)
    head = dict.fromkeys(HEAD, "")
    head["status"] = Status.LABEL_CREATED.value
    newest = next((one for one in tracking[::-1] if one.status not in _UNSTATED), None)
    if newest is not None and newest.status == _LABEL:
        tracking = _behind_its_label(tracking, newest.happened[:_A_DAY])
        newest = next(one for one in tracking[::-1] if one.status not in _UNSTATED)
    if newest is not None:
        head["status"], head["status_at"] = newest.status, newest.happened
        if newest.status in _LATE:
            head["delay_reason"] = newest.reason
        if newest.source == _NOTICE:
            head["status_doubt"] = _NOTICE
    if tracking:
        last = tracking[-1]
        head["last_event_text"], head["last_event_place"], head["last_event_at"] = (
            last.text,
            last.place,
            last.happened,
        )
    by_moment = sorted((*tracking, *told), key=_MOMENT) if told else tracking
    dates = list(filter(None, map(_PROMISED, by_moment)))
    if dates:
        basis = _CARRIER
        if sources != _ONLY_CARRIER:
            dates, basis = _dates_that_lead([one for one in by_moment if one.promised_on])
        head["promised_on"], head["promise_basis"] = dates[-1], _BASES[basis].value
        if dates[-1] != dates[0]:
            head["revised_on"] = dates[-1]
    elif user_promise:
        head["promised_on"], head["promise_basis"] = user_promise, PromiseBasis.USER.value
    return head


def _without_notices(tracking: Sequence[Row[*tuple[Any, ...]]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The events that count: without mails where the carrier's interface states a status, or anybody else an end."""
    others = [one for one in tracking if one.source != _NOTICE]
    surer = any(one.status in _FINAL or (one.source == _CARRIER and one.status not in _UNSTATED) for one in others)
    return others if surer else tracking


def _behind_its_label(tracking: Sequence[Row[*tuple[Any, ...]]], day: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """What happened on a day and nobody knows when, last: it is not before the label that was made on that day."""
    bare = [one for one in tracking if one.happened == day and one.status not in _UNSTATED and one.status != _LABEL]
    return [*(one for one in tracking if one not in bare), *bare] if bare else tracking


def _dates_that_lead(dated: Sequence[Row[*tuple[Any, ...]]]) -> tuple[list[str], str]:
    """The promised days that count, oldest word first, and whose they are: the carrier's interface leads."""
    own = [one.promised_on for one in dated if one.source == _CARRIER]
    return (own, _CARRIER) if own else ([one.promised_on for one in dated], dated[-1].source)


def _newness(one: Row[*tuple[Any, ...]]) -> tuple[Any, int, int]:
    return one.sort_at, rank(one.status), one.ordinal


def refresh(change: Change, shipment_ids: Iterable[str], added: Mapping[str, int] | None = None) -> None:
    """Bring heads up to date after their events changed; `added`: how many events each got."""
    ids = sorted(set(shipment_ids))
    more = added or {}
    for start in range(0, len(ids), _IN_CHUNKS):
        some = ids[start : start + _IN_CHUNKS]
        events, told = events_of(change.connection, some)
        standing = STANDING.rows(change.connection, some)
        write(change, standing, events, told, {row.id: row.event_count + more.get(row.id, 0) for row in standing})


_Events = dict[str, list[Row[*tuple[Any, ...]]]]


def events_of(connection: Connection, ids: Sequence[str]) -> tuple[_Events, _Events]:
    """What heads follow from, by shipment: tracking events, and notes that tell of another date."""
    events: _Events = {}
    told: _Events = {}
    for one in _TRACKING.rows(connection, ids):
        (told if one.kind == NOTE else events).setdefault(one.shipment_id, []).append(one)
    return events, told


def write(
    change: Change,
    standing: Iterable[Row[*tuple[Any, ...]]],
    tracking: Mapping[str, Sequence[Any]],
    told: Mapping[str, Sequence[Any]],
    event_counts: Mapping[str, int],
) -> None:
    """Write the heads of shipments as they stand (rows of `STANDING`) from their events by id, as for `head_of`."""
    counts: dict[tuple[str, str], int] = {}
    stayed, moved = [], []
    for row in standing:
        id_ = row.id
        head: dict[str, Any] = head_of(tracking.get(id_, ()), promised_by_user(row.fields), told.get(id_, ()))
        head["of"], head["event_count"], head["changed_position"] = id_, event_counts[id_], change.position
        if head["status"] == row.status:
            stayed.append(head)
            continue
        moved.append(head)
        if not row.withdrawn:
            counts[row.status, row.carrier] = counts.get((row.status, row.carrier), 0) - 1
            counts[head["status"], row.carrier] = counts.get((head["status"], row.carrier), 0) + 1
    if stayed:  # three indexes hold the status: written again, even as it is, it would cost as much as all the rest
        update_rows(change.connection, shipment, "id", "of", _WRITTEN[1:], stayed)
    if moved:
        update_rows(change.connection, shipment, "id", "of", _WRITTEN, moved)
    count(change.connection, counts)


def promised_by_user(fields: str) -> str:
    """The date that a person promised, ISO, from a shipment's fields as they are stored; empty for none."""
    return str(json.loads(fields).get("promised_on", "")) if '"promised_on"' in fields else ""
