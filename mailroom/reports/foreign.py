"""Files of other parties: what they are, and clean copies of them for print.

These functions open untrusted files with native libraries. Services and reports run them in the limited child process
(`mailroom.sandbox`); they take bytes and give plain data.
"""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Name

from mailroom.errors import MailroomError
from mailroom.reports import pictures

MAX_PAGES = 200  # of one attached file: a packet is read by a person
MAX_PICTURE = 256 << 20  # bytes of one picture inside a PDF as a reader unpacks it: A4 in colour at 600 dpi is 100 MiB
MAX_UNPACKED = 64 << 20  # bytes of all else in it, unpacked: what a reader works through before a page appears
_KEPT = (
    Name.Type,
    Name.Contents,
    Name.Resources,
    Name.MediaBox,
    Name.CropBox,
    Name.Rotate,
    Name.UserUnit,
    Name.Group,
    Name.Parent,
)


def inspect_file(data: bytes, name: str) -> dict[str, Any]:
    """What a file is, by its content: `media_type pages width height taken_at encrypted size`.

    Width and height are pixels of the upright picture, or points of a PDF's first page; `taken_at` is the camera's
    clock as ISO text without zone, or empty. Raises MailroomError `file_empty`, `file_not_a_picture`,
    `file_encrypted`, `file_damaged`, `image_too_large`, `too_many_pages`, `file_too_costly`.
    """
    if not data:
        raise MailroomError("file_empty", name=name)
    if is_pdf(data):
        with _opened(data, name) as source:
            sizes = [_size(page, name) for page in source.pages]
            _check_unpacked(source, name)
            return {
                "media_type": "application/pdf",
                "pages": len(sizes),
                "width": round(sizes[0][0]),
                "height": round(sizes[0][1]),
                "taken_at": "",
                "encrypted": bool(source.is_encrypted),
                "size": len(data),
            }
    return {**pictures.inspect(data, name, MAX_PAGES), "encrypted": False, "size": len(data)}


def clean_pdf(data: bytes, name: str = "") -> bytes:
    """A copy of the pages alone: what annotations show is drawn into them, everything that could act is left out.

    No annotations, actions, scripts, embedded files or forms are carried over. Raises like `inspect_file`.
    """
    with _opened(data, name) as source, pikepdf.new() as copy:
        try:
            source.generate_appearance_streams()
            source.flatten_annotations("screen")
            copy.pages.extend(source.pages)
            for page in copy.pages:
                for key in set(page.obj.keys()) - {str(kept) for kept in _KEPT}:
                    del page.obj[key]
            target = io.BytesIO()
            copy.save(target, deterministic_id=True)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as damage:
            raise MailroomError("file_damaged", name=name) from damage
        return target.getvalue()


def one_page(data: bytes, page: int, name: str = "") -> bytes:
    """One page (counted from 1) of a PDF or TIFF as a clean file of its own kind. Raises like `inspect_file`."""
    if not is_pdf(data):
        return pictures.one_page(data, page, name)
    with pikepdf.open(io.BytesIO(clean_pdf(data, name))) as pages, pikepdf.new() as copy:
        if not 1 <= page <= len(pages.pages):
            raise MailroomError("file_damaged", name=name)
        copy.pages.append(pages.pages[page - 1])
        target = io.BytesIO()
        copy.save(target, deterministic_id=True)
        return target.getvalue()


def for_print(data: bytes, name: str, width: int, height: int) -> dict[str, Any]:
    """A file ready to be placed: `{"pdf": bytes, "sizes": [(w, h) in points]}` or `{"images": [bytes]}`."""
    if not data:
        raise MailroomError("file_empty", name=name)
    if is_pdf(data):
        copy = clean_pdf(data, name)
        with _opened(copy, name) as pages:
            return {"pdf": copy, "sizes": [_size(page, name) for page in pages.pages]}
    count = pictures.inspect(data, name, MAX_PAGES, decode=False)["pages"]
    return {"images": [pictures.clean(data, name, page, width, height) for page in range(count)]}


def is_pdf(data: bytes) -> bool:
    """Whether the content is a PDF, by its mark in the first kilobyte."""
    return b"%PDF-" in data[:1024]


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pikepdf.Pdf]:
    try:
        source = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise MailroomError("file_encrypted", name=name) from None
    except (pikepdf.PdfError, RuntimeError, ValueError) as damage:
        raise MailroomError("file_damaged", name=name) from damage
    with source:
        try:
            count = len(source.pages)
        except (pikepdf.PdfError, RuntimeError, ValueError) as damage:
            raise MailroomError("file_damaged", name=name) from damage
        if count == 0:
            raise MailroomError("file_damaged", name=name)
        if count > MAX_PAGES:
            raise MailroomError("too_many_pages", name=name, pages=count, limit=MAX_PAGES)
        yield source


def _check_unpacked(source: pikepdf.Pdf, name: str) -> None:
    """Refuse a file that is small only while it is packed: in a packet it would stop whoever opens that."""
    rest = MAX_UNPACKED
    for one in source.objects:
        if not isinstance(one, pikepdf.Stream) or one.get(Name.Type) == Name.EmbeddedFile:
            continue
        picture = one.get(Name.Subtype) == Name.Image
        limit = MAX_PICTURE if picture else rest
        size = _unpacked(one, limit)
        if size > limit:
            raise MailroomError("file_too_costly", name=name)
        rest -= 0 if picture else size


def _unpacked(stream: pikepdf.Stream, limit: int) -> int:
    """Bytes after the deflate filters that come first, which alone swell a thousandfold each; at most `limit` + 1."""
    filters: Any = stream.get(Name.Filter, [])
    data = stream.read_raw_bytes()
    for one in [filters] if isinstance(filters, pikepdf.Name) else filters:
        if str(one) not in ("/FlateDecode", "/Fl"):
            break
        try:
            data = zlib.decompressobj().decompress(data, limit + 1)
        except zlib.error:
            break  # damaged in a way that readers live with
    return len(data)


def _size(page: pikepdf.Page, name: str) -> tuple[float, float]:
    """Width and height in points as a reader sees the page: cropped, turned, in its unit."""
    try:
        left, low, right, high = (float(number) for number in page.cropbox)
        unit = float(page.obj.get(Name.UserUnit, 1))
        turn = int(page.obj.get(Name.Rotate, 0)) % 360
    except (TypeError, ValueError, pikepdf.PdfError) as damage:
        raise MailroomError("file_damaged", name=name) from damage
    wide, tall = abs(right - left) * unit, abs(high - low) * unit
    if not (1 <= wide <= 200_000 and 1 <= tall <= 200_000):
        raise MailroomError("file_damaged", name=name)
    return (tall, wide) if turn in (90, 270) else (wide, tall)
