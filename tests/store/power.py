"""A disk that loses what was not synced, under the real store: a VFS of apsw behind a thin DB-API.

Writes go to the real file and are noted; a sync makes a file's notes durable. When the power goes, every further
call fails; what is left of a file is its durable bytes and, of the rest, nothing, a beginning or any part of it,
torn at sectors of 512 bytes.
"""

import os
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import apsw
import pysqlite3.dbapi2 as real

SECTOR = 512


class Disk:
    """What each file holds for sure, and what was written since. The power goes after `life` operations."""

    def __init__(self, seed: int, life: int) -> None:
        self.dice = random.Random(seed)
        self.life = life
        self.durable: dict[str, bytearray] = {}
        self.pending: dict[str, list[tuple[int, bytes | None]]] = {}

    def tick(self) -> None:
        self.life -= 1
        if self.life <= 0:
            raise apsw.IOError("the power is off")

    def opened(self, path: str) -> None:
        if path not in self.pending:
            self.pending[path] = []
            if Path(path).exists():
                self.durable[path] = bytearray(Path(path).read_bytes())

    def write(self, path: str, offset: int, data: bytes | None) -> None:
        self.tick()
        self.pending[path].append((offset, data))

    def sync(self, path: str) -> None:
        self.tick()
        self.apply(path, self.pending[path], torn=False)
        self.pending[path] = []

    def delete(self, path: str) -> None:
        self.tick()
        self.pending.pop(path, None)
        self.durable.pop(path, None)

    def apply(self, path: str, writes: list[tuple[int, bytes | None]], *, torn: bool) -> None:
        whole = self.durable.setdefault(path, bytearray())
        for offset, data in writes:
            if data is None:
                del whole[offset:]
                continue
            if torn and len(data) > SECTOR and self.dice.random() < 0.5:
                data = data[: SECTOR * self.dice.randrange(len(data) // SECTOR + 1)]
            whole.extend(bytes(max(0, offset - len(whole))))
            whole[offset : offset + len(data)] = data

    def power_off(self, folder: Path) -> None:
        """Write into a folder what a disk might hold now."""
        way = self.dice.choice(("none", "beginning", "some"))
        for path, writes in self.pending.items():
            if path not in self.durable and way == "none":
                continue
            kept = {
                "none": [],
                "beginning": writes[: self.dice.randrange(len(writes) + 1)],
                "some": [one for one in writes if self.dice.random() < 0.5],
            }[way]
            self.apply(path, kept, torn=way == "some")
        for path, data in self.durable.items():
            if not path.endswith("-shm"):
                (folder / Path(path).name).write_bytes(data)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.disk = disk
        disk.opened(self.path)
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.write(self.path, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.write(self.path, size, None)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.sync(self.path)


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk, name: str) -> None:
        self.disk = disk
        super().__init__(name, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> _File:  # noqa: N802
        return _File(self.disk, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        self.disk.delete(name)
        super().xDelete(name, sync)


class _Cursor:
    arraysize = 1
    rowcount = -1
    lastrowid = None

    def __init__(self, connection: apsw.Connection) -> None:
        self.cursor = connection.cursor()
        self.rows: list[Any] = []
        self.description: Any = None

    def execute(self, statement: str, parameters: Any = ()) -> "_Cursor":
        try:
            self.rows = self.cursor.execute(statement, tuple(parameters)).fetchall()
            self.description = self._described(statement)
        except apsw.Error as error:
            raise translated(error) from error
        return self

    def executemany(self, statement: str, many: Any) -> None:
        for parameters in many:
            self.execute(statement, parameters)

    def _described(self, statement: str) -> Any:
        try:
            return self.cursor.description_full or None
        except apsw.ExecutionCompleteError:
            if not self.rows:
                return (("nothing", None, None, None, None, None, None),) if "SELECT" in statement[:8] else None
            return tuple((f"c{one}", *[None] * 6) for one in range(len(self.rows[0])))

    def fetchone(self) -> Any:
        return self.rows.pop(0) if self.rows else None

    def fetchall(self) -> list[Any]:
        rows, self.rows = self.rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[Any]:
        rows, self.rows = self.rows[:size], self.rows[size:]
        return rows

    def close(self) -> None:
        self.rows = []


def translated(error: apsw.Error) -> Exception:
    raised: Exception = real.OperationalError(str(error))
    raised.sqlite_errorname = "SQLITE_IOERR"  # type: ignore[attr-defined]
    return raised


class _Connection:
    def __init__(self, path: str, vfs: str) -> None:
        self.inner = apsw.Connection(path, apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE, vfs=vfs)

    def cursor(self) -> _Cursor:
        return _Cursor(self.inner)

    def execute(self, statement: str) -> _Cursor:
        return self.cursor().execute(statement)

    def commit(self) -> None:
        if self.inner.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self.inner.in_transaction:
            self.execute("ROLLBACK")

    def create_function(self, *_args: Any, **_more: Any) -> None:
        """SQLAlchemy adds a REGEXP that nothing here uses."""

    def close(self) -> None:
        try:
            self.inner.close(True)
        except apsw.Error:
            os.sync()  # the power is off; whoever closes does not mind


def driver(disk: Disk) -> Any:
    """A stand-in for the DB-API module whose files lie on `disk`. Keep it as long as its connections live."""
    name = f"power-{id(disk)}"
    kept = _Vfs(disk, name)
    errors = {one: getattr(real, one) for one in dir(real) if one.endswith(("Error", "Warning"))}
    return SimpleNamespace(
        **errors,
        vfs=kept,
        connect=lambda path, **_more: _Connection(path, name),
        paramstyle="qmark",
        sqlite_version=apsw.sqlite_lib_version(),
        sqlite_version_info=tuple(int(part) for part in apsw.sqlite_lib_version().split(".")),
        PARSE_DECLTYPES=1,
        PARSE_COLNAMES=2,
        Binary=bytes,
    )
