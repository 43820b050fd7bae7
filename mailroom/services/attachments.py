"""Files kept with a shipment: the original by its hash, never changed; only cleaned copies go into papers."""

import hashlib
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mailroom import sandbox
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import attachment_json
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once

LARGEST = 100 * 1024 * 1024  # bytes
_LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class Attachments:
    """Use cases of attached files."""

    desk: Desk

    def attach(
        self,
        who: Operator,
        shipment_id: str,
        path: Path,
        *,
        role: AttachmentRole = AttachmentRole.OTHER,
        caption: str = "",
        source_name: str = "",
        write: Write = at_once,
        kept: sandbox.Sandbox | None = None,
    ) -> Attachment:
        """Keep a PDF or picture with a shipment; it is looked at in a limited process first, in `kept` where given.

        Raises `file_missing`, `file_not_regular`, `file_empty`, `file_too_large`, `file_encrypted`, `file_damaged`,
        `file_not_supported`, `image_too_large`, `file_too_costly`.
        """
        demand(who, "attachments.attach")
        data = read_regular_file(path, links=False)
        name = clean_name(path.name)
        look = sandbox.call if kept is None else partial(kept.call, name=name)
        found = look("mailroom.reports.foreign:inspect_file", data, name)
        return self._keep(who, shipment_id, (data, name, found), role, caption, source_name, write)

    def attach_page(
        self,
        who: Operator,
        shipment_ids: Sequence[str],
        path: Path,
        page: int,
        role: AttachmentRole,
        caption: str,
        write: Write,
    ) -> tuple[Attachment, ...]:
        """Keep one page (counted from 1) of a PDF or picture with several shipments. Raises like `attach`."""
        demand(who, "attachments.attach_page")
        data = read_regular_file(path, links=False)
        name = clean_name(path.name)
        with sandbox.Sandbox() as box:
            whole = box.call("mailroom.reports.foreign:inspect_file", data, name)
            if whole["pages"] > 1:
                data = box.call("mailroom.reports.foreign:one_page", data, page, name, name=name)
                name = clean_name(f"{Path(name).stem}-{page}{Path(name).suffix}")
                whole = box.call("mailroom.reports.foreign:inspect_file", data, name)
        return tuple(self._keep(who, one, (data, name, whole), role, caption, "", write) for one in shipment_ids)

    def attach_bytes(
        self,
        who: Operator,
        shipment_id: str,
        data: bytes,
        name: str,
        role: AttachmentRole,
        source_name: str,
        write: Write,
        known: Collection[str] = (),
    ) -> bool:
        """Keep bytes that a carrier sent, looked at like any foreign file; not where their hash is `known`.

        Raises like `attach`.
        """
        demand(who, "attachments.attach_bytes")
        if hashlib.sha256(data).hexdigest() in known:
            return False
        found = sandbox.call("mailroom.reports.foreign:inspect_file", data, name)
        self._keep(who, shipment_id, (data, clean_name(name), found), role, "", source_name, write)
        return True

    def _keep(
        self,
        who: Operator,
        shipment_id: str,
        file: tuple[bytes, str, Mapping[str, Any]],
        role: AttachmentRole,
        caption: str,
        source_name: str,
        write: Write,
    ) -> Attachment:
        data, name, found = file
        now = self.desk.clock()
        attachment = Attachment(
            id=new_id(),
            shipment_id=shipment_id,
            sha256=self.desk.store.blobs.put(data),
            name=name,
            media_type=found["media_type"],
            size=len(data),
            pages=found["pages"],
            role=role,
            caption=caption,
            source_name=source_name,
            taken_at=found.get("taken_at", ""),
            added_at=now,
            added_by=who.name,
        )
        facts = {"name": name, "role": role.value}
        payload = {
            "attachment": attachment_json(attachment),
            "event": self.desk.own_event(who, shipment_id, EventKind.ATTACHED, now, facts),
        }
        write(lambda: self.desk.accept(who, "attachment_added", shipment_id, payload, made_at=now))
        return attachment

    def read(self, who: Operator, attachment: Attachment) -> bytes:
        """The original bytes. Raises `blob_missing`."""
        demand(who, "attachments.read")
        return self.desk.store.blobs.read(attachment.sha256)


def read_regular_file(path: Path, largest: int = LARGEST, *, links: bool = True) -> bytes:
    """The bytes of a regular file: no pipe, no device, no folder, nothing over the limit (bytes).

    Without `links` the name itself must be the file's: what is kept and sent out is no other file than it seems.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not links and path.is_symlink():
        raise MailroomError("file_not_regular", name=str(path))
    try:
        descriptor = os.open(path, flags | (0 if links else getattr(os, "O_NOFOLLOW", 0)))
    except FileNotFoundError:
        raise MailroomError("file_missing", name=str(path)) from None
    except OSError as trouble:
        raise MailroomError("file_not_readable", name=str(path), why=trouble.strerror or "") from trouble
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):  # looked at first: a folder cannot even be made a stream
        os.close(descriptor)
        raise MailroomError("file_not_regular", name=str(path))
    with os.fdopen(descriptor, "rb") as stream:
        if facts.st_size == 0:
            raise MailroomError("file_empty", name=path.name)
        if facts.st_size > largest:
            raise MailroomError("file_too_large", name=path.name, size=facts.st_size, limit=largest)
        return stream.read(largest + 1)


def clean_name(name: str) -> str:
    """A file's name for showing: no path, no control or direction-changing characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip(". ") or "file"
    if len(shown) <= _LONGEST_NAME:
        return shown
    stem, dot, ending = shown.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return shown[:_LONGEST_NAME]
