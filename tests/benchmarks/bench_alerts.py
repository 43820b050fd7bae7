"""How long it takes to judge a hundred thousand open shipments, and one after an event of its own.

`python tests/benchmarks/bench_alerts.py [COUNT]`: a record in which one shipment in thirty needs somebody, with four
tracking events each, and as many delivered ones beside them. Judged in this process, then aside as in the window.
"""

import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import carrier_time
from mailroom.services.alert_child import AlertChild
from mailroom.services.desk import open_desk
from mailroom.services.office import make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store, sqlite

COUNT = 100_000
EVENTS = 4
CITIES = ("OMAHA, NE", "DENVER, CO", "DAYTON, OH", "RENO, NV", "TULSA, OK", "BOISE, ID", "MACON, GA", "SALEM, OR")
SERVICES = (("usps", "Ground Advantage"), ("usps", "Priority Mail"), ("ups", "Ground"), ("fedex", "Express Saver"))
DESK = "0192f0c0-0000-7000-8000-00000000d35c"


def fill(path: Path, count: int, now: datetime) -> None:
    """Shipments and events straight into the tables, from a seed."""
    draw = random.Random(7)
    shipments, events = [], []
    for at in range(1, 2 * count + 1):
        id_, ended = f"{at:08x}-0000-7000-8000-000000000000", at > count
        carrier, service = draw.choice(SERVICES)
        silent = draw.choice((5, 8, 12)) if draw.random() < 1 / 30 else 0.2 + draw.random() * 2
        last = now - timedelta(days=60 if ended else silent)
        places = draw.sample(CITIES, EVENTS)
        status = "delivered" if ended else "in_transit"
        given = ""
        for step in range(EVENTS):
            moment = last - timedelta(hours=14 * (EVENTS - 1 - step))
            given = moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
            told = status if step == EVENTS - 1 else "in_transit" if step else "accepted"
            text = moment.strftime("%Y-%m-%d %H:%M:%S.000000")
            events.append((id_, step + 1, f"e{step}-{id_}", told, given, text, text, places[step]))
        recorded = (last - timedelta(days=3)).strftime("%Y-%m-%d %H:%M:%S.000000")
        number = f"94001{at:017d}"
        fields = f'{{"recipient":{{"name":"Recipient {at}"}},"order":"{at}"}}'
        code = f"{draw.randrange(10000, 99999)}"
        shipments.append((at, id_, carrier, number, service, status, given, recorded, code, fields, places[-1], given))
    database = sqlite.driver().connect(path, isolation_level=None)
    database.execute("BEGIN")
    database.executemany(
        """INSERT INTO shipment (position, id, version, carrier, tracking_number, numbers, check_result, service,
        service_code, status, status_at, recorded_at, recorded_by, recorded_by_id, desk, postal_code, country, fields,
        postage_mills, postage_currency, promised_on, promise_basis, revised_on, delay_reason, last_event_text,
        last_event_place, last_event_at, number_reused, withdrawn, event_count, changed_position, search_text)
        VALUES (?1, ?2, 1, ?3, ?4, '[]', 'ok', ?5, '001', ?6, ?7, ?8, 'Ada', 'op-1', 'desk-1', ?9, 'US', ?10, 7640,
        'USD', '', '', '', '', 'Scanned', ?11, ?12, 0, 0, 4, 1, '')""",
        shipments,
    )
    empty = [
        "code",
        "next_place",
        "gps",
        "name_given",
        "reason",
        "desired_resolution",
        "note",
        "promised_on",
        "mapping",
    ]
    database.executemany(
        f"""INSERT INTO event (shipment_id, ordinal, id, command_position, kind, status, happened, sort_at,
        recorded_at, recorded_by, source, source_name, text, place, file_name, file_row, facts, withdrawn,
        {", ".join(empty)}) VALUES (?1, ?2, ?3, 1, 'tracking', ?4, ?5, ?6, ?7, 'Ada', 'import', 'USPS', 'Scanned', ?8,
        'week.csv', 1, '{{}}', 0, {", ".join(["''"] * len(empty))})""",
        events,
    )
    counted = "SELECT status, carrier, count(*) FROM shipment GROUP BY status, carrier"
    database.execute(f"INSERT INTO shipment_count (status, carrier, number) {counted}")  # as the record counts along
    database.execute("COMMIT")
    database.close()


def processor() -> float:
    """Seconds of the processor, those of ended children with them."""
    used = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(count: int) -> None:
    """Print the figures."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        open_store("", profile=Path(folder)).close()
        fill(Path(folder) / "mailroom.sqlite", count, now)
        store = open_store("", profile=Path(folder))
        desk = open_desk(store)
        who: Operator = operator_of_profile(desk, DESK, "A", "Ada")
        office = make_office(desk, who)
        for turn, aside in (("first", None), ("again", None), ("aside", AlertChild(Path(folder)))):
            before, used = time.perf_counter(), processor()
            office.attention.book.__init__()  # type: ignore[misc]
            office.attention.book.aside = aside
            office.attention.refresh(who)
            counts = office.attention.counts(who)
            print(
                f"{turn}: {office.attention.book.looked_at:,} judged in {time.perf_counter() - before:.2f} s "
                f"({processor() - used:.2f} s of the processor), {counts.open:,} alerts"
            )
        before = time.perf_counter()
        rows = office.attention.alerts(who)
        print(f"the list of {len(rows):,}: {time.perf_counter() - before:.2f} s")
        spent = []
        for row in rows[:20]:
            moment = carrier_time(datetime.now(UTC) - timedelta(minutes=5))
            draft = EventDraft(moment, Status.IN_TRANSIT, "RENO, NV", new_id())
            office.timeline.add_event(who, row.row.shipment.id, draft)
            before = time.perf_counter()
            assert office.attention.refresh(who, whole=False)
            spent.append(time.perf_counter() - before)
        print(
            f"after one event: {sorted(spent)[10] * 1000:.1f} ms median, {max(spent) * 1000:.1f} ms most; "
            f"{len(rows) - office.attention.counts(who).open} alerts fewer"
        )
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
