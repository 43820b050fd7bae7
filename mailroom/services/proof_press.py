"""Reports of many shipments, read from the record and printed in a process of its own, so that readings go on.

That process reads the record and writes nothing: numbers, signatures and all that is put on record stay with the
caller. It is started once for all reports of an order; a few, or where the system starts none, are made here.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from mailroom.domain.operator import Operator
from mailroom.domain.papers import OfficeHead, PaperHead, ProofBatch, ProofOfDelivery
from mailroom.domain.register import ShipmentDetail
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, batch, render_proof_of_delivery
from mailroom.reports.record import plain, record_bytes
from mailroom.reports.values import value_of
from mailroom.sandbox import Sandbox
from mailroom.services.desk import Desk, open_desk
from mailroom.services.issuing import part_of
from mailroom.services.shipments import contents_of

_HERE = "mailroom.services.proof_press"
Read = list[tuple[str, str]]  # ids and tracking numbers of shipments


class ProofPress(Protocol):
    """Reads shipments and prints their reports, in the order read."""

    def read(self, ids: Sequence[str]) -> Read:
        """Read more shipments. Raises `shipment_unknown`."""

    def report(self, at: int, head: PaperHead, office: OfficeHead) -> RenderedPaper:
        """A paper about the shipment that was read at this place, counted from 0."""

    def begin(self, order: ProofBatch) -> int:
        """Open a paper about all of them, or about those that have papers of their own; how many it has to print.

        `order` has no reports yet: they are made of what was read.
        """

    def step(self, count: int) -> int:
        """Print up to so many more; how many are printed by then."""

    def finish(self) -> RenderedPaper:
        """The paper that was begun."""


@contextmanager
def proof_press(desk: Desk, who: Operator, count: int) -> Iterator[ProofPress]:
    """A press for so many reports; the process of a large one ends with the block."""
    with batch.child() as box:
        press: ProofPress | None = None
        if count > batch.FEW and desk.store.shared and box.starts():
            with suppress(MailroomError):  # of the store: no place for one more, and here it is open
                press = _PressAside(box, desk, who)
        yield press or PressHere(desk, who)


class PressHere:
    """A press in this process."""

    def __init__(self, desk: Desk, who: Operator) -> None:
        from mailroom.reports.proof_batch import BatchPress

        self._desk, self._who = desk, who
        self._open = BatchPress
        self._details: list[ShipmentDetail] = []
        self._apart: list[ProofOfDelivery] = []  # those that have a paper of their own
        self._under_way: BatchPress | None = None

    def read(self, ids: Sequence[str]) -> Read:
        """As `ProofPress` says."""
        found = contents_of(self._desk, self._who, ids)
        self._details += found
        return [(one.row.shipment.id, one.row.shipment.tracking_number) for one in found]

    def report(self, at: int, head: PaperHead, office: OfficeHead) -> RenderedPaper:
        """As `ProofPress` says."""
        self._apart[at:] = [_value(head, office, self._details[at])]
        return render_proof_of_delivery(self._apart[at], self._desk.store.blobs.read)

    def begin(self, order: ProofBatch) -> int:
        """As `ProofPress` says."""
        reports = self._apart if order.files else self._of_all(order)
        whole = replace(order, reports=tuple(reports))
        record = record_bytes("proof_batch", whole.head.number, whole)
        self._under_way = self._open(whole, record, self._desk.store.blobs.read)
        return self._under_way.to_print

    def step(self, count: int) -> int:
        """As `ProofPress` says."""
        assert self._under_way is not None
        return self._under_way.print_next(count)

    def finish(self) -> RenderedPaper:
        """As `ProofPress` says."""
        assert self._under_way is not None
        return self._under_way.finish()

    def _of_all(self, order: ProofBatch) -> list[ProofOfDelivery]:
        head, office = order.head, order.office
        return [_value(part_of(head, at), office, detail) for at, detail in enumerate(self._details, 1)]


def _value(head: PaperHead, office: OfficeHead, detail: ShipmentDetail) -> ProofOfDelivery:
    return ProofOfDelivery(
        head=head,
        office=office,
        row=detail.row,
        events=detail.events,
        postage_lines=detail.postage_lines,
        attachments=detail.attachments,
    )


class _PressAside:
    """The same in a child process."""

    def __init__(self, box: Sandbox, desk: Desk, who: Operator) -> None:
        self._box = box
        self._name = ""  # of the paper under way, for the sentence of an error
        self._call("open_press", str(desk.store.blobs.folder.parent), desk.store.url, plain(who))

    def _call(self, function: str, *given: Any) -> Any:  # noqa: ANN401 - plain data of any shape
        return self._box.call(f"{_HERE}:{function}", *given, name=self._name)

    def read(self, ids: Sequence[str]) -> Read:
        """As `ProofPress` says."""
        read: Read = self._call("read", list(ids))
        return read

    def report(self, at: int, head: PaperHead, office: OfficeHead) -> RenderedPaper:
        """As `ProofPress` says."""
        self._name = head.number
        return RenderedPaper(**self._call("report", at, plain(head), plain(office)))

    def begin(self, order: ProofBatch) -> int:
        """As `ProofPress` says."""
        self._name = order.head.number
        return int(self._call("begin", plain(order)))

    def step(self, count: int) -> int:
        """As `ProofPress` says."""
        return int(self._call("step", count))

    def finish(self) -> RenderedPaper:
        """As `ProofPress` says."""
        return RenderedPaper(**self._call("finish"))


# --- in the child: the same with plain data ---------------------------------------------------------------------

_presses: list[PressHere] = []


def open_press(profile: str, url: str, who: dict[str, Any]) -> None:
    """Open the record to read; raises MailroomError of the store."""
    from mailroom.store import open_store

    desk = open_desk(open_store(url, profile=Path(profile), create=False))
    _presses[:] = [PressHere(desk, value_of(Operator, who))]
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # many values and hardly a cycle


def read(ids: list[str]) -> Read:
    """As `ProofPress.read`."""
    return _presses[0].read(ids)


def report(at: int, head: dict[str, Any], office: dict[str, Any]) -> dict[str, Any]:
    """As `ProofPress.report`."""
    return _plain(_presses[0].report(at, value_of(PaperHead, head), value_of(OfficeHead, office)))


def begin(order: dict[str, Any]) -> int:
    """As `ProofPress.begin`."""
    return _presses[0].begin(value_of(ProofBatch, order))


def step(count: int) -> int:
    """As `ProofPress.step`."""
    return _presses[0].step(count)


def finish() -> dict[str, Any]:
    """As `ProofPress.finish`."""
    return _plain(_presses[0].finish())


def _plain(paper: RenderedPaper) -> dict[str, Any]:
    return {"pdf": paper.pdf, "sha256": paper.sha256, "record_sha256": paper.record_sha256, "pages": paper.pages}
