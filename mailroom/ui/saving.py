"""Writing a file that a person asked for: whole or not at all."""

import os
from pathlib import Path

from mailroom.errors import MailroomError


def write_whole(target: Path, data: bytes) -> Path:
    """Write to a temporary file beside the target, sync, rename. Raises `output_unwritable`; nothing is left then."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except OSError as trouble:
        draft.unlink(missing_ok=True)
        raise MailroomError("output_unwritable", path=str(target), why=trouble.strerror or "") from trouble
    return target
