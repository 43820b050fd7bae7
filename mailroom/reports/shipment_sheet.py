"""Data for somebody else's form about one shipment: in the order such forms ask, with what is still missing said."""

from collections.abc import Mapping

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.customs import CustomsLine
from mailroom.domain.sheets import SheetKind, ShipmentSheet
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.elements import Anchor, Cell, facts, finding, heading, signature_lines, table, together
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.history import History
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.shipment_facts import (
    Pairs,
    addressee,
    other_numbers,
    reference,
    service,
    tracking_number,
    with_bars,
)
from mailroom.reports.text import Markup, italic, safe
from mailroom.reports.words import text
from mailroom.wording import _, mark
from mailroom.wording.attachments import attachment_word
from mailroom.wording.countries import countries
from mailroom.wording.moments import money, short_day

_TITLES = {SheetKind.SEARCH: mark("Search for a missing piece"), SheetKind.CUSTOMS: mark("Customs data")}
_SAID = {
    SheetKind.SEARCH: mark("What a carrier’s search form asks for, in its order. It is not a form of any carrier."),
    SheetKind.CUSTOMS: mark("What a customs form asks for. It is not a form of any post and is not handed in."),
}


def render(value: ShipmentSheet) -> RenderedPaper:
    """The sheet as PDF."""
    return produce(value.kind.value, value, lambda: _titles(value), lambda *given: _story(value, *given), {})


def _titles(value: ShipmentSheet) -> Titles:
    kind, shipment = _(_TITLES[value.kind]), value.row.shipment
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {shipment.shown_number or reference(shipment)}",
        footer=f"{value.head.number} · {reference(shipment)}",
        number=value.head.number,
    )


def _story(value: ShipmentSheet, around: Surroundings, _files: Mapping[str, Prepared]) -> list[Flowable]:
    width = around.sheet.text_width
    search = value.kind is SheetKind.SEARCH
    missing = _missing_for_search(value) if search else _missing_for_customs(value)
    statement = _("Still missing: {items}.").format(items=", ".join(missing)) if missing else _("Nothing is missing.")
    title = _(_TITLES[value.kind])
    story: list[Flowable] = [
        NextPageTemplate("later"),
        Anchor("sheet", title),
        text(title, "title"),
        text(_(_SAID[value.kind]), "subtitle"),
        Spacer(1, 7),
        finding(statement, "", width),
        *heading(_("The shipment")),
        *with_bars(_numbers(value), value.row.shipment.shown_number, width),
        *heading(_("Sender and addressee")),
        facts(_people(value), width),
    ]
    if search:
        history = History(value.head, value.row.shipment, value.events, value.attachments)
        story += [*heading(_("What to look for")), facts(_looks(value), width)]
        story += [*heading(_("Events on record, oldest first"), 90), *history.story(width, value.head.issued_at)]
        story += history.sources_story(width)
    else:
        story += [*heading(_("Contents"), 90), *_customs(value, width)]
        line = signature_lines((_("Signature of the sender"), _("Date")), (0.7, 0.3), width)
        story += [together([Spacer(1, 44), line])]
    return [*story, about(around, value.head.purpose or _("None was given."))]


def _numbers(value: ShipmentSheet) -> Pairs:
    shipment = value.row.shipment
    day = shipment.fields.mailed_on
    mailed = short_day(day, value.head.language) if day else italic(_("Not on record"))
    return [
        (_("Tracking number"), tracking_number(shipment)),
        (_("Carrier, service"), service(shipment)),
        (_("Date of mailing"), mailed),
        (_("Weight"), safe(str(shipment.fields.weight)) if shipment.fields.weight else _none()),
        (_("Size"), _size(value)),
        *other_numbers(shipment),
    ]


def _people(value: ShipmentSheet) -> Pairs:
    fields = value.row.shipment.fields
    own = ", ".join(part for part in (value.office.name, *value.office.address) if part)
    sender = addressee(fields.sender) if fields.sender.name or fields.sender.company else safe(own) if own else _none()
    contact = fields.sender.contact or value.office.contact
    return [
        (_("Sender"), sender),
        (_("Sender’s telephone, e-mail"), safe(contact) if contact else _none()),
        (_("Addressee"), addressee(fields.recipient)),
        (_("Addressee’s telephone, e-mail"), safe(fields.recipient.contact) if fields.recipient.contact else _none()),
        (_("Country"), safe(_country(fields.recipient.country, value)) if fields.recipient.country else _none()),
    ]


def _country(code: str, value: ShipmentSheet) -> str:
    names = {found: name for name, found in countries(value.head.language)}
    return f"{names[code]} ({code})" if code in names else code


def _looks(value: ShipmentSheet) -> Pairs:
    fields = value.row.shipment.fields
    worth = fields.declared_value or fields.insured_value or fields.invoice_amount
    pictures = [f"{one.name} ({attachment_word(one.role)})" for one in value.attachments]
    return [
        (_("Contents"), safe(fields.contents) if fields.contents else _none()),
        (_("Marks, kind of container"), safe(fields.classification) if fields.classification else _none()),
        (_("Value"), safe(money(worth, value.head.language)) if worth else _none()),
        (_("Pictures and papers on file"), safe(", ".join(pictures)) if pictures else safe(_("None on file"))),
    ]


def _customs(value: ShipmentSheet, width: float) -> list[Flowable]:
    language = value.head.language
    rows = [_customs_row(at, one, language) for at, one in enumerate(value.row.shipment.fields.customs, 1)]
    share = width / 492
    head = [_("No."), _("Description"), _("Tariff code"), _("Origin"), _("Quantity"), _("Net weight"), _("Value")]
    widths = [24 * share, 190 * share, 62 * share, 46 * share, 50 * share, 56 * share, 64 * share]
    return [table(head, rows, widths, right=(4, 5, 6), empty=_("No customs line on record"))]


def _customs_row(at: int, line: CustomsLine, language: str) -> list[Cell]:
    nothing = "\u2013"
    return [
        text(str(at), "cell"),
        text(line.description or nothing, "cell"),
        text(line.hs_code or nothing, "cell"),
        text(line.origin or nothing, "cell"),
        text(str(line.quantity), "cell_right"),
        text(str(line.weight) if line.weight else nothing, "cell_right"),
        text(money(line.value, language) if line.value else nothing, "cell_right"),
    ]


def _size(value: ShipmentSheet) -> Markup:
    fields = value.row.shipment.fields
    if fields.dimensions is None:
        return _none()
    sides = " × ".join(f"{one:f}" for one in fields.dimensions)
    return safe(f"{sides} {fields.dimension_unit}")


def _none() -> Markup:
    return italic(_("Not on record"))


def _missing_for_search(value: ShipmentSheet) -> list[str]:
    fields = value.row.shipment.fields
    wanted = (
        (_("tracking number"), value.row.shipment.tracking_number),
        (_("date of mailing"), fields.mailed_on),
        (_("size"), fields.dimensions),
        (_("contents"), fields.contents),
        (_("a picture"), value.attachments),
        (_("sender’s contact"), fields.sender.contact or value.office.contact),
    )
    return [word for word, there in wanted if not there]


def _missing_for_customs(value: ShipmentSheet) -> list[str]:
    lines = value.row.shipment.fields.customs
    if not lines:
        return [_("the contents, a line for each article")]
    wanted = (
        (_("a description"), all(one.description for one in lines)),
        (_("a value"), all(one.value for one in lines)),
        (_("a net weight"), all(one.weight for one in lines)),
        (_("a tariff code"), all(one.hs_code for one in lines)),
        (_("a country of origin"), all(one.origin for one in lines)),
    )
    return [word for word, there in wanted if not there]
