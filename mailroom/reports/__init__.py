"""Papers: frozen values in, PDF bytes out. The libraries are imported when the first paper is rendered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailroom.domain.bench_sheets import BadgeCard, BenchSheet
    from mailroom.domain.digest import AttentionDigest
    from mailroom.domain.labels import InternalLabel, LabelSheet
    from mailroom.domain.mailing_book import MailingBook
    from mailroom.domain.papers import ClaimList, ClaimPacket, ProofBatch, ProofOfDelivery
    from mailroom.domain.sheets import DayEnd, ProofRequest, RunManifest, ShipmentSheet


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished paper: the file, its fingerprint, that of the record attached to it, and its number of pages."""

    pdf: bytes
    sha256: str
    record_sha256: str
    pages: int


def render_proof_of_delivery(value: "ProofOfDelivery", blobs: Callable[[str], bytes]) -> RenderedPaper:
    """The proof-of-delivery report; `blobs` gives an attached file's bytes by its SHA-256."""
    from mailroom.reports.proof import render

    return render(value, blobs)


def render_proof_batch(
    value: "ProofBatch",
    paths: Callable[[str], str],
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RenderedPaper:
    """Many reports with contents in one paper; `paths` gives where an attached file of a SHA-256 lies.

    More than twenty are made in a child process with limits. Raises MailroomError `stopped` once `cancelled` says so.
    """
    from mailroom.reports.batch import render

    return render(value, paths, progress, cancelled)


def render_shipment_sheet(value: "ShipmentSheet") -> RenderedPaper:
    """Data of one shipment for somebody else's form."""
    from mailroom.reports.shipment_sheet import render

    return render(value)


def render_proof_request(value: "ProofRequest") -> RenderedPaper:
    """A letter to a carrier that asks for the proof of a delivery."""
    from mailroom.reports.proof_request import render

    return render(value)


def render_run_manifest(value: "RunManifest") -> RenderedPaper:
    """Every piece of a run, by carrier."""
    from mailroom.reports.run_manifest import render

    return render(value)


def render_day_end(value: "DayEnd") -> RenderedPaper:
    """What a day came to, and where the log ends."""
    from mailroom.reports.day_end import render

    return render(value)


def render_digest(value: "AttentionDigest") -> RenderedPaper:
    """The work list of a day."""
    from mailroom.reports.digest import render

    return render(value)


def render_mailing_book(value: "MailingBook") -> RenderedPaper:
    """The mailing book of a run, eight lines a sheet."""
    from mailroom.reports.mailing_book import render

    return render(value)


def render_claim_packet(value: "ClaimPacket", blobs: Callable[[str], bytes], *, fineness: float = 1.0) -> RenderedPaper:
    """The claim packet that goes to the carrier, exhibits included; pictures of less `fineness` make it smaller."""
    from mailroom.reports.claim_packet import render

    return render(value, blobs, fineness)


def render_claim_internal(value: "ClaimPacket") -> RenderedPaper:
    """The page that stays in the office: what to keep, the dates with how sure each rule is, what is still open."""
    from mailroom.reports.claim_internal import render

    return render(value)


def render_claim_list(value: "ClaimList") -> RenderedPaper:
    """Claims that are sent together, or the book of all of them."""
    from mailroom.reports.claim_list import render

    return render(value)


def label_places(sheet: "LabelSheet") -> int:
    """How many labels a sheet has."""
    from mailroom.reports.internal_label import places

    return places(sheet)


def render_internal_labels(labels: "Sequence[InternalLabel]", sheet: "LabelSheet", first: int, language: str) -> bytes:
    """Labels of our own on as many sheets as they need, beginning at place `first` (from 1) of the first one."""
    from mailroom.reports.internal_label import render
    from mailroom.wording import in_language

    with in_language(language):
        return render(labels, sheet, first)


def render_bench_sheet(value: "BenchSheet") -> bytes:
    """The command bar codes of an office, grouped, with words and symbols."""
    from mailroom.reports.bench_sheet import render
    from mailroom.wording import in_language

    with in_language(value.language):
        return render(value)


def render_badges(cards: "Sequence[BadgeCard]", office: str, page_size: str, language: str) -> bytes:
    """Badges as cards to cut out."""
    from mailroom.reports.bench_sheet import render_cards
    from mailroom.wording import in_language

    with in_language(language):
        return render_cards(cards, office, page_size)


def render_scanner_sheet(payloads: Sequence[str], page_size: str, language: str) -> bytes:
    """The set-up sheet: bar codes that teach Mailroom a scanner, in the order to read them."""
    from mailroom.reports.scanner_sheet import render
    from mailroom.wording import in_language

    with in_language(language):
        return render(payloads, page_size)
