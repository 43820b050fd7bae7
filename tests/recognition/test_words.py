"""What whole sentences of carriers mean, where several words of the table stand in one, or look like it."""

import pytest

from mailroom.recognition.statuses import status_by_words

PLAIN = """
accepted|Acceptance Scan
accepted|Picked up scan
accepted|Shipment Received, Package Acceptance Pending
delivered|Delivered Scan
delivered|Delivered (scheduled)
delivered|Status: delivered, expected 3/4
delivered|Sendung wurde wie geplant zugestellt
delivered|Your scheduled package was delivered
delivered|Your pending package was delivered
delivered|No signature item delivered
delivered|Without signature delivered
delivered|Non machinable parcel delivered
delivered|Delivered to mailroom by carrier
delivered|Delivered to John via courier
delivered|Delivered to 12 Carrier Street
delivered|Delivered to Carrier Street 12
delivered|Delivered to building agent
delivered|Delivered to Home Depot
delivered|Delivered to UPS Store mailbox 12
delivered|Delivered into mailbox for delivery instructions
unknown|No parcel was delivered
unknown|Scheduled to have been delivered
unknown|Non è ancora stato consegnato
"""


def cases(lines: str) -> list[tuple[str, str]]:
    return [(status, text) for status, _, text in (line.partition("|") for line in lines.strip().splitlines())]


@pytest.mark.parametrize(("status", "text"), cases(PLAIN))
def test_a_word_nearby_that_speaks_of_something_else_takes_nothing_back(status: str, text: str) -> None:
    assert status_by_words("dhl", text) == status
