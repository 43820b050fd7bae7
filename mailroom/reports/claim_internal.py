"""The page that stays in the office: what to keep, the dates with how sure each rule is, what is still open."""

from collections.abc import Mapping
from datetime import date, timedelta

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.claim_rules import mailing_day
from mailroom.domain.claims import ClaimKind, Confidence, ExhibitStatus
from mailroom.domain.papers import ClaimPacket
from mailroom.reports import RenderedPaper
from mailroom.reports.claim_case import Case
from mailroom.reports.claim_summary import asked_first
from mailroom.reports.claim_words import exhibit_title, rule_note
from mailroom.reports.elements import Anchor, Cell, checklist, finding, heading, table
from mailroom.reports.exhibit_files import PHOTO_ROLES, Prepared
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.shipment_facts import zone_of
from mailroom.reports.text import bold, fill, joined, safe
from mailroom.reports.words import text
from mailroom.wording import _, mark, plural

TRACKING_KEPT = {"usps": 120}  # days a carrier keeps its tracking history, where that is known
_SURE = {
    Confidence.HIGH: mark("High: the carrier’s own text was seen"),
    Confidence.MEDIUM: mark("Medium: the text was seen as a copy or in an older edition only"),
    Confidence.LOW: mark("Low: one secondary source, or sources that disagree"),
}


def render(value: ClaimPacket) -> RenderedPaper:
    """The page as PDF; nothing of it goes to the carrier."""
    files: dict[str, Prepared] = {one.sha256: Prepared(one.sha256) for one in value.attachments}
    return produce("claim_internal", value, lambda: _titles(value), lambda *given: _story(value, *given), files)


def _titles(value: ClaimPacket) -> Titles:
    number, own = value.claim.number, value.head.number  # a page issued again has a count behind it
    return Titles(
        title=_("Internal page {number}").format(number=own),
        later=_("Internal page of claim {number}").format(number=number),
        footer=_("Claim {number} · INTERNAL, NOT SENT TO THE CARRIER").format(number=number),
        number=_("{number} internal").format(number=own),
    )


def _story(value: ClaimPacket, around: Surroundings, files: Mapping[str, Prepared]) -> list[Flowable]:
    case = Case(value, around, files)
    statement = _("Keep all that belongs to this piece until the claim is settled and the last appeal date has passed.")
    second = _("Until then do not throw away, sell, repair or send on any of it.")
    note = [Spacer(1, 3), text(rule_note(value.rule, case.language), "note")] if value.rule is not None else []
    under = fill(
        _("For the office only; belongs to claim {number} and is not sent with it."), number=value.claim.number
    )
    return [
        NextPageTemplate("later"),
        Anchor("internal", _("Internal page")),
        text(_("Internal page: what to keep, and until when"), "title"),
        text(under, "subtitle"),
        Spacer(1, 7),
        finding(statement, second, case.width),
        *heading(_("Keep")),
        checklist(_keep(case), case.width, _("Nothing")),
        *heading(_("Dates")),
        _dates(case),
        *note,
        *heading(_("Still open")),
        checklist(_open(case), case.width, _("Nothing")),
    ]


def _keep(case: Case) -> list[str]:
    names = [one.name for one in case.packet.attachments if one.role not in PHOTO_ROLES]
    photos = [one.name for one in case.packet.attachments if one.role in PHOTO_ROLES]
    lines: list[str] = [_("The label record or mailing receipt, and what shows that postage and cover were paid")]
    if names:
        lines.append(fill(_("The originals of {names}"), names=", ".join(names)))
    if photos:
        lines.append(fill(_("The unedited photographs with their camera data: {names}"), names=", ".join(photos)))
    lines.append(_("All e-mails and letters exchanged with the carrier and the addressee"))
    if case.claim.kind is ClaimKind.LOSS:
        lines.append(_("Should the piece turn up: leave it closed, photograph it, tell the carrier, use nothing"))
    else:
        lines.append(_("The article, the box and all packing, ready for an inspection"))
    return lines


def _dates(case: Case) -> Flowable:
    packet, rule, window = case.packet, case.packet.rule, case.packet.window
    rows: list[list[Cell]] = []
    sure = joined([safe(rule.source), safe(_(_SURE[rule.confidence]))], ". ") if rule is not None else safe("")
    if window is not None:
        for title, day in ((_("Earliest day to file"), window.opens_on), (_("Latest day to file"), window.last_on)):
            if day is not None:
                rows.append([title, text(_counted(case, day), "cell"), text(sure, "cell")])
    if rule is not None and rule.appeal_days is not None:
        unknown = bold(_("date not known yet"))
        told = fill(
            _("{days} days after the decision is received: {unknown}"), days=str(rule.appeal_days), unknown=unknown
        )
        again = fill(
            _("{days} days after the first appeal is denied: {unknown}"), days=str(rule.appeal_days), unknown=unknown
        )
        origin = text(rule.appeal_source or rule.source, "cell")
        rows += [[_("First appeal"), text(told, "cell"), origin], [_("Second appeal"), text(again, "cell"), origin]]
    kept = TRACKING_KEPT.get(case.shipment.carrier)
    if kept is not None:
        mailed, _basis = mailing_day(case.shipment, packet.events, zone_of(packet), packet.today)
        before = fill(
            _("Before {day}, day {number} after mailing"), day=case.day(mailed + timedelta(days=kept)), number=str(kept)
        )
        why = plural("The carrier keeps it {n} day. Medium", "The carrier keeps it {n} days. Medium", kept)
        rows.append([_("Save the tracking history again"), text(before, "cell"), text(why, "cell")])
    share = case.width / 492
    head = [_("What"), _("Date"), _("Rule, and how sure it is")]
    return table(head, rows, [120 * share, 170 * share, 202 * share], empty=_("No rule of this carrier is on record"))


def _counted(case: Case, day: date) -> str:
    left = (day - case.packet.today).days
    if left < 0:
        told = plural("{n} day ago when issued", "{n} days ago when issued", -left)
    else:
        told = plural("{n} day ahead when issued", "{n} days ahead when issued", left)
    return _("{day} ({told})").format(day=case.day(day), told=told)


def _open(case: Case) -> list[str]:
    lines: list[str] = []
    for one in case.exhibits:
        if one.status is ExhibitStatus.MISSING:
            because = one.missing_because or _("no reason typed yet")
            lines.append(
                fill(
                    _("{title} (Exhibit {letter}): {because}"),
                    title=exhibit_title(one.title),
                    letter=one.letter,
                    because=because,
                )
            )
    lines += asked_first(case)
    if not case.claim.carrier_case_number:
        lines.append(_("The carrier’s case number: enter it once the filing is confirmed, and every footer carries it"))
    return lines
