"""The fifteen statuses of a shipment; a carrier's own words and code always stand beside them."""

from enum import StrEnum


class Status(StrEnum):
    """Where a shipment stands."""

    LABEL_CREATED = "label_created"
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPTED = "attempted"
    AVAILABLE_FOR_PICKUP = "available_for_pickup"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    EXCEPTION = "exception"
    CUSTOMS = "customs"
    RETURN_TO_SENDER = "return_to_sender"
    RETURNED = "returned"
    LOST = "lost"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


FINAL = frozenset({Status.DELIVERED, Status.RETURNED, Status.LOST, Status.CANCELLED})

# How far along: decides which of several events of one and the same moment is the newest.
RANKS: dict[str, int] = {
    Status.UNKNOWN: 0,
    Status.LABEL_CREATED: 1,
    Status.ACCEPTED: 2,
    Status.IN_TRANSIT: 3,
    Status.CUSTOMS: 4,
    Status.DELAYED: 4,
    Status.EXCEPTION: 4,
    Status.OUT_FOR_DELIVERY: 5,
    Status.ATTEMPTED: 6,
    Status.AVAILABLE_FOR_PICKUP: 7,
    Status.RETURN_TO_SENDER: 8,
    Status.DELIVERED: 9,
    Status.RETURNED: 9,
    Status.LOST: 9,
    Status.CANCELLED: 9,
}
# What a carrier does with the day's end rather than with its beginning, where only the day is known.
ENDS_A_DAY = frozenset(
    {
        Status.ATTEMPTED,
        Status.AVAILABLE_FOR_PICKUP,
        Status.RETURN_TO_SENDER,
        Status.DELIVERED,
        Status.RETURNED,
    }
)

ALIASES: dict[str, Status] = {
    "pre_transit": Status.LABEL_CREATED,
    "pre_shipment": Status.LABEL_CREATED,
    "picked_up": Status.ACCEPTED,
    "acceptance": Status.ACCEPTED,
    "transit": Status.IN_TRANSIT,
    "departed": Status.IN_TRANSIT,
    "arrived": Status.IN_TRANSIT,
    "delivery_attempt": Status.ATTEMPTED,
    "notice_left": Status.ATTEMPTED,
    "ready_for_pickup": Status.AVAILABLE_FOR_PICKUP,
    "pickup": Status.AVAILABLE_FOR_PICKUP,
    "delay": Status.DELAYED,
    "alert": Status.EXCEPTION,
    "returning": Status.RETURN_TO_SENDER,
    "returned_to_sender": Status.RETURNED,
    "canceled": Status.CANCELLED,
}


def parse_status(text: str) -> Status | None:
    """The status that a word means, ignoring case, blanks and dashes; none if it is no such word."""
    word = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    try:
        return Status(word)
    except ValueError:
        return ALIASES.get(word)


def rank(status: str | None) -> int:
    """How far along a status is, 0 for none: of two events of one moment the farther one is the newer."""
    return RANKS.get(status or "", 0)
