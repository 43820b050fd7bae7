"""What the two kinds of imports do with a chunk of rows: look-ups, the payload of a command, what is known already."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Protocol

from mailroom.domain.command import utc_text
from mailroom.domain.numbers import normal_number
from mailroom.domain.operator import Operator
from mailroom.domain.shipment import NumberRole
from mailroom.domain.status import ENDS_A_DAY, Status
from mailroom.domain.timeline import EventSource, sort_moment
from mailroom.domain.times import carrier_time, parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import MAPPING_VERSION, status_of
from mailroom.services.desk import Desk
from mailroom.services.exchange.event_rows import EventRow, EventRows
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.shipment_rows import ShipmentRow, ShipmentRows
from mailroom.services.exchange.source import Cells
from mailroom.store import imports as stored

Json = dict[str, Any]
Refuse = Callable[[int, MailroomError], None]
_UNKNOWN = Status.UNKNOWN.value
_UNSTATED = ("", _UNKNOWN)
_STATED = frozenset(one.value for one in Status if one is not Status.UNKNOWN)
_A_DAY = len("2026-11-20")
_MOST_DERIVED = 20_000  # what codes and words mean, kept
_MOST_FOUND = 100_000  # numbers whose shipments are remembered
_MOST_COMPARED = 2_000_000  # keys of a trial: further rows of the same file are not compared with these


class RowKind(Protocol):
    """One kind of rows; what `read` gives for each goes to `settle` a chunk at a time, and that to the others."""

    most: int  # rows in one command, at the most
    gathers_at: int | None  # where in a settled row the id stands by which rows may be brought together

    def read(self, line: int, cells: Cells, lost: Sequence[int]) -> Any:  # noqa: ANN401 - the kind's own
        """One row understood by itself; raises MailroomError where it is refused."""
        ...

    def read_all(self, rows: Sequence[tuple[int, Cells]]) -> Sequence[Any] | None:
        """What `read` gives for each of these rows, none where one needs a look of its own: the quick way."""
        ...

    def settle(self, chunk: Sequence[tuple[int, Any]], refuse: Refuse) -> list[Any]:
        """The rows of a chunk with what the record says of them; `refuse` takes those that do not fit it."""
        ...

    def payload(self, rows: Sequence[Any]) -> Json:
        """The payload of the command that puts these rows on record."""
        ...

    def known(self, rows: Sequence[Any]) -> list[bool]:
        """Which rows would add nothing. Rows of earlier calls count as on record: for trials."""
        ...


class EventKind:
    """Tracking events of shipments that are on record."""

    most = 500
    gathers_at: int | None = 1

    def __init__(self, desk: Desk, who: Operator, plan: ImportPlan, titles: Sequence[str], name: str) -> None:
        self._desk = desk
        self._name = name
        zone, now = desk.in_force.zone, desk.clock()
        self._rows = EventRows(plan, places(plan, titles), len(titles), zone, now)
        columns = self._rows.columns
        self._code_at, self._text_at = (columns.index(one) if one in columns else 0 for one in ("code", "text"))
        self._now = now
        self._ends: dict[str, str] = {}
        self._derived: dict[tuple[str, str, str, str], str] = {}
        self._found: dict[str, Mapping[str, str]] = {}
        self._seen: set[int] = set()
        self.read_all = self._rows.read_all
        self.read = self._rows.read  # the number, the shipment's id where the file has it, the values of the payload

    def settle(self, chunk: Sequence[tuple[int, EventRow]], refuse: Refuse) -> list[list[Any]]:
        """Give each row its shipment: the one named by id where it has the number, else the newest with the number."""
        pieces = self._pieces({row[0] for _line, row in chunk})
        status_at = self._rows.status_at
        if (quick := self._settled_all(chunk, pieces)) is not None:
            return quick
        settled = []
        for line, (number, named, values) in chunk:
            found = pieces.get(number)
            if found is None:
                refuse(line, MailroomError("number_unknown", number=number))
                continue
            id_ = named if named and named in found else next(iter(found))
            values[1] = id_
            if status_at:
                if values[status_at] in _UNSTATED:
                    self._derive(values, found[id_])
                if len(values[2]) == _A_DAY:
                    self._settle_day(values, values[status_at])
            settled.append(values)
        return settled

    def _settled_all(
        self, chunk: Sequence[tuple[int, EventRow]], pieces: Mapping[str, Mapping[str, str]]
    ) -> list[list[Any]] | None:
        """What `settle` gives where each row has a number on record, a status and a time and names no id; else none."""
        rows = list(map(itemgetter(1), chunk))
        numbers, named, values = zip(*rows, strict=True) if rows else ((), (), ())
        if any(named) or not all(map(pieces.__contains__, numbers)):
            return None
        if status_at := self._rows.status_at:
            if not _STATED.issuperset(map(itemgetter(status_at), values)):
                return None
            if _A_DAY in set(map(len, map(itemgetter(2), values))):
                return None
        newest = {number: next(iter(pieces[number])) for number in set(numbers)}
        for number, one in zip(numbers, values, strict=True):
            one[1] = newest[number]
        return list(values)

    def _pieces(self, numbers: set[str]) -> Mapping[str, Mapping[str, str]]:
        """The shipments of these numbers, newest first, with their carriers; a file names most of them again."""
        if new := numbers.difference(self._found):
            if len(self._found) > _MOST_FOUND:
                self._found.clear()
                new = numbers
            normals = {number: normal_number(number) for number in new}
            with self._desk.store.read() as connection:
                found = stored.pieces_of_numbers(connection, sorted(set(normals.values())))
            self._found |= {number: found[normal] for number, normal in normals.items() if normal in found}
        return self._found

    def _derive(self, values: list[Any], carrier: str) -> None:
        """Give a row without a status of its own the one that its code and words mean, with the table's version."""
        at = self._rows.status_at
        stated, word = values[at], values[at + 1]
        code, text = (values[place] if place else "" for place in (self._code_at, self._text_at))
        if not (code or text or word):
            return
        said = (carrier, code, word, text)
        derived = self._derived.get(said)
        if derived is None:
            if len(self._derived) >= _MOST_DERIVED:
                self._derived.clear()
            words = text or word
            derived = self._derived[said] = status_of(carrier, code=code, category=word, text=words).value
        known = derived != _UNKNOWN
        values[at] = derived if known or not text else stated
        values[at + 1] = MAPPING_VERSION if known else ""

    def _settle_day(self, values: list[Any], status: str) -> None:
        """Put what ends a day at its end where a row knows only the day."""
        day = values[2]
        if status in ENDS_A_DAY:
            key = self._ends.get(day)
            if key is None:
                happened = parse_carrier_time(day)
                moment = sort_moment(happened, Status(status), self._desk.in_force.zone, self._now)
                key = self._ends[day] = utc_text(moment)
            values[3] = key

    def payload(self, rows: Sequence[list[Any]]) -> Json:
        """Columns once, then the values of each row."""
        source = {"source": EventSource.IMPORT.value, "file_name": self._name}
        return {"columns": list(self._rows.columns), "rows": list(rows), **source}

    def known(self, rows: Sequence[list[Any]]) -> list[bool]:
        """Compared with the record and with the rows before."""
        with self._desk.store.read() as connection:
            keys = stored.known_among(connection, self._rows.columns, rows)
        return [key is None or _again(self._seen, hash(key)) for key in keys]


class ShipmentKind:
    """Pieces for the record."""

    most = 100
    gathers_at: int | None = None  # pieces are numbered in the order of the file

    def __init__(self, desk: Desk, who: Operator, plan: ImportPlan, titles: Sequence[str], name: str) -> None:
        self._desk = desk
        self._name = name
        self._now = desk.clock()
        self._rows = ShipmentRows(desk, plan, places(plan, titles), len(titles), self._now)
        self._seen: set[int] = set()

    def read(self, line: int, cells: Cells, lost: Sequence[int]) -> ShipmentRow:
        """The numbers that tell the piece, and the row of the payload."""
        return self._rows.read(line, cells, lost)

    def read_all(self, _rows: Sequence[tuple[int, Cells]]) -> None:
        """A piece is always read by itself: recognising its number costs more than all else."""

    def settle(self, chunk: Sequence[tuple[int, ShipmentRow]], refuse: Refuse) -> list[ShipmentRow]:
        """Labels of our own must be on record; of all else the record decides when the rows are put there."""
        own = {line: numbers[0] for line, (numbers, row) in chunk if row["numbers"][0]["role"] == NumberRole.INTERNAL}
        if not own:
            return [row for _line, row in chunk]
        with self._desk.store.read() as connection:
            found = stored.ids_of_numbers(connection, sorted(set(own.values())))
        for line, number in own.items():
            if number not in found:
                refuse(line, MailroomError("own_label_number", number=number))
        return [row for line, row in chunk if line not in own or own[line] in found]

    def payload(self, rows: Sequence[ShipmentRow]) -> Json:
        """The pieces, and the moment at which they are recorded in the office's own time."""
        now = self._desk.clock().astimezone(self._desk.in_force.zone)
        return {"rows": [row for _numbers, row in rows], "happened": str(carrier_time(now)), "file_name": self._name}

    def known(self, rows: Sequence[ShipmentRow]) -> list[bool]:
        """Compared with the record and with the rows before."""
        with self._desk.store.read() as connection:
            there = stored.known_pieces(connection, [row for _numbers, row in rows], self._now)
        return [
            known or any([_again(self._seen, hash(one)) for one in numbers])
            for known, (numbers, _row) in zip(there, rows, strict=True)
        ]


KINDS: dict[ImportKind, Callable[[Desk, Operator, ImportPlan, Sequence[str], str], RowKind]] = {
    ImportKind.EVENTS: EventKind,
    ImportKind.SHIPMENTS: ShipmentKind,
}


def places(plan: ImportPlan, titles: Sequence[str]) -> Mapping[str, int]:
    """Our fields with the places of their columns in a row, from 0."""
    return {name: titles.index(title) for name, title in plan.columns}


def _again(seen: set[int], key: int) -> bool:
    """Whether a key came before; it is remembered."""
    if key in seen:
        return True
    if len(seen) < _MOST_COMPARED:
        seen.add(key)
    return False
