"""One import from file to record: chunk by chunk through the writer, with a way to stop that leaves nothing.

A trial takes the same way up to the writing.
"""

import dataclasses
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.gathering import gathered, in_chunks
from mailroom.services.exchange.grid import Grid, GridReader, GridRow
from mailroom.services.exchange.kinds import KINDS, RowKind
from mailroom.services.exchange.plan import ImportPlan, plan_json
from mailroom.services.exchange.report import ImportReport, Refusals, RefusedRow
from mailroom.services.exchange.source import opened
from mailroom.services.writing import Write, at_once
from mailroom.store import imports as stored

_AIM = 0.015  # seconds of work in a write: a reading that waits for one is still on record in no time
_ALONE = 0.03  # seconds; the same where only another program's readings may wait
_LITTER = 50_000  # new objects before Python looks for garbage: a chunk alone makes thousands, all of which go with it
_TRIAL = 500  # rows looked up at once where nothing is written


@dataclass(frozen=True, slots=True)
class Way:
    """How a long task is watched and stopped, and how its writes are run."""

    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]
    write: Write


@dataclass(slots=True)
class _Tally:
    done: int = 0
    added: int = 0
    known: int = 0
    refused: Refusals = field(default_factory=Refusals)

    def tell(self, way: "Way", total: int) -> None:
        """Show how far it is: a row that was only read has come a fourth of its way."""
        through = self.added + self.known + len(self.refused)
        way.progress((self.done + 3 * through) // 4, max(total, self.done))


@dataclass(frozen=True, slots=True)
class Import:
    """A file with a plan that fits it, ready to be put on record or tried."""

    desk: Desk
    who: Operator
    kind: ImportKind
    grid: Grid
    plan: ImportPlan

    def run(self, way: Way) -> ImportReport:
        """Put it on record. A cancel or any trouble on the way takes back what was written."""
        grid, sha256 = self._kept()
        import_id = new_id()
        tally = _Tally()
        with grid.open(self._decimal) as reader, _seldom_tidied():
            payload = {
                "file_name": self.grid.source.name,
                "sha256": sha256,
                "kind": self.kind.value,
                "mapping": plan_json(self.plan),
                "row_count": reader.total,
            }
            way.write(lambda: self.desk.accept(self.who, "import_opened", import_id, payload))
            try:
                stopped = self._take_rows(reader, import_id, tally, way)
            except BaseException:
                undo(self.desk, self.who, import_id, way.write)
                raise
        if stopped:
            undo(self.desk, self.who, import_id, way.write)
            tally.added = tally.known = 0
        closed = {
            "added": tally.added,
            "known": tally.known,
            "refused": len(tally.refused),
            "cancelled": stopped,
        }
        way.write(lambda: self.desk.accept(self.who, "import_closed", import_id, closed))
        return self._report(import_id, tally, stopped=stopped)

    def try_out(self, way: Way) -> ImportReport:
        """Say what `run` would do; nothing is written."""
        tally = _Tally()
        rows = self._kind()
        stopped = False
        with self.grid.open(self._decimal) as reader:
            for settled in self._chunks(rows, reader, tally, way, lambda: _TRIAL):
                stopped = way.cancelled()
                if stopped:
                    break
                known = sum(rows.known(settled))
                tally.known += known
                tally.added += len(settled) - known
                tally.tell(way, reader.total)
        return self._report("", tally, stopped=stopped or way.cancelled())

    @property
    def _decimal(self) -> str:
        return "," if self.plan.decimal_comma else "."

    def _kind(self) -> RowKind:
        return KINDS[self.kind](self.desk, self.who, self.plan, self.grid.titles, self.grid.source.name)

    def _kept(self) -> tuple[Grid, str]:
        """The file kept under its hash, and read from there: nobody can change or take it away any more."""
        source = self.grid.source
        before = _stamp(source.path)
        with opened(source.path, source.name) as stream:
            sha256 = self.desk.store.blobs.take(stream)
        if _stamp(source.path) != before:
            raise MailroomError("file_changed_meanwhile", name=source.name)
        kept = dataclasses.replace(source, path=self.desk.store.blobs.path(sha256))
        return dataclasses.replace(self.grid, source=kept), sha256

    def _take_rows(self, reader: GridReader, import_id: str, tally: _Tally, way: Way) -> bool:
        """Write chunk after chunk; true where it was cancelled."""
        rows = self._kind()
        pace = _Pace(rows.most, shared=way.write is not at_once)
        for settled in self._chunks(rows, reader, tally, way, lambda: pace.size):
            if way.cancelled():
                return True
            payload = rows.payload(settled)
            result, seconds = way.write(lambda: self._write(import_id, payload))  # noqa: B023 - run at once
            pace.heed(len(settled), seconds)
            tally.added += result["added"]
            tally.known += result["known"]
            tally.tell(way, reader.total)
        return way.cancelled()  # asked for during the last chunk: it is still taken back

    def _write(self, import_id: str, payload: dict[str, Any]) -> tuple[dict[str, Any], float]:
        # A file's work is done in this thread, and what the disk or other programs take is no shorter for fewer rows;
        # a server works elsewhere.
        clock = thread_time if self.desk.store.engine_name == "sqlite" else perf_counter
        began = clock()
        result = dict(self.desk.accept(self.who, "import_rows", import_id, payload).result)
        return result, clock() - began

    def _chunks(
        self, rows: RowKind, reader: GridReader, tally: _Tally, way: Way, size: Callable[[], int]
    ) -> Iterator[list[Any]]:
        """The rows that can be put on record, so many at a time, those of one shipment together."""
        parts = self._parts(rows, reader, tally, way)
        if rows.gathers_at is None:
            return in_chunks(parts, size, 0)
        return in_chunks(gathered(parts, rows.gathers_at, self.desk.store.blobs), size)

    def _parts(self, rows: RowKind, reader: GridReader, tally: _Tally, way: Way) -> Iterator[list[Any]]:
        """The rows that can be put on record as they are read; refused ones go to the tally in the file's order."""
        given = reader.rows()
        while (part := list(islice(given, rows.most))) and not way.cancelled():
            tally.done += len(part)
            refused: list[RefusedRow] = []
            chunk = _read(rows, part, refused)
            yield self._settled(rows, chunk, refused, tally)
            tally.tell(way, reader.total)

    def _settled(
        self, rows: RowKind, chunk: list[tuple[int, Any]], refused: list[RefusedRow], tally: _Tally
    ) -> list[Any]:
        settled = rows.settle(chunk, lambda line, reason: refused.append(RefusedRow(line, reason))) if chunk else []
        for one in sorted(refused, key=lambda one: one.row):
            tally.refused.add(one.row, one.reason)
        return settled

    def _report(self, import_id: str, tally: _Tally, *, stopped: bool) -> ImportReport:
        used = set(self.plan.mapping.values())
        source = self.grid.source
        return ImportReport(
            import_id=import_id,
            file_name=source.name,
            rows=tally.done,
            added=tally.added,
            known=tally.known,
            refused=tally.refused,
            cancelled=stopped,
            ignored_columns=tuple(title for title in self.grid.titles if title and title not in used),
            encoding=source.encoding,
            kind=self.kind,
            dry_run=not import_id,
            mapping=self.plan.name,
            format=source.format.value,
            renamed=source.renamed,
            sheet=self.grid.sheet,
        )


def _read(rows: RowKind, part: Sequence[GridRow], refused: list[RefusedRow]) -> list[tuple[int, Any]]:
    """The rows of a part as they are understood, with their lines; `refused` takes the others."""
    plain = [(line, cells) for line, cells, lost in part if not lost and isinstance(cells, list)]
    if len(plain) == len(part) and (all_read := rows.read_all(plain)) is not None:
        return [(line, one) for (line, _cells), one in zip(plain, all_read, strict=True)]
    chunk: list[tuple[int, Any]] = []
    for line, cells, lost in part:
        try:
            if isinstance(cells, MailroomError):
                raise cells
            chunk.append((line, rows.read(line, cells, lost)))
        except MailroomError as reason:
            refused.append(RefusedRow(line, reason.with_traceback(None)))
    return chunk


class _Pace:
    """How many rows go into one command, so that each write takes about as long as it should on this machine.

    Alone it never goes under half of the most: a commit costs the same for one row. Where others use the same writer,
    as in the window, people wait for whatever chunk is being written: a slow machine gets down to a tenth.
    """

    def __init__(self, most: int, *, shared: bool) -> None:
        self._most = most
        self._aim = _AIM if shared else _ALONE
        self._least = most // 10 if shared else most // 2
        self.size = most // 4 if shared else most

    def heed(self, rows: int, seconds: float) -> None:
        """Take note of how long a write took."""
        fit = rows * self._aim / max(seconds, 0.0001)
        self.size = max(self._least, min(self._most, round((self.size + fit) / 2)))


def undo(desk: Desk, who: Operator, import_id: str, write: Write) -> int:
    """Take an import back, the last rows first, a command's rows at a time; how many were withdrawn.

    Raises `import_unknown`, `already_undone`.
    """
    with desk.store.read() as connection:
        facts = stored.import_facts(connection, import_id)
    if facts.state == "undone":
        raise MailroomError("already_undone", id=import_id)
    withdrawn = 0
    for at, command_id in enumerate(facts.commands, 1):
        payload = {"commands": [command_id], "done": at == len(facts.commands)}
        result = write(lambda: desk.accept(who, "import_undone", import_id, payload).result)  # noqa: B023 - run at once
        withdrawn += int(result["withdrawn"])
    if not facts.commands:
        write(lambda: desk.accept(who, "import_undone", import_id, {"commands": [], "done": True}))
    return withdrawn


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Python looks for garbage less often meanwhile."""
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], _LITTER), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except OSError:
        raise MailroomError("file_missing", name=str(path)) from None
    return facts.st_size, facts.st_mtime_ns
