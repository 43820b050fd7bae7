"""Copies of others' files as carriers take them: pictures no larger than allowed. Runs in the limited child process."""

from typing import Any

from mailroom.errors import MailroomError
from mailroom.reports import pictures
from mailroom.reports.foreign import MAX_PAGES, clean_pdf, is_pdf


def as_pictures(data: bytes, name: str, most: int) -> dict[str, Any]:
    """`{"images": [JPEG bytes of at most `most` bytes]}` of a picture; of a PDF `{"pdf": a cleaned copy}`."""
    if not data:
        raise MailroomError("file_empty", name=name)
    if is_pdf(data):
        return {"pdf": clean_pdf(data, name)}
    pages = pictures.inspect(data, name, MAX_PAGES, decode=False)["pages"]
    return {"images": [pictures.jpeg_within(data, name, page, most) for page in range(pages)]}
