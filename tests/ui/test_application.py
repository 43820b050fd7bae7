"""The window as a process of its own: it starts, ends on a signal, is the only one, and tells why it cannot start."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailroom.bootstrap import close_office, open_office

START = 60.0  # seconds, the most that a start may take

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def start(profile: Path) -> Iterator[Start]:
    """Starts windows on one profile, offscreen; all are ended."""
    running: list[subprocess.Popen[str]] = []

    def begin(*argv: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "mailroom", "--profile", str(profile), *argv]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def until(true: Callable[[], bool]) -> None:
    """Look a few times a second until something holds."""
    end, never = time.monotonic() + START, threading.Event()
    while not true():
        assert time.monotonic() < end
        never.wait(0.05)


def holder(profile: Path) -> int:
    """The process that holds the profile's window; 0 for none. A new holder replaces the file."""
    try:
        return int((profile / "window.lock").read_text("utf-8").split("\n")[0] or 0)  # empty while it is written
    except FileNotFoundError:
        return 0


@pytest.mark.parametrize(("argv", "how"), [((), signal.SIGTERM), (("gui",), signal.SIGTERM), (("gui",), signal.SIGHUP)])
def test_who_ends_it_closes_the_window_and_leaves_a_sound_record(
    start: Start, profile: Path, argv: tuple[str, ...], how: signal.Signals
) -> None:
    window = start(*argv)
    until((profile / "mailroom.sqlite").exists)
    window.send_signal(how)
    # Whoever asks for an end gets it after five seconds at most.
    assert window.wait(timeout=START) == 0
    assert window.stderr is not None
    assert window.stderr.read() == ""
    assert "geometry" in (profile / "window.ini").read_text("utf-8")
    office = open_office(profile)
    assert office.safety.check(office.operator) == ()
    close_office(office)


def test_a_second_start_ends_at_once_and_the_first_stays(start: Start, profile: Path) -> None:
    first = start("gui")
    until((profile / "window.lock").exists)
    second = start("gui")
    assert second.wait(timeout=START) == 0
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=START) == 0


def test_a_killed_window_does_not_keep_the_profile(start: Start, profile: Path) -> None:
    first = start("gui")
    until((profile / "window.lock").exists)
    first.kill()
    first.wait(timeout=START)
    second = start("gui")
    until(lambda: holder(profile) == second.pid)
    assert second.poll() is None
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=START) == 0


def test_a_database_that_is_none_is_told_in_a_sentence(start: Start, profile: Path) -> None:
    profile.mkdir()
    (profile / "mailroom.sqlite").write_text("no database at all, and long enough to be looked at " * 100)
    window = start("gui")
    assert window.stderr is not None
    told = window.stderr.readline()
    window.send_signal(signal.SIGTERM)
    assert window.wait(timeout=START) == 2
    assert "mailroom.sqlite" in told
    assert "Traceback" not in told + window.stderr.read()


LOADED = """
import sys
import time
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from mailroom import config
from mailroom.bootstrap import close_office, open_office
from mailroom.services.office import USE_CASES
from mailroom.ui import theme
from mailroom.ui.application import application
from mailroom.ui.session import Session

profile = config.open_profile(Path(sys.argv[1]))
close_office(open_office(profile.folder))  # a later start: the database is there
for name in [name for name in sys.modules if name.split(".")[0] == "alembic"]:
    del sys.modules[name]
app = application()
theme.install()
office = open_office(profile.folder)
session = Session(office, profile, config.load_desk(profile))
session.start()
loaded = set()
QTimer.singleShot(0, lambda: loaded.update(sys.modules))  # before whatever waits for a moment after the start
app.processEvents()
heavy = "QtMultimedia QtSerialPort QtPdf QtPdfWidgets QtPrintSupport reportlab pikepdf PIL numpy cv2 pypdfium2".split()
heavy += ["alembic", "mailroom.services.claims", "mailroom.services.exchange", "mailroom.services.papers"]
heavy += ["mailroom.ui.claims_page", "mailroom.ui.settings_page"]
print(*sorted({name for name in loaded for one in heavy if name in (one, "PySide6." + one)}))
until = time.monotonic() + 60
rest = {"mailroom.services." + place.partition(":")[0] for place in USE_CASES.values()}
while not rest <= set(sys.modules) and time.monotonic() < until:
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
assert time.monotonic() < until, "the other use cases were not loaded afterwards"
assert "mailroom.ui.claims_page" not in sys.modules  # Qt's classes are made in the window's thread alone
session.close()
close_office(office)
"""


def test_a_start_loads_qt_and_the_database_and_nothing_else_that_is_heavy(profile: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", LOADED, str(profile)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=2 * START)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
