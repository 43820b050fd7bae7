"""A profile or a database that cannot be used: one sentence, exit code 2, and nothing of it is changed."""

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from seen_window import SeenWindow

DATABASE = "mailroom.sqlite"
COMMANDS = (("record", "1Z999AA10123456784"), ("list",), ("gui",))
Labels = Callable[..., list[str]]


def prints(folder: Path) -> dict[str, str]:
    """The hash of every file under a folder, but for logs and what SQLite keeps beside a file while it reads."""
    read = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        name: hashlib.sha256(data).hexdigest()
        for name, data in sorted(read.items())
        if not name.startswith("logs") and not name.endswith("-shm") and not (name.endswith("-wal") and not data)
    }


def refusals(shell: Any, before: list[str] | None = None, commands: Any = COMMANDS[:2]) -> set[str]:
    """What each command says where it refuses as a whole; `before` stands before the command."""
    said = set()
    for words in commands:
        done = subprocess.run([*(before or []), *shell.command(*words)], capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout) == (2, ""), (words, done.stderr)
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert "Traceback" not in done.stderr
        said.add(done.stderr)
    return said


@pytest.fixture
def obeying() -> list[str]:
    """What stands before a command so that root, too, is bound by the rights on files."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture(scope="module")
def template(shell_on: Any, labels: Labels, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with fifty pieces on record, to be copied: nobody has it open."""
    profile = tmp_path_factory.mktemp("template") / "profile"
    shell_on(profile).json("record", stdin="".join(f"{one}\n" for one in labels(50)).encode())
    return profile


@pytest.fixture
def filled(shell: Any, template: Path) -> Path:
    """A profile with fifty pieces on record."""
    shutil.copytree(template, shell.profile)
    profile: Path = shell.profile
    return profile


def test_a_profile_that_is_a_file(shell: Any) -> None:
    shell.profile.write_text("not a folder")
    assert refusals(shell, commands=(*COMMANDS[:2], ("check",)))
    assert shell.profile.read_text() == "not a folder"


def test_a_profile_that_cannot_be_written(shell: Any, filled: Path, obeying: list[str]) -> None:
    before = prints(filled)
    places = [filled, *filled.rglob("*")]
    for place in places:
        place.chmod(0o500 if place.is_dir() else 0o400)
    try:
        assert refusals(shell, obeying)
        assert prints(filled) == before
    finally:
        for place in places:
            place.chmod(0o700)


def test_a_profile_that_cannot_be_made(shell: Any, obeying: list[str]) -> None:
    shell.profile.parent.chmod(0o500)
    try:
        assert refusals(shell, obeying)
    finally:
        shell.profile.parent.chmod(0o700)
    assert not shell.profile.exists()


def test_a_database_of_a_newer_version(shell: Any, filled: Path) -> None:
    with sqlite3.connect(filled / DATABASE) as connection:
        connection.execute("PRAGMA user_version = 9000")
    connection.close()
    before = prints(filled)
    assert any("newer" in said for said in refusals(shell))
    assert prints(filled) == before


@pytest.mark.parametrize("make", ["another program's", "a text", "a picture's head", "a folder"])
def test_a_database_that_is_not_ours(shell: Any, filled: Path, make: str) -> None:
    place = filled / DATABASE
    place.unlink()
    if make == "another program's":
        with sqlite3.connect(place) as connection:
            connection.execute("CREATE TABLE album (title TEXT)")
        connection.close()
    elif make == "a folder":
        place.mkdir()
    else:
        place.write_bytes(b"Dear diary," * 500 if make == "a text" else b"\x89PNG\r\n\x1a\n" + bytes(5000))
    before = prints(filled)
    assert refusals(shell)
    assert prints(filled) == before


def damage(database: Path, first: int, end: int) -> None:
    """Overwrite pages `first` up to `end`, counted from 0; the head of the file stays."""
    with database.open("r+b") as file:
        size = int.from_bytes(file.read(18)[16:18])
        for page in range(first, end):
            file.seek(page * size)
            file.write(b"\xa5" * size)


def pages(database: Path) -> int:
    """How many pages a database has."""
    head = database.read_bytes()[:32]
    return int.from_bytes(head[28:32])


def test_a_database_whose_pages_are_damaged(shell: Any, filled: Path) -> None:
    damage(filled / DATABASE, 1, pages(filled / DATABASE))
    before = prints(filled)
    assert any("damaged" in said for said in refusals(shell))
    assert prints(filled) == before
    done = shell.run("check")
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr


def test_any_single_damaged_page_is_found_and_never_made_worse(shell: Any, filled: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.sqlite"
    shutil.copyfile(filled / DATABASE, whole)
    count = pages(whole)
    for page in sorted({1, count // 3, 2 * count // 3, count - 1}):
        shutil.copyfile(whole, filled / DATABASE)
        damage(filled / DATABASE, page, page + 1)
        before = prints(filled)[DATABASE]
        done = shell.run("check")
        assert done.returncode in (1, 2), page
        assert done.stdout or done.stderr
        assert b"Traceback" not in done.stderr
        assert prints(filled)[DATABASE] == before


def test_the_window_says_why_it_cannot_open(shell: Any, filled: Path, xvfb: dict[str, str]) -> None:
    damage(filled / DATABASE, 1, pages(filled / DATABASE))
    before = prints(filled)[DATABASE]
    window = SeenWindow(filled, xvfb)
    window.click("Close")
    code, said = window.process.wait(40), window.close()[1]
    assert code == 2
    assert "damaged" in said
    assert "Traceback" not in said
    assert prints(filled)[DATABASE] == before


def small_disk(place: Path) -> list[str] | None:
    """What stands before a shell script so that 2 MB of disk are at `place`; none where no disk can be mounted."""
    mount = f'mount -t tmpfs -o size=2m none "{place}" && '
    for words in (["unshare", "-m", "sh", "-c"], ["unshare", "-Urm", "sh", "-c"]):
        if subprocess.run([*words, f"{mount} true"], capture_output=True, check=False).returncode == 0:
            return [*words, mount]
    return None


def test_a_full_disk(shell: Any, labels: Labels, tmp_path: Path) -> None:
    # GIVEN a profile on a disk (or, where none can be mounted, with a limit on files) with room for some pieces
    numbers = labels(300)
    (tmp_path / "batch").write_text("".join(f"{one}\n" for one in numbers))
    (tmp_path / "disk").mkdir()
    kept, shell.profile = tmp_path / "kept", tmp_path / "disk" / "profile"
    script = f'"$@" <"{tmp_path}/batch"; code=$?; cp -a "{shell.profile}" "{kept}"; exit $code'
    words = small_disk(tmp_path / "disk") or ["sh", "-c", "ulimit -f 2000; "]
    words[-1] += script
    # WHEN a batch fills it
    done = subprocess.run([*words, "sh", *shell.command("record", "--json")], capture_output=True, timeout=120)
    # THEN what was acknowledged is on record, in order; the rest was said in sentences; the record is sound
    said = [json.loads(line) for line in done.stdout.splitlines()]
    acknowledged = [one["payload"] for one in said if one["outcome"] == "recorded"]
    assert done.returncode in (1, 2)
    assert 0 < len(acknowledged) < len(numbers)
    assert b"Traceback" not in done.stderr
    assert done.stderr
    shell.profile = kept
    on_record = [one["tracking_number"] for one in reversed(shell.json("list", "--limit", "0"))]
    assert on_record == acknowledged == numbers[: len(acknowledged)]
    assert shell.json("check") == [{"holds": True, "faults": []}]


def test_a_record_that_takes_nothing_refuses_the_call(shell: Any, filled: Path, labels: Labels) -> None:
    # GIVEN no file may grow beyond what it takes to open the record
    number = labels(1, start=900)[0]
    limit = (36_864, 36_864)
    done = shell.run("record", "--json", number, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    # THEN it is refused as a whole, in one sentence, and nothing of it is on record
    assert done.returncode == 2
    assert json.loads(done.stdout)["code"].startswith("disk_")
    assert len(done.stderr.splitlines()) == 1
    assert len(shell.json("list", "--limit", "0")) == 50
    assert shell.json("check") == [{"holds": True, "faults": []}]
