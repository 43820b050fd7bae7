"""Files that a command writes: whole or not at all, never onto a folder or a device."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailroom.errors import MailroomError


class Target:
    """A file about to be written: its draft stands beside it until `write` puts it in place."""

    def __init__(self, path: Path, draft: Path) -> None:
        self.path = path
        self._draft = draft

    def write(self, data: bytes) -> None:
        """Write, sync and rename. Raises `output_unwritable` (full disk) and leaves what was there before."""
        try:
            with self._draft.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            self._draft.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as trouble:
            raise _unwritable(self.path, trouble) from trouble


@contextmanager
def target(name: str) -> Iterator[Target]:
    """A place for a file, tried before the work begins; raises `output_unwritable` or `output_is_no_file`."""
    path = Path(os.path.realpath(name))  # a link stays a link, what it leads to is replaced
    draft = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        if path.is_dir() or name.endswith(("/", os.sep)):
            raise MailroomError("output_is_folder", path=name)
        if path.exists() and not path.is_file():
            raise MailroomError("output_is_no_file", path=name)
        draft.touch(exist_ok=False)
    except OSError as trouble:
        raise _unwritable(Path(name), trouble) from trouble
    try:
        yield Target(path, draft)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _unwritable(path: Path, trouble: OSError) -> MailroomError:
    return MailroomError("output_unwritable", path=str(path), why=trouble.strerror or "")


def _sync_folder(folder: Path) -> None:
    """Make the rename durable; Windows has no such thing."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
