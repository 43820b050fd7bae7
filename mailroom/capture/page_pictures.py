"""Pages of a PDF drawn as pictures, for carriers that take nothing else; in the limited child process."""

import io

from mailroom.capture.pictures import open_pages
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox

_CHILD = "mailroom.capture.page_pictures"
_MEMORY = 1 << 30  # bytes of address space
_CPU_SECONDS = 60
_WALL_SECONDS = 120.0


def draw_pages(pdf: bytes, name: str, most: int) -> tuple[bytes, ...]:
    """Every page as JPEG of at most `most` bytes, grey, at 200 dots an inch or less.

    Raises `file_damaged`, `file_encrypted`, `too_many_pages`, `file_too_costly`.
    """
    with Sandbox(memory=_MEMORY, cpu_seconds=_CPU_SECONDS, wall_seconds=_WALL_SECONDS) as box:
        count: int = box.call(f"{_CHILD}:count", pdf, name, name=name)
        return tuple(box.call(f"{_CHILD}:draw", pdf, name, page, most, name=name) for page in range(1, count + 1))


def count(pdf: bytes, name: str) -> int:
    """How many pages there are."""
    pages = open_pages(io.BytesIO(pdf), name)
    try:
        return pages.count
    finally:
        pages.close()


def draw(pdf: bytes, name: str, page: int, most: int) -> bytes:
    """One page, from 1."""
    pages = open_pages(io.BytesIO(pdf), name)
    try:
        drawn, _larger = pages.page(page)
        for share in (1.0, 0.75, 0.5, 0.3):
            size = (max(1, round(drawn.width * share)), max(1, round(drawn.height * share)))
            image = drawn if share == 1.0 else drawn.resize(size)
            for quality in (88, 70):
                target = io.BytesIO()
                image.save(target, "JPEG", quality=quality)
                if target.tell() <= most:
                    return target.getvalue()
    finally:
        pages.close()
    raise MailroomError("image_too_large", name=name, megapixels=0, limit=0)
