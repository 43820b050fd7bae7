"""Pictures of other parties through Pillow: an allow-list of formats, 50 megapixels at most, EXIF read and dropped.

Runs in the limited child process, by way of `mailroom.reports.foreign`.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from mailroom.errors import MailroomError

MAX_PIXELS = 50_000_000
_LADDER = (2600, 2000, 1500, 1100, 800, 500, 300)  # longest sides in pixels, tried one after the other
LOSSLESS_BYTES = 700_000  # a screenshot or a signature stays lossless up to this size
_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a phone's JPEG with a second picture in it
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
    "WEBP": "image/webp",
}
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, RuntimeError, struct.error)
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before any pixel is decoded
pillow_heif.register_heif_opener()


def inspect(data: bytes, name: str, max_pages: int, *, decode: bool = True) -> dict[str, Any]:
    """`media_type pages width height taken_at` of a picture; decodes it whole, so that damage is found at once."""
    with _opened(data, name) as picture:
        pages = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
        if pages > max_pages:
            raise MailroomError("too_many_pages", name=name, pages=pages, limit=max_pages)
        exif = picture.getexif()
        turned = exif.get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        width, height = (picture.height, picture.width) if turned else (picture.width, picture.height)
        facts = {
            "media_type": _TYPES[picture.format or ""],
            "pages": pages,
            "width": width,
            "height": height,
            "taken_at": _taken_at(exif),
        }
        if picture.format in ("JPEG", "MPO"):
            picture.draft(None, (1, 1))  # read to its end all the same, drawn at an eighth
        for page in range(pages if decode else 0):
            _seek(picture, page, name)
            picture.load()
        return facts


def clean(data: bytes, name: str, page: int, width: int, height: int) -> bytes:
    """One page as upright PNG or JPEG within `width` x `height` pixels, sRGB or grey, nothing but pixels."""
    with _opened(data, name) as picture:
        lossy = picture.format in ("JPEG", "MPO", "HEIF", "WEBP")
        small = _upright(picture, name, page, width, height)
        target = io.BytesIO()
        if not lossy:
            small.save(target, "PNG", compress_level=6)
            if target.tell() <= LOSSLESS_BYTES:
                return target.getvalue()
            target = io.BytesIO()
        small.save(target, "JPEG", quality=88, subsampling=1)
        return target.getvalue()


def one_page(data: bytes, page: int, name: str) -> bytes:
    """One page (counted from 1) of a TIFF as a TIFF of its own, no pixel changed. Raises like `inspect`."""
    with _opened(data, name) as picture:
        if not 1 <= page <= int(getattr(picture, "n_frames", 1)):
            raise MailroomError("file_damaged", name=name)
        _seek(picture, page - 1, name)
        packing = "group4" if picture.mode == "1" else "tiff_adobe_deflate"
        orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
        target = io.BytesIO()
        tags = {int(ExifTags.Base.Orientation): orientation}
        picture.save(target, "TIFF", compression=packing, tiffinfo=tags, dpi=picture.info.get("dpi", (200, 200)))
        return target.getvalue()


def jpeg_within(data: bytes, name: str, page: int, most: int) -> bytes:
    """One page as upright JPEG of at most `most` bytes, as fine as fits; `image_too_large` where none does."""
    with _opened(data, name) as picture:
        best = _upright(picture, name, page, _LADDER[0], _LADDER[0])
    for longest in _LADDER:
        best.thumbnail((longest, longest), Image.Resampling.HAMMING)
        for quality in (90, 80, 65):
            target = io.BytesIO()
            best.save(target, "JPEG", quality=quality, subsampling=1)
            if target.tell() <= most:
                return target.getvalue()
    raise MailroomError("image_too_large", name=name, megapixels=0, limit=0)


def _upright(picture: Image.Image, name: str, page: int, width: int, height: int) -> Image.Image:
    if page:
        _seek(picture, page, name)
    if picture.format in ("JPEG", "MPO"):
        longest = max(width, height)
        picture.draft(None, (longest, longest))  # the decoder halves by itself: a fraction of the work
    ImageOps.exif_transpose(picture, in_place=True)
    plain = _on_white(_eight_bits(picture))
    small = _plain_colours(plain, picture.info.get("icc_profile"))
    small.thumbnail((width, height), Image.Resampling.HAMMING)
    small.info.clear()
    return small


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    try:
        picture = Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "TIFF", "HEIF", "WEBP"])
    except UnidentifiedImageError:
        raise MailroomError("file_damaged" if _known(data) else "file_not_a_picture", name=name) from None
    except (*_DAMAGE, zlib.error) as damage:
        raise MailroomError("file_damaged", name=name) from damage
    with picture:
        _measure(picture, name)
        try:
            yield picture
        except (*_DAMAGE, zlib.error) as damage:
            raise MailroomError("file_damaged", name=name) from damage


def _known(data: bytes) -> bool:
    """Whether the first bytes are those of a format we read: then it is damage, not a foreign format."""
    starts = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
    return data.startswith(starts) or data[4:12] in (b"ftypheic", b"ftypmif1")


def _measure(picture: Image.Image, name: str) -> None:
    pixels = picture.width * picture.height
    if pixels > MAX_PIXELS:
        raise MailroomError(
            "image_too_large", name=name, megapixels=round(pixels / 1_000_000), limit=MAX_PIXELS // 1_000_000
        )


def _seek(picture: Image.Image, page: int, name: str) -> None:
    picture.seek(page)
    _measure(picture, name)


def _taken_at(exif: Image.Exif) -> str:
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    text = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or ""
    try:
        return datetime.strptime(str(text).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007
    except ValueError:
        return ""


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen-bit and floating greys scaled to eight bits; everything else as it is."""
    if picture.mode.startswith("I;16") or picture.mode == "I":
        high = 65535.0 if picture.mode.startswith("I;16") else float(picture.getextrema()[1] or 1)  # type: ignore[arg-type]
        return picture.convert("I").point(lambda value: value * (255.0 / max(high, 255.0))).convert("L")
    if picture.mode == "F":
        low, top = (float(one) for one in picture.getextrema())  # type: ignore[arg-type]
        return picture.point(lambda value: (value - low) * (255.0 / ((top - low) or 1))).convert("L")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Transparent parts as the white of the paper."""
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        return paper.convert("RGB")
    return picture


def _plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Grey or sRGB; an embedded colour profile is followed, a broken one is not."""
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                return turned
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    if picture.mode in ("L", "RGB"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")
