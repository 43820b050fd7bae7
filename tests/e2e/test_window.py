"""The real window beside the command line: scanners, people, dropped files, a second start, and its end."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from seen_window import PATIENCE, SeenWindow, until

SEARCH = "Search shipments"
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
    """Go to Shipments and into its search field."""
    window.key("ctrl+2")
    window.until(lambda: window.rows("Shipments"), "rows")
    window.key("ctrl+f")
    window.until(lambda: window.one(SEARCH)["focus"], "the focus in the search field")


def test_twenty_labels_in_a_row_are_recorded_once_each_and_in_order(
    shell: Any, labels: Labels, open_window: Opening
) -> None:
    first, *more = labels(21)
    shell.json("record", first)
    window = open_window()
    search_field(window)
    window.scan(*more)
    window.until(lambda: len(window.rows("Shipments")) == 21, "all rows")
    assert on_record(shell) == [first, *more]
    assert window.value(SEARCH) == ""
    # AND each was read once: a second reading of a label would be on record as repeated.
    assert all(len(shell.json("show", one)[0]["events"]) == 1 for one in (more[0], more[9], more[19]))


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


def test_a_dialog_keeps_the_keyboard_and_a_scanner_is_heard_behind_it(
    shell: Any, labels: Labels, open_window: Opening
) -> None:
    shell.json("record", *labels(1))
    window = open_window()
    search_field(window)
    # GIVEN a dialog with something typed into it
    window.click("Claim packet")
    window.click("Amount demanded")
    window.write("12")
    window.until(lambda: window.value("Amount demanded") == "12", "the amount")
    # WHEN a label is scanned and keys for other pages and for Find are pressed
    window.scan(*labels(1, start=1))
    window.until(lambda: len(window.rows("Shipments")) == 2, "the row behind the dialog")
    window.key("ctrl+1", "ctrl+k")
    # THEN the dialog is where it was, and Esc closes it
    assert window.value("Amount demanded") == "12"
    assert window.one("Amount demanded")["focus"]
    assert "Shipments" in window.ask("state")["title"]
    window.key("Escape")
    window.gone("Amount demanded")
    assert on_record(shell) == labels(2)


def test_what_a_person_types_stays_text(shell: Any, labels: Labels, open_window: Opening) -> None:
    first, typed = labels(2)
    shell.json("record", first)
    window = open_window()
    search_field(window)
    window.write(typed)
    window.until(lambda: window.value(SEARCH) == typed, "the text")
    window.key("Return")
    window.one("No shipment fits")
    assert on_record(shell) == [first]


def test_the_command_line_beside_the_window_shows_in_it(shell: Any, labels: Labels, open_window: Opening) -> None:
    first, second, third = labels(3)
    shell.json("record", first)
    window = open_window()
    window.until(lambda: outcomes(window) == ["Recorded"], "the first reading")
    shell.json("record", second)
    window.until(lambda: outcomes(window) == ["Recorded"] * 2, "the reading of the command line")
    search_field(window)
    shell.json("record", third, "--recipient", "Ana Vega")
    window.until(lambda: "Ana Vega" in " ".join(window.rows("Shipments")[0]), "the row of the command line")
    assert len(window.rows("Shipments")) == 3


@pytest.mark.parametrize("place", ["Drop pictures or PDFs of labels here", "Shipments – Mailroom"])
def test_dropped_pictures_and_pdfs_are_read_and_recorded(
    shell: Any, labels: Labels, open_window: Opening, place: str
) -> None:
    shell.json("record", *labels(1))
    window = open_window()
    if "Shipments" in place:
        search_field(window)
    window.drop(place, SAMPLES / "two-labels-fedex-ups.pdf", SAMPLES / "usps-ground-advantage.png")
    window.until(lambda: len(outcomes(window)) == 4, "three labels")
    assert on_record(shell)[1:] == ["731303031610594", "1Z2R67A90228724941", "9400117947734440521950"]


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


def find_windows(screen: dict[str, str]) -> list[str]:
    """The visible windows whose title has the program's name."""
    command = ["xdotool", "search", "--onlyvisible", "--name", "Mailroom"]
    return subprocess.run(command, env=screen, capture_output=True, text=True, check=False).stdout.split()


def test_the_program_as_a_user_starts_it(
    shell: Any, labels: Labels, xvfb: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**xvfb, "HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    screen = dict(os.environ)
    number = labels(1)[0]
    with subprocess.Popen(shell.command("gui"), stderr=subprocess.PIPE) as child:
        # GIVEN a window that hears a scanner
        [window] = until(lambda: find_windows(screen), child, lambda: "a window")
        focus = ["xdotool", "windowfocus", window, "getwindowfocus"]
        until(lambda: subprocess.run(focus, capture_output=True, check=False).returncode == 0, child, lambda: "focus")
        subprocess.run(["xdotool", "type", "--delay", "1", f"{number}\n"], check=True)
        until(lambda: on_record(shell) == [number], child, lambda: "the piece")
        # WHEN it is started once more while the first window is minimised
        subprocess.run(["xdotool", "windowminimize", window], check=True)
        until(lambda: not find_windows(screen), child, lambda: "no window")
        again = shell.run("gui")
        # THEN no second process stays and the first window is back
        assert (again.returncode, again.stderr) == (0, b"")
        assert until(lambda: find_windows(screen), child, lambda: "the first window") == [window]
        # AND SIGTERM ends it cleanly, well before it is lost patience with
        child.terminate()
        assert child.wait(PATIENCE) == 0
        assert child.stderr is not None
        assert child.stderr.read() == b""
    assert shell.json("check") == [{"holds": True, "faults": []}]
