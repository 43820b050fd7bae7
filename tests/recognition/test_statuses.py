"""What codes and words of carriers mean."""

import hashlib

import pytest

from mailroom import resources
from mailroom.domain.status import FINAL, Status
from mailroom.recognition import statuses
from mailroom.recognition.statuses import event_codes, status_by_words, status_of

# The version goes up with the tables: timelines that were made by an older one can then be derived again.
TABLES = {"2026-12-01": "63c643e8c0444013"}


def test_the_version_belongs_to_these_tables() -> None:
    codes = [f"{one.carrier}|{one.code}|{one.status}|{one.coarse}" for one in event_codes()]
    text = "\n".join(codes).encode() + resources.file("rules/status_words.csv").read_bytes()
    assert TABLES[statuses.MAPPING_VERSION] == hashlib.sha256(text).hexdigest()[:16]


def test_every_code_of_the_table_is_found_by_itself() -> None:
    codes = event_codes()
    assert len(codes) == 476
    for one in codes:
        assert status_of(one.carrier, code=one.code) is one.status, one
        assert status_of(one.carrier, category=f" {one.code.upper()} ") is one.status, one
        if one.final:
            assert one.status in FINAL or "DD" in one.code, one


@pytest.mark.parametrize(
    ("carrier", "given", "status"),
    [
        ("ups", {"code": "012", "subcode": "SR", "category": "X"}, Status.CUSTOMS),
        ("ups", {"subcode": "DA", "category": "X"}, Status.IN_TRANSIT),  # an X that is no trouble
        ("ups", {"code": "777", "category": "D", "text": "Out for delivery"}, Status.OUT_FOR_DELIVERY),
        ("ups", {"code": "114"}, Status.IN_TRANSIT),  # the request was cancelled, not the shipment
        ("usps", {"code": "21", "category": "Alert"}, Status.RETURN_TO_SENDER),
        ("usps", {"code": "ZZ", "category": "Alert", "text": "Addressee unknown"}, Status.RETURN_TO_SENDER),
        ("usps", {"code": "1"}, Status.DELIVERED),  # a spreadsheet ate the zero
        ("fedex", {"code": "DE", "text": "Delivery exception"}, Status.ATTEMPTED),
        ("fedex", {"code": "DE", "text": "Incorrect address"}, Status.EXCEPTION),
        ("dhl", {"category": "unknown"}, Status.UNKNOWN),
        ("dhl", {"category": "failure", "text": "Recipient not home"}, Status.ATTEMPTED),
        ("dhl", {"code": "WC"}, Status.OUT_FOR_DELIVERY),
        ("pitney_bowes", {"code": "OF", "subcode": "TRD", "category": "InTransit"}, Status.OUT_FOR_DELIVERY),
        ("pitney_bowes", {"subcode": "INF", "category": "In Transit"}, Status.IN_TRANSIT),  # unknown says nothing
        ("gofo", {"code": "X9"}, Status.UNKNOWN),
        ("gofo", {}, Status.UNKNOWN),
    ],
)
def test_the_finest_field_speaks_first(carrier: str, given: dict[str, str], status: Status) -> None:
    assert status_of(carrier, **given) is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Delivered, In/At Mailbox", Status.DELIVERED),
        ("Your item was delivered<SUP>&#174;</SUP> at the front door", Status.DELIVERED),
        ("Delivered, To Original Sender", Status.RETURNED),
        ("Your item could not be delivered on Monday", Status.ATTEMPTED),
        ("Your parcel has not been delivered", Status.ATTEMPTED),
        ("Delivery attempted - no access to delivery location", Status.ATTEMPTED),
        ("We expect your parcel to be delivered tomorrow", Status.IN_TRANSIT),
        ("Your shipment is out for delivery", Status.OUT_FOR_DELIVERY),
        ("Delivered to UPS Access Point", Status.AVAILABLE_FOR_PICKUP),
        ("Shipping Label Created, USPS Awaiting Item", Status.LABEL_CREATED),
        ("Held in Customs", Status.CUSTOMS),
        ("Adverse weather has delayed your package", Status.DELAYED),
        ("Die Sendung wurde zugestellt", Status.DELIVERED),
        ("Der Empfänger konnte nicht zugestellt werden", Status.ATTEMPTED),
        ("Votre colis a été livré", Status.DELIVERED),
        ("undelivered greetings", Status.UNKNOWN),
        ("", Status.UNKNOWN),
        ("完了", Status.UNKNOWN),
    ],
)
def test_words_are_read_with_care(text: str, status: Status) -> None:
    assert status_by_words("fedex", text) is status
