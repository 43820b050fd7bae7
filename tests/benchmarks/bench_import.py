"""How quick imports are: run `python tests/benchmarks/bench_import.py [EVENTS] [--by-time] [--dry]`.

Events of a tenth as many shipments go in from a CSV file (1,000,000 unless told otherwise), in a process of its own
whose peak memory is told, as the command line imports them: nobody else uses its writer. Beside it stands what no
import can beat: `executemany` of the very same rows into the same table of another record, with the same safety
settings, in one transaction; and into a bare table without an index.
While a second import runs, pieces are recorded through the same writer as in the window, and their waits are told.
`--by-time` writes the file in the order of time instead of shipment by shipment.
"""

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import million

from mailroom.domain.reading import Reading, ReadingSource
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store, sqlite

EVENTS = 1_000_000
EACH = 10  # events a shipment
WORDS = (
    ("accepted", "Origin scan", "OR"),
    ("in_transit", "Arrived at regional facility", "AR"),
    ("in_transit", "Departed regional facility", "DP"),
    ("out_for_delivery", "Out for delivery", "OF"),
    ("delivered", "Delivered, front desk", "DL"),
)
PLACES = ("Columbus OH", "Saint Paul MN 55121", "Reno NV", "Köln", "Springfield MA 01101", "San José CA")
TITLES = ("tracking_number", "status", "happened_at", "place", "text", "code", "source")


def numbers_of(folder: Path, count: int) -> list[str]:
    """The tracking numbers of a profile's first shipments."""
    with closing(sqlite.driver().connect(folder / "mailroom.sqlite")) as database:
        rows = database.execute("SELECT tracking_number FROM shipment ORDER BY position LIMIT ?", (count,))
        return [row[0] for row in rows]


def write_file(path: Path, numbers: list[str], count: int, *, by_time: bool) -> None:
    """A carrier's export: events of each shipment one after the other, or all in the order of time."""
    dice = random.Random(7)
    start = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
    each = max(1, count // len(numbers))
    order = (
        ((shipment, step) for step in range(each) for shipment in range(len(numbers)))
        if by_time
        else ((shipment, step) for shipment in range(len(numbers)) for step in range(each))
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        for shipment, step in order:
            status, text, code = WORDS[step * len(WORDS) // each]
            at = start + timedelta(seconds=37 * shipment + 17_000 * step)
            writer.writerow(
                (
                    numbers[shipment],
                    status,
                    at.strftime("%Y-%m-%dT%H:%M-06:00"),
                    dice.choice(PLACES),
                    text,
                    code,
                    "USPS",
                )
            )


def opened(folder: Path) -> Office:
    """The office of a profile."""
    desk = open_desk(open_store("", profile=folder, create=False))
    return make_office(desk, operator_of_profile(desk, million.DESK, "A", "M. Vega"))


def importing(folder: Path, file: Path, dry: bool) -> None:
    """The import itself, in a process of its own: prints seconds, the longest write, rows and peak memory."""
    office = opened(folder)
    before = most_memory()
    longest: list[float] = []

    accept = type(office.exchange.desk).accept

    def timed(*given: Any, **named: Any) -> Any:
        started = time.perf_counter()
        value = accept(*given, **named)
        longest.append(time.perf_counter() - started)
        return value

    type(office.exchange.desk).accept = timed  # type: ignore[method-assign]
    began = time.perf_counter()
    processor = time.process_time()
    report = office.exchange.import_events(office.operator, file, dry_run=dry)
    facts = {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "added": report.added,
        "refused": len(report.refused),
        "writes": len(longest),
        "p50": statistics.median(longest) if longest else 0,
        "p99": statistics.quantiles(longest, n=100)[98] if len(longest) > 1 else 0,
        "most": max(longest, default=0),
        "before": before,
        "memory": most_memory(),
    }
    office.exchange.desk.store.close()
    print(json.dumps(facts))


def most_memory() -> float:
    """The most memory that this process had, in MB. `ru_maxrss` is no less than what the parent had at the start."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) / 1024


def in_a_process(folder: Path, file: Path, dry: bool) -> dict[str, float]:
    """Run `importing` in a child and give its figures."""
    command = [sys.executable, __file__, "--child", str(folder), str(file), *(["--dry"] if dry else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    facts: dict[str, float] = json.loads(done.stdout)
    return facts


def plainly(imported: Path, other: Path) -> tuple[float, float, float]:
    """Seconds of `executemany` of the imported rows: into the same table of another record, into a bare table.

    And the seconds of the processor for the first.
    """
    with closing(sqlite.driver().connect(imported / "mailroom.sqlite")) as source:
        names = [row[1] for row in source.execute("PRAGMA table_info(event)")]
        rows = source.execute("SELECT * FROM event WHERE import_id IS NOT NULL").fetchall()
    marks = ", ".join("?" * len(names))
    taken = []
    with closing(sqlite.driver().connect(other / "mailroom.sqlite", isolation_level=None)) as database:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE bare AS SELECT * FROM event LIMIT 0")
        file = rows[0][names.index("import_id")]
        facts = "INSERT INTO import_file VALUES (?, '', '', 'events', '{}', 0, 'open', 0, 0, 0, '2026-01-01', '')"
        database.execute(facts, (file,))
        for table in ("event", "bare"):
            began, processor = time.perf_counter(), time.process_time()
            database.execute("BEGIN IMMEDIATE")
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            database.execute("COMMIT")
            taken.append((time.perf_counter() - began, time.process_time() - processor))
    return taken[0][0], taken[1][0], taken[0][1]


def readings_meanwhile(folder: Path, file: Path) -> list[float]:
    """Milliseconds from a reading to its commit while a file goes in, all through one writer thread."""
    office = opened(folder)
    writer = ThreadPoolExecutor(1)
    ended = threading.Event()
    waits: list[float] = []

    def record() -> None:
        serial = 0
        while not ended.wait(0.05):
            serial += 1
            number = own_number(serial)
            reading = Reading(number, ReadingSource.WEDGE, datetime.now(UTC))
            began = time.perf_counter()
            writer.submit(office.intake.record, office.operator, (reading,)).result()
            waits.append((time.perf_counter() - began) * 1000)

    thread = threading.Thread(target=record)
    thread.start()
    office.exchange.import_events(office.operator, file, write=lambda act: writer.submit(act).result())
    ended.set()
    thread.join()
    writer.shutdown()
    office.exchange.desk.store.close()
    return waits


def own_number(serial: int) -> str:
    """A Ground Advantage number that is in no file: 21 digits and their check digit."""
    body = f"9400136{serial:014d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def main(count: int, *, by_time: bool, dry: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shipments = max(1, count // EACH)
        profile = million.copy_to(folder / "profile", shipments)
        other = million.copy_to(folder / "other", shipments)
        file = folder / "events.csv"
        write_file(file, numbers_of(profile, shipments), count, by_time=by_time)
        size = file.stat().st_size / 1e6
        print(
            f"{count:,} events of {shipments:,} shipments, {size:.0f} MB of CSV, "
            f"{'by time' if by_time else 'by shipment'}"
        )
        facts = in_a_process(profile, file, dry)
        print(
            f"import: {facts['seconds']:.1f} s ({facts['seconds'] / count * 1e6:.1f} us a row), "
            f"{facts['processor']:.1f} s of the processor; added {facts['added']:,}, refused {facts['refused']}"
        )
        print(
            f"writes: {facts['writes']:.0f}, p50 {facts['p50'] * 1e3:.1f} ms, p99 {facts['p99'] * 1e3:.1f} ms, "
            f"most {facts['most'] * 1e3:.1f} ms; memory {facts['memory']:.0f} MB (at start {facts['before']:.0f} MB)"
        )
        if dry:
            return
        same, bare, busy = plainly(profile, other)
        print(f"plain executemany: {same:.1f} s into the same table, {bare:.1f} s into a bare one")
        print(f"ratio: {facts['seconds'] / same:.2f} x the same table, {facts['seconds'] / bare:.2f} x a bare one")
        print(f"of the processor: {facts['processor']:.1f} s and {busy:.1f} s, {facts['processor'] / busy:.2f} x")
        again = in_a_process(profile, file, dry)
        print(f"the same file again: {again['seconds']:.1f} s, added {again['added']:.0f}")
        third = million.copy_to(folder / "third", shipments)
        waits = readings_meanwhile(third, file)
        p50, p95 = statistics.median(waits), statistics.quantiles(waits, n=20)[18]
        print(f"readings meanwhile: {len(waits)}, p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {max(waits):.1f} ms")


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    if "--child" in sys.argv:
        importing(Path(arguments[0]), Path(arguments[1]), "--dry" in sys.argv)
    else:
        main(int(arguments[0]) if arguments else EVENTS, by_time="--by-time" in sys.argv, dry="--dry" in sys.argv)
