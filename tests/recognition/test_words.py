"""What whole sentences of carriers mean, where several words of the table stand in one, or look like it."""

import pytest

from mailroom.recognition.statuses import status_by_words, status_of

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
exception|Delivered to wrong address
exception|Your package was delivered to the wrong address
exception|Delivered in error
exception|Misdelivered
unknown|Scheduled to have been delivered
unknown|Non è ancora stato consegnato
"""

SENDERS = """
Delivered, To Original Sender
Your item was delivered to the original sender at 9:51 am on March 4, 2026
Delivered to the sender
Delivered to the shipper
Delivered to shipper's address
Package delivered back to the sender
An den Absender zugestellt
Die Sendung wurde dem Absender zugestellt
Colis livré à l'expéditeur
Entregado al remitente
Consegnato al mittente
Bezorgd bij afzender
Bezorgd bij de afzender
Return shipment delivered
Rücksendung zugestellt
"""
DELIVERED_CODES = (("usps", "01"), ("fedex", "DL"), ("ups", "011"), ("dhl", "OK"))

POINTS = """
available_for_pickup|Livré en point relais
available_for_pickup|Livré au point relais
available_for_pickup|In den Paketshop zugestellt
available_for_pickup|Zugestellt an DHL Paketshop
available_for_pickup|Zugestellt in der Filiale
available_for_pickup|Delivered to pick-up point
available_for_pickup|Delivered to parcel shop
available_for_pickup|Delivered to DHL ServicePoint
available_for_pickup|Delivered to ParcelShop, ready to collect
available_for_pickup|Consegnato al punto di ritiro
available_for_pickup|Recipient not home, delivered to pickup point
delivered|Picked up by customer in the service point
delivered|Delivered to sender's neighbor
delivered|Delivered to Shipper Street 3
unknown|Delivered to United States Postal Service
unknown|Delivered to JFK airport
unknown|Delivered to warehouse
in_transit|Delivered to sorting center
in_transit|Delivered to next facility
unknown|Delivered to destination country
delivered|Delivered to Airport Road 5
delivered|Delivered to medical center
delivered|Delivered to a parcel locker
customs|Delivered to customs
"""

TROUBLE = """
delivered|Delivered. Signed for by: HELD
delivered|Delivered. Signed for by: D. ALERT
delivered|Delivered, signed for by A. DELAY. Customs cleared
delivered|Delivered at 10:00, received by CUSTOMS
customs|Received by customs
delivered|UPS Delivery Alert: Your package was delivered
delivered|Your delayed package has been delivered
delivered|Delivered - duty paid
delivered|Delivered after customs clearance
delivered|Die Sendung wurde nach Verzollung zugestellt
delivered|Zugestellt nach Verspätung
delivered|Recipient not home, delivered to neighbor
delivered|Delivered on 2nd delivery attempt
delivered|Delivered to Vacant St 5
delivered|Delivered, held by reception
out_for_delivery|Your package is out for delivery. Track it to avoid a missed delivery
out_for_delivery|Out for delivery. If we missed you we leave a notice
in_transit|Alert: your package is on the way
unknown|Alert
unknown|Held
unknown|Weather
delayed|Delay: delivered by Friday
delayed|Adverse weather, delivered tomorrow
attempted|Recipient not home, not delivered
exception|Package held due to an incident
exception|Delivered, damaged
customs|Will be delivered after customs clearance
return_to_sender|Vacant
return_to_sender|Delivery refused by the recipient
"""

HELD = """
available_for_pickup|Your item is being held at the NEW YORK, NY 10001 post office at the customer's request
available_for_pickup|Your item is being held at the post office at customer request
available_for_pickup|Held at Delivery Depot
available_for_pickup|Held at Delivery Depot/Courier Facility
available_for_pickup|Held at UPS Access Point
available_for_pickup|Held at customer request
available_for_pickup|Held at location
available_for_pickup|Held at Post Office, At Customer Request
available_for_pickup|Item being held, addressee being notified
customs|Held at customs
customs|Held at customs warehouse at the request of the authorities
exception|Held by carrier due to damage
exception|Item held at post office, damaged
exception|Being held at the terminal
unknown|Held at shipper request
delivered|Delivered. Not held at post office
unknown|Will be held at post office
"""

ENDS = """
unknown|Abholung storniert
unknown|Die Abholung wurde storniert
unknown|Die Abholung der Sendung wurde storniert
unknown|Zustellung wurde storniert
unknown|Umleitung storniert
unknown|Your delivery instructions were voided
cancelled|Sendung storniert
cancelled|Die Sendung wurde storniert
cancelled|Auftrag storniert
cancelled|Label voided
cancelled|Your shipment has been voided
cancelled|Shipment information voided
cancelled|Voided
cancelled|Update: storniert
unknown|Abholung - storniert
unknown|Abholung: storniert
in_transit|Accepted at USPS Regional Destination Facility
accepted|Accepted at USPS Origin Facility
delivered|Your item was picked up at a postal facility at 10:05 am
in_transit|Not picked up at a postal facility
"""

LANGUAGES = """
delivered|Livrée
delivered|Votre commande a été livrée
unknown|Votre commande sera livrée demain
delivered|La spedizione è stata consegnata
delivered|Zustellung erfolgreich
attempted|Zustellung nicht erfolgreich
delivered|Entrega realizada
delivered|Objeto entregue ao destinatário
unknown|Objeto ainda não entregue
returned|Objeto entregue ao remetente
delivered|Doręczono
delivered|Przesyłka doręczona
unknown|Nie doręczono
unknown|Zostanie doręczona jutro
returned|Doręczono do nadawcy
available_for_pickup|Dostarczono do paczkomatu
out_for_delivery|Wydano do doręczenia
out_for_delivery|Saiu para entrega
in_transit|W transporcie
in_transit|Em trânsito
accepted|Przyjęto przesyłkę
delayed|Vertraagd
delayed|Opóźniona
delivered|Estimated delivery: today. Status: Delivered
"""


def cases(lines: str) -> list[tuple[str, str]]:
    return [(status, text) for status, _, text in (line.partition("|") for line in lines.strip().splitlines())]


@pytest.mark.parametrize(("status", "text"), cases(PLAIN))
def test_a_word_nearby_that_speaks_of_something_else_takes_nothing_back(status: str, text: str) -> None:
    assert status_by_words("dhl", text) == status


@pytest.mark.parametrize("text", SENDERS.strip().splitlines())
def test_what_came_back_is_returned_whatever_the_code_beside_it_says(text: str) -> None:
    assert status_by_words("dhl", text) == "returned"
    for carrier, code in DELIVERED_CODES:
        assert status_of(carrier, code=code) == "delivered"
        assert status_of(carrier, code=code, text=text) == "returned"


def test_what_does_not_come_back_keeps_the_status_of_its_code() -> None:
    assert status_of("usps", code="01", text="Will be returned to sender if not delivered to the sender") == "delivered"
    assert status_of("usps", code="01", text="Somewhere") == "delivered"


@pytest.mark.parametrize(("status", "text"), cases(POINTS))
def test_a_place_to_collect_it_or_to_sort_it_is_no_delivery(status: str, text: str) -> None:
    assert status_by_words("dhl", text) == status


@pytest.mark.parametrize(("status", "text"), cases(TROUBLE))
def test_a_delivery_ends_the_trouble_before_it_and_a_word_alone_makes_none(status: str, text: str) -> None:
    assert status_by_words("dhl", text) == status


@pytest.mark.parametrize(("status", "text"), cases(HELD))
def test_what_is_held_for_the_recipient_lies_ready_and_what_is_stopped_does_not(status: str, text: str) -> None:
    assert status_by_words("usps", text) == status


@pytest.mark.parametrize(("status", "text"), cases(ENDS))
def test_a_wish_that_is_dropped_ends_nothing_and_places_tell_what_a_taking_means(status: str, text: str) -> None:
    assert status_by_words("usps", text) == status


@pytest.mark.parametrize(("status", "text"), cases(LANGUAGES))
def test_other_forms_and_other_languages_are_read_with_the_same_care(status: str, text: str) -> None:
    assert status_by_words("dhl", text) == status
