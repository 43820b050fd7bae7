"""A profile with a million shipments: `python tests/benchmarks/million.py [COUNT]` makes it and says where it is.

The rows are made by SQLite itself, straight into the tables and from a seed: the same count and seed give the same
record. Heads, kept counts and the search index agree with them (`mailroom check` holds). The log has one command
of a kind of its own, `benchmark_filled`, for every ten thousand shipments: its chain verifies, it cannot be replayed.
"""

import hashlib
import os
import shutil
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailroom.domain.command import GENESIS, Command, canonical_json, chain_hash, payload_digest
from mailroom.domain.folding import fold, words
from mailroom.store import open_store, schema, search, sqlite

COUNT, SEED = 1_000_000, 1
BATCH = 10_000
DESK = "desk-1"
FIRST = 1_732_000_000  # seconds since 1970 of the first shipment; then one every 63 s, two years for a million
EVERY = 63

# fmt: off
NAMES = (
    "Ada", "Zoë", "Grace", "Łukasz", "Barbara", "Ken", "Işık", "Dennis", "Márta", "Søren", "Linus", "Guido",
    "Björn", "Donald", "Tony", "Niklaus", "John", "Mary", "Edsger", "Frances", "Jean", "Kathleen", "Radia",
    "Shafi", "Sophie", "Vint", "Yukihiro", "Anders", "Brian", "Hedy",
)
# fmt: on
# fmt: off
LAST_NAMES = (
    "Byron", "Hopper", "Turing", "Hamilton", "Liskov", "Thompson", "Ritchie", "Knuth", "Hoare", "Wirth",
    "Müller", "Nowak", "García", "Novák", "Öztürk", "Smith", "Jones", "Brown", "Taylor", "Wilson", "Johnson",
    "Davies", "Robinson", "Wright", "Evans", "Walker", "White", "Roberts", "Green", "Hall",
)
# fmt: on
DEPARTMENTS = """Legal,Finance,Human Resources,Sales,Support,Research,Shipping,Purchasing,Facilities,Executive,
Field Service,Marketing""".replace("\n", "").split(",")
CARRIERS = (("usps", "Ground Advantage"), ("usps", "Certified Mail"), ("ups", "Ground"), ("fedex", "Express Saver"))
# status, how many of a hundred, the tracking events it took
STATUSES = (
    ("delivered", 72, 3),
    ("in_transit", 8, 2),
    ("accepted", 4, 1),
    ("label_created", 4, 0),
    ("out_for_delivery", 3, 3),
    ("delayed", 3, 3),
    ("exception", 2, 3),
    ("available_for_pickup", 2, 3),
    ("returned", 1, 3),
    ("lost", 1, 2),
)
# the columns that the statements below fill, in their order
INTO = {
    "run": "id name folded carrier state opened_at closed_at",
    "shipment": """position id version carrier tracking_number numbers check_result service service_code status
        status_at recorded_at recorded_by recorded_by_id desk postal_code country fields department_id account_id run_id
        meter_id postage_mills postage_currency promised_on promise_basis revised_on delay_reason last_event_text
        last_event_place last_event_at number_reused withdrawn event_count changed_position search_text""",
    "shipment_number": """shipment_id ordinal number normal carrier role check_result command_position withdrawn""",
    "reading": """command_position ordinal id shipment_id raw symbology source device engine read_at outcome
        reason_code reason_facts number""",
    "postage_line": """id shipment_id ordinal command_position kind mills currency meter_id account_id indicium note
        recorded_at""",
    "event": """shipment_id ordinal id command_position import_id kind status happened sort_at recorded_at recorded_by
        source source_name code text place next_place gps name_given reason desired_resolution note file_name file_row
        promised_on facts withdrawn""",
    "shipment_count": "status carrier number",
    "command": """position id desk seq kind version subject base_version made_at made_by payload salt payload_digest
        hash result""",
    "account": "id parent_id name folded code",
    "operator": "id name role desk departments",
    "meter": "id name folded serial maker",
}


def _into(table: str) -> str:
    return f"INSERT INTO {table} ({', '.join(INTO[table].split())})"


def profile(count: int = COUNT, seed: int = SEED) -> Path:
    """The folder of a kept profile, made when it is not there. Copy it (`copy_to`) before writing to it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mailroom-benchmarks"
    made_by = hashlib.sha256(Path(__file__).read_bytes() + schema.REVISION.encode()).hexdigest()[:12]
    folder = cache / f"{count}-{seed}-{made_by}"
    if not folder.is_dir():
        unfinished = cache / f"unfinished-{os.getpid()}"
        fill(unfinished, count, seed)
        unfinished.rename(folder)
    return folder


def copy_to(folder: Path, count: int = COUNT, seed: int = SEED) -> Path:
    """A profile of one's own to write to; its database is closed, so its file is all of it."""
    shutil.copytree(profile(count, seed), folder)
    if hasattr(os, "sync"):
        os.sync()  # else the first checkpoint would wait for the copy to reach the disk
    return folder


def fill(folder: Path, count: int, seed: int) -> None:
    """Make a profile of `count` shipments."""
    open_store("", profile=folder).close()
    path = folder / "mailroom.sqlite"
    with closing(sqlite.driver().connect(path, isolation_level=None)) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            database.execute(f"PRAGMA {pragma}")
        indexes = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''").fetchall()
        database.execute("BEGIN")
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        _log(database, count)
        _words(database)
        for statement in _statements(count, seed):
            database.execute(statement)
        for _, statement in indexes:
            database.execute(statement)
        database.execute("INSERT INTO shipment_search (rowid, search_text) SELECT position, search_text FROM shipment")
        database.execute("INSERT INTO shipment_search (shipment_search) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode=WAL")


def _log(database: Any, count: int) -> None:
    """The commands, chained as the store does it."""
    previous = GENESIS
    for seq in range(1, (count + BATCH - 1) // BATCH + 1):
        made_at = datetime.fromtimestamp(FIRST + seq * BATCH * EVERY, UTC)
        payload = {"first": (seq - 1) * BATCH + 1, "last": min(seq * BATCH, count)}
        id_ = f"00000000-{seq:04x}-7000-8000-000000000000"
        command = Command(id_, DESK, "benchmark_filled", "benchmark", payload, made_at, "op-1", seq=seq)
        salt = seq.to_bytes(16, "big")
        digest = payload_digest(salt, payload)
        previous = chain_hash(previous, command, digest)
        text = canonical_json(payload).decode()
        at = made_at.strftime("%Y-%m-%d %H:%M:%S.%f")
        row = (seq, id_, DESK, seq, command.kind, 1, "benchmark", None, at, "op-1", text, salt, digest, previous, "{}")
        database.execute(f"{_into('command')} VALUES ({', '.join('?' * len(row))})", row)


def _words(database: Any) -> None:
    """What the rows are drawn from, with its folded words; and the lists of the office."""

    def searched(text: str) -> str:
        return search.searchable(words(text))

    database.execute("CREATE TEMP TABLE name (n INTEGER PRIMARY KEY, text, searched)")
    database.execute("CREATE TEMP TABLE last_name (n INTEGER PRIMARY KEY, text, searched)")
    database.execute("CREATE TEMP TABLE department (n INTEGER PRIMARY KEY, id, searched)")
    database.execute("CREATE TEMP TABLE service (n INTEGER PRIMARY KEY, carrier, text, searched)")
    database.execute("CREATE TEMP TABLE outcome (n INTEGER PRIMARY KEY, status, events)")
    database.executemany("INSERT INTO name VALUES (?, ?, ?)", [(n, one, searched(one)) for n, one in enumerate(NAMES)])
    database.executemany(
        "INSERT INTO last_name VALUES (?, ?, ?)", [(n, one, searched(one)) for n, one in enumerate(LAST_NAMES)]
    )
    for n, one in enumerate(DEPARTMENTS):
        database.execute(f"{_into('account')} VALUES (?, NULL, ?, ?, '')", (f"department-{n}", one, fold(one)))
        database.execute("INSERT INTO department VALUES (?, ?, ?)", (n, f"department-{n}", searched(one)))
    for n, (carrier, text) in enumerate(CARRIERS):
        database.execute(
            "INSERT INTO service VALUES (?, ?, ?, ?)", (n, carrier, text, searched(text) + searched(carrier))
        )
    outcomes = [(status, events) for status, share, events in STATUSES for _ in range(share)]
    database.executemany("INSERT INTO outcome VALUES (?, ?, ?)", [(n, *one) for n, one in enumerate(outcomes)])
    database.execute(f"{_into('operator')} VALUES ('op-1', 'Ada', 'admin', 'desk-1', '[]')")
    database.execute(f"{_into('meter')} VALUES ('meter-1', 'Front desk', 'front desk', '0123456', '')")


def _moment(seconds: str) -> str:
    """A moment as SQLAlchemy writes it into SQLite."""
    return f"strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch') || '.000000'"


def _given(seconds: str) -> str:
    """A carrier's time, five hours west of UTC."""
    return f"strftime('%Y-%m-%dT%H:%M:%S', ({seconds}) - 18000, 'unixepoch') || '-05:00'"


def _statements(count: int, seed: int) -> list[str]:
    happened = "d.at + (e.ordinal - 1) * 40000"
    last = "d.at + o.events * 40000"
    told = "CASE WHEN o.events THEN {} ELSE '' END"
    place = "'Hub ' || (d.b % 97)"
    return [
        f"""CREATE TEMP TABLE draw AS
            WITH RECURSIVE n (position) AS (SELECT 1 UNION ALL SELECT position + 1 FROM n WHERE position < {count}),
            first AS (SELECT position, ((position + {seed} * 7) * 2654435761) & 4294967295 AS a FROM n),
            second AS (SELECT position, ((a >> 7) * 40503 + a) & 4294967295 AS a FROM first),
            third AS (SELECT position, a, ((a >> 9) * 69069 + position) & 4294967295 AS b FROM second)
            SELECT position, a, b, ((b >> 5) * 48271 + a) & 4294967295 AS c, {FIRST} + position * {EVERY} AS at,
            printf('%08x-%04x-7000-8000-%012x', position >> 16, position & 65535, a) AS id FROM third""",
        "CREATE TEMP TABLE piece (position INTEGER PRIMARY KEY, number TEXT, searched TEXT)",
        """INSERT INTO piece SELECT position, CASE c % 4
            WHEN 2 THEN printf('1Z%08X%08d', a, b % 100000000)
            WHEN 3 THEN printf('%012d', (a * 977 + b) % 1000000000000)
            ELSE printf('9400%09d%09d', a % 1000000000, b % 1000000000) END, '' FROM draw""",
        f"""{_into("run")} SELECT 'run-' || n, 'Round ' || n, 'round ' || n, '', 'closed', {_moment("at")},
            {_moment("at + 9000")} FROM (SELECT position / 5000 AS n, min(at) AS at FROM draw GROUP BY 1)""",
        f"""{_into("shipment")} SELECT d.position, d.id, 1, s.carrier, p.number,
            '[{{"carrier":"' || s.carrier || '","check":"ok","number":"' || p.number ||
            '","role":"primary"}}]', 'ok', s.text, '', o.status,
            {told.format(_given(last))}, {_moment("d.at")}, 'Ada', 'op-1', '{DESK}', printf('%05d', d.c % 99999), 'US',
            '{{"order":"PO-' || printf('%07d', d.position) || '","recipient":{{"name":"' || n.text || ' ' || l.text
            || '"}}}}', g.id, NULL, 'run-' || (d.position / 5000), 'meter-1', 730 + d.a % 20000, 'USD', '', '', '', '',
            {told.format("'Scan ' || (o.events + 1)")}, {told.format(place)}, {told.format(_given(last))}, 0, 0,
            o.events + 1, (d.position - 1) / {BATCH} + 1,
            '  ' || lower(p.number) || n.searched || l.searched || '  po' || printf('%07d', d.position) || '  '
            || printf('%07d', d.position) || g.searched || '  round  ' || (d.position / 5000) || s.searched
            FROM draw d JOIN piece p USING (position) JOIN service s ON s.n = d.c % 4 JOIN outcome o ON o.n = d.b % 100
            JOIN name n ON n.n = (d.a >> 3) % {len(NAMES)} JOIN last_name l ON l.n = (d.b >> 8) % {len(LAST_NAMES)}
            JOIN department g ON g.n = (d.c >> 4) % {len(DEPARTMENTS)} ORDER BY d.position""",
        f"""{_into("shipment_number")} SELECT id, 1, tracking_number, tracking_number, carrier, 'primary', 'ok',
            (position - 1) / {BATCH} + 1, 0 FROM shipment ORDER BY position""",
        f"""{_into("reading")} SELECT (position - 1) / {BATCH} + 1, (position - 1) % {BATCH}, 'r' || id, id,
            tracking_number, 'Code128', 'wedge', '', '', recorded_at, 'recorded', '', '{{}}', ''
            FROM shipment ORDER BY position""",
        f"""{_into("postage_line")} SELECT 'p' || id, id, 1, (position - 1) / {BATCH} + 1, 'postage', postage_mills,
            'USD', 'meter-1', department_id, '', '', recorded_at FROM shipment ORDER BY position""",
        f"""{_into("event")} SELECT d.id, e.ordinal, 'e' || e.ordinal || d.id, (d.position - 1) / {BATCH} + 1, NULL,
            CASE e.ordinal WHEN 1 THEN 'recorded' ELSE 'tracking' END,
            CASE e.ordinal WHEN 1 THEN '' WHEN o.events + 1 THEN o.status WHEN 2 THEN 'accepted' ELSE 'in_transit' END,
            {_given(happened)}, {_moment(happened)}, {_moment(happened)}, 'Ada',
            CASE e.ordinal WHEN 1 THEN 'mailroom' ELSE 'import' END, CASE e.ordinal WHEN 1 THEN '' ELSE s.carrier END,
            '', CASE e.ordinal WHEN 1 THEN '' ELSE 'Scan ' || e.ordinal END,
            CASE e.ordinal WHEN 1 THEN '' ELSE {place} END, '', '', '', '', '', '', '', 0, '', '{{}}', 0
            FROM draw d JOIN outcome o ON o.n = d.b % 100 JOIN service s ON s.n = d.c % 4
            JOIN (SELECT 1 AS ordinal UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) e ON e.ordinal <= o.events + 1
            ORDER BY d.position, e.ordinal""",
        f"{_into('shipment_count')} SELECT status, carrier, count(*) FROM shipment GROUP BY status, carrier",
    ]


if __name__ == "__main__":
    began = time.perf_counter()
    made = profile(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    print(f"{made}  ({time.perf_counter() - began:.0f} s)")
