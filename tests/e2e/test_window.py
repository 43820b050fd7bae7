"""The real window beside the command line: scanners, people, dropped files, a second start, and its end."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from seen_window import PATIENCE, SeenWindow, until

SEARCH = "Search shipments"
QUICK = 80  # what xdotool is told, ms; it halves it, so this is far quicker than twelve characters a second
READINGS = "Today’s readings"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PAGES = ("ctrl+1", "ctrl+2", "ctrl+3")
Labels = Callable[..., list[str]]
Opening = Callable[[], SeenWindow]


def on_record(shell: Any) -> list[str]:
    """The tracking numbers on record, first recorded first, as the command line tells them beside the window."""
    return [one["tracking_number"] for one in reversed(shell.json("list", "--limit", "0"))]


def outcomes(window: SeenWindow) -> list[str]:
    """What became of today's readings, newest first."""
    return [row[0] for row in window.rows(READINGS)]


def search_field(window: SeenWindow) -> None:
    """Go to Shipments and into its search field, and empty that."""
    window.key("ctrl+2")
    window.one(SEARCH)
    window.key("ctrl+f")
    window.until(lambda: window.one(SEARCH)["focus"], "the focus in the search field")
    window.key("BackSpace")
    window.until(lambda: window.value(SEARCH) == "" and window.rows("Shipments"), "all shipments")


@pytest.fixture(scope="module")
def desk(shell_on: Any, xvfb: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A profile with one piece on record and a window that stays open for several tests."""
    folder = tmp_path_factory.mktemp("desk")
    shell = shell_on(folder / "profile")
    shell.json("record", "1Z999AA10123456784")
    shell.window = SeenWindow(shell.profile, {**xvfb, "HOME": str(folder)})
    shell.window.take_keyboard()
    yield shell
    assert shell.window.close() == (0, "")


def test_twenty_labels_in_a_row_are_recorded_once_each_and_in_order(desk: Any, labels: Labels) -> None:
    window, before, more = desk.window, on_record(desk), labels(20, start=100)
    search_field(window)
    window.scan(*more)
    window.until(lambda: len(window.rows("Shipments")) == len(before) + 20, "all rows")
    assert on_record(desk) == [*before, *more]
    assert window.value(SEARCH) == ""
    # AND each was read once: a second reading of a label would be on record as repeated.
    assert all(len(desk.json("show", one)[0]["events"]) == 1 for one in (more[0], more[9], more[19]))


def test_a_scanner_is_heard_wherever_the_focus_is(shell: Any, labels: Labels, open_window: Opening) -> None:
    numbers = labels(13)
    shell.json("record", numbers[0])
    window = open_window()
    waiting = numbers[1:]
    for page in PAGES:
        window.key(page)
        for _ in range(4):
            window.key("Tab")
            window.scan(waiting.pop(0))
    window.key(PAGES[0])
    window.until(lambda: outcomes(window) == ["Recorded"] * 13, "every piece")
    assert on_record(shell) == numbers
    # AND no field of a page has a digit of it.
    for page in PAGES:
        window.key(page)
        held = [one["value"] for one in window.ask("fields")["found"]]
        assert held or page not in PAGES[:2]
        assert not [value for value in held if "9400" in value or "1118" in value]


def test_a_dialog_keeps_the_keyboard_and_a_scanner_is_heard_behind_it(desk: Any, labels: Labels) -> None:
    window, before, [label] = desk.window, on_record(desk), labels(1, start=200)
    search_field(window)
    # GIVEN a dialog with something typed into it
    window.click("Claim packet")
    window.click("Amount demanded")
    window.write("12")
    window.until(lambda: window.value("Amount demanded") == "12", "the amount")
    # WHEN a label is scanned and keys for other pages and for Find are pressed
    window.scan(label)
    window.until(lambda: len(window.rows("Shipments")) == len(before) + 1, "the row behind the dialog")
    window.key("ctrl+1", "ctrl+k")
    # THEN the dialog is where it was, and Esc closes it
    assert window.value("Amount demanded") == "12"
    assert window.one("Amount demanded")["focus"]
    assert "Shipments" in window.ask("state")["title"]
    window.key("Escape")
    window.gone("Amount demanded")
    assert on_record(desk) == [*before, label]


def test_what_a_person_types_stays_text(desk: Any) -> None:
    window, before = desk.window, on_record(desk)
    search_field(window)
    window.write("9405511899")
    window.until(lambda: window.value(SEARCH) == "9405511899", "the text")
    window.key("Return")
    window.one("No shipment fits")
    assert on_record(desk) == before


def test_a_quick_typist_in_the_numbers_field_is_no_scanner(desk: Any, labels: Labels) -> None:
    # GIVEN twelve characters a second and more into the field for a number
    window, before, [label] = desk.window, on_record(desk), labels(1, start=400)
    window.key("ctrl+1")
    window.click("Tracking number")
    window.xdotool("type", "--delay", QUICK, label)
    # THEN they are its text, and nothing is on record before Enter
    window.until(lambda: window.value("Tracking number") == label, "the number as typed")
    assert on_record(desk) == before
    window.key("Return")
    window.until(lambda: window.value("Tracking number") == "", "the empty field")
    window.until(lambda: on_record(desk) == [*before, label], "the piece")


def test_the_command_line_beside_the_window_shows_in_it(desk: Any, labels: Labels) -> None:
    window, [first, second] = desk.window, labels(2, start=300)
    window.key("ctrl+1")
    before = window.until(lambda: outcomes(window), "today's readings")
    desk.json("record", first)
    window.until(lambda: outcomes(window) == ["Recorded", *before], "the reading of the command line")
    search_field(window)
    desk.json("record", second, "--recipient", "Ana Vega")
    window.until(lambda: "Ana Vega" in " ".join(window.rows("Shipments")[0]), "the row of the command line")
    assert on_record(desk)[-2:] == [first, second]


def test_dropped_pictures_and_pdfs_are_read_and_recorded(desk: Any) -> None:
    window, before = desk.window, on_record(desk)
    search_field(window)
    window.drop("Shipments – Mailroom", SAMPLES / "two-labels-fedex-ups.pdf", SAMPLES / "usps-ground-advantage.png")
    window.until(lambda: window.rows(READINGS) and on_record(desk)[-1] == "9400117947734440521950", "three labels")
    window.drop("Drop pictures or PDFs of labels here", SAMPLES / "s10-registered-us.tiff")
    window.until(lambda: on_record(desk)[-1] == "RE320625729US", "the fourth")
    assert on_record(desk)[len(before) : -2] == ["731303031610594", "1Z2R67A90228724941"]


def test_a_wrong_check_digit_is_asked_and_undo_works_after_a_restart(
    shell: Any, labels: Labels, open_window: Opening
) -> None:
    good, other = labels(2)
    wrong = f"{good[:-1]}{(int(good[-1]) + 1) % 10}"
    window = open_window()
    window.scan(good)
    window.until(lambda: outcomes(window) == ["Recorded"], "the piece")
    window.scan(wrong)
    window.until(lambda: outcomes(window) == ["To decide", "Recorded"], "the question")
    window.scan(other)
    window.until(lambda: outcomes(window)[0] == "Recorded", "the other piece")
    assert on_record(shell) == [good, other]
    assert window.close() == (0, "")
    window = open_window()
    window.scan(good)
    window.until(lambda: outcomes(window)[0] == "Already recorded", "the repeat")
    window.key("ctrl+z")
    window.until(lambda: on_record(shell) == [good], "the undo")
    window.until(lambda: "Taken back" in outcomes(window), "the line")


def test_nothing_acknowledged_is_lost_by_a_kill(shell: Any, labels: Labels, open_window: Opening) -> None:
    numbers = labels(6)
    for done in (3, 6):
        window = open_window()
        window.scan(*numbers[done - 3 : done])
        # WHEN the band has turned green for the last of them, and the process is killed that moment
        spaced = window.until(lambda window=window: window.beginning("Recorded"), "the green band")
        window.until(lambda window=window, done=done: outcomes(window).count("Recorded") == done, "all lines")
        window.process.kill()
        window.process.wait(PATIENCE)
        # THEN all are on record, and the record is sound
        assert spaced
        assert on_record(shell) == numbers[:done]
    assert shell.json("check") == [{"holds": True, "faults": []}]
    assert shell.json("audit", "verify") == [{"holds": True, "faults": []}]


def find_windows(child: subprocess.Popen[bytes]) -> list[str]:
    """The visible windows of a process whose title has the program's name."""
    command = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(child.pid), "--name", "Mailroom"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


@pytest.fixture
def started(shell: Any, xvfb: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The program as a user starts it, with nothing looking into it."""
    for name, value in {**xvfb, "HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    with subprocess.Popen(shell.command("gui"), stderr=subprocess.PIPE) as child:
        yield child
        child.kill()


def test_the_program_as_a_user_starts_it(shell: Any, labels: Labels, started: Any) -> None:
    [number] = labels(1)
    # GIVEN a window that hears a scanner
    [window] = until(lambda: find_windows(started), started, lambda: "a window")
    focus = ["xdotool", "windowfocus", window, "getwindowfocus"]
    until(lambda: subprocess.run(focus, capture_output=True, check=False).returncode == 0, started, lambda: "focus")
    subprocess.run(["xdotool", "type", "--delay", "1", f"{number}\n"], check=True)
    until(lambda: on_record(shell) == [number], started, lambda: "the piece")
    # WHEN it is started once more while the first window is minimised
    subprocess.run(["xdotool", "windowminimize", window], check=True)
    until(lambda: not find_windows(started), started, lambda: "no window")
    again = shell.run("gui")
    # THEN no second process stays and the first window is back
    assert (again.returncode, again.stderr) == (0, b"")
    assert until(lambda: find_windows(started), started, lambda: "the first window") == [window]
    # AND SIGTERM ends it cleanly
    started.terminate()
    assert started.wait(PATIENCE) == 0
    assert started.stderr.read() == b""
    assert shell.json("check") == [{"holds": True, "faults": []}]
