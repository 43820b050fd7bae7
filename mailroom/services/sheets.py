"""Data sheets about a shipment, and the report that closes a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.operator import Operator
from mailroom.domain.papers import PaperHead
from mailroom.domain.register import ShipmentFilter, ShipmentRow
from mailroom.domain.sheets import ChainHead, DayEnd, DayLine, SheetKind, ShipmentSheet, grouped_lines, summed
from mailroom.reports import RenderedPaper, render_day_end, render_shipment_sheet
from mailroom.services import issuing
from mailroom.services.desk import Desk
from mailroom.services.papers import IssuedPaper
from mailroom.services.rights import demand
from mailroom.services.shipments import Shipments
from mailroom.services.writing import Write, at_once
from mailroom.store import audit

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
        )
