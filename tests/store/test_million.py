"""The record that benchmarks stand on is a sound one."""

import importlib.util
from pathlib import Path

import pytest

from mailroom.domain.register import ShipmentFilter
from mailroom.store import integrity, open_store
from mailroom.store.shipments import counts, find_shipments, get_shipment, ids_of_number
from mailroom.store.tables import event, shipment


def test_a_generated_record_is_sound_and_the_same_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(__file__).parents[1] / "benchmarks" / "million.py"
    spec = importlib.util.spec_from_file_location("million", place)
    assert spec is not None
    assert spec.loader is not None
    million = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(million)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    # WHEN a small one is made
    folder = million.copy_to(tmp_path / "mine", count=700, seed=3)
    store = open_store("", profile=folder, create=False)
    # THEN every check holds
    assert integrity.check(store) == ()
    with store.read() as connection:
        assert counts(connection, ShipmentFilter()).total == 700
        assert 2.5 < connection.execute(event.select()).all().__len__() / 700 < 4
        row = find_shipments(connection, ShipmentFilter(text="po-0000123"), 5).rows[0]
        assert get_shipment(connection, row.shipment.id).row == row
        assert ids_of_number(connection, row.shipment.tracking_number) == (row.shipment.id,)
        first = connection.execute(shipment.select().order_by(shipment.c.position)).all()
    store.close()
    # AND the same seed gives the same rows
    million.fill(tmp_path / "again", 700, 3)
    other = open_store("", profile=tmp_path / "again")
    with other.read() as connection:
        assert connection.execute(shipment.select().order_by(shipment.c.position)).all() == first
    other.close()
