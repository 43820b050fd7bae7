"""Words that have a phrase of the table and do not mean it: denied, still to come, only possible, or handed on."""

import pytest

from mailroom.domain.status import FINAL, Status
from mailroom.recognition.statuses import status_by_words, taken_back

NO_DELIVERY = """
Not yet delivered
Your item is not yet delivered
Your item cannot be delivered
Can't be delivered
Can’t be delivered
Couldn't be delivered
Couldn’t be delivered today
Being delivered
Ready to be delivered
Has yet to be delivered
May be delivered after 5 pm
Never delivered
No delivered scan
Non-delivered
If delivered damaged, tell us
Once delivered you will hear from us
Expected delivered by Monday
Delivered tomorrow
Will be safely delivered
Will be left at front door
Delivered to Air Carrier
Delivered to carrier
Delivered, to the carrier
Delivered to post office
Delivered to local post office
Delivered to the depot
Delivered to Denver hub
Delivered to courier
Delivered to forwarder
Shipment is delivered to freight forwarder
Delivered to USPS for final delivery
Tendered/Delivered to USPS
Delivered to Canada Post
Delivered to agent for final delivery
Delivered for onward transport
Delivered to shipper
Proof of delivery requested
Proof of delivery is not available
Proof of delivery delivered by e-mail
Noch nicht zugestellt
Wird zugestellt
Wird heute zugestellt
Die Sendung wird am 23.11. zwischen 10 und 12 Uhr zugestellt
Die Sendung wird, wenn alles gut geht, zugestellt
Die Sendung wird voraussichtlich zugestellt
Kann morgen zugestellt werden
Zugestellt an Filiale
Zugestellt an den Spediteur
Non livré
Pas livré
Pas encore livré
Votre colis n'a pas été livré
Votre colis n’a pu être livré
Sera livré demain
Votre colis sera livré
En attente d'être livré
Colis non distribué
Livré au transporteur
Livré au bureau de poste
No entregado
No fue entregado
Aún no entregado
No ha sido entregado
Será entregado mañana
Pendiente de ser entregado
Entregado al transportista
Non consegnato
Non è stato consegnato
Sarà consegnato
Consegnato al corriere
Niet bezorgd
Nog niet bezorgd
Wordt bezorgd
Wordt vandaag bezorgd
Zal morgen bezorgd worden
"""

DELIVERED = """
Delivered
DELIVERED
Delivered, Front Desk
Delivered, Front Desk/Reception/Mail Room
Delivered, In/At Mailbox
Delivered, PO Box
Delivered to post office box 12
Delivered, Left with Individual
Delivered, Individual Picked Up at Post Office
Delivered, no signature required
Delivered - signature not required
Signature not required, delivered
Delivered by Local Post Office
Delivered to John at the front desk
Delivered to neighbor
Delivered as scheduled
Delivered on the expected day
Parcel no. 12 delivered
Parcel no 12 delivered
It was not easy. Your item was delivered at 10:00
Not left outside but delivered to the reception
First attempt failed, delivered on the second
Left at front door. Signature service not requested.
Signed for by: WILL
Picked up by customer
Proof of delivery
Delivery completed
Zugestellt
Die Sendung wurde zugestellt
Die Sendung ist am 5. Mai zugestellt worden
Ausgeliefert
Livré
Votre colis est livré
Votre colis a été livré
Livré sans signature
Colis distribué
Entregado
Entregado en la recepción
El paquete fue entregado
Consegnato
È stato consegnato
Bezorgd
Uw pakket is bezorgd
Afgeleverd
"""


@pytest.mark.parametrize("text", NO_DELIVERY.strip().splitlines())
def test_what_did_not_happen_or_not_yet_is_no_delivery(text: str) -> None:
    assert status_by_words("fedex", text) is not Status.DELIVERED


@pytest.mark.parametrize("text", DELIVERED.strip().splitlines())
def test_plain_words_of_a_delivery_still_are_one(text: str) -> None:
    assert status_by_words("fedex", text) is Status.DELIVERED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Not yet delivered", Status.UNKNOWN),
        ("Noch nicht zugestellt", Status.UNKNOWN),  # nobody tried
        ("Has not been delivered yet", Status.UNKNOWN),
        ("Wird zugestellt", Status.UNKNOWN),
        ("Delivered to Air Carrier", Status.UNKNOWN),
        ("Your item cannot be delivered", Status.EXCEPTION),
        ("Couldn't be delivered", Status.ATTEMPTED),
        ("Nicht zugestellt", Status.ATTEMPTED),
        ("Expected to be delivered", Status.IN_TRANSIT),
        ("Delivered to agent", Status.IN_TRANSIT),
        ("Not accepted", Status.UNKNOWN),
        ("Will be picked up", Status.UNKNOWN),
        ("Accepted at USPS Origin Facility", Status.ACCEPTED),
        ("Picked up", Status.ACCEPTED),
        ("Abgeholt", Status.ACCEPTED),
        ("Parcel will not be returned to sender", Status.UNKNOWN),
        ("Not returned to sender", Status.UNKNOWN),
        ("Returned to sender", Status.RETURNED),
        ("Delivered to shipper", Status.RETURNED),
        ("Delivered to return address", Status.RETURNED),
        ("Package delivered back to sender", Status.RETURNED),
        ("No longer declared lost", Status.UNKNOWN),
        ("Declared lost", Status.LOST),
        ("Will be destroyed", Status.UNKNOWN),
        ("Destroyed", Status.LOST),
        ("Shipment cancelled", Status.CANCELLED),
        ("Not voided", Status.UNKNOWN),
        ("Not yet out for delivery", Status.UNKNOWN),
        ("Your driver is arriving soon!", Status.OUT_FOR_DELIVERY),
        ("Not yet available for pickup", Status.UNKNOWN),
        ("Recipient not there, held for pickup", Status.AVAILABLE_FOR_PICKUP),
    ],
)
def test_what_stands_around_a_word_turns_it_round(text: str, status: Status) -> None:
    assert status_by_words("fedex", text) is status


def test_to_the_agent_is_delivered_with_the_post_alone() -> None:
    assert status_by_words("usps", "Delivered to Agent") is Status.DELIVERED
    assert status_by_words("usps", "Delivered, To Agent") is Status.DELIVERED
    assert status_by_words("usps", "Delivered to Agent for Final Delivery") not in FINAL
    assert status_by_words("ups", "Delivered to Agent") not in FINAL


def test_words_that_are_taken_back_are_known_as_such() -> None:
    assert taken_back("dhl", "Not yet delivered", Status.DELIVERED)
    assert not taken_back("dhl", "Delivered", Status.DELIVERED)
    assert not taken_back("dhl", "Somewhere", Status.DELIVERED)
    assert not taken_back("dhl", "Not yet delivered", Status.ATTEMPTED)
