"""Attached files on their way into a paper: fetched by fingerprint, checked, cleaned in the child process."""

import hashlib
import struct
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox

Blobs = Callable[[str], bytes]
PHOTO_ROLES = frozenset({AttachmentRole.LABEL_PHOTO, AttachmentRole.DAMAGE_PHOTO, AttachmentRole.DELIVERY_PHOTO})
_PHOTO_PIXELS = (1070, 1070)  # 78 % of the text width at 200 dpi
_PAGE_PIXELS = (1370, 1900)  # a whole page at 200 dpi


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as a PDF holds it: eight bits a channel, JPEG, or PNG's own deflated rows."""

    data: bytes
    width: int
    height: int
    channels: int
    lossless: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file ready to be shown: cleaned PDF pages or pictures, sizes in points; or the trouble that prevents it."""

    sha256: str
    data: bytes = b""
    sizes: tuple[tuple[float, float], ...] = ()
    pictures: tuple[Pixels, ...] = ()
    trouble: str = ""  # an error code

    @property
    def pages(self) -> int:
        """How many pages or pictures it shows; a file in trouble takes one."""
        return max(1, len(self.sizes))


def prepare(
    attachments: Iterable[Attachment], blobs: Blobs, kept: Sandbox | None = None, fineness: float = 1.0
) -> dict[str, Prepared]:
    """Every file once, by its fingerprint; one that cannot be shown comes with its trouble, none is left out.

    Pictures have 200 dots an inch at a `fineness` of 1. `kept` is a child process to use, which the caller ends.
    """
    prepared: dict[str, Prepared] = {}
    chosen = list(attachments)
    if not chosen:
        return prepared
    with nullcontext(kept) if kept is not None else Sandbox() as box:
        for one in chosen:
            if one.sha256 not in prepared:
                try:
                    prepared[one.sha256] = _prepared(one, blobs, box, fineness)
                except MailroomError as trouble:
                    prepared[one.sha256] = Prepared(one.sha256, trouble=trouble.code)
    return prepared


def _prepared(one: Attachment, blobs: Blobs, box: Sandbox, fineness: float) -> Prepared:
    data = blobs(one.sha256)
    if hashlib.sha256(data).hexdigest() != one.sha256:
        return Prepared(one.sha256, trouble="file_changed")
    width, height = _PHOTO_PIXELS if one.role in PHOTO_ROLES else _PAGE_PIXELS
    fitted = (round(width * fineness), round(height * fineness))
    result = box.call("mailroom.reports.foreign:for_print", data, one.name, *fitted, name=one.name)
    if "pdf" in result:
        sizes = tuple((float(wide), float(tall)) for wide, tall in result["sizes"])
        return Prepared(one.sha256, result["pdf"], sizes)
    found = tuple(pixels_of(image) for image in result["images"])
    point = 0.36 / fineness  # of a pixel
    return Prepared(one.sha256, sizes=tuple((p.width * point, p.height * point) for p in found), pictures=found)


def pixels_of(image: bytes) -> Pixels:
    """What our own child wrote: an eight-bit PNG without interlace, or a baseline JPEG."""
    if image.startswith(b"\x89PNG"):
        width, height, _, colour = struct.unpack(">IIBB", image[16:26])
        rows = b"".join(body for kind, body in _chunks(image) if kind == b"IDAT")
        return Pixels(rows, width, height, 3 if colour == 2 else 1, lossless=True)
    at = 2
    while image[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(image[at + 2 : at + 4])
    height, width, channels = struct.unpack(">HHB", image[at + 5 : at + 10])
    return Pixels(image, width, height, channels, lossless=False)


def _chunks(image: bytes) -> Iterable[tuple[bytes, bytes]]:
    at = 8
    while at < len(image):
        length = int.from_bytes(image[at : at + 4])
        yield image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        at += 12 + length
