"""One command in this process, as a shell would start it, on a profile of the test's own."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mailroom.bootstrap import main


@dataclass(frozen=True)
class Ran:
    """What a command did: exit code, stdout and stderr as text."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line; the lines are ASCII."""
        assert self.out.isascii()
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def one(self) -> dict[str, Any]:
        """The only object."""
        [found] = self.objects
        return found


Desk = Callable[..., Ran]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Run a command with `--json` on the test's profile; `stdin` is bytes, `plain` leaves the JSON out."""

    def run(*argv: object, stdin: bytes = b"", plain: bool = False) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        options = ["--profile", str(tmp_path / "profile"), *([] if plain else ["--json"])]
        code = main([*options, *map(str, argv)])
        seen = capsys.readouterr()
        return Ran(code, seen.out, seen.err)

    return run
