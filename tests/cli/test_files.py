"""What a command writes is there whole or not at all."""

import os
from pathlib import Path

import pytest

from mailroom.cli.files import target
from mailroom.errors import MailroomError


def _files(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_file_is_put_in_place_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with target(str(path)) as place:
        assert path.read_bytes() == b"old"
        place.write(b"new")
    assert path.read_bytes() == b"new"
    assert _files(tmp_path) == ["a.pdf"]


def test_trouble_before_the_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(MailroomError, match="number_unknown"), target(str(path)):
        raise MailroomError("number_unknown", number="1")
    assert path.read_bytes() == b"old"
    assert _files(tmp_path) == ["a.pdf"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    with target(str(tmp_path / "link.pdf")) as place:
        place.write(b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def _code(name: str) -> str:
    with pytest.raises(MailroomError) as trouble, target(name):
        pass
    return trouble.value.code


def test_a_folder_a_pipe_and_a_device_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _code(str(tmp_path)) == "output_is_folder"
    assert _code(f"{tmp_path}/new/") == "output_is_folder"
    assert _code(str(tmp_path / "pipe")) == "output_is_no_file"
    assert _code("/dev/null") == "output_is_no_file"
    assert _code(str(tmp_path / "none" / "a.pdf")) == "output_unwritable"
    assert _code(str(tmp_path / ("a" * 300))) == "output_unwritable"
    assert _files(tmp_path) == ["pipe"]
