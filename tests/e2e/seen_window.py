"""Drives a window that runs as a process of its own: keys and clicks through the X server, looks through `eye.py`."""

import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

EYE = Path(__file__).with_name("eye.py")
PATIENCE = 40.0  # seconds: the most that a step may take on a busy machine before the run is given up
# What xdotool is told; it halves it: a person needs 80 ms from key to key. Keys that type nothing may be quicker.
A_WEDGE, A_PERSON, A_CHORD = 1, 160, 40

T = TypeVar("T")


class SeenWindow:
    """One running window. Steps wait by polling; a window that ended meanwhile fails the step at once."""

    def __init__(self, profile: Path, surroundings: dict[str, str], *more: str) -> None:
        self._surroundings = {**os.environ, **surroundings}
        ours, theirs = socket.socketpair()
        command = [sys.executable, str(EYE), str(theirs.fileno()), "--profile", str(profile), "gui", *more]
        self.process = subprocess.Popen(
            command, env=self._surroundings, pass_fds=[theirs.fileno()], stderr=subprocess.PIPE
        )
        theirs.close()
        self._line, self._heard = ours, b""

    # looking

    def ask(self, what: str, **about: Any) -> dict[str, Any]:
        """One question to the eye."""
        self._line.sendall(json.dumps({"what": what, **about}).encode() + b"\n")
        deadline = time.monotonic() + PATIENCE
        while b"\n" not in self._heard:
            ready, _, _ = select.select([self._line], [], [], max(0.0, deadline - time.monotonic()))
            part = self._line.recv(1 << 16) if ready else b""
            assert part, f"the window does not answer: {self.close()}"
            self._heard += part
        line, _, self._heard = self._heard.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        assert "fault" not in answer, answer["fault"]
        return answer

    def until(self, act: Callable[[], T], what: str = "") -> T:
        """What `act` gives, as soon as it is true."""
        return until(act, self.process, lambda: f"{what}; {self.ask('state')}")

    def one(self, name: str) -> dict[str, Any]:
        """The visible widget of this name, that of the dialog where one is open, once it is there."""
        found = self.until(lambda: self.ask("look", name=name)["found"], f"{name!r}")
        widget: dict[str, Any] = found[0]
        return widget

    def gone(self, name: str) -> None:
        """Wait until no visible widget has this name."""
        self.until(lambda: not self.ask("look", name=name)["found"], f"no {name!r}")

    def value(self, name: str) -> str:
        """What a field holds."""
        return str(self.one(name)["value"])

    def beginning(self, words: str) -> list[str]:
        """The names of the visible widgets that begin with these words."""
        return [one["name"] for one in self.ask("look", begins=words)["found"]]

    def rows(self, name: str) -> list[list[str]]:
        """The rows of a table or list, top to bottom; none while it is not shown."""
        return self.ask("rows", name=name)["rows"] or []

    # acting

    def take_keyboard(self) -> None:
        """Give the window the keyboard as soon as the X server shows it."""

        def taken() -> bool:
            state = self.ask("state")
            if state["window"] and not state["active"]:  # the server refuses while it is not on the screen yet
                self._xdotool("windowfocus", state["window"])
            return bool(state["active"])

        self.until(taken, "the keyboard")

    def scan(self, *payloads: str) -> None:
        """What a wedge scanner sends: a character a millisecond, Enter behind each payload, no pause between them."""
        self.xdotool("type", "--delay", A_WEDGE, "".join(f"{one}\n" for one in payloads))

    def write(self, text: str) -> None:
        """What a person types."""
        self.xdotool("type", "--delay", A_PERSON, text)

    def key(self, *keys: str) -> None:
        """Keys and chords by their X names."""
        self.xdotool("key", "--delay", A_CHORD, *keys)

    def click(self, name: str) -> None:
        """Click in the middle of the widget of this name."""
        self._click(self.one(name)["middle"])

    def click_row(self, name: str, row: int) -> None:
        """Click on a row of a table."""
        self._click(self.ask("row_middle", name=name, row=row)["middle"])

    def drop(self, name: str, *files: Path) -> None:
        """Drop files on a widget, which must take them."""
        self.one(name)
        assert self.ask("drop", name=name, files=[str(one) for one in files])["taken"], name

    def xdotool(self, *words: object) -> str:
        """One call of xdotool on the window's screen."""
        done = self._xdotool(*words)
        assert done.returncode == 0, f"xdotool {words}: {done.stderr}"
        return done.stdout

    def close(self) -> tuple[int, str]:
        """End it with SIGTERM where it still runs; its exit code and what it said on stderr."""
        if self.process.poll() is None:
            self.process.terminate()
        _, said = self.process.communicate(timeout=PATIENCE)
        self._line.close()
        return self.process.returncode, said.decode()

    def _xdotool(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = ["xdotool", *map(str, words)]
        return subprocess.run(command, env=self._surroundings, capture_output=True, text=True, timeout=PATIENCE)

    def _click(self, middle: list[int]) -> None:
        self.xdotool("mousemove", "--sync", *middle, "click", 1)


def until(act: Callable[[], T], process: subprocess.Popen[bytes], what: Callable[[], str]) -> T:
    """What `act` gives, as soon as it is true; asked again every few milliseconds while the process lives."""
    deadline = time.monotonic() + PATIENCE
    while not (found := act()):
        assert time.monotonic() < deadline, f"not in time: {what()}"
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the window ended with {process.returncode}")
    return found
