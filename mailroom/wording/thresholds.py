"""The thresholds of alert rules in words, grouped by what they are about."""

from mailroom.wording import _, mark

THRESHOLD_WORDS: dict[str, str] = {
    "no_movement_watch": mark("No movement: keep an eye on it after (days)"),
    "no_movement_ask": mark("No movement: this week after (days)"),
    "no_movement_lost": mark("No movement: act today after (days)"),
    "not_accepted": mark("Label without a hand-over, after (business days)"),
    "out_for_delivery": mark("Out for delivery and silent, after (days)"),
    "attempted": mark("Attempted or waiting, after (days)"),
    "held_at_post": mark("A post holds a piece for (days)"),
    "held_warning": mark("A last day is near, before it (days)"),
    "customs": mark("In customs, after (days)"),
    "loops": mark("Came back to a place it had left (times)"),
    "quick_minutes": mark("Delivered after acceptance, within (minutes)"),
    "lane_troubles": mark("Others in trouble on the lane (pieces)"),
    "proof_warning": mark("Proof of delivery: warn after (days)"),
    "proof_kept": mark("Proof of delivery: the carrier keeps it (days)"),
    "signature_warning": mark("Signature: warn after (days)"),
    "signature_kept": mark("Signature: the carrier keeps it (days)"),
    "label_refund_warning": mark("Unused label: warn after (days)"),
    "label_refund": mark("Unused label: refund within (days)"),
    "imprint_refund": mark("Unused imprint: refund within (days)"),
}


def threshold_word(name: str) -> str:
    """What a threshold is about, with its unit; one without words by its name."""
    return _(THRESHOLD_WORDS.get(name, name))
