"""The cover letter of a claim: it identifies the shipment, asserts liability and demands an amount.

These three make a claim (49 CFR 370.3(b)); a damage report or a note on a receipt alone does not (370.3(c)).
"""

from reportlab.platypus import Flowable, Spacer

from mailroom.domain.claim_rules import first_delivery, goods_of, mailing_day
from mailroom.domain.claims import (
    ClaimKind,
    ClaimLineKind,
    ClaimWindow,
    DayBasis,
    ExhibitStatus,
    ExhibitTitle,
    WindowState,
)
from mailroom.domain.money import Money
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import EventSource, TimelineEvent
from mailroom.reports.claim_case import Case
from mailroom.reports.claim_words import (
    addressed_to,
    kind_word,
    legal_name,
    payee,
    rule_note,
    start_note,
    start_word,
)
from mailroom.reports.elements import Anchor, signature_lines, together
from mailroom.reports.shipment_facts import addressee, service, zone_of
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe, unstopped
from mailroom.reports.words import text
from mailroom.wording import _, mark, plural
from mailroom.wording.events import event_title
from mailroom.wording.insurers import insurer_name
from mailroom.wording.moments import given_of

_SECOND = {
    ClaimKind.LOSS: mark("2. The loss, and the liability we assert"),
    ClaimKind.DAMAGE: mark("2. The damage, and the liability we assert"),
    ClaimKind.MISSING: mark("2. The missing contents, and the liability we assert"),
}
_ASSERTED = {
    ClaimKind.LOSS: mark("We hold the carrier, {carrier}, liable for the loss of this piece."),
    ClaimKind.DAMAGE: mark("We hold the carrier, {carrier}, liable for the damage to this piece."),
    ClaimKind.MISSING: mark("We hold the carrier, {carrier}, liable for the contents missing from this piece."),
}

_INSURED = {
    ClaimKind.LOSS: mark("We hold {insurer}, which covers this piece, liable for its loss; {carrier} carried it."),
    ClaimKind.DAMAGE: mark("We hold {insurer}, which covers this piece, liable for its damage; {carrier} carried it."),
    ClaimKind.MISSING: mark(
        "We hold {insurer}, which covers this piece, liable for the contents missing from it; {carrier} carried it."
    ),
}


def letter(case: Case) -> list[Flowable]:
    """The letter as a story; the signature line is printed empty."""
    claim = case.claim
    subject = _("Claim {number} for {kind}: {amount}").format(
        number=claim.number, kind=kind_word(claim.kind), amount=case.money(claim.amount)
    )
    lines = joined([safe(line) for line in addressed_to(case.packet)], "<br/>")
    sections = (
        (_("1. The shipment"), _shipment(case)),
        (_(_SECOND[claim.kind]), _liability(case)),
        (_("3. The amount we demand"), _amount(case)),
    )
    story: list[Flowable] = [
        Anchor("letter", _("Cover letter")),
        text(case.long_day(case.packet.today), "letter"),
        Spacer(1, 8),
        text(lines, "letter"),
        Spacer(1, 8),
        text(bold(subject), "letter"),
        Spacer(1, 7),
    ]
    for title, paragraph in sections:
        story += [text(title, "numbered"), text(paragraph, "letter"), Spacer(1, 7)]
    for paragraph in (_terms(case), _reply(case), _enclosed(case)):
        story += [text(paragraph, "letter"), Spacer(1, 7)]
    labels = (_("Signature of the claimant (not signed when printed)"), _("Printed name and title"), _("Date"))
    story.append(together(Spacer(1, 30), signature_lines(labels, (0.45, 0.36, 0.19), case.width)))
    return story


def _shipment(case: Case) -> Markup:
    shipment, fields = case.shipment, case.shipment.fields
    day, basis = mailing_day(shipment, case.packet.events, zone_of(case.packet), case.packet.today)
    known = basis in (DayBasis.ACCEPTANCE_EVENT, DayBasis.MAILING_DATE)
    parts = [
        fill(_("On {day} we mailed one piece by {service}"), day=case.long_day(day), service=service(shipment))
        if known
        else fill(_("We mailed one piece by {service}"), service=service(shipment))
    ]
    if fields.insured_value is not None:
        parts.append(fill(_("insured for {amount}"), amount=case.money(fields.insured_value)))
    number = shipment.tracking_number
    if number or not shipment.shown_number:
        told = fill(_("tracking number {number}"), number=bold(number)) if number else safe(_("without a number"))
    else:
        told = fill(_("without a tracking number, our label number {number}"), number=bold(shipment.shown_number))
    parts.append(told)
    if fields.recipient.name or fields.recipient.company or fields.recipient.address:
        parts.append(fill(_("to {addressee}"), addressee=addressee(fields.recipient, inline=True)))
    else:
        parts.append(safe(_("to an addressee who is not on our record")))
    said = [Markup(f"{joined(parts, ', ')}.")]
    accepted = next((one for one in case.history.tracked if one.status is Status.ACCEPTED), None)
    if accepted is not None:
        said.append(_accepted(case, accepted))
    elif known:
        said.append(safe(_("The mailing date is our own entry; no acceptance event is on record.")))
    else:
        said.append(safe(_("No mailing date and no acceptance event are on record.")))
    if fields.contents:
        said.append(fill(_("Contents: {contents}."), contents=unstopped(fields.contents)))
    return joined(said)


def _accepted(case: Case, event: TimelineEvent) -> Markup:
    when, reference = given_of(event, case.language), case.event_reference(event)
    if event.source is EventSource.CARRIER:
        template = _("{whose} recorded its acceptance on {when} ({reference}).")
    else:
        template = _("Its acceptance on {when} is on record from {whose} ({reference}).")
    return fill(template, whose=case.history.who_says(event), when=when, reference=reference)


def _liability(case: Case) -> Markup:
    claim, history = case.claim, case.history
    said: list[Markup] = []
    delivery = (
        first_delivery(case.shipment, case.packet.events, zone_of(case.packet), case.packet.today) or history.delivery
    )
    if delivery is not None:
        said.append(
            fill(
                _("Our record holds a report of delivery on {when}, from {whose} ({reference})."),
                when=given_of(delivery, case.language),
                whose=history.who_says(delivery),
                reference=case.event_reference(delivery),
            )
        )
        newest = history.delivery
        if newest is not None and newest.happened.local.date() > delivery.happened.local.date():
            told = _("A further report of delivery, on {when}, is on record ({reference}); days count from the first.")
            when = given_of(newest, case.language)
            said.append(fill(told, when=when, reference=case.event_reference(newest)))
    else:
        said += [safe(_("No delivery of the piece is on record.")), _last_event(case)]
    said.append(_asserted(case, delivered=delivery is not None))
    if claim.description:
        said.append(
            fill(
                _("What happened, as stated by {name}: “{words}”."),
                name=case.packet.head.issued_by,
                words=unstopped(claim.description),
            )
        )
    if case.has(ExhibitTitle.PHOTOGRAPHS):
        said.append(safe(_("Photographs are in Exhibit E.")))
    if case.has(ExhibitTitle.CONTACT_LOG):
        said.append(safe(_("Correspondence is in Exhibit F.")))
    carrier = legal_name(case.shipment.carrier)
    if claim.insurer:
        insurer = insurer_name(claim.insurer)
        said.append(fill(_(_INSURED[claim.kind]), insurer=insurer, carrier=carrier))
    else:
        said.append(fill(_(_ASSERTED[claim.kind]), carrier=carrier))
    return joined(said)


def _asserted(case: Case, *, delivered: bool) -> Markup:
    returned = case.history.tracked and case.history.tracked[-1].status is Status.RETURNED
    if returned and case.claim.kind is ClaimKind.DAMAGE:
        return safe(_("We claim that its contents came back to us damaged."))
    if returned and case.claim.kind is ClaimKind.MISSING:
        return safe(_("We claim that contents were missing when it came back to us."))
    if case.claim.kind is ClaimKind.DAMAGE:
        return safe(_("We claim that its contents arrived damaged."))
    if case.claim.kind is ClaimKind.MISSING:
        return safe(_("We claim that contents were missing on arrival."))
    if delivered:
        return safe(_("We claim all the same that it did not reach its addressee."))
    return safe(_("We claim it as lost."))


def _last_event(case: Case) -> Markup:
    if not case.history.tracked:
        return safe(_("No tracking event is on record either."))
    last = case.history.tracked[-1]
    told = fill(
        _("The last event on record is “{title}” of {when}{place}, from {whose} ({reference})."),
        title=event_title(last),
        when=given_of(last, case.language),
        place=_(" at {place}").format(place=last.place) if last.place else "",
        whose=case.history.who_says(last),
        reference=case.event_reference(last),
    )
    days = (case.packet.today - last.happened.local.date()).days
    if days < 1 or last.status in FINAL:
        return told
    since = plural(
        "No movement has been recorded in the {n} day since.",
        "No movement has been recorded in the {n} days since.",
        days,
    )
    return joined([told, safe(since)])


def _amount(case: Case) -> Markup:
    claim = case.claim
    parts = [fill(_("We demand payment of {amount}"), amount=bold(case.money(claim.amount)))]
    goods, postage = goods_of(case.packet), claim.sum_of(ClaimLineKind.POSTAGE)
    if postage.mills and goods + postage == claim.amount:
        parts = [
            fill(
                _("We demand payment of {amount}: {goods} for the goods and {postage} for the postage"),
                amount=bold(case.money(claim.amount)),
                goods=case.money(goods),
                postage=case.money(postage),
            )
        ]
    said = [Markup(f"{parts[0]}."), safe(_("The statement of amount shows how it is made up."))]
    if case.has(ExhibitTitle.PROOF_OF_VALUE):
        said.append(safe(_("Proof of value is in Exhibit C.")))
    else:
        said.append(safe(_("Proof of value is not enclosed; see the exhibit index.")))
    if claim.left_out:
        said.append(fill(_("Not claimed: {words}."), words=unstopped(claim.left_out)))
    return joined(said)


def _terms(case: Case) -> Markup:
    claim, rule = case.claim, case.packet.rule
    usual = _("payment of the amount demanded to {payee}").format(payee=payee(case.packet))
    said = [fill(_("Remedy asked for: {remedy}."), remedy=unstopped(claim.remedy or usual))]
    if case.packet.window is not None:
        said.append(window_sentence(case, case.packet.window))
    else:
        said.append(safe(_("No filing window is on record for this service.")))
    if rule is not None:
        said.append(italic(rule_note(rule, case.language, source=True)))
        if rule.no_cover and case.shipment.fields.insured_value is None:
            said.append(italic(_("By this rule the service has no cover of its own.")))
    missing = len(case.letters(ExhibitStatus.MISSING))
    if missing:
        said.append(
            safe(
                plural(
                    "{n} document asked for is missing; the exhibit index says why.",
                    "{n} documents asked for are missing; the exhibit index says why.",
                    missing,
                )
            )
        )
    return joined(said)


def window_sentence(case: Case, window: ClaimWindow) -> Markup:
    """On which day the claim is made, and where that lies in the window."""
    today = case.packet.today
    after = start_word(window)
    made = fill(_("The claim is made on day {number} after {clock}"), number=str(window.day_number(today)), clock=after)
    state = window.state(today)
    opens, last = _dated(case, window, window.opens_on), _dated(case, window, window.last_on)
    if state is WindowState.NOT_OPEN:
        rest = fill(_("by the rule on record the window opens on {day}"), day=opens)
    elif state is WindowState.MISSED:
        rest = fill(_("by the rule on record the window closed on {day}"), day=last)
    elif window.opens_on is None:
        rest = fill(_("it can be filed until {day}"), day=last)
    elif window.last_on is None:
        rest = fill(_("it can be filed from {day}"), day=opens)
    else:
        rest = fill(_("the filing window runs from {opens} through {last}"), opens=opens, last=last)
    note = start_note(window)
    return Markup(f"{made}; {rest}.") if not note else joined([Markup(f"{made}; {rest}."), safe(note)])


def _dated(case: Case, window: ClaimWindow, day: object) -> str:
    if day is None:
        return ""
    return _("day {number} ({day})").format(
        number=window.day_number(day),  # type: ignore[arg-type]
        day=case.long_day(day),
    )


def _reply(case: Case) -> Markup:
    claim, head = case.claim, case.packet.head
    said = [fill(_("Quote claim number {number} when you reply."), number=claim.number)]
    if claim.carrier_case_number:
        said.append(fill(_("Your case number: {number}."), number=unstopped(claim.carrier_case_number)))
    reply = claim.reply_to or ", ".join(
        part for part in (head.issued_by, head.role, case.packet.office.contact) if part
    )
    said.append(fill(_("Reply to: {reply}."), reply=unstopped(reply)))
    return joined(said)


def _enclosed(case: Case) -> Markup:
    letters = case.letters(ExhibitStatus.PRESENT)
    present = ", ".join(letters)
    exhibits = (_("exhibit {letters}") if len(letters) == 1 else _("exhibits {letters}")).format(letters=present)
    if not case.claim.declaration:
        return fill(_("Enclosed: claim summary, exhibit index, statement of amount, {exhibits}."), exhibits=exhibits)
    return fill(
        _("Enclosed: claim summary, exhibit index, statement of amount, {exhibits}, declaration."), exhibits=exhibits
    )


def over(amount: Money, limit: Money) -> Money | None:
    """By how much an amount is over a limit in the same currency; none when it is not."""
    if amount.currency != limit.currency or amount.mills <= limit.mills:
        return None
    return Money(amount.mills - limit.mills, amount.currency)
