"""Files under the profile, named by the SHA-256 of their bytes and durable before anything names them."""

import errno
import hashlib
import io
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from mailroom.errors import MailroomError


class Blobs:
    """The folder `blobs`: `ab/abcdef…`, folders 0700, files 0600; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are or would be."""
        if not _is_hash(sha256):
            raise MailroomError("blob_missing", sha256=sha256)  # and no such path is ever made
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep bytes and return their hash, hexadecimal; when this returns they survive a power cut.

        Raises `disk_full` and `profile_unusable`.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if self._sound(path, len(data)):
            return sha256
        self._keep(io.BytesIO(data))
        return sha256

    def take(self, source: BinaryIO) -> str:
        """Keep a file of any size, read to its end a stretch at a time, and return its hash; as durable as `put`.

        Raises `disk_full` and `profile_unusable`; an OSError of the source is the caller's.
        """
        try:
            return self._keep(source)
        except _SourceError as error:
            raise error.trouble from None

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here."""
        return _is_hash(sha256) and self.path(sha256).is_file()

    def open(self, sha256: str) -> BufferedReader:
        """The bytes as a file open for reading; raises `blob_missing`."""
        try:
            return self.path(sha256).open("rb")
        except OSError:
            raise MailroomError("blob_missing", sha256=sha256) from None

    def read(self, sha256: str) -> bytes:
        """All the bytes; raises `blob_missing`."""
        with self.open(sha256) as file:
            return file.read()

    def holds(self, sha256: str) -> bool:
        """Whether the bytes are here and still have their hash."""
        if not self.has(sha256):
            return False
        with self.open(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def erase(self, sha256: str) -> None:
        """Remove the bytes; nothing happens where they are gone already."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def _sound(self, path: Path, size: int) -> bool:
        try:
            return path.stat().st_size == size
        except OSError:
            return False

    def _keep(self, source: BinaryIO) -> str:
        digest = hashlib.sha256()
        unfinished = self.folder / f".{secrets.token_hex(8)}"
        with self.told():
            self._make(self.folder)
            try:
                with _new_file(unfinished) as file:
                    while part := _read(source):
                        digest.update(part)
                        file.write(part)
                path = self.path(digest.hexdigest())
                if not self._sound(path, unfinished.stat().st_size):
                    self._make(path.parent)
                    unfinished.replace(path)
                    sync_folder(path.parent)
            finally:
                unfinished.unlink(missing_ok=True)
        return digest.hexdigest()

    @contextmanager
    def scratch(self) -> Iterator[BinaryIO]:
        """A file without a name where blobs have room, gone once it is closed; see `told` for what is written to it.

        Raises `disk_full` and `profile_unusable`.
        """
        with self.told():
            self._make(self.folder)
            file = tempfile.TemporaryFile(dir=self.folder)  # noqa: SIM115 - closed below
        with file:
            yield file

    @contextmanager
    def told(self) -> Iterator[None]:
        """Trouble with this folder's disk as `disk_full` and `profile_unusable`."""
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                raise MailroomError("disk_full", path=str(self.folder)) from error
            raise MailroomError("profile_unusable", path=str(self.folder), why=error.strerror) from error

    def _make(self, wanted: Path) -> None:
        for folder in dict.fromkeys((self.folder, wanted)):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(folder.parent)


class _SourceError(Exception):
    """Trouble with the file that is read, kept apart from trouble with the folder that is written."""

    def __init__(self, trouble: OSError) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_PART)
    except OSError as trouble:
        raise _SourceError(trouble) from trouble


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that was not there, for this user only; synced at the end."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


_PART = 1 << 20  # bytes read at once
_FULL = frozenset(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))


def _is_hash(sha256: str) -> bool:
    return len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows cannot open a folder and does not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
