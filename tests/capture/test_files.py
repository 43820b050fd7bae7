"""Label files of every format are read page by page; what cannot be read says why, and costs nothing."""

import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

import foreign_files as make
import numpy as np
import pytest
from PIL import Image

from mailroom.capture.decoder import Barcode
from mailroom.capture.files import file_sandbox, read_file, read_pages
from mailroom.capture.writer import draw
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox

NUMBER = make.NUMBER


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with file_sandbox() as sandbox:
        yield sandbox


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refusal(path: Path, box: Sandbox) -> str:
    with pytest.raises(MailroomError) as caught:
        read_file(path, sandbox=box)
    assert caught.value.facts["name"]
    return caught.value.code


def payloads(path: Path, box: Sandbox) -> list[list[str]]:
    return [[code.payload for code in page.barcodes] for page in read_file(path, sandbox=box)]


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("PNG", "L", {}),
        ("PNG", "1", {}),
        ("PNG", "P", {}),
        ("PNG", "RGB", {}),
        ("PNG", "RGBA", {}),
        ("JPEG", "RGB", {"quality": 60}),
        ("JPEG", "CMYK", {}),
        ("TIFF", "1", {"compression": "group4"}),
        ("TIFF", "L", {"compression": "tiff_lzw"}),
        ("GIF", "P", {}),
        ("BMP", "L", {}),
        ("WEBP", "RGB", {}),
    ],
)
def test_pictures_of_every_kind_are_read_whatever_they_are_called(
    kind: str, mode: str, options: dict[str, object], tmp_path: Path, box: Sandbox
) -> None:
    file = written(tmp_path / "scan.dat", make.saved(make.label().convert(mode), kind, **options))
    assert payloads(file, box) == [[NUMBER]]


def test_a_phones_heic_is_read(tmp_path: Path, box: Sandbox) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    file = written(tmp_path / "IMG_1.HEIC", make.saved(make.label().convert("RGB"), "HEIF", quality=70))
    assert payloads(file, box) == [[NUMBER]]


def test_sixteen_bit_and_transparent_pictures_keep_their_bars(tmp_path: Path, box: Sandbox) -> None:
    deep = make.label().convert("I").point(lambda grey: grey * 257).convert("I;16")
    assert payloads(written(tmp_path / "deep.png", make.saved(deep, "PNG")), box) == [[NUMBER]]
    # black everywhere, and only the bars opaque
    bars = Image.new("RGBA", make.label().size, (0, 0, 0, 0))
    bars.putalpha(make.label().point(lambda grey: 255 - grey))
    assert payloads(written(tmp_path / "clear.png", make.saved(bars, "PNG")), box) == [[NUMBER]]


def test_a_photo_is_turned_as_its_camera_says(tmp_path: Path, box: Sandbox) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = written(tmp_path / "p.jpg", make.saved(make.label(), "JPEG", exif=exif.tobytes(), quality=80))
    page = read_file(file, sandbox=box)[0]
    assert (page.width, page.height) == (500, 800)
    assert [code.payload for code in page.barcodes] == [NUMBER]


def test_every_frame_of_a_tiff_is_a_page_and_an_animation_is_one(tmp_path: Path, box: Sandbox) -> None:
    frames = [make.label(f"1Z5W30Y9035942{number:04d}") for number in range(3)]
    tiff = make.saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert payloads(written(tmp_path / "fax.tif", tiff), box) == [[f"1Z5W30Y9035942{n:04d}"] for n in range(3)]
    gif = make.saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert payloads(written(tmp_path / "a.gif", gif), box) == [["1Z5W30Y90359420000"]]


def test_a_pdf_gives_a_page_each_in_order_blank_ones_too(tmp_path: Path, box: Sandbox) -> None:
    file = make.label_pdf(tmp_path / "labels.pdf", 4)
    pages = list(read_pages(file, sandbox=box))
    assert [page.page for page in pages] == [1, 2, 3, 4]
    assert {page.pages for page in pages} == {4}
    assert [[code.payload for code in page.barcodes] for page in pages] == [
        ["1Z5W30Y90359420000"],
        [],
        ["1Z5W30Y90359420002"],
        ["1Z5W30Y90359420003"],
    ]


def test_readings_say_where_they_come_from(tmp_path: Path, box: Sandbox) -> None:
    page = read_file(written(tmp_path / "a.png", make.saved(make.label(), "PNG")), sandbox=box)[0]
    assert page.barcodes == (Barcode(Symbology.CODE128, NUMBER, "zxing"),)
    assert isinstance(page.readings[0], Reading)
    assert page.readings[0].source is ReadingSource.FILE
    assert (page.readings[0].device, page.readings[0].engine) == ("a.png", "zxing")
    assert page.readings[0].read_at.utcoffset() is not None
    assert page.ms >= 0


@pytest.mark.parametrize("angle", [7, 17, 33, 45, 58, 76, 90, 180, 251])
def test_a_turned_label_is_read_at_any_angle(angle: int, tmp_path: Path, box: Sandbox) -> None:
    turned = make.label().rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert payloads(written(tmp_path / "t.png", make.saved(turned, "PNG")), box) == [[NUMBER]]


def test_a_code_too_small_for_the_first_look_is_read_from_a_finer_one(tmp_path: Path, box: Sandbox) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "small.pdf"), pagesize=(288, 432))
    bars = np.asarray(draw("Code128", NUMBER))[0]
    for column in np.flatnonzero(bars == 0):
        canvas.rect(20.13 + column * 0.45, 100, 0.45, 30, stroke=0, fill=1)  # six mil: 1.25 pixels at 200 dpi
    canvas.save()
    assert payloads(tmp_path / "small.pdf", box) == [[NUMBER]]


def test_the_caller_decides_when_a_page_holds_what_it_looks_for(tmp_path: Path, box: Sandbox) -> None:
    # GIVEN a label whose routing code stands upright and whose tracking code is turned
    sheet = Image.new("L", (1000, 1100), 255)
    sheet.paste(make.label("420941037705").crop((0, 0, 500, 260)), (0, 0))
    sheet.paste(make.label().rotate(30, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC), (20, 270))
    file = written(tmp_path / "both.png", make.saved(sheet, "PNG"))
    asked: list[int] = []

    def accept(readings: tuple[Reading, ...]) -> bool:
        asked.append(len(readings))
        return any(one.raw == NUMBER for one in readings)

    # WHEN the caller wants more than the routing code, THEN the turned one is found too
    page = read_file(file, accept_page=accept, sandbox=box)[0]
    assert {code.payload for code in page.barcodes} == {"420941037705", NUMBER}
    assert asked == [1, 2]
    # and a caller who is content is not kept waiting
    plain = read_file(file, accept_page=lambda _: True, sandbox=box)[0]
    assert [code.payload for code in plain.barcodes] == ["420941037705"]


def test_each_bad_file_has_its_own_reason(tmp_path: Path, box: Sandbox) -> None:
    png, jpeg = make.saved(make.label(), "PNG"), make.saved(make.label(), "JPEG")
    bad = {
        "file_missing": tmp_path / "none.png",
        "file_empty": written(tmp_path / "empty.png", b""),
        "file_not_a_picture": written(tmp_path / "note.png", b"Dear Sir or Madam,\n"),
        "image_too_large": written(tmp_path / "huge.png", make.png_header(20_000, 10_000)),
        "file_not_regular": tmp_path,
    }
    assert {code: refusal(path, box) for code, path in bad.items()} == {code: code for code in bad}
    for name, data in {
        "cut.png": png[: len(png) // 2],
        "cut.jpg": jpeg[: len(jpeg) // 2],
        "head.png": png[:20],
        "crc.png": png[:60] + bytes([png[60] ^ 255]) + png[61:],
        "cut.pdf": make.label_pdf(tmp_path / "whole.pdf").read_bytes()[:300],
        "no-pages.pdf": make.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        "only-head.pdf": b"%PDF-1.7\n",
        "head.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    }.items():
        assert refusal(written(tmp_path / name, data), box) == "file_damaged", name


def test_the_size_of_a_picture_is_told_and_nothing_is_decoded(tmp_path: Path, box: Sandbox) -> None:
    file = written(tmp_path / "huge.png", make.png_header(20_000, 10_000))
    with pytest.raises(MailroomError) as caught:
        read_file(file, sandbox=box)
    assert (caught.value.facts["megapixels"], caught.value.facts["limit"]) == (200, 50)


def test_a_two_hundred_megapixel_frame_hidden_behind_a_small_one_is_refused(tmp_path: Path, box: Sandbox) -> None:
    small = make.label().convert("1")
    tiff = make.saved(
        small, "TIFF", save_all=True, append_images=[Image.new("1", (20_000, 10_000))], compression="group4"
    )
    file = written(tmp_path / "two.tif", tiff)
    pages = read_pages(file, sandbox=box)
    assert [code.payload for code in next(pages).barcodes] == [NUMBER]
    with pytest.raises(MailroomError) as caught:
        next(pages)
    assert caught.value.code == "image_too_large"


def test_locked_pdfs_say_so_and_those_that_open_are_read(tmp_path: Path, box: Sandbox) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = make.label_pdf(tmp_path / "l.pdf", encrypt=StandardEncryption("secret", "owner"))
    assert refusal(locked, box) == "file_encrypted"
    open_to_read = make.label_pdf(tmp_path / "o.pdf", encrypt=StandardEncryption("", "owner"))
    assert payloads(open_to_read, box) == [["1Z5W30Y90359420000"]]


def test_a_bomb_of_a_kilobyte_is_refused_and_the_parent_does_not_grow(tmp_path: Path, box: Sandbox) -> None:
    bomb = written(tmp_path / "bomb.pdf", make.bomb_pdf(256 << 20))
    assert bomb.stat().st_size < 1200
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(bomb, box) == "file_too_costly"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024  # kilobytes
    # THEN the next file is read as if nothing had happened
    assert payloads(written(tmp_path / "a.png", make.saved(make.label(), "PNG")), box) == [[NUMBER]]


def test_pdfs_of_odd_shapes_are_drawn_or_refused_but_never_hang(tmp_path: Path, box: Sandbox) -> None:
    wide = make.page_pdf(b"0 0 100 100 re f", b"", box=b"0 0 1036800 1036800")
    assert payloads(written(tmp_path / "wide.pdf", wide), box) == [[]]
    loop = make.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>",
        ]
    )
    assert refusal(written(tmp_path / "loop.pdf", loop), box) == "file_damaged"
    many = make.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[" + b"3 0 R " * 2001 + b"]/Count 2001>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )
    assert refusal(written(tmp_path / "many.pdf", many), box) == "too_many_pages"


def test_only_ordinary_files_are_opened(tmp_path: Path, box: Sandbox) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    target = written(outside / "a.png", make.saved(make.label(), "PNG"))
    (inside / "leads-out.png").symlink_to(target)
    (inside / "up.png").symlink_to("../out/a.png")
    os.mkfifo(inside / "pipe.png")
    for name in ("leads-out.png", "up.png", "pipe.png"):
        assert refusal(inside / name, box) == "file_not_regular", name
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(inside / "ear"))
        assert refusal(inside / "ear", box) == "file_not_regular"
    for device in ("/dev/zero", "/dev/null"):
        assert refusal(Path(device), box) == "file_not_regular"
    # a link to a neighbour is harmless
    written(inside / "b.png", target.read_bytes())
    (inside / "neighbour.png").symlink_to("b.png")
    assert payloads(inside / "neighbour.png", box) == [[NUMBER]]
    (inside / "dangling.png").symlink_to("gone.png")
    assert refusal(inside / "dangling.png", box) == "file_missing"
    assert refusal(target / "below", box) == "file_missing"
    assert refusal(tmp_path / ("x" * 300), box) == "file_not_readable"
    assert refusal(tmp_path / "nul\0.png", box) == "file_not_readable"


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path, box: Sandbox) -> None:
    sparse = tmp_path / "large.pdf"
    with sparse.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(100 * 1024 * 1024 + 1)
    assert refusal(sparse, box) == "file_too_large"


def test_a_file_that_changed_between_two_reads_is_read_anew(tmp_path: Path, box: Sandbox) -> None:
    file = written(tmp_path / "a.png", make.saved(make.label("1Z5W30Y90359420001"), "PNG"))
    assert payloads(file, box) == [["1Z5W30Y90359420001"]]
    written(file, make.saved(make.label("1Z5W30Y90359420002"), "PNG"))
    assert payloads(file, box) == [["1Z5W30Y90359420002"]]


def test_names_with_every_sort_of_character_are_opened(tmp_path: Path, box: Sandbox) -> None:
    for name in ("étiquette №1.png", "a\nb.png", "‮gpj.png", os.fsdecode(b"\xff\xfe.png")):
        assert payloads(written(tmp_path / name, make.saved(make.label(), "PNG")), box) == [[NUMBER]]


def test_without_a_sandbox_of_the_callers_one_is_made_for_the_file(tmp_path: Path) -> None:
    file = written(tmp_path / "a.png", make.saved(make.label(), "PNG"))
    assert read_file(str(file))[0].barcodes[0].payload == NUMBER
