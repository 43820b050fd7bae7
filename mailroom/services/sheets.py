"""Data sheets about a shipment, and the report that closes a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.operator import Operator
from mailroom.domain.papers import PaperHead
from mailroom.domain.register import ShipmentFilter, ShipmentRow
from mailroom.domain.sheets import (
    ChainHead,
    DayEnd,
    DayLine,
    ProofRequest,
    ProofWanted,
    RunManifest,
    SheetKind,
    ShipmentSheet,
    grouped_lines,
    summed,
)
from mailroom.errors import MailroomError
from mailroom.reports import (
    RenderedPaper,
    render_day_end,
    render_proof_request,
    render_run_manifest,
    render_shipment_sheet,
)
from mailroom.services import issuing
from mailroom.services.books import pieces_of_run
from mailroom.services.desk import Desk
from mailroom.services.papers import IssuedPaper
from mailroom.services.rights import demand
from mailroom.services.shipments import Shipments
from mailroom.services.writing import Write, at_once
from mailroom.store import audit
from mailroom.store.documents import unused_numbers

_KINDS = {SheetKind.SEARCH: DocumentKind.SEARCH_SHEET, SheetKind.CUSTOMS: DocumentKind.CUSTOMS_SHEET}


@dataclass(frozen=True, slots=True)
class Sheets:
    """Use cases of data sheets."""

    desk: Desk

    def issue(self, who: Operator, shipment_id: str, kind: SheetKind, *, write: Write = at_once) -> IssuedPaper:
        """The data of one shipment for somebody else's form. Raises `shipment_unknown`."""
        demand(who, "sheets.issue")
        detail = Shipments(self.desk).get(who, shipment_id)

        def render(head: PaperHead) -> RenderedPaper:
            office = issuing.office_head(self.desk)
            value = ShipmentSheet(head, office, kind, detail.row, detail.events, detail.attachments)
            return render_shipment_sheet(value)

        return IssuedPaper(*issuing.issue(self.desk, who, _KINDS[kind], (detail.row.shipment,), render, write))

    def ask_for_proof(
        self,
        who: Operator,
        shipment_id: str,
        wanted: Sequence[ProofWanted],
        *,
        account: str = "",
        purpose: str = "",
        asked_by: str = "",
        needed_by: str = "",
        write: Write = at_once,
    ) -> IssuedPaper:
        """A request to the carrier for the proof of a delivery. Raises `shipment_unknown`, `nothing_asked_for`."""
        demand(who, "sheets.ask_for_proof")
        kinds = tuple(one for one in ProofWanted if one in wanted)
        if not kinds:
            raise MailroomError("nothing_asked_for")
        detail = Shipments(self.desk).get(who, shipment_id)

        def render(head: PaperHead) -> RenderedPaper:
            office = issuing.office_head(self.desk)
            value = ProofRequest(head, office, detail.row, kinds, account, detail.events, detail.attachments)
            return render_proof_request(value)

        about, kind = (detail.row.shipment,), DocumentKind.PROOF_REQUEST
        why = {"purpose": purpose, "asked_by": asked_by, "needed_by": needed_by}
        return IssuedPaper(*issuing.issue(self.desk, who, kind, about, render, write, **why))

    def run_manifest(self, who: Operator, run: str, *, handed_to: str = "", write: Write = at_once) -> IssuedPaper:
        """Every piece of a run, by its name. Raises `run_not_found`, `run_empty`."""
        demand(who, "sheets.run_manifest")
        rows = pieces_of_run(self.desk, who, run)

        def render(head: PaperHead) -> RenderedPaper:
            office, day = issuing.office_head(self.desk), issuing.today(self.desk)
            return render_run_manifest(RunManifest(head, office, run.strip(), day, rows, handed_to))

        about = [one.shipment for one in rows]
        return IssuedPaper(*issuing.issue(self.desk, who, DocumentKind.RUN_MANIFEST, about, render, write))

    def day_end(self, who: Operator, day: date | None = None, *, write: Write = at_once) -> IssuedPaper:
        """What was put on record on a day (default: today), with the ends of the log's chains."""
        demand(who, "sheets.day_end")
        chosen = day or issuing.today(self.desk)
        rows = self._rows(who, chosen)

        def render(head: PaperHead) -> RenderedPaper:
            return render_day_end(self._day_end(head, chosen, rows))

        issued: tuple[Document, bytes] = issuing.issue(self.desk, who, DocumentKind.DAY_END, (), render, write)
        return IssuedPaper(*issued)

    def _rows(self, who: Operator, day: date) -> tuple[ShipmentRow, ...]:
        begin = datetime.combine(day, time(), self.desk.in_force.zone)
        end = datetime.combine(day + timedelta(days=1), time(), self.desk.in_force.zone)
        wanted = ShipmentFilter(recorded_from=begin.astimezone(UTC), recorded_to=end.astimezone(UTC))
        return Shipments(self.desk).find(who, wanted, limit=0).rows

    def _day_end(self, head: PaperHead, day: date, rows: tuple[ShipmentRow, ...]) -> DayEnd:
        def by(name: Callable[[ShipmentRow], str]) -> tuple[DayLine, ...]:
            return grouped_lines((name(one), one.shipment.postage) for one in rows)

        with self.desk.store.read() as connection:
            heads = [(desk, audit.head(connection, desk)) for desk in audit.desks(connection)]
            unused = [one.number for one in reversed(unused_numbers(connection)) if one.number != head.number]
        return DayEnd(
            head=head,
            office=issuing.office_head(self.desk),
            day=day,
            by_carrier=by(lambda one: one.shipment.carrier),
            by_department=by(lambda one: one.department),
            by_run=by(lambda one: one.run),
            by_meter=by(lambda one: one.meter),
            total=DayLine("", len(rows), summed(one.shipment.postage for one in rows)),
            without_postage=sum(1 for one in rows if not one.shipment.postage.mills),
            chain=tuple(ChainHead(desk, end.seq, end.hash) for desk, end in heads),
            unused=tuple(unused),
        )
