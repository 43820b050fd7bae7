"""Bad files for a packet, by the ids of `tests/data/bad_inputs.csv`: refused by name, or shown harmless, never half."""

import errno
import io
import os
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from mailroom.domain.claims import ClaimKind
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import PieceFields
from mailroom.errors import MailroomError
from mailroom.reports.foreign import MAX_PAGES
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.services.papers import ClaimDraft, IssuedPaper, PaperState
from mailroom.store import open_store
from mailroom.wording.errors import error_remedy, error_text

DESK = "0192f0c0-0000-7000-8000-00000000d35c"
PRIORITY = "9405511899223197428490"


@pytest.fixture
def office(tmp_path: Path, clock: Callable[[], Any]) -> Iterator[Office]:
    store = open_store("", profile=tmp_path / "profile")
    desk = open_desk(store, clock)
    yield make_office(desk, operator_of_profile(desk, DESK, "A", "M. Vega"))
    store.close()


@pytest.fixture
def shipment_id(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> str:
    fields = PieceFields(insured_value=Money(100_000), contents="Harlow mount, black", service="Priority Mail")
    done = office.intake.record(who, read(PRIORITY), fields)
    assert done.row is not None
    return done.row.shipment.id


def pdf(pages: int = 1, **save: Any) -> bytes:
    made = pikepdf.Pdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=(612, 792))
    return saved(made, **save)


def saved(made: pikepdf.Pdf, **save: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream, **save)
    return stream.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (120, 80), **save: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, kind, **save)
    return stream.getvalue()


def huge() -> bytes:
    """A PNG of 144 megapixels in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def loop() -> bytes:
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    made.Root.Pages.Kids = Array([made.Root.Pages])
    return saved(made)


def packet(office: Office, who: Operator, shipment_id: str, amount: int = 90_000) -> IssuedPaper:
    return office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(amount)))


def text_of(paper: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        pytest.param("huge.png", huge(), {"image_too_large"}, id="B073"),
        pytest.param("cut.jpg", picture()[:300], {"file_damaged"}, id="B074"),
        pytest.param("flag.gif", b"GIF89a" + bytes(60), {"file_not_a_picture"}, id="B077"),
        pytest.param("loop.pdf", loop(), {"file_damaged", "too_many_pages"}, id="B082"),
        pytest.param("5000.pdf", pdf(MAX_PAGES + 1), {"too_many_pages"}, id="B082-pages"),
        pytest.param(
            "locked.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), {"file_encrypted"}, id="B083"
        ),
        pytest.param("empty.jpg", b"", {"file_empty"}, id="B085"),
    ],
)
def test_a_file_is_refused_by_name_and_the_packet_says_what_is_missing(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, name: str, data: bytes, codes: set[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(MailroomError) as refused:
        office.attachments.attach(who, shipment_id, path, role=AttachmentRole.PROOF_OF_VALUE)
    assert refused.value.code in codes
    assert name in error_text(refused.value)
    assert error_remedy(refused.value)
    # the rest of the packet is made; before its window, with its gaps
    paper = packet(office, who, shipment_id)
    assert {"claim_documents_missing", "claim_window_not_open"} <= {one.code for one in paper.gaps}
    assert "Proof of value is not enclosed" in text_of(paper.pdf)


@pytest.mark.parametrize("bad", [pytest.param("folder", id="B085-folder"), "pipe", "device", "link"])
def test_what_is_no_file_is_not_opened(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, bad: str
) -> None:
    path = tmp_path / "thing"
    if bad == "folder":
        path.mkdir()
    elif bad == "pipe":
        os.mkfifo(path)
    elif bad == "link":
        (tmp_path / "photo.png").write_bytes(b"\x89PNG")
        path.symlink_to(tmp_path / "photo.png")
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(MailroomError) as refused:
        office.attachments.attach(who, shipment_id, path)
    assert refused.value.code in ("file_not_regular", "file_not_readable")


@pytest.mark.parametrize("bad", ["B076"])
def test_a_camera_tells_nothing_but_the_picture(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, bad: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (51.0, 28.0, 38.0)}
    path = tmp_path / f"{bad}.jpg"
    path.write_bytes(picture(size=(400, 200), exif=exif))
    kept = office.attachments.attach(who, shipment_id, path, role=AttachmentRole.DAMAGE_PHOTO)
    paper = packet(office, who, shipment_id)
    assert office.attachments.read(who, kept) == path.read_bytes()
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        images = [one for page in opened.pages for one in page.get_images().values()]
        shown = [pikepdf.PdfImage(one) for one in images if int(one.Width) >= 100]
        assert [(one.width < one.height) for one in shown] == [True]  # upright, as it was held
        assert all(b"Exif" not in bytes(one.read_raw_bytes()) for one in images)


@pytest.mark.parametrize("bad", ["B079", "B080"])
def test_what_a_pdf_could_do_does_not_come_into_the_packet(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, bad: str
) -> None:
    made = pikepdf.Pdf.new()
    made.add_blank_page(page_size=(612, 792))
    if bad == "B079":
        acts = [Dictionary(S=Name.Launch, F=pikepdf.String("calc.exe")), Dictionary(S=Name.SubmitForm)]
        made.Root.OpenAction = acts[0]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=acts[1])
        made.pages[0].obj.Annots = made.make_indirect(Array([link]))
    else:
        made.attachments["evil.exe"] = b"MZ evil"
        made.Root.AcroForm = Dictionary(XFA=pikepdf.String("<x/>"), Fields=Array())
    path = tmp_path / "invoice.pdf"
    path.write_bytes(saved(made))
    office.attachments.attach(who, shipment_id, path, role=AttachmentRole.PROOF_OF_VALUE)
    with pikepdf.open(io.BytesIO(packet(office, who, shipment_id).pdf)) as opened:
        assert list(opened.attachments) == ["record.json"]
        whole = b"".join(repr(one).encode() for one in opened.objects)
    for word in (b"Launch", b"SubmitForm", b"calc.exe", b"XFA", b"evil"):
        assert word not in whole


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("invoice\u202efdp.jpg", "invoicefdp.jpg", id="B088"),
        pytest.param("..\\..\\x.jpg", "x.jpg", id="B086"),
        pytest.param("a\nb\x1b.jpg", "ab.jpg", id="B088-line"),
    ],
)
def test_a_name_is_only_shown(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, name: str, shown: str
) -> None:
    path = tmp_path / name
    path.write_bytes(picture())
    kept = office.attachments.attach(who, shipment_id, path)
    assert (kept.name, kept.media_type) == (shown, "image/jpeg")
    assert office.papers.desk.store.blobs.path(kept.sha256).is_relative_to(tmp_path / "profile")


@pytest.mark.parametrize("bad", ["B089"])
def test_the_same_photo_is_stored_once(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, bad: str
) -> None:
    path = tmp_path / f"{bad}.jpg"
    path.write_bytes(picture())
    blobs = tmp_path / "profile" / "blobs"
    first, second = (office.attachments.attach(who, shipment_id, path) for _time in range(2))
    assert first.sha256 == second.sha256
    assert len([one for one in blobs.rglob("*") if one.is_file()]) == 1
    assert len(office.shipments.get(who, shipment_id).attachments) == 2


@pytest.mark.parametrize("bad", ["B091"])
def test_a_file_that_is_gone_is_said_in_the_packet_and_by_the_check(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, bad: str
) -> None:
    path = tmp_path / f"{bad}.pdf"
    path.write_bytes(pdf(2))
    kept = office.attachments.attach(who, shipment_id, path, role=AttachmentRole.PROOF_OF_VALUE)
    office.papers.desk.store.blobs.path(kept.sha256).unlink()
    paper = packet(office, who, shipment_id, amount=120_000)
    told = text_of(paper.pdf)
    assert f"{bad}.pdf, cannot be shown here" in told
    assert kept.sha256[:32] in told
    assert "claim_over_cover" in {one.code for one in paper.gaps}
    assert "file_gone" in {one.code for one in office.safety.check(who)}


@pytest.mark.parametrize("bad", ["B092"])
def test_a_disk_that_goes_away_leaves_no_half_file(
    office: Office, who: Operator, shipment_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    path = tmp_path / f"{bad}.jpg"
    path.write_bytes(picture())

    def gone(_descriptor: int) -> None:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(os, "fsync", gone)
    with pytest.raises((MailroomError, OSError)):
        office.attachments.attach(who, shipment_id, path)
    monkeypatch.undo()
    assert office.shipments.get(who, shipment_id).attachments == ()
    assert [one for one in (tmp_path / "profile" / "blobs").rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("bad", ["B134"])
def test_a_paper_that_was_changed_is_told(
    office: Office, who: Operator, shipment_id: str, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", f"a passphrase {bad}")
    paper = office.papers.issue_proof_of_delivery(who, [shipment_id])
    assert paper.signed
    with pikepdf.open(io.BytesIO(paper.pdf)) as opened:
        opened.add_blank_page()
        changed = saved(opened)
    assert office.papers.verify(who, changed).state is PaperState.CHANGED
    assert office.papers.verify(who, paper.pdf + b"\n% more").state is PaperState.APPENDED
