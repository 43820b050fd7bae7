"""Makes the broken, hostile and odd files that the tests hand in."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from mailroom.capture.writer import draw

NUMBER = "1Z5W30Y90359420790"


def label(payload: str = NUMBER, *, size: tuple[int, int] = (800, 500), module: int = 2) -> Image.Image:
    """A page in grey with one Code 128."""
    bars = draw("Code128", payload)
    sheet = Image.new("L", size, 255)
    sheet.paste(bars.resize((bars.width * module, 120), 0), (60, 80))
    return sheet


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size; its picture data is a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def pdf(objects: list[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def page_pdf(content: bytes, filters: bytes, *, box: bytes = b"0 0 288 432", extra: bytes = b"") -> bytes:
    """A PDF of one page with this content stream."""
    stream = b"<</Length %d%s>>\nstream\n" % (len(content), filters) + content + b"\nendstream"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<<" + extra + b">>>>",
            stream,
        ]
    )


def nested(size: int, levels: int, unit: bytes = b"0 0 m 9 9 l S\n") -> bytes:
    """So many bytes of drawing, deflated over and over."""
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(unit * (1 << 16)) for _ in range(size // (len(unit) << 16))), packer.flush()])
    for _ in range(levels - 1):
        data = zlib.compress(data, 9)
    return data


def bomb_pdf(size: int = 1 << 30) -> bytes:
    """About a kilobyte that unfolds to a gigabyte of drawing."""
    return page_pdf(nested(size, 3), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")


def label_pdf(path: Path, pages: int = 1, **options: object) -> Path:
    """A PDF with a label on each page, drawn by reportlab."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(288, 432), **options)  # type: ignore[arg-type]
    for number in range(pages):
        if number != 1:  # the second page is blank
            canvas.drawImage(ImageReader(label(f"1Z5W30Y9035942{number:04d}")), 0, 100, 288, 180)
        canvas.showPage()
    canvas.save()
    return path


def frame(payload: str, shape: tuple[int, int]) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """A camera frame in grey with one Code 128."""
    picture = np.full(shape, 210, dtype=np.uint8)
    bars = np.asarray(draw("Code128", payload).resize((draw("Code128", payload).width * 2, 90), 0))
    picture[40:130, 50 : 50 + bars.shape[1]] = bars
    return picture
