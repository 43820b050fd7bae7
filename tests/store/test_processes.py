"""Window and command line write to one record at once; either may be killed at any moment."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from mailroom.store import Store, audit, integrity, open_store
from mailroom.store.tables import command

CHILD = Path(__file__).with_name("writing_child.py")


def start(address: str, profile: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), address, str(profile), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def on_record(store: Store) -> list[tuple[str, int]]:
    with store.read() as connection:
        rows = connection.execute(select(command.c.id, command.c.seq).order_by(command.c.position))
        return [(row.id, row.seq) for row in rows]


def test_three_processes_write_to_one_desk(address: str, tmp_path: Path) -> None:
    # GIVEN three processes of one desk
    profile = tmp_path / "profile"
    children = [start(address, profile, name, 40) for name in ("a", "b", "c")]
    told = [set(child.communicate(timeout=120)[0].split()) - {"open"} for child in children]
    # THEN nobody failed, and the sequence has no gap and no double
    assert [child.returncode for child in children] == [0, 0, 0]
    store = open_store(address, profile=profile, create=False)
    found = on_record(store)
    assert {id_ for id_, _ in found} == set.union(*told)
    assert [seq for _, seq in found] == list(range(1, 121))
    assert integrity.check(store) == ()
    store.close()


def test_four_processes_make_one_new_record(tmp_path: Path) -> None:
    children = [start("", tmp_path / "profile", name, 3) for name in "abcd"]
    for child in children:
        child.communicate(timeout=120)
    assert [child.returncode for child in children] == [0, 0, 0, 0]
    store = open_store("", profile=tmp_path / "profile", create=False)
    assert [seq for _, seq in on_record(store)] == list(range(1, 13))
    store.close()


def test_two_processes_make_one_new_record_on_a_server(empty_postgres: str, tmp_path: Path) -> None:
    children = [start(empty_postgres, tmp_path / "profile", name, 3) for name in "ab"]
    for child in children:
        child.communicate(timeout=120)
    assert [child.returncode for child in children] == [0, 0]
    store = open_store(empty_postgres, profile=tmp_path / "profile", create=False)
    assert [seq for _, seq in on_record(store)] == list(range(1, 7))
    store.close()


def kill_rounds(tmp_path: Path, rounds: int) -> None:
    """Kill a writing process `rounds` times; whatever it told is on record, and the record is sound."""
    dice = random.Random(rounds)
    told: list[str] = []
    partly = 0
    for number in range(rounds):
        child = start("", tmp_path / "profile", f"k{number}", 0)
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        lines = [child.stdout.readline().strip() for _ in range(dice.randint(0, 12))]
        child.kill()
        lines += child.stdout.read().split()
        child.wait()
        child.stdout.close()
        told += lines
        partly += bool(lines)
        store = open_store("", profile=tmp_path / "profile")
        found = on_record(store)
        with store.read() as connection:
            assert audit.verify_chain(connection) == ()
        store.close()
        missing = set(told) - {id_ for id_, _ in found}
        assert not missing, f"acknowledged and lost in round {number}: {missing}"
        assert [seq for _, seq in found] == list(range(1, len(found) + 1))
    assert partly >= rounds / 2
    store = open_store("", profile=tmp_path / "profile")
    assert integrity.check(store) == ()
    store.close()


def test_what_was_told_survives_a_kill(tmp_path: Path) -> None:
    kill_rounds(tmp_path, 5)


@pytest.mark.long
def test_what_was_told_survives_many_kills(tmp_path: Path) -> None:
    kill_rounds(tmp_path, 60)
