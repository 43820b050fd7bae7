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
