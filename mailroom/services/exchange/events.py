"""Events from a file: read row by row, put on record in short chunks, so that readings go between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import event_json
from mailroom.domain.status import Status, parse_status
from mailroom.domain.timeline import EventDraft, EventSource
from mailroom.domain.times import DateOrder, parse_carrier_time, parse_day
from mailroom.errors import MailroomError
from mailroom.services.attachments import clean_name, read_regular_file
from mailroom.services.desk import Desk
from mailroom.services.exchange.table import Table, read_table
from mailroom.services.rights import demand
from mailroom.services.timeline import check_draft, event_of_draft
from mailroom.services.writing import Write, at_once, ignore_progress, never_cancelled
from mailroom.store import shipments as stored

CHUNK = 100  # rows a transaction: each stays well under 20 ms, so that a reading never waits long

COLUMNS = {
    "tracking_number": ("tracking", "tracking no", "tracking #", "number", "package id", "label number", "waybill"),
    "status": ("state", "event status", "shipment status"),
    "happened_at": ("date", "datetime", "event date", "event time", "timestamp", "time", "event datetime", "when"),
    "place": ("location", "city", "facility", "event location", "where"),
    "text": ("event", "description", "details", "activity", "message", "event description", "status description"),
    "code": ("event code", "status code"),
    "source": ("source name", "from"),
    "name_given": ("signed by", "received by", "name"),
    "promised_on": ("expected delivery", "estimated delivery", "promised", "eta"),
    "next_place": ("next facility", "next location"),
    "reason": ("exception reason",),
}
NEEDED = ("tracking_number", "happened_at")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken, with its line in the file and the reason."""

    row: int
    reason: MailroomError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: `known` rows were on record already and added nothing."""

    import_id: str
    file_name: str
    rows: int
    added: int
    known: int
    refused: tuple[RefusedRow, ...]
    cancelled: bool
    ignored_columns: tuple[str, ...]
    encoding: str


@dataclass(slots=True)
class _Tally:
    added: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Exchange:
    """Use cases of files in and out."""

    desk: Desk

    def import_events(
        self,
        who: Operator,
        path: Path,
        *,
        mapping: str = "",
        order: DateOrder | None = None,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
        write: Write = at_once,
    ) -> ImportReport:
        """Put the events of a CSV file on record; a repeat adds nothing; a cancel takes all of it back.

        Raises `file_missing`, `file_not_regular`, `file_empty`, `file_not_csv`, `columns_missing`, `file_too_large`.
        """
        demand(who, "exchange.import_events")
        data = read_regular_file(path)
        name = clean_name(path.name)
        table = read_table(data, name, COLUMNS, NEEDED)
        total = table.count()
        import_id = new_id()
        opened = {
            "file_name": name,
            "sha256": self.desk.store.blobs.put(data),
            "kind": "events",
            "mapping": mapping,
            "row_count": total,
        }
        write(lambda: self.desk.accept(who, "import_opened", import_id, opened))
        refused: list[RefusedRow] = []
        tally = _Tally()
        stopped = False
        done = 0
        for chunk in self._chunks(who, table, name, order, refused):
            if cancelled():
                stopped = True
                break
            _take(tally, write(lambda rows=chunk: self._write_rows(who, import_id, rows)))  # type: ignore[misc]
            done += len(chunk)
            progress(min(done + len(refused), total), total)
        if stopped:
            write(lambda: self.desk.accept(who, "import_undone", import_id, {}))
            tally = _Tally()
        closed = {"added": tally.added, "known": tally.known, "refused": len(refused), "cancelled": stopped}
        write(lambda: self.desk.accept(who, "import_closed", import_id, closed))
        return ImportReport(
            import_id, name, total, tally.added, tally.known, tuple(refused), stopped, table.ignored, table.encoding
        )

    def undo_import(self, who: Operator, import_id: str) -> int:
        """Take a whole import back; how many events were withdrawn."""
        demand(who, "exchange.undo_import")
        return int(self.desk.accept(who, "import_undone", import_id, {}).result["withdrawn"])

    def _chunks(
        self, who: Operator, table: Table, name: str, order: DateOrder | None, refused: list[RefusedRow]
    ) -> Iterator[list[dict[str, Any]]]:
        now = self.desk.clock()
        chunk: list[dict[str, Any]] = []
        for line, values in table.rows():
            try:
                if isinstance(values, MailroomError):
                    raise values
                chunk.append(self._row(who, line, values, name, order, now))
            except MailroomError as reason:
                refused.append(RefusedRow(line, reason))
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _row(
        self, who: Operator, line: int, values: dict[str, str], name: str, order: DateOrder | None, now: datetime
    ) -> dict[str, Any]:
        draft = _draft(values, order)
        check_draft(draft, now, self.desk)
        number = values["tracking_number"]
        with self.desk.store.read() as connection:
            ids = stored.ids_of_number(connection, number)
        if not ids:
            raise MailroomError("number_unknown", number=number)
        event = event_of_draft(draft, ids[0], who, now, self.desk, EventSource.IMPORT, name, line)
        return {"row": line, "shipment_id": ids[0], "event": event_json(event)}

    def _write_rows(self, who: Operator, import_id: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return dict(self.desk.accept(who, "import_rows", import_id, {"rows": rows}).result)


def _take(tally: _Tally, result: dict[str, Any]) -> None:
    tally.added += int(result["added"])
    tally.known += int(result["known"])


def _draft(values: dict[str, str], order: DateOrder | None) -> EventDraft:
    """One row as an event. A status word that is none of ours is kept as the carrier's words, never guessed at."""
    if not values["tracking_number"]:
        raise MailroomError("number_missing")
    word, text = values.get("status", ""), values.get("text", "")
    status = parse_status(word) if word else None
    if word and status is None:
        status = Status.UNKNOWN
        text = text or word
    promised = values.get("promised_on", "")
    return EventDraft(
        happened=parse_carrier_time(values["happened_at"], order),
        status=status,
        place=values.get("place", ""),
        text=text,
        code=values.get("code", ""),
        source_name=values.get("source", ""),
        name_given=values.get("name_given", ""),
        next_place=values.get("next_place", ""),
        reason=values.get("reason", ""),
        promised_on=parse_day(promised).isoformat() if promised else "",
    )
