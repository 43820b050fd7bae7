"""Sentences for the reasons of recognition: why a candidate is offered, asked about or refused."""

from mailroom.domain.recognition import Reason
from mailroom.wording import _, mark

REASONS: dict[str, str] = {
    "format_fits": mark("The number fits this carrier's format"),
    "not_a_tracking_number": mark("This is not a tracking number"),
}


def reason_text(reason: Reason) -> str:
    """The reason as one phrase without a full stop, in the reader's language."""
    return _(REASONS[reason.code]).format(**dict(reason.facts))
