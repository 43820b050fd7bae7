"""Papers are PDF/A: an outside validator passes the A-1b profile of their pages; what A-3 adds is looked at here."""

import io
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.mailing_book import MailingBook, book_line, parts_of
from mailroom.domain.papers import OfficeHead, ProofBatch
from mailroom.domain.sheets import ProofRequest, ProofWanted, RunManifest, SheetKind, ShipmentSheet
from mailroom.reports import (
    render_mailing_book,
    render_proof_batch,
    render_proof_request,
    render_run_manifest,
    render_shipment_sheet,
)

JARS = ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "jaxb-api", "javax.activation")


def metadata(pdf: pikepdf.Pdf) -> str:
    return pdf.Root.Metadata.read_bytes().decode("utf-8")


def as_a1b(paper: bytes) -> bytes:
    """The same pages without what PDF/A-1 does not know: the attached record and packed objects."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        del pdf.Root.AF
        del pdf.Root.Names
        packet = pikepdf.Stream(pdf, metadata(pdf).replace("<pdfaid:part>3<", "<pdfaid:part>1<").encode("utf-8"))
        packet.Type, packet.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = pdf.make_indirect(packet)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.4")
    return target.getvalue()


def preflight(folder: Path, files: dict[str, bytes]) -> set[str]:
    """The names of those that the validator calls valid; one Java process for all."""
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    (folder / "files.txt").write_text("".join(f"{folder / name}.pdf\n" for name in files))
    jars = ":".join(f"/usr/share/java/{name}.jar" for name in JARS)
    command = ["java", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", "batch", str(folder / "files.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if "valid PDF/A-1b file" in line]
    assert len(told) == len(files), done.stdout + done.stderr
    return {line.split()[2].removesuffix(".pdf") for line in told if " is a valid " in line}


def test_an_outside_validator_passes_every_kind_of_page(office: Any, tmp_path: Path) -> None:
    image = office.attach(office.photo("PNG", (300, 100)), AttachmentRole.SIGNATURE_IMAGE, "s.png", source_name="USPS")
    photo = office.attach(office.photo(), AttachmentRole.DAMAGE_PHOTO, "a.jpg")
    proof = office.proof(attachments=(image,), certification="I keep the records.")
    reports = (replace(proof, head=replace(office.head, number="POD-2026-A0031/1")), office.proof())
    batch = render_proof_batch(ProofBatch(office.head, office.office, reports), lambda sha256: "")
    lines = [(one.row.shipment, book_line(one.row.shipment, ())) for one in reports]
    head = replace(office.head, number="BOOK-2026-A0001")
    book = MailingBook(head, office.office, "noon", date(2026, 11, 23), parts_of(lines))
    papers = {
        "proof": office.render(proof).pdf,
        "bare": office.render(office.proof(office=OfficeHead())).pdf,
        "packet": office.render(office.packet(attachments=(photo,))).pdf,
        "batch": batch.pdf,
        "book": render_mailing_book(book).pdf,
        "manifest": render_run_manifest(
            RunManifest(office.head, office.office, "noon", date(2026, 11, 23), (proof.row,) * 3, "R. Delgado")
        ).pdf,
        "request": render_proof_request(
            ProofRequest(office.head, office.office, proof.row, tuple(ProofWanted), "88-1", proof.events)
        ).pdf,
        "sheet": render_shipment_sheet(ShipmentSheet(office.head, office.office, SheetKind.SEARCH, proof.row)).pdf,
    }
    files = {name: as_a1b(paper) for name, paper in papers.items()} | {"control": papers["proof"]}
    assert preflight(tmp_path, files) == set(papers)


def test_what_a3_adds(office: Any) -> None:
    with pikepdf.open(io.BytesIO(office.render(office.proof()).pdf)) as pdf:
        assert "<pdfaid:part>3</pdfaid:part>" in metadata(pdf)
        [attached] = pdf.Root.AF
        assert attached.AFRelationship == Name.Data
        assert (str(attached.F), str(attached.UF)) == ("record.json", "record.json")
        assert attached.EF.F.Subtype == Name("/application/json")
        assert "/ModDate" in attached.EF.F.Params
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
        assert "/Filter" not in pdf.Root.Metadata
        assert pdf.pdf_version >= "1.7"


def test_both_places_say_the_same_of_the_file(office: Any) -> None:
    value = office.proof(office=OfficeHead("Ćwik & <Söhne>"))
    with pikepdf.open(io.BytesIO(office.render(value).pdf)) as pdf:
        packet = metadata(pdf)
        assert str(pdf.docinfo["/Author"]) == "Ćwik & <Söhne>"
        assert "<rdf:li>Ćwik &amp; &lt;Söhne&gt;</rdf:li>" in packet
        assert str(pdf.docinfo["/Title"]) in packet
        assert "<xmp:ModifyDate>2026-11-23T16:05:00+00:00</xmp:ModifyDate>" in packet


def test_a_packet_with_pages_of_others_makes_no_claim(office: Any) -> None:
    invoice = office.attach(office.pdf("an invoice"), AttachmentRole.PROOF_OF_VALUE)
    with pikepdf.open(io.BytesIO(office.render(office.packet(attachments=(invoice,))).pdf)) as pdf:
        assert "pdfaid" not in metadata(pdf)


@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_links_print(office: Any, size: str) -> None:
    value = office.packet(head=replace(office.head, page_size=size))
    with pikepdf.open(io.BytesIO(office.render(value).pdf)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        assert links
        assert all(int(link.F) == 4 for link in links)
