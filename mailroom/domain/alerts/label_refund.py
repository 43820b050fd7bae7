"""A paid label that was never used: the days for a refund run out."""

from datetime import UTC, datetime, time, timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency
from mailroom.domain.shipment import PostageProof
from mailroom.domain.status import Status


def judge(seen: Situation) -> Finding | None:
    """Thirty days for an online label, sixty from its date for a meter's imprint (DMM 604.9); only where no carrier
    has taken the piece and the carrier was heard of it at all, or the label is online postage."""
    if seen.shipment.status is not Status.LABEL_CREATED or seen.shipment.postage.mills <= 0:
        return None
    proof = seen.shipment.fields.proof_of_postage
    if proof not in (PostageProof.ONLINE, PostageProof.METER, None) or not seen.moves:
        return None  # what the carrier announces without a word of ours about its postage is an online label
    limits = seen.thresholds
    kept = limits.imprint_refund if proof is PostageProof.METER else limits.label_refund
    warning = kept - (limits.label_refund - limits.label_refund_warning)
    due = seen.shipped_day + timedelta(days=kept)
    days = (seen.today - seen.shipped_day).days
    if not warning <= days <= kept:
        return None
    since = datetime.combine(seen.shipped_day + timedelta(days=warning), time(), seen.zone).astimezone(UTC)
    urgency = Urgency.TODAY if (due - seen.today).days <= limits.held_warning else Urgency.SOON
    return Finding(
        urgency,
        since,
        due,
        (("days", str(days)), ("amount", seen.shipment.postage.amount), ("currency", seen.shipment.postage.currency)),
    )


_LABEL = happened(22, Status.LABEL_CREATED)

RULE = AlertRule(
    "label_refund",
    judge,
    (
        Example("day 22", piece(_LABEL, recorded=22, proof_of_postage=PostageProof.ONLINE), Urgency.SOON),
        Example("day 28", piece(_LABEL, recorded=28, proof_of_postage=PostageProof.ONLINE), Urgency.TODAY),
        Example(
            "day 10", piece(happened(10, Status.LABEL_CREATED), recorded=10, proof_of_postage=PostageProof.ONLINE), None
        ),
        Example("an imprint, day 52", piece(_LABEL, recorded=52, proof_of_postage=PostageProof.METER), Urgency.SOON),
        Example("a label of which only the carrier told", piece(_LABEL, recorded=22), Urgency.SOON),
        Example("a stamp", piece(_LABEL, recorded=22, proof_of_postage=PostageProof.STAMP), None),
        Example(
            "used",
            piece(_LABEL, happened(20, Status.ACCEPTED), recorded=22, proof_of_postage=PostageProof.ONLINE),
            None,
        ),
    ),
    frozenset({Status.LABEL_CREATED}),
)
