"""The manifest of a run: every piece that is handed over together, by carrier, with sums that add up."""

from collections.abc import Mapping, Sequence

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.register import ShipmentRow
from mailroom.domain.sheets import RunManifest, summed
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.elements import Anchor, Cell, finding, heading, signature_lines, table, together
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.text import bold, italic
from mailroom.reports.words import text
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name
from mailroom.wording.moments import has_mills, money, weekday_and_day

_ROWS = 60  # a longer table is made of several, since splitting one takes the square of its rows


def render(value: RunManifest) -> RenderedPaper:
    """The manifest as PDF."""
    return produce("run_manifest", value, lambda: _titles(value), lambda *given: _story(value, *given), {})


def _titles(value: RunManifest) -> Titles:
    kind = _("Run manifest")
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {value.run}",
        footer=f"{value.head.number} · {value.run}",
        number=value.head.number,
    )


def _story(value: RunManifest, around: Surroundings, _files: Mapping[str, Prepared]) -> list[Flowable]:
    width, language = around.sheet.text_width, value.head.language
    pieces = plural("{n} piece", "{n} pieces", len(value.rows))
    said = _("{pieces} in the run “{run}”; postage {postage}.").format(
        pieces=pieces, run=value.run, postage=_sums(value.rows, language)
    )
    day = weekday_and_day(value.day, language)
    second = _("Printed on {day}. Handed to: {whom}.").format(day=day, whom=value.handed_to or _("not given"))
    story: list[Flowable] = [
        NextPageTemplate("later"),
        Anchor("manifest", _("Run manifest")),
        text(_("Run manifest"), "title"),
        text(
            _("What is handed over together, from our own record. It is no proof that a carrier took it."), "subtitle"
        ),
        Spacer(1, 7),
        finding(said, second, width),
    ]
    groups: dict[str, list[ShipmentRow]] = {}
    for row in value.rows:
        groups.setdefault(row.shipment.carrier, []).append(row)
    for carrier in sorted(groups, key=lambda one: (not one, carrier_name(one))):
        rows = groups[carrier]
        name = carrier_name(carrier) if carrier else _("Carrier not on record")
        count = plural("{n} piece", "{n} pieces", len(rows))
        story += [*heading(f"{name}: {count}", 90), *_tables(rows, language, width)]
    labels = (_("Handed over by"), _("Received by, in ink"), _("Pieces received"), _("Date, time"))
    story += [together([Spacer(1, 44), signature_lines(labels, (0.3, 0.32, 0.18, 0.2), width)]), Spacer(1, 8)]
    return [*story, about(around, value.head.purpose or _("Hand-over of a run."))]


def _tables(rows: Sequence[ShipmentRow], language: str, width: float) -> list[Flowable]:
    share = width / 492
    widths = [26 * share, 112 * share, 154 * share, 92 * share, 48 * share, 60 * share]
    head = [_("No."), _("Number"), _("Addressee"), _("Service"), _("Weight"), _("Postage")]
    mills = has_mills(one.shipment.postage for one in rows)
    story: list[Flowable] = []
    for first in range(0, len(rows), _ROWS):
        cells = [_row(at, one, language, mills=mills) for at, one in enumerate(rows[first : first + _ROWS], first + 1)]
        strong: list[int] = []
        if first + _ROWS >= len(rows):
            total = text(bold(_sums(rows, language)), "cell_right")
            cells.append(["", text(bold(_("Total")), "cell"), "", "", "", total])
            strong = [len(cells) - 1]
        story.append(table(head, cells, widths, right=(4, 5), strong=strong))
    return story


def _row(at: int, row: ShipmentRow, language: str, *, mills: bool) -> list[Cell]:
    shipment, fields = row.shipment, row.shipment.fields
    to = fields.recipient
    place = " ".join(part for part in (to.city, to.region, to.postal_code) if part)
    whom = ", ".join(part for part in (to.name or to.company, place) if part)
    return [
        text(str(at), "cell"),
        text(shipment.shown_number, "mono") if shipment.shown_number else text(italic(_("None")), "cell"),
        text(whom, "cell") if whom else text(italic(_("Not on record")), "cell"),
        text(shipment.service, "cell") if shipment.service else text(italic(_("Not on record")), "cell"),
        text(str(fields.weight) if fields.weight else "\u2013", "cell_right"),
        text(money(shipment.postage, language, mills=mills) if shipment.postage.mills else "\u2013", "cell_right"),
    ]


def _sums(rows: Sequence[ShipmentRow], language: str) -> str:
    mills = has_mills(one.shipment.postage for one in rows)
    amounts = summed(one.shipment.postage for one in rows)
    return ", ".join(money(one, language, mills=mills) for one in amounts) or _("none on record")
