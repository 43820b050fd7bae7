"""Proof-of-delivery reports: one shipment's, or up to a thousand in one paper or in files of their own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.operator import Operator
from mailroom.domain.papers import PaperHead, ProofBatch
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper
from mailroom.reports.batch import watch
from mailroom.services import issuing
from mailroom.services.desk import Desk
from mailroom.services.proof_press import ProofPress, proof_press
from mailroom.services.writing import Write, ignore_progress, never_cancelled

MOST = 1000  # reports in one paper
_AT_ONCE = 25  # shipments read between two looks at whether to stop


@dataclass(frozen=True, slots=True)
class ProofOrder:
    """What is asked for: the shipments in the order printed, why, how they were chosen, and what has no report."""

    shipment_ids: tuple[str, ...]
    purpose: str = ""
    chosen: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    asked_by: str = ""
    needed_by: str = ""

    @property
    def why(self) -> dict[str, str]:
        """The purpose note, as issuing takes it."""
        return {"purpose": self.purpose, "asked_by": self.asked_by, "needed_by": self.needed_by}


def issue_proof(
    desk: Desk,
    who: Operator,
    order: ProofOrder,
    write: Write,
    progress: Callable[[int, int], None] = ignore_progress,
    cancelled: Callable[[], bool] = never_cancelled,
) -> tuple[Document, bytes]:
    """One paper: a plain report for one shipment, else a batch with contents.

    Raises `shipment_unknown`, `no_shipment_chosen`, `too_many_shipments`, `stopped`.
    """
    ids = _chosen(order)
    office, kind = issuing.office_head(desk), DocumentKind.PROOF_OF_DELIVERY
    with proof_press(desk, who, len(ids)) as press:
        about = _read(press, ids, progress, cancelled)

        def render(head: PaperHead) -> RenderedPaper:
            if len(ids) == 1 and not order.left_out:
                return press.report(0, head, office)
            total = press.begin(ProofBatch(head, office, (), order.chosen, order.left_out))
            watch(total, press.step, head.number, progress, cancelled)
            return press.finish()

        return issuing.issue(desk, who, kind, about, render, write, **order.why)


def issue_separately(
    desk: Desk,
    who: Operator,
    order: ProofOrder,
    write: Write,
    progress: Callable[[int, int], None] = ignore_progress,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Iterator[tuple[Document, bytes]]:
    """A paper for each shipment, each at once when it is issued, then one that lists them with their fingerprints.

    Stopped between two, those before are issued and on record, and the list of them still comes.
    """
    ids = _chosen(order)
    office, kind = issuing.office_head(desk), DocumentKind.PROOF_OF_DELIVERY
    made: list[Document] = []
    with proof_press(desk, who, len(ids)) as press:
        about = _read(press, ids, progress, never_cancelled)

        def one(head: PaperHead) -> RenderedPaper:
            return press.report(len(made), head, office)

        def contents(head: PaperHead) -> RenderedPaper:
            files = tuple((f"{document.number}.pdf", document.sha256) for document in made)
            press.begin(ProofBatch(head, office, (), order.chosen, order.left_out, files))
            return press.finish()

        for shipment in about:
            progress(len(made), len(ids))
            if cancelled():
                break
            document, pdf = issuing.issue(desk, who, kind, [shipment], one, write, **order.why)
            made.append(document)
            yield document, pdf
        if not made:
            raise MailroomError("stopped", number="")
        yield issuing.issue(desk, who, kind, about[: len(made)], contents, write, **order.why)
    progress(len(ids), len(ids))


def _chosen(order: ProofOrder) -> tuple[str, ...]:
    """The shipments, each once."""
    ids = tuple(dict.fromkeys(order.shipment_ids))
    if not ids:
        raise MailroomError("no_shipment_chosen")
    if len(ids) > MOST:
        raise MailroomError("too_many_shipments", count=len(ids), limit=MOST)
    return ids


def _read(
    press: ProofPress, ids: Sequence[str], progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> list[issuing.Subject]:
    """Have all of them read, some at a time."""
    found: list[issuing.Subject] = []
    while len(found) < len(ids):
        progress(0, len(ids))
        found += [issuing.Subject(*one) for one in press.read(ids[len(found) : len(found) + _AT_ONCE])]
        if cancelled():
            raise MailroomError("stopped", number="")
    return found


def path_of(desk: Desk) -> Callable[[str], str]:
    """Where the file of a SHA-256 lies."""
    return lambda sha256: str(desk.store.blobs.path(sha256))
