"""Backup and restore: one state of the record, whole or not at all, put back only where there is none."""

import dataclasses
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailroom.bootstrap import close_office, office, open_office
from mailroom.config import Profile, load_desk, save_desk
from mailroom.domain.reading import Reading
from mailroom.domain.register import ShipmentFilter
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.services.safety import restore_profile

UPS, USPS = "1Z999AA10123456784", "9400117947734440521950"
FILE = b"%PDF-1.7 a paper of the office"


def reading(number: str) -> tuple[Reading, ...]:
    from datetime import UTC, datetime

    from mailroom.domain.reading import ReadingSource

    return (Reading(number, ReadingSource.WEDGE, datetime.now(UTC)),)


def numbers(opened: Office) -> set[str]:
    return {row.shipment.tracking_number for row in opened.shipments.find(opened.operator, ShipmentFilter(), 0).rows}


@pytest.fixture
def backed_up(tmp_path: Path) -> Path:
    """A backup of a record with a shipment and a file."""
    opened = open_office(tmp_path / "first", operator="D. Ohara")
    opened.intake.record(opened.operator, reading(UPS))
    opened.intake.desk.store.blobs.put(FILE)
    facts = opened.safety.back_up(opened.operator, tmp_path / "copy.mailroom")
    assert facts is not None
    assert (facts.shipments, facts.size) == (1, facts.path.stat().st_size)
    opened.intake.record(opened.operator, reading(USPS))  # after the backup: not in it
    close_office(opened)
    return facts.path


def test_what_is_put_back_is_the_record_as_it_was(backed_up: Path, tmp_path: Path) -> None:
    # GIVEN a profile folder without a record
    folder = tmp_path / "second"
    folder.mkdir()
    facts = restore_profile(backed_up, folder)
    assert facts is not None
    assert facts.shipments == 1
    # THEN database, files and the desk's settings are there, and all of it holds
    assert load_desk(Profile(folder)) == load_desk(Profile(tmp_path / "first"))
    with office(folder) as again:
        assert numbers(again) == {UPS}
        assert again.safety.check(again.operator) == ()
        (blob,) = [path for path in (folder / "blobs").glob("??/*") if path.read_bytes() == FILE]
        assert again.intake.desk.store.blobs.holds(blob.name)
        # AND work goes on
        again.intake.record(again.operator, reading(USPS))
        assert numbers(again) == {UPS, USPS}
    assert {path.name for path in folder.iterdir()} >= {"mailroom.sqlite", "blobs", "desk.toml"}
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_record_is_never_written_over(backed_up: Path, tmp_path: Path) -> None:
    with pytest.raises(MailroomError) as refused:
        restore_profile(backed_up, tmp_path / "first")
    assert refused.value.code == "profile_not_empty"
    with office(tmp_path / "first") as first:
        assert numbers(first) == {UPS, USPS}


def test_a_desk_of_a_shared_record_keeps_its_settings(backed_up: Path, tmp_path: Path) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    save_desk(
        Profile(folder), dataclasses.replace(load_desk(Profile(folder)), database="postgresql://desk@server/mail")
    )
    with pytest.raises(MailroomError) as refused:
        restore_profile(backed_up, folder)
    assert refused.value.code == "profile_not_empty"
    assert load_desk(Profile(folder)).database == "postgresql://desk@server/mail"


def spoiled(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    place = int(len(data) * at)
    data[place : place + 64] = bytes(64)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """The same backup with a manifest that says something else."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: spoiled(path, 0.3), "backup_damaged"),
        (cut, "backup_foreign"),
        (lambda path: path.write_bytes(b"no backup at all"), "backup_foreign"),
        (lambda path: path.write_bytes(b""), "backup_foreign"),
        (lambda path: path.unlink(), "file_missing"),
        (lambda path: rewritten(path, lambda one: one.update(format="another")), "backup_foreign"),
        (lambda path: rewritten(path, lambda one: one.update(version=9)), "backup_newer"),
        (lambda path: rewritten(path, lambda one: one.update(revision="mail9999")), "backup_newer"),
        (lambda path: rewritten(path, lambda one: one["files"][0].update(name="../escaped")), "backup_foreign"),
        (lambda path: rewritten(path, lambda one: one["files"][-1].update(sha256="0" * 64)), "backup_damaged"),
        (lambda path: rewritten(path, lambda one: one["files"][-1].update(size=1)), "backup_damaged"),
        (lambda path: rewritten(path, lambda one: one.update(files=[])), "backup_foreign"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_leaves_nothing(
    backed_up: Path, tmp_path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(backed_up)
    folder = tmp_path / "second"
    folder.mkdir()
    with pytest.raises(MailroomError) as refused:
        restore_profile(backed_up, folder)
    assert refused.value.code == code
    assert list(folder.iterdir()) == []


def test_a_cancel_leaves_the_backup_of_before(backed_up: Path, tmp_path: Path) -> None:
    before = backed_up.read_bytes()
    with office(tmp_path / "first") as opened:
        assert opened.safety.back_up(opened.operator, backed_up, cancelled=lambda: True) is None
        with pytest.raises(MailroomError) as refused:
            opened.safety.back_up(opened.operator, tmp_path / "missing" / "copy")
        assert refused.value.code == "output_unwritable"
    assert backed_up.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith((".tmp", ".sqlite"))] == []
    folder = tmp_path / "second"
    folder.mkdir()
    assert restore_profile(backed_up, folder, cancelled=lambda: True) is None
    assert list(folder.iterdir()) == []


def test_a_backup_while_pieces_are_recorded_is_one_state(tmp_path: Path) -> None:
    # GIVEN a desk that records all the time
    opened = open_office(tmp_path / "first", operator="D. Ohara")
    stop, recorded = threading.Event(), []

    def record() -> None:
        serial = 0
        while not stop.is_set():
            body = f"9400111899561{serial:08d}"
            total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
            opened.intake.record(opened.operator, reading(f"{body}{-total % 10}"))
            recorded.append(serial)
            serial += 1

    desk = threading.Thread(target=record)
    desk.start()
    while len(recorded) < 20:
        assert desk.is_alive()
    facts = opened.safety.back_up(opened.operator, tmp_path / "copy")
    stop.set()
    desk.join()
    close_office(opened)
    assert facts is not None
    assert 20 <= facts.shipments <= len(recorded)
    # THEN what is put back holds: chain, heads, counts and search
    folder = tmp_path / "second"
    folder.mkdir()
    restore_profile(tmp_path / "copy", folder)
    with office(folder) as again:
        assert again.safety.check(again.operator) == ()
        assert len(numbers(again)) == facts.shipments


def test_a_server_keeps_its_own_backups(postgres_database: str, tmp_path: Path) -> None:
    with office(tmp_path / "desk", postgres_database) as opened:
        with pytest.raises(MailroomError) as refused:
            opened.safety.back_up(opened.operator, tmp_path / "copy")
        assert refused.value.code == "backup_server"
        assert "password" not in str(refused.value.facts["address"])
    assert not (tmp_path / "copy").exists()
