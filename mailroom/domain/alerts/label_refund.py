"""A paid label that was never used: the days for a refund run out."""

from datetime import date, timedelta

from mailroom.domain.alerts.examples import NOW, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, start_of
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
    printed = _printed(seen)
    due = printed + timedelta(days=kept)
    days = (seen.today - printed).days
    if not warning <= days <= kept:
        return None
    since = start_of(printed + timedelta(days=warning), seen.zone)
    urgency = Urgency.TODAY if (due - seen.today).days <= limits.held_warning else Urgency.SOON
    return Finding(
        urgency,
        since,
        due,
        (("days", str(days)), ("amount", seen.shipment.postage.amount), ("currency", seen.shipment.postage.currency)),
    )


def _printed(seen: Situation) -> date:
    """The day from which the carrier counts, the earliest on record: a label may be put on record weeks after it."""
    label = seen.first(Status.LABEL_CREATED)
    return min(seen.shipped_day, seen.recorded_day, *([] if label is None else [label.happened.local.date()]))


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
        Example(
            "put on record today, printed twenty-five days ago",
            piece(happened(25, Status.LABEL_CREATED), recorded=0, proof_of_postage=PostageProof.ONLINE),
            Urgency.TODAY,
        ),
        Example(
            "printed twenty-two days ago, to be mailed tomorrow",
            piece(_LABEL, recorded=22, mailed_on=NOW.date() + timedelta(days=1), proof_of_postage=PostageProof.ONLINE),
            Urgency.SOON,
        ),
        Example(
            "put on record today, printed ten days ago",
            piece(happened(10, Status.LABEL_CREATED), recorded=0, proof_of_postage=PostageProof.ONLINE),
            None,
        ),
        Example("a stamp", piece(_LABEL, recorded=22, proof_of_postage=PostageProof.STAMP), None),
        Example(
            "used",
            piece(_LABEL, happened(20, Status.ACCEPTED), recorded=22, proof_of_postage=PostageProof.ONLINE),
            None,
        ),
    ),
    frozenset({Status.LABEL_CREATED}),
)
