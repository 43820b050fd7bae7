"""The summary of a claim on one page: the demand, who and what, the window, the cover, the rules used."""

from datetime import date

from reportlab.platypus import Flowable, KeepTogether, Spacer

from mailroom.domain.claim_rules import asked_first_of, cover_of, goods_of, mailing_day
from mailroom.domain.claims import ClaimLineKind, ExhibitTitle, WindowState
from mailroom.domain.money import Money
from mailroom.domain.shipment import PromiseBasis
from mailroom.reports.claim_case import Case
from mailroom.reports.claim_letter import over
from mailroom.reports.claim_window import WindowDrawing
from mailroom.reports.claim_words import basis_text, clock_word, kind_word, mailed_word, payee, rule_note, start_word
from mailroom.reports.elements import Anchor, Cell, facts, finding, heading, table
from mailroom.reports.shipment_facts import addressee, service, tracking_number, with_bars, zone_of
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe, unstopped
from mailroom.reports.words import text
from mailroom.wording import _, mark, plural
from mailroom.wording.events import event_title
from mailroom.wording.insurers import insurer_name
from mailroom.wording.reasons import reason_text

_STATES = {
    WindowState.OPEN: mark("In time by the rule on record."),
    WindowState.CLOSING: mark("In time by the rule on record; the window is closing."),
    WindowState.NOT_OPEN: mark("The window is not open yet by the rule on record."),
    WindowState.MISSED: mark("The window has closed by the rule on record."),
}
_PROMISES = {
    PromiseBasis.CARRIER: mark("date given by the carrier"),
    PromiseBasis.FILE: mark("date from an imported file"),
    PromiseBasis.RULE: mark("by the service’s standard"),
    PromiseBasis.USER: mark("as entered by the sender"),
}


def summary(case: Case) -> list[Flowable]:
    """The page as a story."""
    packet, width = case.packet, case.width
    story: list[Flowable] = [
        Anchor("summary", _("Claim summary")),
        text(_("Claim summary"), "title"),
        Spacer(1, 4),
        finding(_statement(case), _second(case), width),
        *heading(_("Who and what")),
        *with_bars(_who(case), case.shipment.shown_number, width, 92.0),
        *heading(_("Filing window"), 120),
    ]
    if packet.window is not None:
        story += [WindowDrawing(packet.window, packet.today, case.language, width), Spacer(1, 4)]
    else:
        story += [text(italic(_("No filing window is on record for this service.")), "body"), Spacer(1, 4)]
    story += [text(one, "note") for one in asked_first(case)]
    story += [_dates(case), *heading(_("Cover and cap")), facts(_cover(case), width)]
    return [*story, *_rules(case)]


def _statement(case: Case) -> Markup:
    window = case.packet.window
    state = _(_STATES[window.state(case.packet.today)]) if window is not None else _("No filing window on record.")
    demand = _("{amount} demanded for {kind}.").format(
        amount=case.money(case.claim.amount), kind=kind_word(case.claim.kind)
    )
    return safe(f"{demand} {state}")


def _second(case: Case) -> Markup:
    window = case.packet.window
    claimant = fill(_("Claimant: the sender, {name}."), name=unstopped(case.packet.office.name) or _("name not given"))
    if window is None:
        return claimant
    day = fill(
        _("Day {number} after {clock}"),
        number=str(window.day_number(case.packet.today)),
        clock=start_word(window),
    )
    left = window.days_left(case.packet.today)
    if left is None:
        return joined([Markup(f"{day}."), claimant])
    if left < 0:
        rest = plural("{n} day after the last one", "{n} days after the last one", -left)
    else:
        rest = plural("{n} day left", "{n} days left", left)
    return joined([Markup(f"{day}, {safe(rest)}."), claimant])


def _who(case: Case) -> list[tuple[str, str]]:
    claim, fields = case.claim, case.shipment.fields
    return [
        (
            _("Claim"),
            fill(
                _("{number}, for {kind}, {amount}"),
                number=bold(claim.number),
                kind=kind_word(claim.kind),
                amount=_plainly(claim.amount),
            ),
        ),
        (
            _("Insurer’s case number") if claim.insurer else _("Carrier’s case number"),
            safe(claim.carrier_case_number or _("Not given yet")),
        ),
        (_("Claimant and payee"), bold(payee(case.packet))),
        (_("Tracking number"), tracking_number(case.shipment)),
        (_("Addressee"), addressee(fields.recipient, inline=True)),
        (_("Service"), _service(case)),
        (_("Contents"), safe(fields.contents) if fields.contents else italic(_("Not described on record"))),
    ]


def asked_first(case: Case) -> list[str]:
    """What the carrier wants before such a claim, a sentence each, and whether the packet holds it."""
    there = case.has(ExhibitTitle.CONTACT_LOG)
    held = _("What is on file of it is in Exhibit F.") if there else _("Nothing is on file of it.")
    return [f"{reason_text(asked_first_of(step))}. {held}" for step in case.packet.first]


def _plainly(amount: Money) -> str:
    """`1250.00 USD`, as it was entered; the third decimal only where there are mills."""
    return f"{amount.amount if amount.mills % 10 else amount.amount[:-1]} {amount.currency}"


def _service(case: Case) -> Markup:
    shipment = case.shipment
    named = service(shipment)
    if shipment.service_code:
        return fill(_("{service} (service code {code})"), service=named, code=shipment.service_code)
    return named


def _dates(case: Case) -> Flowable:
    packet, window, history = case.packet, case.packet.window, case.history
    mailed, basis = mailing_day(case.shipment, packet.events, zone_of(packet), packet.today)
    zero = window.starts_on if window is not None else mailed
    dated: list[tuple[date, int, str, str]] = [(mailed, 0, mailed_word(basis), basis_text(basis))]
    if case.shipment.promised_on is not None and case.shipment.promise_basis is not None:
        promise = _(_PROMISES[case.shipment.promise_basis])
        dated.append((case.shipment.promised_on, 1, _("Expected delivery"), promise))
    if history.tracked:
        last = history.tracked[-1]
        told = _("Last event: {title}").format(title=event_title(last))
        dated.append((last.happened.local.date(), 2, told, case.event_reference(last)))
    if window is not None and window.opens_on is not None and window.opens_on != window.starts_on:
        dated.append((window.opens_on, 3, _("Earliest day to file"), _("Rule R1")))
    dated.append((packet.today, 4, _("This claim"), ""))
    if window is not None and window.last_on is not None:
        dated.append((window.last_on, 5, _("Latest day to file"), _("Rule R1")))
    rows: list[list[Cell]] = []
    for day, order, what, basis_word in sorted(dated, key=lambda one: (one[0], one[1])):
        cells = [case.day(day), str((day - zero).days), what, basis_word]
        rows.append([text(bold(cell) if order == 4 else cell, "cell") for cell in cells])
    rule = packet.rule
    if rule is not None and rule.appeal_days is not None:
        appeal = _("First appeal: {days} days after the decision is received").format(days=rule.appeal_days)
        basis_word = _("Rule R2") if rule.appeal_source else _("Rule R1")
        rows.append([text(cell, "cell") for cell in (_("Not known yet"), "", appeal, basis_word)])
    share = case.width / 492
    head = [_("Date"), _("Day"), _("What"), _("Basis")]
    return table(head, rows, [84 * share, 34 * share, 216 * share, 158 * share], pad=2.0)


def _cover(case: Case) -> list[tuple[str, str]]:
    fields = case.shipment.fields
    cover, goods = cover_of(case.packet), goods_of(case.packet)
    if fields.insured_value is not None:
        label = _("Insured value")
    elif cover is not None and cover == fields.declared_value:
        label = _("Declared value")
    else:
        label = _("Included cover")
    if cover is None and case.claim.insurer:
        told = safe(_("No cover is on record; confirm with the insurer"))
    elif cover is None:
        told = safe(_("No cover is on record; confirm with the carrier"))
    elif cover.mills == 0:
        told = safe(_("None of its own by the rule on record; confirm with the carrier"))
    elif cover.currency != goods.currency:
        told = fill(_("{cover}; the claim is in another currency"), cover=case.money(cover))
    else:
        excess = over(goods, cover)
        template = (
            _("{cover}. Goods claimed: {goods}, over it by {by}") if excess else _("{cover}. Goods claimed: {goods}")
        )
        told = fill(template, cover=case.money(cover), goods=case.money(goods), by=case.money(excess) if excess else "")
    postage = case.claim.sum_of(ClaimLineKind.POSTAGE)
    besides = (
        fill(_("Postage claimed: {amount}"), amount=case.money(postage))
        if postage.mills
        else safe(_("No postage claimed"))
    )
    found: list[tuple[str, str]] = [(label, told), (_("Besides"), besides)]
    if case.claim.insurer:
        found.insert(0, (_("Covered by"), bold(insurer_name(case.claim.insurer))))
    return found


def _rules(case: Case) -> list[Flowable]:
    rule = case.packet.rule
    rows: list[list[Cell]] = []
    if rule is not None:
        from_day = case.day(rule.effective_from) if rule.effective_from is not None else _("not stated")
        bounds = _bounds(case)
        what = fill(
            _("{title}, {kind}: {bounds}. {source}"),
            title=rule.title,
            kind=kind_word(rule.kind),
            bounds=bounds,
            source=rule.source,
        )
        looked = case.day(rule.checked_on)
        rows.append([text(bold("R1"), "cell"), text(what, "cell"), from_day, looked])
        if rule.appeal_source and rule.appeal_days is not None:
            appeals = fill(_("Appeals: {source}"), source=rule.appeal_source)
            rows.append([text(bold("R2"), "cell"), text(appeals, "cell"), _("not stated"), looked])
    share = case.width / 492
    head = [_("Rule"), _("What it rests on"), _("In force from"), _("Looked up")]
    widths = [36 * share, 324 * share, 66 * share, 66 * share]
    made = table(head, rows, widths, pad=2.0, empty=_("No rule of this carrier is on record for this service"))
    note = [text(rule_note(rule, case.language), "note")] if rule is not None else []
    return [*heading(_("Rules used")), KeepTogether([made, Spacer(1, 3), *note])]


def _bounds(case: Case) -> str:
    rule = case.packet.rule
    assert rule is not None
    clock = clock_word(rule.clock)
    match rule.earliest_day, rule.latest_day:
        case None, None:
            return _("no time limit known")
        case (None | 0, int(latest)):
            return _("no later than {latest} days from {clock}").format(latest=latest, clock=clock)
        case int(earliest), None:
            return _("no sooner than {earliest} days from {clock}").format(earliest=earliest, clock=clock)
    return _("no sooner than {earliest}, no later than {latest} days from {clock}").format(
        earliest=rule.earliest_day, latest=rule.latest_day, clock=clock
    )
