"""Files of other parties: told by their content, refused by name, cleaned of all that could act, right in colour."""

import io
import struct
import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from mailroom import sandbox
from mailroom.errors import MailroomError
from mailroom.reports.exhibit_files import pixels_of
from mailroom.reports.foreign import MAX_PAGES, clean_pdf, for_print, inspect_file


def refused(data: bytes, call: Any = inspect_file) -> str:
    """The code a file is refused with."""
    with pytest.raises(MailroomError) as trouble:
        call(data, "file")
    return trouble.value.code


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def cleaned(data: bytes, name: str = "", width: int = 1370, height: int = 1900) -> bytes:
    """A picture as it is shown."""
    [image] = for_print(data, name, width, height)["images"]
    assert isinstance(image, bytes)
    return image


def opened(image: bytes) -> Image.Image:
    return Image.open(io.BytesIO(image))


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("TIFF", "image/tiff"),
        ("HEIF", "image/heic"),
        ("WEBP", "image/webp"),
    ],
)
def test_a_picture_is_told_by_its_content(office: Any, kind: str, media_type: str) -> None:
    found = inspect_file(office.photo(kind), "misleading.pdf")
    assert found["media_type"] == media_type
    assert (found["width"], found["height"], found["pages"]) == (800, 600, 1)


def test_a_pdf_is_told_with_its_pages(office: Any) -> None:
    found = inspect_file(office.pdf("a", "b", "c"), "x.png")
    assert found["media_type"] == "application/pdf"
    assert (found["pages"], found["width"], found["height"], found["encrypted"]) == (3, 612, 792, False)


def test_camera_time_and_turn_are_read(office: Any) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    exif.get_ifd(0x8769)[0x9003] = "2026:11:02 08:03:00"
    found = inspect_file(office.photo(exif=exif), "x.jpg")
    assert found["taken_at"] == "2026-11-02T08:03:00"
    assert (found["width"], found["height"]) == (600, 800)
    assert inspect_file(office.photo(), "x.jpg")["taken_at"] == ""


def test_a_nonsense_camera_time_is_none(office: Any) -> None:
    exif = Image.Exif()
    exif[0x0132] = "0000:00:00 00:00:00"
    assert inspect_file(office.photo(exif=exif), "x.jpg")["taken_at"] == ""


def test_refusals_by_name(office: Any) -> None:
    locked = saved(pikepdf.open(io.BytesIO(office.pdf())), encryption=pikepdf.Encryption(owner="o", user="u"))
    photo, pdf = office.photo(), office.pdf()
    assert refused(b"") == "file_empty"
    assert refused(b"only words in a file named png") == "file_not_a_picture"
    assert refused(b"GIF89a" + bytes(60)) == "file_not_a_picture"
    assert refused(locked) == "file_encrypted"
    assert refused(photo[: len(photo) // 2]) == "file_damaged"
    assert refused(office.photo("PNG")[:120]) == "file_damaged"
    assert refused(b"\x89PNG\r\n\x1a\n" + bytes(40)) == "file_damaged"
    assert refused(b"%PDF-1.7\nnothing follows") == "file_damaged"
    assert refused(pdf[:40]) == "file_damaged"


def test_a_pdf_with_an_owners_password_only_is_readable(office: Any) -> None:
    half = saved(pikepdf.open(io.BytesIO(office.pdf())), encryption=pikepdf.Encryption(owner="o", user=""))
    assert inspect_file(half, "x.pdf")["encrypted"] is True
    with pikepdf.open(io.BytesIO(clean_pdf(half))) as copy:
        assert not copy.is_encrypted


def test_size_is_checked_before_a_pixel_is_decoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    with pytest.raises(MailroomError) as trouble:
        inspect_file(data, "huge.png")
    assert trouble.value.code == "image_too_large"
    assert trouble.value.facts["megapixels"] == 200
    assert refused(data, cleaned) == "image_too_large"


def test_too_many_pages_are_refused(office: Any) -> None:
    many = pikepdf.new()
    for _ in range(MAX_PAGES + 1):
        many.add_blank_page()
    assert refused(saved(many)) == "too_many_pages"


def test_a_page_tree_that_loops_is_damage() -> None:
    loop = pikepdf.new()
    loop.add_blank_page()
    loop.Root.Pages.Kids = Array([loop.Root.Pages])
    assert refused(saved(loop)) in ("file_damaged", "too_many_pages")


def test_the_copy_holds_pages_and_nothing_that_acts(office: Any) -> None:
    source = pikepdf.open(io.BytesIO(office.pdf("STAYS")))
    action = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    source.Root.OpenAction = action
    source.Root.AA = Dictionary(WC=action)
    source.Root.AcroForm = Dictionary(XFA=pikepdf.String("<x/>"), Fields=Array())
    source.attachments["evil.exe"] = b"MZ"
    page = source.pages[0]
    page.obj.AA = Dictionary(O=action)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    page.obj.Annots = source.make_indirect(Array([link]))
    copy = clean_pdf(saved(source), "x.pdf")
    for word in (b"JavaScript", b"/AA", b"/Annots", b"XFA", b"EmbeddedFile", b"OpenAction", b"AcroForm"):
        assert word not in copy
    with pikepdf.open(io.BytesIO(copy)) as pages:
        assert len(pages.pages) == 1
        assert set(pages.Root.keys()) == {"/Type", "/Pages"}


def test_what_an_annotation_shows_is_kept(office: Any, look: Any) -> None:
    # GIVEN a page with a stamp laid over it
    source = pikepdf.open(io.BytesIO(office.pdf("UNDER")))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    shown = source.make_stream(b"BT /F 20 Tf 5 10 Td (STAMPED) Tj ET")
    shown.Type, shown.Subtype, shown.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 40])
    shown.Resources = Dictionary(Font=Dictionary(F=font))
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([100, 300, 300, 340]), F=4, AP=Dictionary(N=shown)
    )
    source.pages[0].obj.Annots = source.make_indirect(Array([source.make_indirect(stamp)]))
    # WHEN it is cleaned THEN the stamp is part of the page
    assert look.text(clean_pdf(saved(source))) == "UNDER STAMPED"


def test_only_what_a_reader_sees_of_a_page_counts(office: Any) -> None:
    source = pikepdf.open(io.BytesIO(office.pdf("a")))
    source.pages[0].obj.CropBox = Array([100, 100, 400, 300])
    source.pages[0].obj.TrimBox = Array([120, 120, 130, 130])
    source.pages[0].obj.Rotate = 90
    assert for_print(saved(source), "x", 100, 100)["sizes"] == [(200.0, 300.0)]


def test_a_clean_picture_is_upright_and_has_no_data_of_the_camera(office: Any) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    exif.get_ifd(0x8825)[1] = "N"
    clean = opened(cleaned(office.photo(exif=exif)))
    assert not clean.getexif()
    assert clean.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    red, green, _ = clean.getpixel((400, 590))
    assert red > 180 > 60 > green


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "RGBA", "LA", "I;16", "I", "F"])
def test_every_colour_mode_comes_out_right(mode: str) -> None:
    # GIVEN a picture dark on the left and light on the right
    plain = Image.new("L", (400, 200), 40)
    plain.paste(220, (200, 0, 400, 200))
    if mode in ("I;16", "I", "F"):
        deep = plain.convert("I").point(lambda value: value * 257)
        source = deep.convert("F") if mode == "F" else deep if mode == "I" else deep.convert("I;16")
    elif mode == "1":
        source = plain.point(lambda value: 255 if value > 128 else 0).convert("1")
    else:
        source = plain.convert("RGB").convert(mode)
    target = io.BytesIO()
    source.save(target, "TIFF")
    clean = opened(cleaned(target.getvalue()))
    assert clean.mode in ("L", "RGB")
    left, right = (clean.convert("L").getpixel((x, 100)) for x in (100, 300))
    assert left < 70
    assert right > 185


def test_transparent_is_white() -> None:
    source = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    target = io.BytesIO()
    source.save(target, "PNG")
    assert opened(cleaned(target.getvalue())).getpixel((10, 10)) == (255, 255, 255)


def test_pages_of_a_tiff_are_all_there() -> None:
    pages = [Image.new("L", (60, 40), shade) for shade in (10, 120, 240)]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    data = target.getvalue()
    assert inspect_file(data, "x.tif")["pages"] == 3
    shades = [opened(image).convert("L").getpixel((5, 5)) for image in for_print(data, "x.tif", 99, 99)["images"]]
    assert shades == [10, 120, 240]


def test_a_picture_is_scaled_to_its_print(office: Any) -> None:
    clean = opened(cleaned(office.photo(size=(3000, 2000)), width=600, height=600))
    assert clean.size == (600, 400)
    assert opened(cleaned(office.photo(size=(300, 200)), width=600, height=600)).size == (300, 200)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pixels_for_the_page(office: Any, kind: str) -> None:
    pixels = pixels_of(cleaned(office.photo(kind, (120, 80))))
    assert (pixels.width, pixels.height, pixels.channels) == (120, 80, 3)
    assert pixels.lossless is (kind == "PNG")
    if pixels.lossless:
        assert len(zlib.decompress(pixels.data)) == (120 * 3 + 1) * 80


def test_all_of_it_runs_in_the_limited_child(office: Any) -> None:
    with sandbox.Sandbox() as box:
        found = box.call("mailroom.reports.foreign:inspect_file", office.photo("HEIF"), "x.heic")
        copy = box.call("mailroom.reports.foreign:clean_pdf", office.pdf("a"))
        with pytest.raises(MailroomError) as trouble:
            box.call("mailroom.reports.foreign:inspect_file", b"words", "x.png")
    assert found["media_type"] == "image/heic"
    assert copy.startswith(b"%PDF-")
    assert trouble.value.code == "file_not_a_picture"
