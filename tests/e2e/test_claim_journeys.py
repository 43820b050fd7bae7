"""Two claims from beginning to end: a lost insured piece from stalled to paid, and damage with seven photographs."""

import dataclasses
import functools
import io
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mailroom import bootstrap
from mailroom.domain.claim_checklist import CheckState
from mailroom.domain.claim_clock import ClockState
from mailroom.domain.claim_life import Answer, ChecklistAnswer, ClaimState
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.photo_plan import photo_plan, role_of
from mailroom.services.office import Office
from mailroom.wording.claims import shot_caption

PRIORITY = "9405511899223197428490"
UPS = "1Z999AA10123456784"


@pytest.fixture
def office(shell: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office of the shell's profile, with a key to sign papers."""
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", "a passphrase for tests")
    with bootstrap.office(shell.profile, operator="D. Ohara") as opened:
        opened.settings.change_office(opened.operator, name="Halvorsen & Reyes", zone="America/Chicago")
        yield opened


@functools.cache
def noise(size: tuple[int, int]) -> bytes:
    """A picture with enough in it that it does not compress to nothing, as JPEG."""
    target = io.BytesIO()
    Image.effect_noise(size, 30).convert("RGB").save(target, "JPEG", quality=92)
    return target.getvalue()


def photo(path: Path, size: tuple[int, int] = (640, 480)) -> Path:
    """A photograph that is another file than any other: it carries its name as a comment."""
    comment = path.name.encode()
    data = noise(size)
    path.write_bytes(data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + data[2:])
    return path


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_lost_insured_piece_from_stalled_to_paid(shell: Any, office: Office, tmp_path: Path) -> None:
    who, mailed = office.operator, datetime.now(UTC).date() - timedelta(days=20)
    # GIVEN insured Priority Mail whose last event is 16 days old
    recorded = shell.json("record", PRIORITY, "--recipient", "Vantage Audio", "--declared-value", "289.00")
    shipment_id = recorded[0]["shipment"]["id"]
    detail = office.shipments.get(who, shipment_id)
    fields = dataclasses.replace(
        detail.row.shipment.fields,
        service="Priority Mail",
        contents="Harlow HB-40 mount, black, s/n 40-2217",
        insured_value=Money(500_000),
    )
    office.shipments.edit(who, shipment_id, fields, detail.row.shipment.version)
    rows = [
        f"{PRIORITY},accepted,{mailed}T10:00:00-05:00,Cedar Rapids IA,Accepted at USPS,USPS",
        f"{PRIORITY},in_transit,{mailed + timedelta(days=4)}T03:00:00-07:00,Phoenix AZ,Departed,USPS",
    ]
    events = tmp_path / "events.csv"
    events.write_text("tracking_number,status,happened_at,place,text,source\n" + "\n".join(rows), "utf-8")
    shell.json("import", "events", events)
    # AND what needs a person names it: it stalls, and a claim can be filed
    stalled = [one for one in shell.json("alerts") if one["tracking_number"] == PRIORITY]
    assert {"no_movement", "claim_opens"} <= {one["kind"] for one in stalled}
    # WHEN the clock is looked at, it can be filed, by the rule of the mailing day
    clock = office.claims.clock(who, office.shipments.get(who, shipment_id))
    assert clock.state is ClockState.OPEN
    assert clock.window is not None
    assert (clock.window.opens_on, clock.window.last_on) == (mailed + timedelta(days=15), mailed + timedelta(days=60))
    # AND the claim is opened, its papers attached, and what is missing explained
    claim = office.claims.open(who, shipment_id, ClaimKind.LOSS).claim
    for name, role in (("receipt", AttachmentRole.RECEIPT), ("invoice", AttachmentRole.PROOF_OF_VALUE)):
        office.attachments.attach(who, shipment_id, photo(tmp_path / f"{name}.jpg"), role=role)
    why = "Cover was bought online; its record is on the label"
    answers = (ChecklistAnswer(RuleDocument.PROOF_OF_INSURANCE, Answer.MISSING, why),)
    answers += (ChecklistAnswer(RuleDocument.CONTACT_LOG, Answer.MISSING, "The search was opened yesterday"),)
    office.claims.edit(who, claim.id, dataclasses.replace(claim.terms, answers=answers), claim.version)
    view = office.claims.move(who, claim.id, ClaimState.READY)
    assert view.ready
    # THEN the packet is signed, holds what a claim needs, and is what was issued here
    paper = office.claim_papers.packet(who, claim.id)
    packet = tmp_path / "packet.pdf"
    packet.write_bytes(paper.pdf)
    told = text_of(packet)
    for words in (claim.number, "289.00", "s/n 40-2217", "Phoenix AZ", why, "confirm with the carrier", "Exhibit D"):
        assert words in told
    assert subprocess.run(["qpdf", "--check", packet], capture_output=True).returncode == 0
    signed = subprocess.run(["pdfsig", "-nocert", packet], capture_output=True, text=True).stdout
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed
    assert shell.json("verify", packet)[0]["state"] == "issued"
    # AND the claim goes on to its payment, all of it on the timeline of the piece
    office.claims.move(who, claim.id, ClaimState.FILED, reference="USPS-778")
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(f"claim,decision,amount\n{claim.number},paid,289.00\n", "utf-8")
    assert office.claim_batches.decide(who, decisions).moved == 1
    done = office.claims.get(who, claim.id).row.claim
    assert (done.state, done.received, done.reference) == (ClaimState.PAID, Money(289_000), "USPS-778")
    spoken = " ".join(
        one["title"] if "title" in one else one["kind"] for one in shell.json("show", PRIORITY)[0]["events"]
    )
    assert spoken.count("claim") + spoken.count("Claim") >= 5


def test_damage_with_seven_photographs_becomes_pictures_under_a_megabyte(
    shell: Any, office: Office, tmp_path: Path
) -> None:
    who = office.operator
    shipment_id = shell.json("record", UPS, "--recipient", "Ida Brandt")[0]["shipment"]["id"]
    events = tmp_path / "events.csv"
    day = date.today() - timedelta(days=2)  # noqa: DTZ011 - a day that has been, wherever this runs
    events.write_text(f"tracking_number,status,happened_at,text\n{UPS},delivered,{day},Delivered\n", "utf-8")
    shell.json("import", "events", events)
    detail = office.shipments.get(who, shipment_id)
    fields = dataclasses.replace(
        detail.row.shipment.fields, contents="Bellweather lamp L3, brass", declared_value=Money(180_000)
    )
    office.shipments.edit(who, shipment_id, fields, detail.row.shipment.version)
    # GIVEN a claim for damage, which asks for the carrier's seven shots
    claim = office.claims.open(who, shipment_id, ClaimKind.DAMAGE).claim
    plan = photo_plan("ups", ClaimKind.DAMAGE)
    kept = []
    for at, shot in enumerate(plan):
        # WHEN each is taken with a telephone, some of 12 megapixels and one lying on its side
        path = photo(tmp_path / f"IMG_{at:04d}.jpg", (4000, 3000) if at in (0, 1, 3) else (2000, 1500))
        if at == 1:
            with Image.open(path) as picture:
                exif = picture.getexif()
                exif[0x0112] = 6
                picture.save(path, exif=exif, quality=92)
        added = office.attachments.attach(who, shipment_id, path, role=role_of(shot), caption=shot_caption(shot))
        kept.append((shot.value, added.id))
    row = office.claims.edit(who, claim.id, dataclasses.replace(claim.terms, photos=tuple(kept)), claim.version)
    photographs = next(
        one for one in office.claims.get(who, row.claim.id).checklist if one.document is RuleDocument.PHOTOGRAPHS
    )
    assert photographs.state is CheckState.PRESENT
    # THEN the export is pictures alone, in the order of the plan, each under a megabyte
    export = office.claim_papers.export(who, claim.id, tmp_path)
    names = [one.name for one in export.files]
    shots = [name for name in names if name.startswith("E-")]
    assert [name.partition(" ")[0] for name in shots] == [f"E-{at}" for at in range(1, 8)]
    assert all(name.endswith(".jpg") for name in names)
    assert max(one.stat().st_size for one in export.files) < 1_000_000
    with Image.open(export.folder / shots[1]) as picture:
        assert picture.height > picture.width  # upright, as it was held
    with Image.open(export.folder / shots[3]) as picture:
        assert max(picture.size) >= 1100  # the number on the label can still be read


def certified(count: int) -> list[str]:
    """Numbers of certified letters with their check digits."""
    found = []
    for at in range(count):
        body = f"9407{at:017d}"
        odd, even = sum(map(int, body[::-2])), sum(map(int, body[-2::-2]))
        found.append(f"{body}{-(3 * odd + even) % 10}")
    return found


def test_a_court_gets_the_proofs_of_forty_certified_letters(shell: Any, tmp_path: Path) -> None:
    # GIVEN forty certified letters, all but three delivered
    numbers = certified(40)
    shell.json("record", "--run", "Notices", *numbers)
    rows = [
        f"{one},delivered,2026-10-{at % 27 + 1:02d}T10:00:00-05:00,Salem OR,Delivered to agent,USPS"
        for at, one in enumerate(numbers[:37])
    ]
    events = tmp_path / "events.csv"
    events.write_text("tracking_number,status,happened_at,place,text,source\n" + "\n".join(rows), "utf-8")
    shell.json("import", "events", events)
    # WHEN the proofs are asked for, with what they are for
    paper = tmp_path / "pod.pdf"
    why = ("--purpose", "Docket 26-118", "--asked-by", "Superior Court", "--needed-by", "December 4, 2026")
    made = shell.json("pod", *numbers, *why, "--out", paper)[0]
    # THEN one paper holds a contents page and every report with the note
    told = text_of(paper)
    assert "40 reports: a delivery is on record for 37 shipments, none for 3." in told
    assert told.count("Docket 26-118, asked for by Superior Court, needed by December 4, 2026") == 40
    assert all(one in told for one in numbers)
    assert told.count("This is not a proof of delivery.") == 3
    assert subprocess.run(["qpdf", "--check", paper], capture_output=True).returncode == 0
    assert shell.json("verify", paper)[0]["state"] == "issued"
    # AND the note is on the timeline of each letter, and the request to the carrier names what is wanted
    facts = [one for one in shell.json("show", numbers[0])[0]["events"] if one["kind"] == "document"]
    assert made["number"] in str(facts)
    asked = tmp_path / "ask.pdf"
    shell.json("sheet", numbers[39], "--for", "proof", "--want", "signature", *why, "--out", asked)
    assert "1. image of the signature" in text_of(asked)


def test_a_stamped_book_is_scanned_back(shell: Any, tmp_path: Path) -> None:
    # GIVEN the book of a run of ten letters, printed and scanned as pictures
    numbers = certified(10)
    shell.json("record", "--run", "Notices", *numbers)
    book, manifest = tmp_path / "book.pdf", tmp_path / "manifest.pdf"
    made = shell.json("book", "--run", "Notices", "--handed-to", "Main post office", "--out", book)[0]
    shell.json("book", "--run", "Notices", "--manifest", "--out", manifest)
    assert "10 pieces in the run “Notices”" in text_of(manifest)
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", book, tmp_path / "scan"], check=True)
    pages = sorted(tmp_path.glob("scan-*.png"))
    assert len(pages) == 2
    # WHEN the first sheet comes back whole, the second with another count
    first = shell.json("book", "--scanned", pages[0], "--received", "8", "--signed", "--stamped")[0]
    assert (first["book"], first["page"], first["shipments"], first["complete"]) == (made["number"], 1, 8, True)
    second = shell.json("book", "--scanned", pages[1], "--received", "1", "--signed", "--stamped", code=1)[0]
    assert [one["code"] for one in second["gaps"]] == ["sheet_count_differs"]
    # THEN every piece carries its sheet, and its report says what that is worth
    pod = tmp_path / "pod.pdf"
    shell.json("pod", numbers[0], "--out", pod)
    assert "Proof of mailing Stamped mailing book" in text_of(pod)
    shell.json("pod", numbers[9], "--out", pod)
    assert "Stamped mailing book" not in text_of(pod)
