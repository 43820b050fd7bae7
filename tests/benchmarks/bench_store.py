"""How quick the record is with a million shipments: run `python tests/benchmarks/bench_store.py [COUNT]`.

Prints median and 95th percentile in milliseconds, the 95th percentile of processor time alone (what a busy machine
does to the others shows there), and ratios beside what no store can beat: a bare insert into SQLite with the same
safety settings, and a plain LIKE over the same rows. Every round of a search is another text.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import million

from mailroom.domain.command import Command, utc_text
from mailroom.domain.ids import new_id
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.status import Status
from mailroom.store import Store, open_store, sqlite
from mailroom.store.shipments import (
    changed_since,
    counts,
    find_shipments,
    get_shipment,
    ids_of_number,
    recent_readings,
    undoable,
)

ROUNDS = 400
PAGE = 200


class Times(list[float]):
    """Milliseconds of calls, and of the processor's time alone."""

    def __init__(self) -> None:
        super().__init__()
        self.processor: list[float] = []


def timed(work: Callable[[Any], object], inputs: list[Any]) -> Times:
    """Milliseconds of each call."""
    taken = Times()
    for one in inputs:
        began, own = time.perf_counter(), time.thread_time()
        work(one)
        taken.append((time.perf_counter() - began) * 1000)
        taken.processor.append((time.thread_time() - own) * 1000)
    return taken


def told(name: str, taken: Times, beside: Times | None = None, what: str = "") -> Times:
    """Print a line; `beside` is what it is compared with."""
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
    own = statistics.quantiles(taken.processor, n=20)[18]
    ratio = f"  {p50 / statistics.median(beside):6.2f} x {what}" if beside else ""
    line = f"{name:32} p50 {p50:7.2f}  p95 {p95:7.2f}  processor p95 {own:7.2f}  most {max(taken):7.2f} ms{ratio}"
    print(line, flush=True)
    return taken


def piece(number: str, now: datetime) -> Command:
    """A piece as the bench records it."""

    def event(kind: str) -> dict[str, object]:
        at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"id": new_id(), "kind": kind, "happened": at, "sort_at": utc_text(now), "source": "mailroom"}

    reading = {"id": new_id(), "raw": number, "symbology": "Code128", "source": "wedge", "read_at": utc_text(now)}
    payload = {
        "shipment": {
            "carrier": "usps",
            "tracking_number": number,
            "check": "ok",
            "service": "Ground Advantage",
            "destination": {"postal_code": "00950", "country": "US"},
            "fields": {"order": "PO-1", "recipient": {"name": "Ada Byron"}},
        },
        "department": {"id": new_id(), "name": "Legal"},
        "numbers": [{"number": number, "carrier": "usps", "role": "primary", "check": "ok"}],
        "readings": [reading],
        "event": event("recorded"),
        "repeat_event": event("repeated"),
        "postage": [{"id": new_id(), "kind": "postage", "mills": 730, "currency": "USD"}],
    }
    return Command(new_id(), "desk-1", "piece_recorded", new_id(), payload, now, "op-1")


def writing(store: Store, folder: Path) -> None:
    """A commit of a piece beside the least that a commit can be."""
    with closing(sqlite.driver().connect(folder / "bare.sqlite", isolation_level=None)) as database:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE piece (id INTEGER PRIMARY KEY, body TEXT)")

        def bare(_: object) -> None:
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO piece (body) VALUES (?)", ("x" * 1000,))
            database.execute("COMMIT")

        least = told("a bare insert into SQLite", timed(bare, list(range(ROUNDS))))
    now = datetime.now(UTC)
    pieces = [piece(f"9400{one:018d}", now + timedelta(seconds=one)) for one in range(ROUNDS)]
    store.accept(piece("first", now))
    told("commit of a piece", timed(store.accept, pieces), least, "a bare insert")
    told("the same pieces again (known)", timed(store.accept, pieces), least, "a bare insert")


def typed(numbers: list[str]) -> Iterator[str]:
    """What people search for: names, orders, parts of numbers; every beginning is searched as it is typed."""
    dice = random.Random(5)
    while True:
        number = dice.choice(numbers)
        start = dice.randrange(len(number) - 6)
        text = dice.choice(
            (
                number,
                number[-8:],
                number[start : start + dice.randint(3, 9)],
                f"{dice.choice(million.NAMES)} {dice.choice(million.LAST_NAMES)}",
                f"po-{dice.randrange(10**6):07d}",
                f"{dice.choice(million.LAST_NAMES)} {dice.choice(million.DEPARTMENTS)}",
                f"usps {dice.choice(million.LAST_NAMES)}",
                "certified mail",
                "nothing of that name",
            )
        )
        yield from (text[:end] for end in range(1, len(text) + 1))


def filters(texts: list[str]) -> list[ShipmentFilter]:
    """Searches inside a filter, as the window sets them."""
    dice = random.Random(6)
    last = datetime.fromtimestamp(million.FIRST + million.COUNT * million.EVERY, UTC)
    return [
        ShipmentFilter(
            text,
            dice.choice(((), (Status.DELIVERED,), (Status.LOST, Status.RETURNED), (Status.IN_TRANSIT,))),
            dice.choice(((), ("usps",), ("ups", "fedex"))),
            dice.choice(((), ("department-3",))),
            "",
            dice.choice((None, last - timedelta(days=30), last - timedelta(days=400))),
        )
        for text in texts
    ]


def reading(store: Store) -> None:
    """Lists, searches and single shipments."""
    with store.read() as connection:
        first = find_shipments(connection, ShipmentFilter(), PAGE)
        sample = [row.shipment for row in first.rows]
        total = counts(connection, ShipmentFilter()).total
        told("counts of all", timed(lambda _: counts(connection, ShipmentFilter()), list(range(50))))
        opening = timed(lambda _: find_shipments(connection, ShipmentFilter(), PAGE), list(range(50)))
        told(f"first page of {PAGE}", opening)
        dice = random.Random(4)
        deep = [str(dice.randrange(PAGE, total)) for _ in range(50)]
        told("a page anywhere", timed(lambda key: find_shipments(connection, ShipmentFilter(), PAGE, key), deep))
        anywhere = [dice.randrange(1, total) for _ in range(200)]
        from mailroom.store.rows import shipment_rows

        numbers = [row.shipment.tracking_number for row in shipment_rows(connection, anywhere)]
        source = typed(numbers)
        texts = [next(source) for _ in range(ROUNDS)]
        said = "SELECT id FROM shipment WHERE search_text LIKE ? ORDER BY position DESC LIMIT 200"
        like = timed(
            lambda text: connection.exec_driver_sql(said, (f"%{text}%",)).all(),
            ["zzz", "1234567", "nothing", "smith legal", "po-00123"],
        )
        told("LIKE over the same rows", like)
        searched = timed(lambda text: find_shipments(connection, ShipmentFilter(text), PAGE), texts)
        told("search as it is typed", searched, like, "LIKE")
        slowest = sorted(zip(searched.processor, texts, strict=True), reverse=True)[:3]
        print("    slowest:", ", ".join(f"{text!r} {taken:.1f} ms" for taken, text in slowest))
        some = filters(texts)
        filtered = timed(lambda wanted: find_shipments(connection, wanted, PAGE), some)
        told("search inside filters", filtered, like, "LIKE")
        for taken, wanted in sorted(zip(filtered.processor, some, strict=True), key=lambda one: -one[0])[:3]:
            print(f"    slowest: {taken:.1f} ms {wanted}")
        only = [ShipmentFilter("", *_rest(wanted)) for wanted in some[:200]]
        told("filters alone", timed(lambda wanted: find_shipments(connection, wanted, PAGE), only))
        told("counts of a search", timed(lambda text: counts(connection, ShipmentFilter(text)), texts[:100]))
        told("one shipment whole", timed(lambda one: get_shipment(connection, one.id), sample))
        told("ids of a number", timed(lambda number: ids_of_number(connection, number), numbers))
        now = datetime.now(UTC) - timedelta(hours=1)
        told("today's readings (50)", timed(lambda _: recent_readings(connection, now, 50), list(range(50))))
        told("what can be undone", timed(lambda _: undoable(connection, "desk-1"), list(range(50))))
        mark, _ = changed_since(connection, None)
        told("what changed since", timed(lambda _: changed_since(connection, mark - 2), list(range(50))))


def _rest(wanted: ShipmentFilter) -> tuple[Any, ...]:
    return (wanted.statuses, wanted.carriers, wanted.department_ids, wanted.run_id, wanted.recorded_from)


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        profile = million.copy_to(Path(folder) / "profile", count)
        print(f"{count} shipments at hand after {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        store = open_store("", profile=profile, create=False)
        print(f"opened in {(time.perf_counter() - began) * 1000:.0f} ms; SQLite {store.engine_version}")
        writing(store, Path(folder))
        reading(store)
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else million.COUNT)
