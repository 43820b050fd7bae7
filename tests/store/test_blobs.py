"""Files are kept by hash, whole or not at all."""

import errno
import hashlib
import io
from pathlib import Path

import pytest

from mailroom.errors import MailroomError
from mailroom.store.blobs import Blobs


def test_bytes_come_back(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    for data in (b"", b"x", bytes(range(256)) * 1000):
        sha256 = blobs.put(data)
        assert sha256 == hashlib.sha256(data).hexdigest()
        assert blobs.put(data) == sha256
        assert blobs.read(sha256) == data
        with blobs.open(sha256) as file:
            assert file.read() == data
        assert blobs.path(sha256) == tmp_path / "blobs" / sha256[:2] / sha256
        assert blobs.holds(sha256)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    sha256 = blobs.put(b"x")
    blobs.erase(sha256)
    blobs.erase(sha256)
    assert not blobs.has(sha256)
    assert not blobs.holds(sha256)
    for wrong in (sha256, "ab", "../../etc/passwd", "A" * 64):
        with pytest.raises(MailroomError) as caught:
            blobs.read(wrong)
        assert caught.value.code == "blob_missing"
        assert not blobs.has(wrong)


def test_changed_bytes_are_noticed_and_cut_ones_replaced(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    sha256 = blobs.put(b"original")
    blobs.path(sha256).write_bytes(b"0riginal")
    assert blobs.has(sha256)
    assert not blobs.holds(sha256)
    # a file that a crash cut off is written anew
    blobs.path(sha256).write_bytes(b"orig")
    assert blobs.put(b"original") == sha256
    assert blobs.holds(sha256)


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file in the way")
    with pytest.raises(MailroomError) as caught:
        Blobs(tmp_path / "blobs").put(b"x")
    assert caught.value.code == "profile_unusable"


def test_a_file_is_kept_as_it_is_read(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    data = bytes(range(256)) * 20_000
    assert blobs.take(io.BytesIO(data)) == blobs.put(data) == hashlib.sha256(data).hexdigest()
    assert blobs.take(io.BytesIO(data)) == hashlib.sha256(data).hexdigest()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


class Failing(io.BytesIO):
    """A disk that gives up in the middle of a file."""

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        if not part:
            raise OSError(errno.EIO, "Input/output error")
        return part


def test_a_file_that_cannot_be_read_to_its_end_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Input/output"):
        Blobs(tmp_path / "blobs").take(Failing(b"x" * 100))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    sha256 = hashlib.sha256(b"x").hexdigest()
    blobs.path(sha256).mkdir(parents=True)  # a folder where the file should be
    with pytest.raises(MailroomError):
        blobs.put(b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
