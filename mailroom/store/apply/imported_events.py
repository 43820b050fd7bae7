"""Imported events, five hundred at a time: what is on record is known, the rest is appended and heads follow.

A file has a million rows and a reading waits for no more than one chunk of them, so a chunk costs a few statements:
the shipments, their tracking events (both for what is known and for the heads), one insert, one update.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, select, type_coerce

from mailroom.domain.command import parse_utc, utc_text
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.errors import MailroomError
from mailroom.store.apply import heads
from mailroom.store.apply.timeline import stated
from mailroom.store.bulk import Among, insert_rows
from mailroom.store.journal import Change
from mailroom.store.tables import event, shipment

Key = tuple[str, str, str, str, str, str, str]  # what makes two events of a shipment the same

# The texts of an event that a row may carry, with `happened` and `sort_at` before them.
TEXTS = (
    "status",
    "text",
    "place",
    "code",
    "source_name",
    "name_given",
    "next_place",
    "reason",
    "promised_on",
    "gps",
    "note",
    "mapping",
)
_UNKNOWN = Status.UNKNOWN.value
_TRACKING, _NOTE = EventKind.TRACKING.value, EventKind.NOTE.value
_FIRST = ("row", "shipment_id", "happened", "sort_at")
_CONSTANT = ("command_position", "import_id", "recorded_at", "recorded_by", "source", "file_name")
_LED_BY = ("shipment_id", "ordinal", "id", "kind", "happened", "sort_at")

_STANDING = Among(
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
_TRACKED = Among(
    select(
        event.c.shipment_id,
        type_coerce(event.c.sort_at, Text).label("sort_at"),  # as the engine keeps it: it is only compared
        event.c.ordinal,
        event.c.happened,
        event.c.status,
        event.c.code,
        event.c.text,
        event.c.place,
        event.c.source_name,
        event.c.reason,
        event.c.promised_on,
        event.c.kind,
        event.c.note,
        event.c.mapping,
        event.c.source,
    ).where(
        event.c.kind.in_((_TRACKING, _NOTE)),
        event.c.withdrawn.is_(False),
    ),
    event.c.shipment_id,
)


class _Tracked(NamedTuple):
    """A tracking event as far as heads and repeats ask for it, in the order of `_TRACKED`."""

    shipment_id: str
    sort_at: Any
    ordinal: int
    happened: str
    status: str
    code: str
    text: str
    place: str
    source_name: str
    reason: str
    promised_on: str
    source: str


_made: Callable[[type[_Tracked], tuple[Any, ...]], _Tracked] = tuple.__new__  # `_Tracked._make`, a million times


def append(change: Change, given: Mapping[str, Any]) -> list[int]:
    """Append the rows of one command that are new; the numbers of those that are known. Raises `shipment_unknown`.

    `given`: "columns" (row, shipment_id, happened, sort_at, and any of TEXTS), "rows" (a list of values each),
    "source", "file_name". The id of an event is the command's id and the row's number.
    """
    ids = sorted({one[given["columns"].index("shipment_id")] for one in given["rows"]})
    batch = _Batch(change, ids, given["source"])
    constant = (
        change.position,
        change.command.subject,
        batch.kept(utc_text(change.command.made_at)),
        change.by,
        given["source"],
        given["file_name"],
    )
    fresh, known = batch.take(_in_order(given["columns"], given["rows"]))
    used = [name for name in TEXTS if name in given["columns"]]
    texts = itemgetter(*(4 + TEXTS.index(name) for name in used), 0)  # what the file has, and the row's number
    first = f"{change.command.id}:"
    rows = [
        (
            values[1],
            ordinal,
            f"{first}{values[0]}",
            _TRACKING if values[4] or values[5] else _NOTE,
            values[2],
            moment,
            *texts(values),
            *constant,
        )
        for values, ordinal, moment in fresh
    ]
    empty = dict.fromkeys((name for name in TEXTS if name not in used), "")
    same: dict[str, str | int] = {**empty, "desired_resolution": "", "facts": "{}", "withdrawn": 0}
    insert_rows(change.connection, event, (*_LED_BY, *used, "file_row", *_CONSTANT), rows, same)
    batch.write_heads(change)
    return known


def known_among(connection: Connection, columns: Sequence[str], given: Sequence[Sequence[Any]]) -> list[Key | None]:
    """For each row what makes it the same as another, none where it is on record already."""
    at = columns.index("shipment_id")
    ids = sorted({one[at] for one in given})
    seen = {_key(row) for row in _TRACKED.rows(connection, ids)}
    keys = []
    for values in _in_order(columns, given):
        key = _key_of(values)
        keys.append(None if key in seen else key)
    return keys


class _Batch:
    """The shipments of one command as they stand, and what it adds to them."""

    def __init__(self, change: Change, ids: Sequence[str], source: str) -> None:
        self._source = source
        self._standing = {row.id: row for row in _STANDING.rows(change.connection, ids)}
        for id_ in ids:
            if id_ not in self._standing:
                raise MailroomError("shipment_unknown", id=id_)
        self._tracked: dict[str, list[Any]] = {id_: [] for id_ in ids}
        self._told: dict[str, list[Any]] = {}
        self._seen: set[Key] = set()
        for row in _TRACKED.rows(change.connection, ids):
            if row[11] != _NOTE:
                self._tracked[row[0]].append(row)
            elif row[10] and row[14] == EventSource.CARRIER.value:  # another date of the carrier
                self._told.setdefault(row[0], []).append(row)
            self._seen.add(_key(row))
        self._counts = {id_: row.event_count for id_, row in self._standing.items()}
        self.kept = _as_kept if change.connection.dialect.name == "sqlite" else parse_utc

    def take(self, given: Iterable[tuple[Any, ...]]) -> tuple[list[tuple[tuple[Any, ...], int, Any]], list[int]]:
        """The new ones, each with its place among its shipment's events and its moment as the engine keeps it;
        and the row numbers of the known ones.
        """
        seen, counts, tracked, kept, source = self._seen, self._counts, self._tracked, self.kept, self._source
        fresh, known = [], []
        for values in given:
            id_, status, text = values[1], values[4], values[5]
            if status or text:
                said = "" if values[15] or status == _UNKNOWN else status  # as `stated` says
                key = (id_, values[2], said, values[7], text, values[6], values[8])
            else:
                key = (id_, values[2], _NOTE, "", values[14], "", "")
            if key in seen:
                known.append(values[0])
                continue
            seen.add(key)
            counts[id_] = ordinal = counts[id_] + 1
            moment = kept(values[3])
            if status or text:
                said_here = (id_, moment, ordinal, key[1], status, *key[3:], values[11], values[12], source)
                tracked[id_].append(_made(_Tracked, said_here))
            fresh.append((values, ordinal, moment))
        return fresh, known

    def write_heads(self, change: Change) -> None:
        """Bring the heads of shipments that got events up to date."""
        counts: dict[tuple[str, str], int] = {}
        updates = []
        for id_, row in self._standing.items():
            if self._counts[id_] == row.event_count:
                continue
            events = self._tracked[id_]
            head: dict[str, Any] = heads.head_of(events, heads.promised_by_user(row.fields), self._told.get(id_, ()))
            if head["status"] != row.status and not row.withdrawn:
                counts[row.status, row.carrier] = counts.get((row.status, row.carrier), 0) - 1
                counts[head["status"], row.carrier] = counts.get((head["status"], row.carrier), 0) + 1
            head |= {"of": id_, "event_count": self._counts[id_], "changed_position": change.position}
            updates.append(head)
        heads.write(change.connection, updates)
        heads.count(change.connection, counts)


def _in_order(columns: Sequence[str], given: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows as (row, shipment_id, happened, sort_at, *TEXTS), empty where they lack a column."""
    there = dict(zip(columns, zip(*given, strict=True), strict=True)) if given else {}
    empty = ("",) * len(given)
    return zip(*(there.get(name, empty) for name in (*_FIRST, *TEXTS)), strict=True)


def _key(row: Any) -> Key:  # noqa: ANN401 - a row of `_TRACKED`
    if row[11] == _NOTE:
        return (row[0], row[3], _NOTE, "", row[12], "", "")
    return (row[0], row[3], stated(row[4], row[13], row[14]), row[5], row[6], row[7], row[8])


def _key_of(values: Sequence[Any]) -> Key:
    if not (values[4] or values[5]):
        return (values[1], values[2], _NOTE, "", values[14], "", "")
    return (values[1], values[2], stated(values[4], values[15]), values[7], values[5], values[6], values[8])


def _as_kept(moment: str) -> str:
    """A moment of a payload as SQLite keeps it, which is what the column type would make of it."""
    return f"{moment[:10]} {moment[11:26]}"
