"""The command line as shells and scripts use it: pipes, signals, closed and full streams, other encodings."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

UPS, USPS, FEDEX = "1Z999AA10123456784", "9400117947734440521950", "766405636952"


def test_a_line_is_answered_before_the_next_one_is_there(shell: Any) -> None:
    for command in (("identify",), ("record",)):
        with subprocess.Popen(
            shell.command(*command, "--json"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            for number in (UPS, USPS, FEDEX):
                child.stdin.write(f"{number}\n".encode())
                child.stdin.flush()
                assert json.loads(child.stdout.readline())["payload"] == number
            child.stdin.close()
            assert child.wait(60) == 0


def test_a_reader_that_leaves_ends_it_without_a_stack(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "batch").write_bytes(f"{UPS}\n".encode() * 20_000)
    with (
        (tmp_path / "batch").open("rb") as batch,
        subprocess.Popen(
            shell.command("identify"), stdin=batch, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child,
    ):
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline()
        child.stdout.close()
        assert child.wait(60) == 141
        assert child.stderr.read() == b""


@pytest.mark.parametrize("command", ["identify", "record"])
def test_ctrl_c_ends_it_with_130_and_no_stack(shell: Any, command: str) -> None:
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background does not hear it
    with subprocess.Popen(
        shell.command(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        signal.signal(signal.SIGINT, heard)
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{UPS}\n".encode())
        child.stdin.flush()
        assert UPS.encode() in child.stdout.readline()
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == 130
        assert child.stderr is not None
        assert child.stderr.read() == b""
    if command == "record":
        assert [one["tracking_number"] for one in shell.json("list")] == [UPS]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_an_import_that_the_system_ends_is_taken_back(shell: Any, tmp_path: Path, how: signal.Signals) -> None:
    # GIVEN an import of many rows, some of which are on record
    shell.json("record", UPS)
    days = [
        f"2026-11-{day:02}T{hour:02}:{minute:02}" for day in range(1, 29) for hour in range(24) for minute in range(60)
    ]
    file = tmp_path / "events.csv"
    file.write_text("tracking_number,status,happened_at\n" + "".join(f"{UPS},in_transit,{one}\n" for one in days))
    events = "SELECT count(*) FROM event WHERE kind = 'tracking' AND NOT withdrawn"
    with (
        subprocess.Popen(shell.command("import", "events", str(file)), stdout=-1, stderr=-1) as child,
        closing(sqlite3.connect(shell.profile / "mailroom.sqlite")) as record,
    ):
        while record.execute(events).fetchone() == (0,):
            assert child.poll() is None

        # WHEN the system wants it to end
        child.send_signal(how)

        # THEN nothing of it is left, and it ends as one that was ended so
        assert child.wait(60) == 128 + how
        assert child.stderr is not None
        assert child.stderr.read() == b""
        assert record.execute(events).fetchone() == (0,)
    (listed,) = shell.json("import", "list")
    assert (listed["file_name"], listed["state"], listed["rows"]) == ("events.csv", "undone", len(days))


def test_closed_streams(shell: Any) -> None:
    def close(*handles: int) -> Any:
        return lambda: [os.close(one) for one in handles]

    for command in ("identify", "record"):
        done = subprocess.run(shell.command(command), preexec_fn=close(0), capture_output=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    done = subprocess.run(shell.command("record", UPS), preexec_fn=close(1), stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
    done = subprocess.run(shell.command("record", "hello"), preexec_fn=close(1, 2))
    assert done.returncode == 1
    assert [one["tracking_number"] for one in shell.json("list")] == [UPS]


def test_a_full_disk_behind_stdout_is_one_sentence(shell: Any) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(shell.command("identify", UPS), stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("surroundings", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {}])
def test_any_encoding_will_do(shell: Any, surroundings: dict[str, str]) -> None:
    environment = {**os.environ, **surroundings, **({"PYTHONIOENCODING": "ascii"} if surroundings else {})}
    command = shell.command("record", "--recipient", "Zoë Ωmega", UPS)
    assert subprocess.run(command, env=environment, capture_output=True).returncode == 0
    for more in ((), ("--json",)):
        done = subprocess.run(shell.command("list", *more), env=environment, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
    assert shell.json("list")[0]["recipient"] == "Zoë Ωmega"


def _loaded(*argv: str) -> set[str]:
    """The modules that one call loads."""
    code = "import sys; from mailroom.bootstrap import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, text=True, input="")
    return set(done.stderr.split())


def test_commands_load_no_more_than_they_need(shell: Any) -> None:
    heavy = {"sqlalchemy", "alembic", "PySide6", "reportlab", "pikepdf", "zxingcpp", "PIL", "numpy", "psycopg"}
    assert not _loaded("--help") & (heavy | {"mailroom.domain.shipment", "json", "subprocess"})
    assert not _loaded("identify", UPS) & heavy
    assert "mailroom.carriers.ups" in _loaded("identify", UPS)
    shell.json("list")  # the first start makes the database, which takes the migrations
    record = _loaded("--profile", str(shell.profile), "record", UPS)
    assert not record & (heavy - {"sqlalchemy"})
    later = ("claims", "exchange", "papers", "attention", "tracking")
    assert not record & ({f"mailroom.services.{one}" for one in later} | {"mailroom.domain.claims"})


def test_the_window_without_a_display_is_one_sentence(shell: Any) -> None:
    for argv in ((), ("gui",)):
        done = shell.run(*argv)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"no display" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_trouble_with_the_profile_is_one_sentence(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "desk.toml").write_text("colour = 1\n")
    for profile in (tmp_path / "file", tmp_path / "broken"):
        done = shell.run("list", "--profile", profile)
        assert (done.returncode, done.stdout) == (2, b"")
        assert len(done.stderr.splitlines()) == 1
        assert b"Traceback" not in done.stderr
