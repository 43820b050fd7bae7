"""Opening pictures and PDFs as pages in grey. Foreign files: runs only in the sandbox's child.

What a file is, is told by its content, never by its name.
"""

import contextlib
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol

from mailroom.errors import MailroomError

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

MAX_PIXELS = 50_000_000
MAX_PAGES = 2000
PDF_PIXELS = 30_000_000  # a page of a yard is drawn coarser rather than refused
DPI, FINE_DPI = 200, 400  # 400 reads vector bars of 4 mil, 300 loses those between its pixels
_ALL_FRAMES = {"TIFF"}  # an animation's later frames are no pages


class Pages(Protocol):
    """An open file: its number of pages, and each page (from 1) in grey with a finer one where it can be had."""

    count: int

    def page(self, number: int) -> "tuple[Image, Callable[[], Image] | None]":
        """One page; `file_damaged` or `image_too_large` where it cannot be had."""

    def close(self) -> None:
        """Let go of the file."""


def open_pages(file: BinaryIO, name: str) -> Pages:
    """The pages of an open file.

    `file_not_a_picture`, `file_damaged`, `file_encrypted`, `image_too_large`, `too_many_pages`.
    """
    head = file.read(1024)
    file.seek(0)
    kind = _kind(head)
    if kind is None:
        raise MailroomError("file_not_a_picture", name=name)
    return _PdfPages(file, name) if kind == "PDF" else _ImagePages(file, name, kind)


def _kind(head: bytes) -> str | None:
    """The format by its first bytes."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "BMP"
    if head[4:8] == b"ftyp":
        return "AVIF" if head[8:12] in (b"avif", b"avis") else "HEIF" if head[8:12] in _HEIF_BRANDS else None
    return "PDF" if b"%PDF-" in head else None


_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class _ImagePages:
    """The frames of a picture."""

    def __init__(self, file: BinaryIO, name: str, kind: str) -> None:
        from PIL import Image

        self._name = name
        Image.MAX_IMAGE_PIXELS = None  # our own limit is an error with a sentence, not a warning
        if kind == "HEIF":
            import pillow_heif

            pillow_heif.register_heif_opener()
        try:
            if kind == "PNG":
                _check_png(file)
            self._image: Image.Image = Image.open(file, formats=[kind])
            self._check_size()
            self.count = int(getattr(self._image, "n_frames", 1)) if kind in _ALL_FRAMES else 1
        except MailroomError:
            raise
        except _DAMAGED as broken:
            raise MailroomError("file_damaged", name=name) from broken
        if self.count > MAX_PAGES:
            raise MailroomError("too_many_pages", name=name, pages=self.count, limit=MAX_PAGES)

    def page(self, number: int) -> "tuple[Image, Callable[[], Image] | None]":
        try:
            if number > 1 or self.count > 1:
                self._image.seek(number - 1)
                self._check_size()
            return _gray(self._image), None
        except MailroomError:
            raise
        except _DAMAGED as broken:
            raise MailroomError("file_damaged", name=self._name) from broken

    def _check_size(self) -> None:
        # The header gives the size; nothing is decoded yet.
        width, height = self._image.size
        if width * height > MAX_PIXELS:
            raise MailroomError(
                "image_too_large",
                name=self._name,
                megapixels=width * height // 1_000_000,
                limit=MAX_PIXELS // 1_000_000,
            )

    def close(self) -> None:
        self._image.close()


def _check_png(file: BinaryIO) -> None:
    """Raise OSError where a chunk's checksum is wrong: Pillow does not look at those of the picture data."""
    file.seek(8)
    while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
        data = file.read(int.from_bytes(head[:4], "big"))
        check = file.read(4)
        if len(check) < 4:
            break  # cut off: the decoder says so where picture data is missing
        if zlib.crc32(head[4:] + data) != int.from_bytes(check, "big"):
            raise OSError("checksum of a PNG chunk")
    file.seek(0)


# What Pillow and its codecs raise on broken files; a bug of ours would be another kind.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, IndexError, KeyError, TypeError, OverflowError)


def _gray(image: "Image") -> "Image":
    """Upright and in grey on white paper."""
    from PIL import Image, ImageOps

    image.draft("L", image.size)  # a JPEG is decoded to grey at once; nothing happens elsewhere
    upright = image
    with contextlib.suppress(*_DAMAGED):  # EXIF is not worth a picture
        orientation = image.getexif().get(0x0112, 1)
        upright = ImageOps.exif_transpose(image) if orientation in range(2, 9) else image
    if upright is image:
        image.load()
    if upright.mode.startswith("I;16"):
        return upright.convert("I").point(lambda value: value / 256).convert("L")
    if upright.mode in ("I", "F"):
        low, high = upright.getextrema()
        scale = 255 / (high - low or 1)  # type: ignore[operator]
        return upright.convert("F").point(lambda value: value * scale - low * scale).convert("L")  # type: ignore[operator]
    if "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        seen = upright.convert("RGBA")
        paper = Image.new("L", seen.size, 255)
        paper.paste(seen.convert("L"), mask=seen.getchannel("A"))
        return paper
    return upright.convert("L")


class _PdfPages:
    """The pages of a PDF, drawn in grey."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        import pypdfium2
        from pypdfium2 import raw

        self._name = name
        try:
            self._document: PdfDocument = pypdfium2.PdfDocument(file.read())
            self.count = len(self._document)
        except pypdfium2.PdfiumError as broken:
            locked = getattr(broken, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise MailroomError("file_encrypted" if locked else "file_damaged", name=name) from broken
        finally:
            file.close()
        if self.count > MAX_PAGES:
            raise MailroomError("too_many_pages", name=name, pages=self.count, limit=MAX_PAGES)
        if self.count == 0:
            raise MailroomError("file_damaged", name=name)

    def page(self, number: int) -> "tuple[Image, Callable[[], Image] | None]":
        return self._draw(number, DPI), lambda: self._draw(number, FINE_DPI)

    def _draw(self, number: int, dpi: int) -> "Image":
        import pypdfium2

        try:
            page = self._document[number - 1]
            try:
                width, height = page.get_size()
                if not (width > 0 and height > 0):
                    raise MailroomError("file_damaged", name=self._name)
                scale = min(dpi / 72, (PDF_PIXELS / (width * height)) ** 0.5)
                drawn: Image = page.render(scale=scale, grayscale=True).to_pil()
                return drawn.convert("L")
            finally:
                page.close()
        except (pypdfium2.PdfiumError, ValueError, OverflowError) as broken:
            raise MailroomError("file_damaged", name=self._name) from broken

    def close(self) -> None:
        self._document.close()
