"""What was acknowledged survives the power going off at any moment, on a disk that keeps only what was synced."""

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mailroom.errors import MailroomError
from mailroom.store import Store, audit, integrity, open_store, sqlite
from mailroom.store.tables import command

_spec = importlib.util.spec_from_file_location("power", Path(__file__).with_name("power.py"))
assert _spec is not None
assert _spec.loader is not None
power = importlib.util.module_from_spec(_spec)
sys.modules["power"] = power
_spec.loader.exec_module(power)


def write_without_end(store: Store, make: Any, acknowledged: list[str]) -> None:
    while True:
        given = make.piece(f"1Z{len(acknowledged):06d}", fields={"note": "x" * 500})
        store.accept(given)
        acknowledged.append(given.id)


def cut(folder: Path, make: Any, seed: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """One life and death of a disk: how many commands were acknowledged, and how many of them are gone."""
    live, platter = folder / "live", folder / "platter"
    open_store("", profile=live).close()
    platter.mkdir()
    disk = power.Disk(seed, life=random.Random(seed).randrange(60, 1500))
    acknowledged: list[str] = []
    with monkeypatch.context() as patched:
        module = power.driver(disk)
        patched.setattr(sqlite, "driver", lambda: module)
        store = open_store("", profile=live)
        with pytest.raises(MailroomError) as caught:
            write_without_end(store, make, acknowledged)
        assert caught.value.code == "disk_failed"
        store.close()
    disk.power_off(platter)
    again = open_store("", profile=platter, create=False)
    with again.read() as connection:
        found = connection.scalars(select(command.c.id).order_by(command.c.position)).all()
        assert audit.verify_chain(connection) == ()
    assert integrity.check(again) == ()
    # it goes on from there
    assert again.accept(make.piece("1Z999999")).command.seq == len(found) + 1
    again.close()
    return len(acknowledged), len(set(acknowledged) - set(found))


def cuts(tmp_path: Path, make: Any, number: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    results = [cut(tmp_path / str(seed), make, seed, monkeypatch) for seed in range(number)]
    return sum(one for one, _ in results), sum(lost for _, lost in results)


def test_nothing_acknowledged_is_lost_with_the_power(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged, lost = cuts(tmp_path, make, 8, monkeypatch)
    assert acknowledged > 50
    assert lost == 0


def test_the_simulated_disk_does_lose_what_is_not_synced(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # without this, the test above would prove nothing
    weaker = tuple("synchronous=NORMAL" if one.startswith("synchronous") else one for one in sqlite._PRAGMAS)
    monkeypatch.setattr(sqlite, "_PRAGMAS", weaker)
    monkeypatch.setattr(sqlite, "safe", lambda connection: True)
    _acknowledged, lost = cuts(tmp_path, make, 4, monkeypatch)
    assert lost > 0


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_many_cuts(tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    acknowledged, lost = cuts(tmp_path, make, 150, monkeypatch)
    assert acknowledged > 1000
    assert lost == 0
