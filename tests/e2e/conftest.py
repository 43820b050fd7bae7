"""Mailroom as a process of its own, as a user starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


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


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell with a profile of its own, without a display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MAILROOM_PROFILE", os.fspath(tmp_path / "unused"))
    return Shell(tmp_path / "profile")
