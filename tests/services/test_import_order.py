"""Events of a file in any order of its rows leave the record that the same rows leave one by one."""

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mailroom.domain.operator import Operator
from mailroom.errors import MailroomError
from mailroom.services.desk import open_desk
from mailroom.services.exchange import gathering, importing, kinds, preview
from mailroom.services.exchange.event_rows import EventRow, EventRows
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.gathering import gathered, in_chunks
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.source import csv_rows
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.services.writing import at_once
from mailroom.store import integrity, open_store, rebuild
from mailroom.store.blobs import Blobs
from mailroom.store.tables import event, shipment, shipment_count

DESK = "0192f0c0-0000-7000-8000-00000000d35c"
PIECES = ("1Z999AA10123456784", "9400117947734440521950", "766405636952")
PARTNER = "RR473124829US"  # of the first one
NUMBERS = (*PIECES, PARTNER, "1z 999aa1 0123456784", "1Z999AA10123456799", "")
TITLES = ("tracking_number", "status", "happened_at", "text", "code", "note", "promised_on", "place", "name_given")
TOLD = ("ordinal", "kind", "status", "happened", "sort_at", "source", "file_row", "withdrawn", "mapping", "text")
MORE = ("code", "note", "promised_on", "place", "source_name")

ROWS = st.tuples(
    st.sampled_from(NUMBERS),
    st.sampled_from(("accepted", "in transit", "delivered", "delayed", "unknown", "Zorbed", "", "")),
    st.sampled_from(
        ("2026-11-16T10:00-06:00", "2026-11-17 09:30", "2026-11-17", "2026-11-18T08:00Z", "18.11.2026 08:00", "3/4/26")
    ),
    st.sampled_from(("", "Arrived", "Delivered, front desk", '="7"')),
    st.sampled_from(("", "D")),
    st.sampled_from(("", "a note")),
    st.sampled_from(("", "2026-11-20", "2026-11-25")),
    st.sampled_from(("", "Köln")),
    st.just(""),
)
FILES = st.lists(st.lists(ROWS, max_size=24), min_size=1, max_size=3)
Row = tuple[str, ...]


@contextmanager
def in_small_parts() -> Iterator[None]:
    """What a file of a million rows is put through, with one of twenty."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("WINDOW", 5), ("_FRAME", 2), ("_RANGE", 4), ("_MOST", 7)):
            patched.setattr(gathering, name, value)
        patched.setattr(kinds.EventKind, "most", 4)
        yield


def written(folder: Path, rows: Sequence[Row], name: str) -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows((TITLES, *rows))
    return path


def with_pieces(office: Office, who: Operator, folder: Path) -> None:
    """Three pieces, one of them with a partner's number and with events of before."""
    file = folder / "pieces.csv"
    others = (f"partner usps {PARTNER} ok", "", "")
    lines = [f"{number},{other}" for number, other in zip(PIECES, others, strict=True)]
    file.write_text("\n".join(("tracking_number,other_numbers", *lines)) + "\n", "utf-8")
    assert office.exchange.import_shipments(who, file).added == 3
    desk = office.exchange.desk
    with desk.store.read() as connection:
        ids = {row[0]: row[1] for row in connection.execute(select(shipment.c.tracking_number, shipment.c.id))}
    for number, source, status in ((PIECES[0], "carrier", "in_transit"), (PIECES[1], "notice", "delivered")):
        more = {"kind": "tracking", "status": status, "text": "Arrived", "source": source, "promised_on": "2026-11-22"}
        when = {"happened": "2026-11-17T15:30Z", "sort_at": "2026-11-17T15:30:00.000000Z"}
        desk.accept(who, "events_added", ids[number], {"events": [{"id": f"before-{number}", **more, **when}]})


def one_by_one(office: Office, who: Operator, path: Path) -> tuple[str, list[tuple[int, str]], int]:
    """What an import is: each row in its turn, in a command of its own."""
    desk, import_id, known = office.exchange.desk, f"one-{path.name}", 0
    grid = preview.opened_grid(path, ImportKind.EVENTS)
    plan = preview.chosen_plan(grid, ImportKind.EVENTS, ())
    opened = {"file_name": path.name, "sha256": "00", "kind": "events", "mapping": None, "row_count": 1}
    desk.accept(who, "import_opened", import_id, opened)
    kind, refused = kinds.EventKind(desk, who, plan, grid.titles, path.name), []
    with grid.open() as reader:
        for line, cells, lost in reader.rows():
            assert isinstance(cells, list)
            try:
                row = kind.read(line, cells, lost)
            except MailroomError as reason:
                refused.append((line, reason.code))
                continue
            settled = kind.settle([(line, row)], lambda line, reason: refused.append((line, reason.code)))
            if settled:
                known += desk.accept(who, "import_rows", import_id, kind.payload(settled)).result["known"]
    desk.accept(who, "import_closed", import_id, {})
    return import_id, refused, known


def on_record(office: Office) -> tuple[list[Any], list[Any], list[Any]]:
    """All events by their piece's number, all heads, all counts."""
    events = select(shipment.c.tracking_number, *(event.c[name] for name in (*TOLD, *MORE))).join(
        shipment, shipment.c.id == event.c.shipment_id
    )
    heads = select(shipment.c.tracking_number, shipment.c.event_count, *(shipment.c[name] for name in integrity.HEAD))
    with office.exchange.desk.store.read() as connection:
        return (
            sorted(tuple(row) for row in connection.execute(events.where(event.c.kind != "recorded"))),
            sorted(tuple(row) for row in connection.execute(heads)),
            sorted(tuple(row) for row in connection.execute(select(shipment_count)) if row.number),
        )


def check_files(office: Office, other: Office, folder: Path, files: Sequence[Sequence[Row]], undone: int) -> None:
    """Import the files into the first office, row by row into the other; both are to have the same record."""
    who, ids = office.operator, []
    for count, rows in enumerate(files):
        path = written(folder, rows, f"{count}.csv")
        with in_small_parts():
            tried = office.exchange.import_events(who, path, dry_run=True) if rows else None
            report = office.exchange.import_events(who, path)
        import_id, refused, known = one_by_one(other, other.operator, path)
        ids.append((report.import_id, import_id))
        assert [(one.row, one.reason.code) for one in report.refused] == sorted(refused)
        assert (report.rows, report.known) == (len(rows), known)
        assert report.added == len(rows) - len(refused) - known
        assert tried is None or (tried.added, tried.known) == (report.added, report.known)
        assert on_record(office) == on_record(other)
    taken_back, theirs = ids[undone % len(ids)]
    importing.undo(office.exchange.desk, who, taken_back, at_once)
    importing.undo(other.exchange.desk, other.operator, theirs, at_once)
    assert on_record(office) == on_record(other)
    assert {fault.code for fault in integrity.check(office.exchange.desk.store)} <= {"file_gone"}


def opened(folder: Path, clock: Any) -> Office:
    desk = open_desk(open_store("", profile=folder), clock)
    return make_office(desk, operator_of_profile(desk, DESK, "A", "M. Vega"))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(FILES, st.integers(0, 2))
def test_any_order_of_rows_leaves_the_same_record(
    tmp_path_factory: pytest.TempPathFactory,
    clock: Any,
    new_record: Callable[[Path], None],
    files: list[list[Row]],
    undone: int,
) -> None:
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second", "replayed")]
    for folder in folders[:2]:
        new_record(folder)
    first, second = (opened(folder, clock) for folder in folders[:2])
    for office, folder in zip((first, second), folders, strict=False):
        with_pieces(office, office.operator, folder)
    check_files(first, second, folders[2], files, undone)
    # AND what stands there is what the commands say
    again = open_store("", profile=folders[2])
    with first.exchange.desk.store.read() as source:
        rebuild.replay(source, again)
        with again.read() as target:
            assert list(rebuild.differences(source, target)) == []
    for store in (again, first.exchange.desk.store, second.exchange.desk.store):
        store.close()


def test_either_engine_takes_a_file_in_the_order_of_time(
    office: Office, tmp_path: Path, clock: Any, new_record: Callable[[Path], None]
) -> None:
    dice = random.Random(5)
    files = [
        [
            (dice.choice(NUMBERS), "in transit", f"2026-11-17 {hour:02d}:{minute:02d}", "Arrived", "", "", "", "", "")
            for hour in range(6)
            for minute in (0, 30)
            for _piece in range(5)
        ]
        for _file in range(2)
    ]
    new_record(tmp_path / "other")
    other = opened(tmp_path / "other", clock)
    for one in (office, other):
        with_pieces(one, one.operator, tmp_path)
    check_files(office, other, tmp_path, files, 0)
    other.exchange.desk.store.close()


@given(
    keys=st.lists(st.sampled_from("abcdefgh"), max_size=150), part=st.integers(1, 40), sizes=st.lists(st.integers(1, 9))
)
def test_rows_are_gathered_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], part: int, sizes: list[int]
) -> None:
    rows = [[at, key, "ä"] for at, key in enumerate(keys)]
    turns = iter(sizes)
    with in_small_parts():
        parts = (rows[start : start + part] for start in range(0, len(rows), part))
        steps = gathered(parts, 1, Blobs(tmp_path_factory.mktemp("blobs")))
        chunks = list(in_chunks(steps, lambda: next(turns, 3), 4))
    taken = [row for chunk in chunks for row in chunk]
    assert sorted(taken) == rows
    assert all(0 < len(chunk) <= 9 for chunk in chunks)
    for key in set(keys):
        places = [row[0] for row in taken if row[1] == key]
        assert places == sorted(places)


def test_pieces_that_come_again_far_apart_come_together(tmp_path: Path) -> None:
    # GIVEN a hundred pieces, each once in every round, and far more rows than are sorted at once
    rows = [[at, f"piece-{at % 100:03d}"] for at in range(1500)]
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("WINDOW", 100), ("_FRAME", 5), ("_RANGE", 300), ("_MOST", 900)):
            patched.setattr(gathering, name, value)
        parts = (rows[start : start + 50] for start in range(0, len(rows), 50))
        taken = [row for ready in gathered(parts, 1, Blobs(tmp_path / "blobs")) for row in ready]
    # THEN each is there once, with its rows in their order, and no file is left behind
    assert taken == sorted(rows, key=lambda row: (row[1], row[0]))
    assert [one for one in (tmp_path / "blobs").rglob("*") if one.is_file()] == []


@given(st.lists(st.lists(st.sampled_from(("", " ", "a", 'b"', '"c"', '"d\n"', "\0")), max_size=3), max_size=12))
def test_rows_of_a_text_are_the_same_whatever_stands_beside_them(lines: list[list[str]]) -> None:
    text = "".join(f"{','.join(cells)}\n" for cells in lines)
    alone = list(csv_rows(io.StringIO(text, newline=""), ","))
    # WHEN plain rows are before them, a part is looked at together with what is not plain
    plain = [["x", "y"]] * 3
    more = list(csv_rows(io.StringIO("x,y\n" * 3 + text, newline=""), ","))
    assert [(line, cells) for line, cells, _lost in more[:3]] == [(at + 1, cells) for at, cells in enumerate(plain)]
    assert [(line - 3, _told(cells)) for line, cells, _lost in more[3:]] == [
        (line, _told(cells)) for line, cells, _lost in alone
    ]


WORDS = ("accepted", "delivered", "Zorbed", "unknown", "")
CLEAN = st.fixed_dictionaries(
    {
        "tracking_number": st.sampled_from((" 1Z1", "1Z2", "1Z3", "1Z4", "")),
        "status": st.sampled_from(WORDS),
        "happened_at": st.sampled_from(("2026-11-17 09:30 ", "2026-11-17", "2026-11-30", "3/4/26")),
        "text": st.sampled_from(("Arrived", " by Zorbed men", "'=1", "")),
        "code": st.sampled_from(("D", "")),
        "note": st.sampled_from(("", "n" * 9000)),
        "promised_on": st.sampled_from(("2026-11-20", "", "soon")),
        "shipment_id": st.sampled_from(("", "piece-1")),
    }
)


@settings(max_examples=300)
@given(
    st.lists(CLEAN, min_size=1, max_size=2), st.sets(st.sampled_from(("status", "text", "code", "note", "promised_on")))
)
def test_rows_read_together_are_as_each_by_itself(rows: list[dict[str, str]], more: set[str]) -> None:
    # GIVEN a table with any of the columns
    titles = ("tracking_number", "happened_at", "shipment_id", *sorted(more))
    plan, at = ImportPlan(tuple((one, one) for one in titles)), {one: place for place, one in enumerate(titles)}
    reader = EventRows(plan, at, len(titles), UTC, datetime(2026, 11, 20, tzinfo=UTC))
    given = [(line, [row[one] for one in titles]) for line, row in enumerate(rows, 2)]
    alone: list[EventRow | str] = []
    for line, cells in given:
        try:
            alone.append(reader.read(line, cells))
        except MailroomError as refused:
            alone.append(refused.code)
    # WHEN rows are read together THEN each says what it says by itself, and all do where nothing is odd
    together = reader.read_all(given)
    assert together is None or together == alone
    odd = any("=" in row["text"] or row.get("status") in ("Zorbed", "unknown") for row in rows)
    assert together is not None or odd or any(isinstance(one, str) for one in alone)


def _told(cells: Any) -> Any:
    return cells.code if isinstance(cells, MailroomError) else cells
