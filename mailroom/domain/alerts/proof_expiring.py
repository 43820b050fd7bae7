"""Delivered, and the carrier will soon delete the proof that was not saved here."""

from datetime import UTC, datetime, time, timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Thresholds, Urgency, event_facts
from mailroom.domain.status import Status

_SIGNED = ("certified", "registered", "signature", "return receipt", "mail express")


def judge(seen: Situation) -> Finding | None:
    """From day 90 of a delivery that the carrier keeps 120 days; from day 700 where a signature is kept two years. Each
    carrier has days of its own.
    """
    event = seen.newest(Status.DELIVERED)
    if event is None or seen.shipment.status is not Status.DELIVERED or seen.proof_saved:
        return None
    signed = any(word in seen.shipment.service.lower() for word in _SIGNED)
    limits = seen.thresholds
    warning, kept = (
        (limits.signature_warning, limits.signature_kept) if signed else (limits.proof_warning, limits.proof_kept)
    )
    day = event.happened.local.date()
    days, due = (seen.today - day).days, day + timedelta(days=kept)
    if not warning <= days <= kept:
        return None
    since = datetime.combine(day + timedelta(days=warning), time(), seen.zone).astimezone(UTC)
    urgency = Urgency.TODAY if (due - seen.today).days <= limits.held_warning else Urgency.SOON
    return Finding(urgency, since, due, (("days", str(days)), *event_facts(event)))


RULE = AlertRule(
    "proof_expiring",
    judge,
    (
        Example("ninety-five days", piece(happened(95, Status.DELIVERED), recorded=100), Urgency.SOON),
        Example("a hundred and eighteen days", piece(happened(118, Status.DELIVERED), recorded=120), Urgency.TODAY),
        Example("thirty days", piece(happened(30, Status.DELIVERED), recorded=40), None),
        Example("saved here", piece(happened(95, Status.DELIVERED), recorded=100, proof_saved=True), None),
        Example("gone by now", piece(happened(130, Status.DELIVERED), recorded=140), None),
        Example(
            "a signature of certified mail",
            piece(happened(705, Status.DELIVERED), recorded=710, service="First-Class Mail, Certified Mail"),
            Urgency.SOON,
        ),
        Example(
            "a plain service with the word express",
            piece(happened(95, Status.DELIVERED), recorded=100, service="Express Saver"),
            Urgency.SOON,
        ),
        Example(
            "certified mail after ninety-five days",
            piece(happened(95, Status.DELIVERED), recorded=100, service="First-Class Mail, Certified Mail"),
            None,
        ),
        Example("UPS, ninety-five days", piece(happened(95, Status.DELIVERED), carrier="ups"), Urgency.SOON),
        Example(
            "UPS keeps a signature no longer",
            piece(happened(100, Status.DELIVERED), carrier="ups", service="Ground Signature Required"),
            Urgency.SOON,
        ),
        Example(
            "a signature that UPS has deleted long ago",
            piece(happened(705, Status.DELIVERED), carrier="ups", service="Ground Signature Required"),
            None,
        ),
        Example("DHL, eighty-seven days", piece(happened(87, Status.DELIVERED), carrier="dhl"), Urgency.TODAY),
        Example("DHL, ninety-five days: gone", piece(happened(95, Status.DELIVERED), carrier="dhl"), None),
        Example("FedEx, ninety-five days: it has time", piece(happened(95, Status.DELIVERED), carrier="fedex"), None),
        Example("FedEx, after nearly two years", piece(happened(710, Status.DELIVERED), carrier="fedex"), Urgency.SOON),
        Example(
            "an office that knows better",
            piece(happened(95, Status.DELIVERED), carrier="fedex", thresholds=Thresholds(proof_kept=100)),
            Urgency.TODAY,
        ),
    ),
    frozenset({Status.DELIVERED}),
)
