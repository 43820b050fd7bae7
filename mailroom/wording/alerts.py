"""Alerts in words: a title that is a finding, the evidence in one sentence, and what to do about it."""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from mailroom.domain.alerts.situation import Alert, Urgency
from mailroom.domain.attention import AlertAct, AlertRow
from mailroom.domain.money import Money
from mailroom.domain.status import Status
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.wording import _, mark, plural
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.countries import countries
from mailroom.wording.places import postal_code
from mailroom.wording.plain import one_line
from mailroom.wording.postage import money_text
from mailroom.wording.short_times import day_text, happened_text, moment_text
from mailroom.wording.statuses import status_word

URGENCY_WORDS: dict[Urgency, str] = {
    Urgency.TODAY: mark("Act today"),
    Urgency.SOON: mark("This week"),
    Urgency.WATCH: mark("Keep an eye on"),
}

RULE_WORDS: dict[str, str] = {
    "abrupt_change": mark("Impossible jump"),
    "claim_appeal": mark("Appeal of a claim"),
    "claim_closing": mark("Claim about to lapse"),
    "claim_missed": mark("Claim not filed in time"),
    "claim_opens": mark("Claim can be filed"),
    "customs": mark("Customs"),
    "delivered_elsewhere": mark("Delivered elsewhere"),
    "exception": mark("Exception"),
    "going_back_soon": mark("About to go back"),
    "label_refund": mark("Label refund"),
    "moving_backwards": mark("Back and forth"),
    "no_movement": mark("No movement"),
    "not_accepted": mark("Never handed over"),
    "not_delivered_after_all": mark("Out, not delivered"),
    "number_twice": mark("Number seen twice"),
    "past_promise": mark("Past the promised day"),
    "proof_expiring": mark("Proof about to be deleted"),
    "recurring_lane": mark("Trouble again on this lane"),
    "return_to_sender": mark("Return to sender"),
}

TODO_WORDS: dict[str, str] = {
    "abrupt_change": mark("Ask the carrier which of the two events is about this piece."),
    "claim_appeal": mark("Answer the carrier’s reason with new documents, and file the appeal."),
    "claim_closing": mark("File the claim, and enter the carrier’s number: then this clears itself."),
    "claim_missed": mark("Ask the carrier whether it still takes the claim, or close it."),
    "claim_opens": mark("Prepare the claim and its packet on the Claims page."),
    "customs": mark("Send the papers that are asked for, or ask the recipient to."),
    "delivered_elsewhere": mark("Compare the address on the label, then ask the carrier where it was left."),
    "exception": mark("Read the carrier’s reason, correct the address or ask the carrier to go on."),
    "going_back_soon": mark("Call the recipient, or order another delivery."),
    "label_refund": mark("Ask for the postage back before the last day, if the piece was not sent."),
    "moving_backwards": mark("Ask the carrier to look at the address and the routing."),
    "no_movement": mark("Ask the carrier where it is."),
    "not_accepted": mark("Look for it in the office, or ask for a scan at the hand-over."),
    "not_delivered_after_all": mark("Ask the carrier what happened on the round."),
    "number_twice": mark("Compare both: numbers are re-used, or one was read wrong."),
    "past_promise": mark("Tell the recipient, and ask the carrier for a new date."),
    "proof_expiring": mark("Save the proof of delivery here before the carrier deletes it."),
    "recurring_lane": mark("Show your carrier’s contact these pieces together."),
    "return_to_sender": mark("Tell the requester, and decide whether it is sent again."),
}

ICONS: dict[str, str] = {
    "abrupt_change": "bolt",
    "claim_appeal": "shield-check",
    "claim_closing": "clock-exclamation",
    "claim_missed": "clock-exclamation",
    "claim_opens": "shield-check",
    "customs": "building-bank",
    "delivered_elsewhere": "map-pin",
    "exception": "alert-triangle",
    "going_back_soon": "building-store",
    "label_refund": "receipt",
    "moving_backwards": "repeat",
    "no_movement": "hourglass",
    "not_accepted": "tag",
    "not_delivered_after_all": "truck-delivery",
    "number_twice": "copy",
    "past_promise": "clock-exclamation",
    "proof_expiring": "eye-off",
    "recurring_lane": "flag",
    "return_to_sender": "arrow-back-up",
}


def urgency_word(urgency: Urgency) -> str:
    """The heading that alerts of this urgency stand under."""
    return _(URGENCY_WORDS[urgency])


def rule_word(kind: str) -> str:
    """A rule by its short name; one without words by its id."""
    return _(RULE_WORDS.get(kind, kind))


def what_to_do(kind: str) -> str:
    """The next sensible step in one sentence; empty for a rule without one."""
    return _(TODO_WORDS[kind]) if kind in TODO_WORDS else ""


def alert_icon(kind: str) -> str:
    """The symbol of a rule."""
    return ICONS.get(kind, "bell")


def alert_title(alert: Alert) -> str:
    """The finding: `4 days without movement`."""
    facts = dict(alert.finding.evidence)
    days = int(facts.get("days", "0") or 0)
    counted = _counted_title(alert.kind, facts, days) or _claim_title(alert.kind, facts)
    if counted:
        return counted
    if alert.kind == "exception":
        return _("The carrier reports a problem") if not facts.get("reason") else one_line(facts["reason"])
    if alert.kind == "number_twice":
        if "recorded_on" in facts:
            return _("Delivered long before it was put on record")
        return _("One number, two shipments") if "others" in facts else _("Delivered before it was mailed")
    if alert.kind == "abrupt_change":
        if "minutes" in facts:
            return plural(
                "Delivered {n} minute after acceptance", "Delivered {n} minutes after acceptance", int(facts["minutes"])
            )
        return _("Two far places at almost the same time")
    plain = {
        "customs": _("Customs waits for papers") if alert.finding.urgency is Urgency.TODAY else _("Long in customs"),
        "delivered_elsewhere": (
            _("Delivered in another country")
            if facts.get("found", "").isalpha()
            else _("Delivered to another postal code")
        ),
        "recurring_lane": _("Trouble again on this lane"),
        "return_to_sender": _("On its way back to you"),
    }
    return plain.get(alert.kind, rule_word(alert.kind))


def _counted_title(kind: str, facts: Mapping[str, str], days: int) -> str:
    """The titles that count something; empty for other rules."""
    if kind == "no_movement":
        return plural("{n} day without movement", "{n} days without movement", days)
    if kind == "not_accepted":
        return plural("Printed {n} day ago, never handed over", "Printed {n} days ago, never handed over", days)
    if kind == "past_promise":
        return plural("{n} day past the promised day", "{n} days past the promised day", days)
    if kind == "not_delivered_after_all":
        return plural(
            "Out for delivery {n} day ago, not delivered", "Out for delivery {n} days ago, not delivered", days
        )
    if kind == "going_back_soon":
        left = int(facts.get("left", "0") or 0)
        return (
            plural("Goes back to you in {n} day", "Goes back to you in {n} days", left)
            if left > 0
            else _("May go back any day")
        )
    if kind == "proof_expiring":
        return plural("Delivered {n} day ago, proof not saved", "Delivered {n} days ago, proof not saved", days)
    if kind == "label_refund":
        return plural("Label unused for {n} day", "Label unused for {n} days", days)
    if kind == "moving_backwards":
        return plural("Came back {n} time on its way", "Came back {n} times on its way", int(facts["times"]))
    return ""


def _claim_title(kind: str, facts: Mapping[str, str]) -> str:
    """The titles about the days of a claim; empty for other rules."""
    left = int(facts.get("left", "0") or 0)
    if kind == "claim_closing":
        return (
            plural("{n} day left to file a claim", "{n} days left to file a claim", left)
            if left
            else _("Last day to file a claim")
        )
    if kind == "claim_appeal":
        return plural("{n} day left to appeal", "{n} days left to appeal", left) if left else _("Last day to appeal")
    if kind == "claim_opens":
        return _("A claim can be filed soon") if "opens_on" in facts else _("A claim can be filed")
    return _("The days for a claim have passed") if kind == "claim_missed" else ""


def _claim_days(facts: Mapping[str, str], today: date) -> str:
    """Which claim, which day, and how sure the rule is."""
    parts = [_("Claim {number}.").format(number=facts["claim"])] if facts.get("claim") else []
    if not facts.get("claim"):
        parts.append(_("No claim is on record."))
    told = {
        "opens_on": _("It can be filed from {day}."),
        "last_on": _("The last day was {day}."),
        "decided_on": _("Decided {day}."),
    }
    parts += [
        text.format(day=day_text(date.fromisoformat(facts[name]), today))
        for name, text in told.items()
        if facts.get(name)
    ]
    if facts.get("rule_as_of"):
        as_of = day_text(date.fromisoformat(facts["rule_as_of"]), date.min)
        told_of = _("Rule as of {day}; confirm with the carrier.")
        if facts.get("insurer"):
            told_of = _("Rule as of {day}; confirm with the insurer.")
        parts.append(told_of.format(day=as_of))
    return " ".join(parts)


def alert_evidence(alert: Alert, zone: tzinfo, now: datetime, *, last_day: bool = True) -> str:
    """What it rests on, in a sentence or two, as of `now` (aware) on the clock of the office's `zone`.

    `last_day` is left out where it stands beside.
    """
    facts = dict(alert.finding.evidence)
    today = now.astimezone(zone).date()
    parts = [_particular(alert.kind, facts, today), _last_seen(alert.kind, facts, zone, today)]
    if alert.finding.due and last_day:
        parts.append(_("Last day {day}.").format(day=day_text(alert.finding.due, today)))
    return one_line(" ".join(part for part in parts if part))


def _particular(kind: str, facts: Mapping[str, str], today: date) -> str:
    """What only this rule tells."""
    if kind == "delivered_elsewhere":
        found = dict((code, name) for name, code in countries()).get(facts["found"], facts["found"])
        line = _("Mailed to {wanted}, delivered in {found}.").format(wanted=facts["wanted"], found=found)
        return f"{line} {_('The carrier told that it was forwarded.')}" if facts.get("forwarded") else line
    if kind == "past_promise":
        basis = {
            "carrier": _("by the carrier"),
            "file": _("by an imported file"),
            "rule": _("by the service’s standard"),
            "user": _("by this office, not by the carrier"),
        }
        day = day_text(date.fromisoformat(facts["promised_on"]), today)
        return _("Promised for {day} {basis}.").format(day=day, basis=basis.get(facts["basis"], "")).replace(" .", ".")
    if kind == "number_twice" and "others" in facts:
        count = int(facts["others"])
        return plural("{n} other open shipment has this number.", "{n} other open shipments have this number.", count)
    if kind == "number_twice" and "recorded_on" in facts:
        day = day_text(date.fromisoformat(facts["recorded_on"]), today)
        return _("Put on record on {day}; no mailing day was entered.").format(day=day)
    if kind == "number_twice":
        day = day_text(date.fromisoformat(facts["mailed_on"]), today)
        return _("Mailed on {day} by your record.").format(day=day)
    if kind == "recurring_lane":
        count = int(facts["others"])
        return plural(
            "{n} other piece of this carrier to the same area had trouble within 30 days.",
            "{n} other pieces of this carrier to the same area had trouble within 30 days.",
            count,
        )
    if kind == "abrupt_change" and "other_place" in facts:
        return _("Just before it was in {place}.").format(place=facts["other_place"])
    if kind == "return_to_sender" and facts.get("reason"):
        return _("Reason: {reason}.").format(reason=facts["reason"].rstrip("."))
    if kind == "label_refund":
        paid = Money(int(Decimal(facts["amount"]) * 1000), facts["currency"])
        return _("{amount} of postage paid; no carrier has taken the piece.").format(amount=money_text(paid))
    if kind.startswith("claim_"):
        return _claim_days(facts, today)
    if kind == "not_accepted":
        return _("No carrier has said that it has the piece.")
    return ""


def _last_seen(kind: str, facts: Mapping[str, str], zone: tzinfo, today: date) -> str:
    """The event the finding rests on: when, where, in whose words."""
    if "happened" not in facts:
        return ""
    try:
        when = happened_text(parse_carrier_time(facts["happened"]), zone, today)
    except MailroomError:
        when = facts["happened"]
    text = facts.get("text", "")
    text = status_word(Status(text)) if text in set(Status) else text  # an event without words has its status there
    shown = {"when": when, "place": facts.get("place", ""), "text": text, "source": facts.get("source", "")}
    if kind == "proof_expiring":
        return _("The carrier soon deletes what it knows of the delivery on {when}.").format(**shown)
    if facts.get("typed"):
        return (
            _("Typed by hand: {when} at {place}, “{text}”.")
            if shown["place"]
            else _("Typed by hand: {when}, “{text}”.")
        ).format(**shown)
    told = _("Last seen {when} at {place}, “{text}”.") if shown["place"] else _("Last word {when}, “{text}”.")
    return told.format(**shown)


def since_text(alert: Alert, zone: tzinfo, today: date) -> str:
    """Since when it is so, which may be long before the piece was put on record: the day alone where it began a day."""
    since = alert.finding.since.astimezone(zone)
    begins_a_day = since.time() == time()
    when = day_text(since.date(), today) if begins_a_day else moment_text(since, zone, today)
    return _("True since {when}. It clears itself when the evidence changes.").format(when=when)


def about_piece(row: AlertRow) -> str:
    """Whose piece it is: service, recipient, place."""
    service, to = carrier_and_service(row.row.shipment), addressee(row)
    return one_line(_("{service} to {to}").format(service=service, to=to) if to else service)


def addressee(row: AlertRow) -> str:
    """Recipient and place; empty where neither is on record."""
    shipment = row.row.shipment
    party = shipment.fields.recipient
    who = party.name or party.company
    place = " ".join(part for part in (party.city, party.region, postal_code(party, shipment)) if part)
    return one_line(", ".join(part for part in (who, place) if part))


def act_title(facts: Mapping[str, str]) -> str:
    """What was done about an alert, as the timeline says it."""
    rule = rule_word(facts.get("kind", ""))
    act = facts.get("act", "")
    if act == AlertAct.SNOOZED:
        return _("Alert “{rule}” put off until {until}").format(rule=rule, until=_whole_day(facts.get("until", "")))
    if act == AlertAct.ASSIGNED:
        if not facts.get("to"):
            return _("Alert “{rule}” is nobody’s again").format(rule=rule)
        return _("Alert “{rule}” given to {to}").format(rule=rule, to=facts["to"])
    if act == AlertAct.DONE:
        return _("Alert “{rule}” dealt with").format(rule=rule)
    return _("Alert “{rule}” on the list again").format(rule=rule)


def _whole_day(text: str) -> str:
    """An ISO day with its year: `26 Nov 2026`."""
    return day_text(date.fromisoformat(text), date.min) if text else ""
