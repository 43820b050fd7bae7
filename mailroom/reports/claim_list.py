"""Lists of claims: those that are sent together, and the book of all that was claimed, paid and denied, and why."""

from collections.abc import Iterable
from datetime import date

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.claim_life import ClaimState
from mailroom.domain.insurers import INSURERS
from mailroom.domain.money import Money
from mailroom.domain.papers import ClaimList, ClaimListLine
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.claim_words import kind_word
from mailroom.reports.elements import Anchor, Cell, finding, heading, table
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Press, Titles
from mailroom.reports.record import record_bytes
from mailroom.reports.text import Markup, bold, fill, joined, safe
from mailroom.reports.words import text
from mailroom.wording import _, in_language, plural
from mailroom.wording.claims import state_word
from mailroom.wording.insurers import answering_name
from mailroom.wording.moments import bare_amount, has_mills, short_day

_NONE = "–"


def render(value: ClaimList) -> RenderedPaper:
    """The list as PDF, in the language of its head."""
    with in_language(value.head.language):
        kind = "claim_book" if value.book else "claim_list"
        press = Press(record_bytes(kind, value.head.number, value), value.head, value.office, _titles(value))
        press.pour(_story(value, press.around))
        return press.finish({})


def _titles(value: ClaimList) -> Titles:
    number = value.head.number
    title = _("Book of claims {number}") if value.book else _("List of claims {number}")
    told = title.format(number=number)
    return Titles(title=told, later=told, footer=told, number=number)


def _story(value: ClaimList, around: Surroundings) -> list[Flowable]:
    width = around.sheet.text_width
    title = _("Book of claims") if value.book else _("Claims sent together")
    count = plural("{n} claim", "{n} claims", len(value.lines))
    story: list[Flowable] = [
        NextPageTemplate("later"),
        Anchor("claims", title),
        text(title, "title"),
        text(_under(value), "subtitle"),
        Spacer(1, 7),
        finding(safe(_("{count}, {money}.").format(count=count, money=_sums(value))), safe(value.note), width),
        Spacer(1, 10),
    ]
    story.append(_book(value, width) if value.book else _list(value, width))
    rules = sorted({one.rule_as_of for one in value.lines if one.rule_as_of is not None})
    if rules and not value.book:
        days = ", ".join(short_day(day, value.head.language) for day in rules)
        story += [Spacer(1, 4), text(safe(_whom_to_ask(value).format(days=days)), "note")]
    if value.book:
        story += [*heading(_("By carrier and month")), _totals(value, width)]
        story += [*heading(_("Why claims were denied or cut")), _reasons(value, width)]
    story += [Spacer(1, 16), about(around, title)]
    return story


def _whom_to_ask(value: ClaimList) -> str:
    asked = {one.carrier in INSURERS for one in value.lines if one.rule_as_of is not None}
    if asked == {True}:
        return _("Days to file are by the rules as of {days}; confirm with the insurer.")
    if True in asked:
        return _("Days to file are by the rules as of {days}; confirm with the carrier or the insurer named.")
    return _("Days to file are by the rules as of {days}; confirm with the carrier.")


def _under(value: ClaimList) -> str:
    language = value.head.language
    if not value.book:
        return _("One packet for each claim; this list goes with them.")
    first = short_day(value.first_on, language) if value.first_on else _("the first claim on record")
    last = short_day(value.last_on, language) if value.last_on else _("today")
    return _("Opened from {first} to {last}, as they stand in the record now.").format(first=first, last=last)


def _sums(value: ClaimList) -> str:
    claimed = _added(one.claimed for one in value.lines)
    if not value.book:
        return _("{amount} demanded").format(amount=_money(value, claimed, named=True))
    received = _added(one.received for one in value.lines)
    return _("{claimed} demanded, {received} received").format(
        claimed=_money(value, claimed, named=True), received=_money(value, received, named=True)
    )


def _list(value: ClaimList, width: float) -> Flowable:
    rows: list[list[Cell]] = []
    for at, one in enumerate(value.lines, 1):
        last = short_day(one.last_on, value.head.language) if one.last_on else _("no last day known")
        rows.append(
            [
                str(at),
                text(joined([bold(one.number), safe(_packet(one))], "<br/>"), "cell"),
                text(_piece(one), "cell"),
                text(safe(one.recipient or _NONE), "cell"),
                text(kind_word(one.kind), "cell"),
                text(last, "cell"),
                text(_money(value, [one.claimed]), "cell_right"),
            ]
        )
    share = width / 492
    widths = [20 * share, 96 * share, 132 * share, 90 * share, 50 * share, 54 * share, 50 * share]
    head = ("", _("Claim"), _("Piece"), _("Addressee"), _("For"), _("File by"), _("Demanded"))
    rows.append(["", text(bold(_("Together")), "cell"), "", "", "", "", _total_cell(value, value.lines)])
    return table(head, rows, widths, right=(6,), strong=(len(rows) - 1,))


def _packet(one: ClaimListLine) -> str:
    return _("packet {number}").format(number=one.packet) if one.packet and one.packet != one.number else ""


def _total_cell(value: ClaimList, lines: Iterable[ClaimListLine]) -> Flowable:
    return text(bold(_money(value, _added(one.claimed for one in lines))), "cell_right")


def _book(value: ClaimList, width: float) -> Flowable:
    language = value.head.language
    rows: list[list[Cell]] = []
    for one in value.lines:
        days = [short_day(one.opened_on, language)]
        if one.filed_on:
            days.append(_("filed {day}").format(day=short_day(one.filed_on, language)))
        said = [bold(state_word(ClaimState(one.state)))]
        if one.decided_on:
            said.append(safe(short_day(one.decided_on, language)))
        rows.append(
            [
                text(joined([bold(one.number), safe(one.reference)], "<br/>"), "cell"),
                text(joined([safe(day) for day in days], "<br/>"), "cell"),
                text(_piece(one), "cell"),
                text(joined(said, "<br/>"), "cell"),
                text(_money(value, [one.claimed]), "cell_right"),
                text(_money(value, [one.granted]), "cell_right"),
                text(_money(value, [one.received]), "cell_right"),
            ]
        )
    share = width / 492
    widths = [88 * share, 66 * share, 128 * share, 66 * share, 48 * share, 48 * share, 48 * share]
    head = (_("Claim"), _("Opened"), _("Piece"), _("State"), _("Claimed"), _("Granted"), _("Paid"))
    return table(head, rows, widths, right=(4, 5, 6), empty=_("No claim was opened in these days"))


def _totals(value: ClaimList, width: float) -> Flowable:
    groups: dict[tuple[str, date], list[ClaimListLine]] = {}
    for one in value.lines:
        groups.setdefault((one.carrier, one.opened_on.replace(day=1)), []).append(one)
    rows: list[list[Cell]] = []
    for (carrier, month), lines in sorted(groups.items()):
        denied = sum(1 for one in lines if one.state == ClaimState.DENIED)
        rows.append(
            [
                answering_name(carrier) or _("No carrier"),
                month.strftime("%Y-%m"),
                text(str(len(lines)), "cell_right"),
                text(str(denied), "cell_right"),
                text(_money(value, _added(one.claimed for one in lines)), "cell_right"),
                text(_money(value, _added(one.granted for one in lines)), "cell_right"),
                text(_money(value, _added(one.received for one in lines)), "cell_right"),
            ]
        )
    share = width / 492
    widths = [140 * share, 62 * share, 46 * share, 46 * share, 66 * share, 66 * share, 66 * share]
    head = (_("Carrier"), _("Month"), _("Claims"), _("Denied"), _("Claimed"), _("Granted"), _("Paid"))
    return table(head, rows, widths, right=(2, 3, 4, 5, 6), empty=_("No claim was opened in these days"))


def _reasons(value: ClaimList, width: float) -> Flowable:
    rows: list[list[Cell]] = [
        [
            one.number,
            text(answering_name(one.carrier), "cell"),
            text(state_word(ClaimState(one.state)), "cell"),
            text(safe(one.reason) if one.reason else safe(_("No reason on record")), "cell"),
        ]
        for one in value.lines
        if one.decided_on is not None and _cut(one)
    ]
    share = width / 492
    widths = [92 * share, 90 * share, 90 * share, 220 * share]
    return table((_("Claim"), _("Carrier"), _("State"), _("Reason")), rows, widths, empty=_("None was"))


def _cut(one: ClaimListLine) -> bool:
    """Whether less was granted than demanded."""
    return one.granted is not None and one.claimed is not None and one.granted.mills < one.claimed.mills


def _piece(one: ClaimListLine) -> Markup:
    service = " ".join(part for part in (answering_name(one.carrier), one.service) if part)
    number = one.tracking_number if one.tracking_number else _("no tracking number")
    return joined([safe(number), fill("{service}", service=service)], "<br/>")


def _added(amounts: Iterable[Money | None]) -> list[Money]:
    """Sums, one a currency."""
    sums: dict[str, int] = {}
    for one in amounts:
        if one is not None:
            sums[one.currency] = sums.get(one.currency, 0) + one.mills
    return [Money(mills, currency) for currency, mills in sorted(sums.items())]


def _money(value: ClaimList, amounts: Iterable[Money | None], *, named: bool = False) -> str:
    """Amounts with their currency where the list has several, or where it is to be named."""
    currencies = {one.claimed.currency for one in value.lines if one.claimed is not None}
    mills = has_mills(amount for one in value.lines for amount in (one.claimed, one.granted, one.received))
    told = []
    for one in amounts:
        if one is not None:
            bare = bare_amount(one, value.head.language, mills=mills)
            told.append(bare if len(currencies) < 2 and not named else f"{bare} {one.currency}")
    return ", ".join(told) or _NONE
