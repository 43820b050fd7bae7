"""A record in one file: the database as it stands at one moment, the files it names, the desk's settings.

The file is a zip whose last entry lists every other one with its size and SHA-256. It is written beside its target
and takes its place when it is whole; a record is put back only where there is none.
"""

import dataclasses
import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

from sqlalchemy import func, select

from mailroom import config
from mailroom.domain.command import utc_text
from mailroom.errors import MailroomError
from mailroom.store import schema, sqlite
from mailroom.store.blobs import sync_folder
from mailroom.store.database import FILE_NAME, Store
from mailroom.store.tables import command, shipment

MANIFEST: Final = "manifest.json"
FORMAT: Final = "mailroom backup"
VERSION: Final = 1
_KEPT: Final = ("desk.toml", "office-key.p12", "office-certificate.pem")  # of the profile, where they are there
_NAME = re.compile(
    r"(?:mailroom\.sqlite|desk\.toml|office-key\.p12|office-certificate\.pem|blobs/[0-9a-f]{2}/[0-9a-f]{64})"
)
_PAGES = 256  # of the database copied at a time: a writer beside it never waits, a cancel is heard soon
_PART = 1 << 20  # bytes
_MOST_MANIFEST = 256 << 20  # bytes

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """The work was cancelled; nothing of it is left."""


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds: bytes of the file, files in it, commands and shipments on record, when (aware UTC, text)."""

    path: Path
    size: int
    files: int
    commands: int
    shipments: int
    made_at: str


def write_backup(
    store: Store, target: Path, made_at: datetime, progress: Progress, cancelled: Cancelled
) -> BackupFacts:
    """Write everything to one file and read it back.

    Raises `backup_server`, `output_is_folder`, `output_is_no_file`, `output_unwritable`, `backup_unsound`.
    """
    if store.engine_name != "sqlite":
        raise MailroomError("backup_server", address=store.address)
    _refuse_target(target)
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    copy = draft.with_suffix(".sqlite")
    try:
        commands, shipments = _copied(store, copy, progress, cancelled)
        listed = _packed(store, copy, draft, {"made_at": utc_text(made_at), "commands": commands}, cancelled)
        with zipfile.ZipFile(draft) as packed:
            for entry in listed:
                _stop_if(cancelled)
                _read_back(packed, entry, str(target))
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as trouble:
        raise MailroomError("output_unwritable", path=str(target), why=trouble.strerror or "") from trouble
    finally:
        for leftover in (draft, copy, copy.with_name(copy.name + "-wal"), copy.with_name(copy.name + "-shm")):
            leftover.unlink(missing_ok=True)
    return BackupFacts(target, target.stat().st_size, len(listed), commands, shipments, utc_text(made_at))


def restore(source: Path, folder: Path, progress: Progress, cancelled: Cancelled) -> BackupFacts:
    """Put a backup into a profile folder without a record.

    The database comes last, so that a restore that was cut short is none and can be done again. Raises
    `profile_not_empty`, `file_missing`, `backup_foreign`, `backup_damaged`, `backup_newer`, `profile_unusable`.
    """
    if (folder / FILE_NAME).exists() or config.load_desk(config.Profile(folder)).database:
        raise MailroomError("profile_not_empty", path=str(folder))
    staged = folder / f".restore-{secrets.token_hex(4)}"
    try:
        with _opened(source) as packed:
            manifest = _manifest(packed, source)
            entries = manifest["files"]
            staged.mkdir(mode=0o700, parents=True)
            total = sum(int(entry["size"]) for entry in entries)
            done = 0
            for entry in entries:
                _stop_if(cancelled)
                _unpack(packed, entry, staged, source)
                done += int(entry["size"])
                progress(done, total)
        shipments = _looked_at(staged / FILE_NAME, source)
        _keep_here(staged)
        for entry in sorted(entries, key=lambda one: one["name"] == FILE_NAME):
            _move(staged / entry["name"], folder / entry["name"])
    except OSError as trouble:
        raise MailroomError("profile_unusable", path=str(folder), why=trouble.strerror or "") from trouble
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    size, made_at = source.stat().st_size, str(manifest["made_at"])
    return BackupFacts(source, size, len(entries), int(manifest["commands"]), shipments, made_at)


def _refuse_target(target: Path) -> None:
    if target.is_dir():
        raise MailroomError("output_is_folder", path=str(target))
    if target.exists() and not target.is_file():
        raise MailroomError("output_is_no_file", path=str(target))


def _copied(store: Store, copy: Path, progress: Progress, cancelled: Cancelled) -> tuple[int, int]:
    """The database as it is at one moment, copied in stretches; how many commands and shipments it holds."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    module = sqlite.driver()

    def step(_status: int, left: int, total: int) -> None:
        _stop_if(cancelled)
        progress(total - left, total)

    with store.read() as connection:
        # This read begins the transaction whose state is copied, whatever is written meanwhile.
        commands = int(connection.scalar(select(func.count()).select_from(command)) or 0)
        shipments = int(connection.scalar(select(func.count()).select_from(shipment)) or 0)
        raw: Any = connection.connection.driver_connection
        with closing(module.connect(copy)) as target:
            try:
                raw.backup(target, pages=_PAGES, progress=step, sleep=0)
            except module.OperationalError as trouble:
                raise OSError(0, str(trouble)) from trouble
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without another beside it
            if target.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise MailroomError("backup_unsound", path=store.address)
    return commands, shipments


def _packed(store: Store, copy: Path, draft: Path, facts: dict[str, Any], cancelled: Cancelled) -> list[dict[str, Any]]:
    """All files into the draft, their list last; durable when this returns."""
    profile = store.blobs.folder.parent
    listed: list[dict[str, Any]] = []
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for name, path in _files(profile, copy):
                _stop_if(cancelled)
                with suppress(FileNotFoundError), path.open("rb") as source:  # erased since we looked
                    listed.append(_put(packed, name, source))
            manifest = {"format": FORMAT, "version": VERSION, "revision": schema.REVISION, **facts, "files": listed}
            packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    return listed


def _files(profile: Path, copy: Path) -> Iterator[tuple[str, Path]]:
    yield FILE_NAME, copy
    for name in _KEPT:
        if (profile / name).is_file():
            yield name, profile / name
    for path in sorted((profile / "blobs").glob("??/*")):
        name = f"blobs/{path.parent.name}/{path.name}"
        if _NAME.fullmatch(name):
            yield name, path


def _put(packed: zipfile.ZipFile, name: str, source: BinaryIO) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    # Papers and pictures are packed already.
    entry.compress_type = zipfile.ZIP_STORED if name.startswith("blobs/") else zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    with packed.open(entry, "w", force_zip64=True) as into:
        while part := source.read(_PART):
            digest.update(part)
            size += len(part)
            into.write(part)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def _read_back(packed: zipfile.ZipFile, entry: dict[str, Any], path: str) -> None:
    with packed.open(entry["name"]) as stored:
        if hashlib.file_digest(stored, "sha256").hexdigest() != entry["sha256"]:  # type: ignore[arg-type]
            raise MailroomError("backup_damaged", path=path, part=entry["name"])


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """A backup open for reading. Raises `file_missing`, `backup_foreign`, `backup_damaged`."""
    if not source.is_file():
        raise MailroomError("file_missing", name=str(source))
    try:
        packed = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise MailroomError("backup_foreign", path=str(source)) from None
    with packed:
        try:
            yield packed
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as trouble:
            raise MailroomError("backup_damaged", path=str(source), part=MANIFEST) from trouble


def _manifest(packed: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    """The list of what is in it, as far as it can be true."""
    foreign = MailroomError("backup_foreign", path=str(source))
    try:
        if packed.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise foreign
        found: dict[str, Any] = json.loads(packed.read(MANIFEST))
        if found["format"] != FORMAT:
            raise foreign
        version, revision, entries = int(found["version"]), str(found["revision"]), found["files"]
        names = {str(one["name"]) for one in entries}
        sizes = [int(one["size"]) for one in entries]
        int(found["commands"])
        str(found["made_at"])
    except (KeyError, TypeError, ValueError):
        raise foreign from None
    if version > VERSION or revision > schema.REVISION:
        raise MailroomError("backup_newer", path=str(source))
    if FILE_NAME not in names or len(names) != len(entries) or min(sizes) < 0:
        raise foreign
    if not all(_NAME.fullmatch(name) for name in names):
        raise foreign
    return found


def _unpack(packed: zipfile.ZipFile, entry: dict[str, Any], staged: Path, source: Path) -> None:
    """One file into the staging folder, read no further than its size, checked by its hash, durable."""
    damaged = MailroomError("backup_damaged", path=str(source), part=entry["name"])
    into = staged / PurePosixPath(entry["name"])
    into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), int(entry["size"])
    handle = os.open(into, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        try:
            with packed.open(entry["name"]) as stored:
                while part := stored.read(_PART):
                    left -= len(part)
                    if left < 0:
                        raise damaged
                    digest.update(part)
                    file.write(part)
        except (KeyError, zipfile.BadZipFile, EOFError, zlib.error) as trouble:
            raise damaged from trouble
        file.flush()
        os.fsync(file.fileno())
    if left or digest.hexdigest() != entry["sha256"]:
        raise damaged


def _looked_at(database: Path, source: Path) -> int:
    """How many shipments the database holds, which must be ours and whole."""
    damaged = MailroomError("backup_damaged", path=str(source), part=FILE_NAME)
    try:
        if sqlite.version_of(database) is None:
            raise damaged
        with closing(sqlite.driver().connect(database)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise damaged
            return int(connection.execute("SELECT count(*) FROM shipment").fetchone()[0])
    except sqlite.driver().DatabaseError as trouble:
        raise damaged from trouble


def _keep_here(staged: Path) -> None:
    """The settings of a desk whose database lay elsewhere: now it lies in the profile."""
    profile = config.Profile(staged)
    settings = config.load_desk(profile)
    if settings.database:
        config.save_desk(profile, dataclasses.replace(settings, database=""))


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(target)
    sync_folder(target.parent)


def _stop_if(cancelled: Cancelled) -> None:
    if cancelled():
        raise Stopped
