"""Mailroom as a process of its own, as a user starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from seen_window import SeenWindow


class Shell:
    """Runs commands on one profile; `json` adds `--json` and gives the objects."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile

    def command(self, *argv: object) -> list[str]:
        """The words that start Mailroom with these arguments."""
        return [sys.executable, "-m", "mailroom", "--profile", str(self.profile), *map(str, argv)]

    def run(self, *argv: object, stdin: bytes = b"", **more: Any) -> subprocess.CompletedProcess[bytes]:
        """Run one command to its end."""
        return subprocess.run(self.command(*argv), input=stdin, capture_output=True, timeout=120, **more)

    def json(self, *argv: object, stdin: bytes = b"", code: int = 0) -> list[dict[str, Any]]:
        """The objects of one command, which must end with this exit code."""
        done = self.run(*argv, "--json", stdin=stdin)
        assert done.returncode == code, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]


def usps(serial: int) -> str:
    """A Ground Advantage number: 21 digits, some of them doubled, and their check digit."""
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


@pytest.fixture(scope="session")
def labels() -> Callable[..., list[str]]:
    """Gives so many valid numbers, all different: `labels(20)`, `labels(5, start=100)`."""
    return lambda count, start=0: [usps(serial) for serial in range(start, start + count)]


@pytest.fixture(scope="session")
def shell_on() -> type[Shell]:
    """Makes a shell on a profile that several tests share."""
    return Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell with a profile of its own, without a display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MAILROOM_PROFILE", os.fspath(tmp_path / "unused"))
    return Shell(tmp_path / "profile")


@pytest.fixture
def open_window(shell: Shell, xvfb: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], SeenWindow]]:
    """Opens the window of the shell's profile on the X server and gives it the keyboard; ended after the test."""
    opened: list[SeenWindow] = []

    def open_it() -> SeenWindow:
        window = SeenWindow(shell.profile, {**xvfb, "HOME": str(tmp_path)})
        opened.append(window)
        window.take_keyboard()
        return window

    yield open_it
    for window in opened:
        window.close()
