"""How quick the window is over a million shipments: `python tests/benchmarks/bench_window.py [COUNT [ROUNDS]]`.

The real window with its real threads, shown without a screen. A wedge scanner's keys go in one by one; a reading is
timed from its last key to the commit, to the row in today's readings, and to the row painted: at rest, while a
thousand reports are made (in one paper, as the window makes them, then one by one), and while fifty thousand events are
imported. Then search as you type, opening the list, the start of the program to its first reading, and how long the
GUI thread was kept from its events. Prints milliseconds and ratios beside a bare table fed from a bare SQLite with the
same safety; asserts nothing.
"""

import gc
import inspect
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import million
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWindow
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from mailroom import bootstrap
from mailroom.config import Profile, load_desk
from mailroom.domain.register import ShipmentFilter
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.store import sqlite
from mailroom.ui import theme
from mailroom.ui.application import application
from mailroom.ui.runners import Task
from mailroom.ui.scan_page import ScanPage
from mailroom.ui.session import Session
from mailroom.ui.shipments_page import ShipmentsPage

ROUNDS = 120
PAUSE = (120, 420)  # ms between two labels, drawn
REPORTS, EVENTS = 1_000, 50_000
STARTS = 5
CROWD, CROWD_SECONDS = 200, 60.0
BLOCKED = 16.0  # ms: what is longer is felt
PATIENCE = 600_000  # ms


def told(name: str, taken: list[float], beside: list[float] | None = None) -> list[float]:
    """Print a line; `beside` is what it is compared with."""
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
    ratio = f"  {p50 / statistics.median(beside):6.1f} x bare" if beside else ""
    print(f"{name:56} p50 {p50:7.1f}  p95 {p95:7.1f}  most {max(taken):7.1f} ms{ratio}", flush=True)
    return taken


def usps(serial: int) -> str:
    """A number that is not in the record yet."""
    body = f"9405511899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def wait(milliseconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def wait_until(what: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    until = time.monotonic() + PATIENCE / 1000
    while not what():
        if time.monotonic() > until:
            raise TimeoutError
        wait(2)


def press(window: QWindow, text: str) -> None:
    """Keys as the system hands them over, a millisecond from one to the next by its own clock."""
    now = round(time.monotonic() * 1000)
    for at, char in enumerate(text):
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(now + at)
            QApplication.postEvent(window, event)


class Painted(QObject):
    """Tells when a view was painted."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.at = 0.0
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notes the moment of a paint event; the painting itself follows within it."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


class Heartbeat(QObject):
    """A timer of a millisecond: where it comes late the GUI thread did something else."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[tuple[float, float]] = []  # ms by the clock, ms of this thread's own work
        self._wall, self._own = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(1)

    def _on_beat(self) -> None:
        wall, own = time.perf_counter(), time.thread_time()
        spent = (wall - self._wall) * 1000
        if spent > BLOCKED:
            self.late.append((spent, (own - self._own) * 1000))
        self._wall, self._own = wall, own

    def tell(self, name: str) -> None:
        """Print what was late since the last time, and forget it."""
        own = sorted(one for _, one in self.late if one > BLOCKED)
        worst = f", the longest {own[-1]:.0f} ms" if own else ""
        clock = max((one for one, _ in self.late), default=0.0)
        print(
            f"  {name}: blocked over {BLOCKED:.0f} ms by its own work {len(own)} times{worst}; "
            f"late by the clock {len(self.late)} times, at most {clock:.0f} ms",
            flush=True,
        )
        self.late.clear()


class Collections:
    """How long Python looked for garbage: everything stands still meanwhile."""

    def __init__(self) -> None:
        self._took: list[tuple[float, int]] = []  # ms, generation
        self._began = 0.0
        gc.callbacks.append(self._on_change)

    def _on_change(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._began = time.perf_counter()
        else:
            self._took.append(((time.perf_counter() - self._began) * 1000, info["generation"]))

    def tell(self) -> None:
        """Print the longest since the last time."""
        took, generation = max(self._took, default=(0.0, 0))
        print(f"  looked for garbage {len(self._took)} times, at most {took:.0f} ms (generation {generation})")
        self._took.clear()


class Readings(QObject):
    """Sends labels as a wedge does and notes when each is on record and in the table."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._scan = session.scan
        self._painted = Painted(self._scan.readings.table.viewport())
        self._committed = self._shown = 0.0
        self._serial = 0
        self._draw = random.Random(7)
        self._loop = QEventLoop()
        self._patience = QTimer(self)
        self._patience.timeout.connect(self._loop.quit)
        self._scan.recorder.taken.connect(self._on_taken)
        self._scan.readings.model.rowsInserted.connect(self._on_inserted)

    def _on_taken(self) -> None:
        self._loop.quit()

    def _on_inserted(self) -> None:
        if not self._shown:
            self._shown = time.perf_counter()

    def scan(self) -> tuple[float, float]:
        """One label: milliseconds from the last key to the row in the model, and to the row painted."""
        self._serial += 1
        window = self._session.window.windowHandle()
        press(window, usps(self._serial))
        QApplication.processEvents()
        self._shown = 0.0
        began = time.perf_counter()
        press(window, "\r")
        self._patience.start(PATIENCE)
        self._loop.exec()
        self._patience.stop()
        if not self._shown:
            raise TimeoutError("no row")
        seen = self._shown
        while self._painted.at < seen and self._scan.isVisible():
            QApplication.processEvents()
        return (seen - began) * 1000, (max(self._painted.at, seen) - began) * 1000

    def many(self, rounds: int, going_on: Callable[[], bool] = lambda: True) -> tuple[list[float], list[float]]:
        """Labels at a clerk's pace, while something goes on."""
        shown, painted = [], []
        for _ in range(rounds):
            one, other = self.scan()
            shown.append(one)
            painted.append(other)
            wait(self._draw.uniform(*PAUSE))
            if not going_on():
                break
        return shown, painted

    def crowd(self, count: int, seconds: float) -> list[str]:
        """So many labels in so long, whatever the window does with them; their numbers."""
        numbers = []
        for _ in range(count):
            self._serial += 1
            numbers.append(usps(self._serial))
            press(self._session.window.windowHandle(), numbers[-1] + "\r")
            wait(seconds * 1000 / count)
        return numbers


def hurried(session: Session, readings: Readings) -> None:
    """Two hundred labels in a minute: whether each is on record once, in the order in which they were read."""
    office = session.bench.office
    numbers = readings.crowd(CROWD, CROWD_SECONDS)
    began = time.perf_counter()
    wait_until(lambda: session.scan.readings.model.waiting() == 0 and not session.runners.busy)
    page = office.shipments.find(office.operator, ShipmentFilter(), 2 * CROWD)
    there = [row.shipment.tracking_number for row in reversed(page.rows)]
    found = [one for one in there if one in set(numbers)]
    lost, twice = len(set(numbers) - set(found)), len(found) - len(set(found))
    print(
        f"{CROWD} labels in {CROWD_SECONDS:.0f} s: {lost} lost, {twice} double, "
        f"{'in order' if found == numbers else 'not in order'}; "
        f"the last was through {(time.perf_counter() - began) * 1000:.0f} ms later",
        flush=True,
    )


def bare(folder: Path, rounds: int) -> list[float]:
    """The plain alternative: one INSERT into one table with the same safety, one row into a bare table view."""
    model, view = QStandardItemModel(0, 3), QTableView()
    view.setModel(model)
    view.show()
    painted = Painted(view.viewport())
    taken = []
    with closing(sqlite.driver().connect(str(folder / "bare.sqlite"), isolation_level=None)) as database:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE piece (id INTEGER PRIMARY KEY, number TEXT, at TEXT)")
        for serial in range(rounds):
            began = time.perf_counter()
            database.execute("INSERT INTO piece (number, at) VALUES (?, datetime())", (usps(serial),))
            model.insertRow(0, [QStandardItem(text) for text in ("✓", "12:00", usps(serial))])
            while painted.at < began:
                QApplication.processEvents()
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def reports(session: Session, task: Task) -> Callable[[], None]:
    """A thousand proof-of-delivery reports as the window makes them: one paper, one child process."""
    office, runners = session.bench.office, session.runners

    def make() -> None:
        who = office.operator
        ids = [row.shipment.id for row in office.shipments.find(who, ShipmentFilter(), REPORTS).rows]
        try:
            office.papers.issue_proof_of_delivery(who, ids, write=runners.write, cancelled=task.cancelled)
        except MailroomError as error:
            if error.code != "stopped":
                raise

    return make


def single_reports(session: Session, task: Task) -> Callable[[], None]:
    """A thousand papers of one report each, one after the other, in the work thread."""
    office, runners = session.bench.office, session.runners

    def make() -> None:
        who = office.operator
        page = office.shipments.find(who, ShipmentFilter(), REPORTS)
        for row in page.rows:
            if task.cancelled():
                return
            office.papers.issue_proof_of_delivery(who, (row.shipment.id,), write=runners.write)

    return make


def events_file(office: Office, path: Path) -> Path:
    """An events file for shipments that are on record."""
    lines = ["tracking_number,status,happened_at,place,text,code,source"]
    after = ""
    while len(lines) <= EVENTS:
        page = office.shipments.find(office.operator, ShipmentFilter(), 1000, after)
        after = page.after
        for row in page.rows:
            number = row.shipment.tracking_number
            lines.append(f"{number},in_transit,2026-10-0{len(lines) % 9 + 1}T10:00:00-05:00,HUB,Arrived,A1,USPS")
    path.write_text("\n".join(lines[: EVENTS + 1]) + "\n", encoding="utf-8")
    return path


class Ended(QObject):
    """Whether a task of the work thread is over."""

    def __init__(self) -> None:
        super().__init__()
        self.over = False
        self.value: Any = None

    def take(self, value: object) -> None:
        """It is."""
        self.over, self.value = True, value


def beside(session: Session, readings: Readings, name: str, act: Callable[[], Any], task: Task, rounds: int) -> Any:
    """Readings while the work thread is busy; how far the work came meanwhile."""
    ended = Ended()
    session.runners.run("work", act, ended.take, ended.take, task)
    wait(300)
    shown, painted = readings.many(rounds, lambda: not ended.over)
    told(f"{name}: row in the table", shown)
    told(f"{name}: row painted", painted)
    print(f"  {len(shown)} labels meanwhile; the work {'ended' if ended.over else 'went on'}", flush=True)
    task.cancel()
    wait_until(lambda: ended.over)
    if isinstance(ended.value, BaseException):
        raise ended.value
    return ended.value


def searching(page: ShipmentsPage, office: Office, rounds: int) -> list[float]:
    """Search as you type: from the changed text to the list that shows it."""
    draw = random.Random(3)
    some = office.shipments.find(office.operator, ShipmentFilter(), 200).rows
    words = [draw.choice((one.shipment.tracking_number[-8:], one.shipment.fields.recipient.name)) for one in some]
    loop, taken = QEventLoop(), []
    page.feed.loaded.connect(loop.quit)
    for word in draw.sample(words, min(rounds, len(words))):
        for end in range(1, len(word) + 1):
            began = time.perf_counter()
            page.filters.search.setText(word[:end])
            if page.feed.wanted.text.strip() != word[:end].strip():
                continue
            loop.exec()
            taken.append((time.perf_counter() - began) * 1000)
            wait(draw.uniform(60, 160))
    page.filters.search.clear()
    wait(300)
    return taken


def plain_search(database: Path, rounds: int) -> list[float]:
    """The plain alternative: LIKE over the same rows."""
    taken = []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for serial in range(rounds):
            began = time.perf_counter()
            query = "SELECT * FROM shipment WHERE search_text LIKE ? ORDER BY position DESC LIMIT 200"
            connection.execute(query, (f"%{serial * 7919 % 10**6:06d}%",)).fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return taken


class Counted:
    """How many rows the database has handed out, in all and by statement."""

    rows = 0
    by_statement: ClassVar[dict[str, int]] = {}

    @classmethod
    def add(cls, statement: str, rows: int) -> None:
        """So many more."""
        cls.rows += rows
        cls.by_statement[statement] = cls.by_statement.get(statement, 0) + rows


def told_statements() -> None:
    """Print the statements that handed out the most rows since the last time."""
    for statement, rows in sorted(Counted.by_statement.items(), key=lambda one: -one[1])[:3]:
        print(f"  {rows:5} rows of {' '.join(statement.split())[:90]} …", flush=True)
    Counted.by_statement.clear()


def count_rows() -> None:
    """From now on every connection counts the rows that it hands out."""
    module = sqlite.driver()
    connect = module.connect

    class Cursor(module.Cursor):  # type: ignore[name-defined,misc]
        said = ""

        def execute(self, statement: str, *given: Any) -> Any:
            self.said = statement
            return super().execute(statement, *given)

        def fetchone(self) -> Any:
            found = super().fetchone()
            Counted.add(self.said, found is not None)
            return found

        def fetchmany(self, *size: int) -> Any:
            found = super().fetchmany(*size)
            Counted.add(self.said, len(found))
            return found

        def fetchall(self) -> Any:
            found = super().fetchall()
            Counted.add(self.said, len(found))
            return found

    class Connection(module.Connection):  # type: ignore[name-defined,misc]
        def cursor(self, *_: object) -> Any:
            return super().cursor(Cursor)

    module.connect = lambda *given, **named: connect(*given, factory=Connection, **named)


STARTED = """
import sys, time
from PySide6.QtCore import QTimer
from mailroom.ui import session
start = session.Session.start
def begin(self):
    def scan():
        print(time.time(), flush=True)
        press(self.window.windowHandle(), sys.argv[1] + "\\r")
    def taken(answer):
        print(time.time(), answer.answer.outcome if answer.answer else answer.error, flush=True)
        self.window.close()
    self.scan.recorder.taken.connect(taken)
    start(self)
    QTimer.singleShot(0, scan)
session.Session.start = begin
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
{press}
from mailroom.bootstrap import main
sys.exit(main(["--profile", sys.argv[2], "gui"]))
"""


def starts(profile: Path) -> Iterator[tuple[float, float]]:
    """Milliseconds from the start of the program to the window, and to the first reading on record."""
    for serial in range(STARTS):
        began = time.time()
        source = STARTED.replace("{press}", inspect.getsource(press).replace("window: QWindow", "window"))
        command = [sys.executable, "-c", source, usps(9_000_000 + serial), str(profile)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        window, recorded = done.stdout.splitlines()
        assert recorded.endswith("recorded"), done.stdout + done.stderr
        yield (float(window) - began) * 1000, (float(recorded.split()[0]) - began) * 1000


def measure(session: Session, folder: Path, rounds: int) -> None:
    """Everything that happens in one window."""
    heart, readings, office = Heartbeat(), Readings(session), session.bench.office
    plain = told("bare insert and bare table", bare(folder, rounds))
    judged = Ended()
    session.bench.routes.alerts_judged.connect(judged.take)
    collected, began, used = Collections(), time.perf_counter(), time.process_time()
    heart.late.clear()
    readings.many(5)
    told("wedge, while all alerts are judged: row in the table", readings.many(rounds // 2, lambda: not judged.over)[0])
    wait_until(lambda: judged.over)
    print(
        f"  all alerts judged after {time.perf_counter() - began:.1f} s, with {time.process_time() - used:.1f} s "
        f"of this process; {judged.value.open:,} are open",
        flush=True,
    )
    heart.tell("while all alerts are judged")
    collected.tell()
    shown, painted = readings.many(rounds)
    told("wedge, at rest: row in the table", shown, plain)
    told("wedge, at rest: row painted", painted, plain)
    heart.tell("scanning")
    hurried(session, readings)
    heart.tell("in the crowd")
    before = Counted.rows
    Counted.by_statement.clear()
    session.window.show_page("shipments")
    page = session.window.page("shipments")
    assert isinstance(page, ShipmentsPage)
    wait_until(lambda: page.model.rowCount() > 0 and page.detail.detail is not None)
    print(f"opening Shipments: {Counted.rows - before} rows read, {page.model.rowCount()} shown", flush=True)
    told_statements()
    before = Counted.rows
    wait(1500)
    print(f"staying there, what is read once nobody moves on: {Counted.rows - before} rows", flush=True)
    told_statements()
    heart.tell("opening Shipments")
    typed = searching(page, office, 25)
    heart.tell("searching")
    told("search as you type", typed, plain_search(folder / "profile" / "mailroom.sqlite", 5))
    wait(300)
    heart.late.clear()
    page.focus_search()
    told("wedge, focus in the search field: row in the table", readings.many(rounds // 2)[0], plain)
    heart.tell("scanning on Shipments")
    session.window.show_page("scan")
    assert isinstance(session.scan, ScanPage)
    task = Task()
    beside(session, readings, "wedge, while a thousand reports are made", reports(session, task), task, rounds)
    heart.tell("while a thousand reports are made")
    collected.tell()
    task = Task()
    beside(session, readings, "wedge, while papers are made one by one", single_reports(session, task), task, rounds)
    heart.tell("while papers are made one by one")
    collected.tell()
    task, path = Task(), events_file(office, folder / "events.csv")
    wait(100)
    heart.late.clear()

    def load() -> Any:
        return office.exchange.import_events(
            office.operator, path, cancelled=task.cancelled, write=session.runners.write
        )

    beside(session, readings, "wedge, while events are imported", load, task, rounds)
    heart.tell("while events are imported")
    collected.tell()
    session.window.show_page("attention")
    session.window.show_page("scan")
    told("wedge, after Attention was opened: row in the table", readings.many(rounds // 2)[0], plain)
    heart.tell("after Attention was opened")
    collected.tell()


def main(count: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        profile = Profile(million.copy_to(folder / "profile", count))
        os.sync()
        count_rows()
        application()
        theme.install("light", 100)
        office = bootstrap.judging_aside(bootstrap.open_office(profile.folder), profile.folder)
        session = Session(office, profile, load_desk(profile))
        session.start()
        try:
            measure(session, folder, rounds)
        finally:
            session.close()
            bootstrap.close_office(office)
        measured = list(starts(profile.folder))
        told("start of the program to the window", [one for one, _ in measured])
        told("start of the program to the first reading on record", [one for _, one in measured])


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else million.COUNT,
        int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS,
    )
