"""The word for each status, as chips and papers show it."""

from mailroom.domain.status import Status
from mailroom.wording import _, mark

WORDS: dict[Status, str] = {
    Status.LABEL_CREATED: mark("Label created"),
    Status.ACCEPTED: mark("Accepted"),
    Status.IN_TRANSIT: mark("In transit"),
    Status.OUT_FOR_DELIVERY: mark("Out for delivery"),
    Status.ATTEMPTED: mark("Attempted"),
    Status.AVAILABLE_FOR_PICKUP: mark("Ready for pick-up"),
    Status.DELIVERED: mark("Delivered"),
    Status.DELAYED: mark("Delayed"),
    Status.EXCEPTION: mark("Exception"),
    Status.CUSTOMS: mark("In customs"),
    Status.RETURN_TO_SENDER: mark("Coming back"),
    Status.RETURNED: mark("Returned"),
    Status.LOST: mark("Lost"),
    Status.CANCELLED: mark("Cancelled"),
    Status.UNKNOWN: mark("Unknown"),
}


def status_word(status: Status) -> str:
    """The status in one or two words, in the reader's language."""
    return _(WORDS[status])


def standing_word(status: Status, *, unsure: bool) -> str:
    """The status of a shipment as lists show it: with a question mark where only an e-mail tells it."""
    return _("{status}?").format(status=status_word(status)) if unsure else status_word(status)


def doubt_text() -> str:
    """Why there is a question mark."""
    return _("Only an e-mail says so, and anybody can write one.")
