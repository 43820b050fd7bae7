"""Reading a paper back: the record that travels inside it, for `verify`. Runs in the limited child process."""

import hashlib
import io
import json
from typing import Any

import pikepdf

from mailroom.errors import MailroomError
from mailroom.reports.record import FILE_NAME, FORMAT

_LARGEST = 64 * 1024 * 1024  # bytes of a record: far above any that a paper carries


def read_record(pdf: bytes, name: str = "PDF") -> dict[str, Any] | None:
    """The record attached to a paper: `{"record", "sha256", "number", "kind"}`; none when there is none of ours.

    Raises MailroomError `file_empty`, `file_encrypted`, `file_damaged`, each with the file's `name`.
    """
    if not pdf:
        raise MailroomError("file_empty", name=name)
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as paper:
            if FILE_NAME not in paper.attachments:
                return None
            data = paper.attachments[FILE_NAME].get_file().read_bytes()
    except pikepdf.PasswordError:
        raise MailroomError("file_encrypted", name=name) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as damage:
        raise MailroomError("file_damaged", name=name) from damage
    if len(data) > _LARGEST:
        return None
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("number"), str) or record.get("format") != FORMAT:
        return None
    return {
        "record": record,
        "sha256": hashlib.sha256(data).hexdigest(),
        "number": record["number"],
        "kind": str(record.get("kind", "")),
    }
