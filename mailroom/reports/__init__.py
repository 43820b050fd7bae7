"""Papers: frozen values in, PDF bytes out. The libraries are imported when the first paper is rendered."""

from collections.abc import Callable
from dataclasses import dataclass

from mailroom.domain.papers import ClaimPacket, ProofOfDelivery


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished paper: the file, its fingerprint, that of the record attached to it, and its number of pages."""

    pdf: bytes
    sha256: str
    record_sha256: str
    pages: int


def render_proof_of_delivery(value: ProofOfDelivery, blobs: Callable[[str], bytes]) -> RenderedPaper:
    """The proof-of-delivery report; `blobs` gives an attached file's bytes by its SHA-256."""
    from mailroom.reports.proof import render

    return render(value, blobs)


def render_claim_packet(value: ClaimPacket, blobs: Callable[[str], bytes]) -> RenderedPaper:
    """The claim packet that goes to the carrier, exhibits included."""
    from mailroom.reports.claim_packet import render

    return render(value, blobs)


def render_claim_internal(value: ClaimPacket) -> RenderedPaper:
    """The page that stays in the office: what to keep, the dates with how sure each rule is, what is still open."""
    from mailroom.reports.claim_internal import render

    return render(value)
