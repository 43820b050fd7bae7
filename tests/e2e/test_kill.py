"""`kill -9` at random moments of a batch: what was acknowledged is on record, and the record is sound."""

import json
import random
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

LABELS = 4000  # more than a round gets done before it is killed


def _ups_numbers(dice: random.Random, count: int) -> list[str]:
    """Valid UPS numbers, all different: 1Z, shipper, service, package, check digit."""
    found = []
    for package in dice.sample(range(10_000_000), count):
        body = f"999AA1{dice.choice(('01', '03', '12'))}{package:07d}"
        values = [int(one) if one.isdigit() else (ord(one) - 3) % 10 for one in body]
        found.append(f"1Z{body}{-(sum(values[::2]) + 2 * sum(values[1::2])) % 10}")
    return found


def _killed(command: list[str], batch: Path, dice: random.Random, *, early: bool) -> list[dict[str, Any]]:
    """Start the batch, kill it at a random moment, and give what it had acknowledged by then in whole lines."""
    lines: list[bytes] = []
    first = threading.Event()

    def listen() -> None:
        assert child.stdout is not None
        for line in child.stdout:
            lines.append(line)
            first.set()
        first.set()

    with batch.open("rb") as stdin, subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE) as child:
        listener = threading.Thread(target=listen)
        listener.start()
        if not early:
            assert first.wait(60)
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=dice.uniform(0.0, 0.9 if early else 0.25))
        child.kill()
        listener.join()
    return [json.loads(line) for line in lines if line.endswith(b"\n")]


def _rounds(shell: Any, tmp_path: Path, rounds: int) -> None:
    dice = random.Random(20261122)
    partly = 0
    acknowledged: set[str] = set()
    for number in range(rounds):
        labels = _ups_numbers(dice, LABELS)
        batch = tmp_path / "batch.txt"
        batch.write_text("".join(f"{one}\n" for one in labels))
        said = _killed(shell.command("record", "--json"), batch, dice, early=number % 4 == 3)
        assert [one["payload"] for one in said] == labels[: len(said)]
        assert all(one["outcome"] in ("recorded", "repeated") for one in said)
        partly += 0 < len(said) < LABELS
        acknowledged |= {one["payload"] for one in said}
    # THEN nothing that was acknowledged is gone, and no round left anything broken.
    kept = {one["tracking_number"] for one in shell.json("list", "--limit", "0")}
    assert acknowledged <= kept
    assert partly >= rounds / 2
    assert shell.json("check") == [{"holds": True, "faults": []}]
    assert shell.json("audit", "verify") == [{"holds": True, "faults": []}]


def test_kill_loses_nothing_that_was_acknowledged(shell: Any, tmp_path: Path) -> None:
    _rounds(shell, tmp_path, 8)
    assert (tmp_path / "profile").is_dir()


@pytest.mark.long
def test_fifty_kills_lose_nothing_that_was_acknowledged(shell: Any, tmp_path: Path) -> None:
    _rounds(shell, tmp_path, 50)
    assert (tmp_path / "profile").is_dir()
