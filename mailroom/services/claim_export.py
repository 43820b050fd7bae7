"""The papers of a claim as files for a carrier's upload page: in a new folder, all of them or none."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mailroom import resources
from mailroom.domain.claim_export import ExportForm, UploadProfile, parse_profiles, profile_for
from mailroom.domain.documents import Attachment, Document
from mailroom.domain.exhibits import exhibits_of
from mailroom.domain.insurers import answering
from mailroom.domain.photo_plan import Shot
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox
from mailroom.services.claims import ClaimView
from mailroom.services.desk import Desk
from mailroom.wording import _
from mailroom.wording.attachments import attachment_word
from mailroom.wording.carriers import carrier_name
from mailroom.wording.claims import shot_caption

_NO_LIMIT = 8_000_000  # bytes of a picture where the carrier names no limit
_UNSAFE = re.compile(r"[^\w .,()+-]+")
Packet = Callable[[int | None], tuple[Document, bytes]]


@dataclass(frozen=True, slots=True)
class ClaimExport:
    """What was written: the folder, its files in their order, and what the carrier takes."""

    folder: Path
    files: tuple[Path, ...]
    profile: UploadProfile
    document: Document
    left_out: tuple[tuple[str, str], ...] = ()  # file name and error code of what cannot be shown


@cache
def upload_profiles() -> tuple[UploadProfile, ...]:
    """What carriers' claim pages take, as it ships."""
    return parse_profiles(resources.file("rules/upload_profiles.csv").read_text("utf-8"))


def exported(
    desk: Desk,
    view: ClaimView,
    folder: Path,
    form: ExportForm | None,
    packet: Packet,
    cancelled: Callable[[], bool],
) -> ClaimExport:
    """Write the files beside their place and move them there in one step."""
    profile = profile_for(upload_profiles(), answering(view.row.carrier, view.row.claim.terms.insurer), form)
    document, pdf = packet(profile.most_bytes if profile.form is ExportForm.PDF else None)
    troubles: list[tuple[str, str]] = []
    name = " ".join(part for part in (view.row.claim.number, carrier_name(view.row.carrier)) if part)
    draft = folder / f".{name}.{os.getpid()}.tmp"
    names: list[str] = []
    try:
        draft.mkdir()
        for file_name, data in _files(desk, view, profile, document, pdf, troubles):
            if cancelled():
                raise MailroomError("stopped", number=view.row.claim.number)
            _write(draft / file_name, data)
            names.append(file_name)
        target = _free(folder, name)
        draft.rename(target)
    except OSError as trouble:
        raise MailroomError("output_unwritable", path=str(folder), why=trouble.strerror or "") from trouble
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return ClaimExport(target, tuple(target / one for one in names), profile, document, tuple(troubles))


def _files(
    desk: Desk,
    view: ClaimView,
    profile: UploadProfile,
    document: Document,
    pdf: bytes,
    troubles: list[tuple[str, str]],
) -> Iterator[tuple[str, bytes]]:
    """Names and contents, the packet first."""
    if profile.form is not ExportForm.IMAGES:
        yield f"{document.number}.pdf", pdf
    if profile.form is ExportForm.PDF:
        return
    most = profile.most_bytes or _NO_LIMIT
    if profile.form is ExportForm.IMAGES:
        for at, page in enumerate(desk.draw_pages(pdf, document.number, most), 1):
            yield f"{document.number} {_('page')} {at:02d}.jpg", page
    with Sandbox() as box:
        for stem, attachment in _exhibits(view):
            try:
                data = desk.store.blobs.read(attachment.sha256)
                call = "mailroom.reports.upload:as_pictures"
                found = box.call(call, data, attachment.name, most, name=attachment.name)
            except MailroomError as trouble:
                troubles.append((attachment.name, trouble.code))
                continue
            if "pdf" in found and profile.form is ExportForm.FILES:
                yield f"{stem}.pdf", found["pdf"]
                continue
            pages = found.get("images") or desk.draw_pages(found["pdf"], attachment.name, most)
            for at, page in enumerate(pages, 1):
                yield f"{stem}{f' {at:02d}' if len(pages) > 1 else ''}.jpg", page


def _exhibits(view: ClaimView) -> Iterator[tuple[str, Attachment]]:
    """The files of the exhibits in their order, each with a name that says what it is."""
    by_id = {one.id: one for one in view.detail.attachments}
    shots = {id_: Shot(shot) for shot, id_ in view.row.claim.terms.photos if shot in set(Shot)}
    for exhibit in exhibits_of(view.packet):
        order = list(Shot)
        ids = sorted(exhibit.attachment_ids, key=lambda one: order.index(shots[one]) if one in shots else len(order))
        for at, id_ in enumerate(ids, 1):
            attachment = by_id[id_]
            told = shot_caption(shots[id_]) if id_ in shots else attachment.caption or attachment_word(attachment.role)
            yield f"{exhibit.letter}-{at} {_named(told)}", attachment


def _named(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split())[:60].strip(" .") or "file"


def _free(folder: Path, name: str) -> Path:
    """A name in the folder that is not taken."""
    target, count = folder / name, 2
    while target.exists():
        target, count = folder / f"{name} ({count})", count + 1
    return target


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
