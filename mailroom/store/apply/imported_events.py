"""Imported events, five hundred at a time: what is on record is known, the rest is appended and heads follow.

A file has a million rows and a reading waits for no more than one chunk of them, so a chunk costs a few statements:
the shipments, their tracking events (both for what is known and for the heads), one insert, one update. For the same
reason it is taken column by column: a look at each value of each row would cost more than the database does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Text, select, type_coerce

from mailroom.domain.command import parse_utc, utc_text
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.errors import MailroomError
from mailroom.store.apply import heads
from mailroom.store.apply.timeline import stated
from mailroom.store.bulk import Among, insert_rows
from mailroom.store.journal import Change
from mailroom.store.tables import event

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
_TRACKING, _NOTE = EventKind.TRACKING.value, EventKind.NOTE.value
_CONSTANT = ("command_position", "import_id", "recorded_at", "recorded_by", "source", "file_name")
_LED_BY = ("shipment_id", "ordinal", "id", "kind", "happened", "sort_at")
_TELLING = ("shipment_id", "happened", "status", "code", "text", "place", "source_name", "note", "mapping")  # repeats

_TRACKED = Among(
    select(
        type_coerce(event.c.sort_at, Text).label("sort_at"),  # as the engine keeps it: it is only compared
        event.c.ordinal,
        event.c.reason,
        event.c.promised_on,
        *(event.c[name] for name in _TELLING),
        event.c.source,
        event.c.kind,
    ).where(
        event.c.kind.in_((_TRACKING, _NOTE)),
        event.c.withdrawn.is_(False),
    ),
    event.c.shipment_id,
)
_TOLD_AT = 4  # where the columns of `_TELLING` begin in it

Columns = Mapping[str, Sequence[Any]]  # the values of all rows by the name of their column


class _Tracked(NamedTuple):
    """A tracking event as far as a head asks for it."""

    shipment_id: str
    sort_at: Any
    ordinal: int
    happened: str
    status: str
    text: str
    place: str
    reason: str
    promised_on: str
    source: str


def append(change: Change, given: Mapping[str, Any]) -> list[int]:
    """Append the rows of one command that are new; the numbers of those that are known. Raises `shipment_unknown`.

    `given`: "columns" (row, shipment_id, happened, sort_at, and any of TEXTS), "rows" (a list of values each),
    "source", "file_name". The id of an event is the command's id and the row's number.
    """
    columns = _by_column(given["columns"], given["rows"])
    batch = _Batch(change, sorted(set(columns["shipment_id"])), given["source"])
    new = batch.new(columns)
    known: list[int] = []
    if new is not None:
        known = [row for row, one in zip(columns["row"], new, strict=True) if not one]
        columns = {name: list(compress(values, new)) for name, values in columns.items()}
    if not columns["row"]:
        return known
    kinds = [
        _TRACKING if status or text else _NOTE
        for status, text in zip(_all(columns, "status"), _all(columns, "text"), strict=True)
    ]
    moments = _kept(change, columns["sort_at"])
    ordinals = batch.ordinals(columns["shipment_id"])
    _insert(change, given, columns, (ordinals, kinds, moments))
    batch.follow(columns, ordinals, kinds, moments)
    batch.write_heads()
    return known


def _insert(change: Change, given: Mapping[str, Any], columns: Columns, made: tuple[Sequence[Any], ...]) -> None:
    ordinals, kinds, moments = made
    used = [name for name in TEXTS if name in columns]
    constant = (
        change.position,
        change.command.subject,
        *_kept(change, [utc_text(change.command.made_at)]),
        change.by,
        given["source"],
        given["file_name"],
    )
    rows = zip(
        columns["shipment_id"],
        ordinals,
        map(f"{change.command.id}:".__add__, map(str, columns["row"])),
        kinds,
        columns["happened"],
        moments,
        *(columns[name] for name in used),
        columns["row"],
        *(repeat(value, len(kinds)) for value in constant),
        strict=True,
    )
    empty = dict.fromkeys((name for name in TEXTS if name not in used), "")
    same: dict[str, str | int] = {**empty, "desired_resolution": "", "facts": "{}", "withdrawn": 0}
    insert_rows(change.connection, event, (*_LED_BY, *used, "file_row", *_CONSTANT), list(rows), same)


def known_among(connection: Connection, columns: Sequence[str], given: Sequence[Sequence[Any]]) -> list[Key | None]:
    """For each row what makes it the same as another, none where it is on record already."""
    there = _by_column(columns, given)
    seen = {_key(*row[_TOLD_AT:]) for row in _TRACKED.rows(connection, sorted(set(there["shipment_id"])))}
    keys = [_key(*one) for one in _telling(there)]
    return [None if key in seen else key for key in keys]


class _Batch:
    """The shipments of one command as they stand, and what it adds to them."""

    def __init__(self, change: Change, ids: Sequence[str], source: str) -> None:
        self._change = change
        self._source = source
        self._standing = {row.id: row for row in heads.STANDING.rows(change.connection, ids)}
        for id_ in ids:
            if id_ not in self._standing:
                raise MailroomError("shipment_unknown", id=id_)
        self._events = _TRACKED.rows(change.connection, ids) if ids else ()
        self._tracked: dict[str, list[Any]] = {id_: [] for id_ in ids}
        self._told: dict[str, list[Row[*tuple[Any, ...]]]] = {}
        for row in self._events:
            if row.kind != _NOTE:
                self._tracked[row.shipment_id].append(row)
            elif row.promised_on and row.source == EventSource.CARRIER.value:  # another date of the carrier
                self._told.setdefault(row.shipment_id, []).append(row)
        self._counts = {id_: row.event_count for id_, row in self._standing.items()}

    def new(self, columns: Columns) -> list[bool] | None:
        """Which rows are neither on record nor earlier in the command; none for all of them.

        Only what happened to the same piece at the same time can be the same, and mostly nothing did.
        """
        moments = list(zip(columns["shipment_id"], columns["happened"], strict=True))
        here = {(row.shipment_id, row.happened) for row in self._events}
        if len(set(moments)) == len(moments) and here.isdisjoint(moments):
            return None
        shared = {moment for moment, times in Counter(moments).items() if times > 1} | here.intersection(moments)
        seen = {_key(*row[_TOLD_AT:]) for row in self._events if (row.shipment_id, row.happened) in shared}
        new = []
        for moment, telling in zip(moments, _telling(columns), strict=True):
            if moment not in shared:
                new.append(True)
                continue
            key = _key(*telling)
            new.append(key not in seen)
            seen.add(key)
        return new

    def ordinals(self, ids: Sequence[str]) -> list[int]:
        """The place of each row among its shipment's events."""
        counts, ordinals = self._counts, []
        for id_ in ids:
            counts[id_] = ordinal = counts[id_] + 1
            ordinals.append(ordinal)
        return ordinals

    def follow(self, columns: Columns, ordinals: Sequence[int], kinds: Sequence[str], moments: Sequence[Any]) -> None:
        """Take note of what was added, for the heads."""
        names = ("status", "text", "place", "reason", "promised_on")
        added = zip(
            columns["shipment_id"],
            moments,
            ordinals,
            columns["happened"],
            *(_all(columns, name) for name in names),
            repeat(self._source, len(kinds)),
            strict=True,
        )
        tracked, make = self._tracked, tuple.__new__
        for one, kind in zip(added, kinds, strict=True):
            if kind == _TRACKING:
                tracked[one[0]].append(make(_Tracked, one))

    def write_heads(self) -> None:
        """Bring the heads of shipments that got events up to date."""
        touched = (row for id_, row in self._standing.items() if self._counts[id_] != row.event_count)
        heads.write(self._change, touched, self._tracked, self._told, self._counts)


def _by_column(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    values = zip(*rows, strict=True) if rows else repeat((), len(columns))
    return dict(zip(columns, values, strict=True))


def _all(columns: Columns, name: str) -> Sequence[Any]:
    """A column's values, empty texts where the rows lack it."""
    return columns[name] if name in columns else ("",) * len(columns["row"])


def _telling(columns: Columns) -> "zip[tuple[Any, ...]]":
    return zip(*(_all(columns, name) for name in _TELLING), strict=True)


def _key(
    id_: str,
    happened: str,
    status: str,
    code: str,
    text: str,
    place: str,
    source_name: str,
    note: str,
    mapping: str,
    source: str = "",
    kind: str = "",
) -> Key:
    """What makes two events the same; `kind` and `source` of one that is on record."""
    if kind == _NOTE or not (kind or status or text):
        return (id_, happened, _NOTE, "", note, "", "")
    return (id_, happened, stated(status, mapping, source), code, text, place, source_name)


def _kept(change: Change, moments: Sequence[str]) -> Sequence[Any]:
    """Moments of a payload as the engine keeps them: on SQLite what the column type would make of them."""
    if change.connection.dialect.name == "sqlite":
        return "\n".join(moments).replace("T", " ").replace("Z", "").split("\n")
    return list(map(parse_utc, moments))
