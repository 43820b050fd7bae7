"""What carriers say of a piece in customs, in the languages they say it in."""

import pytest

from mailroom.domain.customs_words import CustomsWord, customs_word

ASKED = (
    "Held, awaiting documents",
    "Clearance information required",
    "Documents not received",
    "Documents received, further information required",
    "Unterlagen fehlen: Handelsrechnung erforderlich",
    "Zahlung der Einfuhrabgaben ausstehend",
    "Documents manquants",
    "En attente de paiement des droits",
    "Falta documentación: factura comercial",
    "Retenido en aduana",
    "Documenti mancanti, fattura richiesta",
    "Ontbrekende gegevens: handelsfactuur",
    "Documentação em falta",
    "Brak dokumentów: faktura handlowa",
    "Dokumente noch nicht eingegangen",
    "Zollunterlagen fehlen",
    "Payment received - awaiting documents",
    "Missing EORI number",
    "Power of attorney required",
    "Tax ID of recipient needed",
    "No VAT number on file",
    "Recipient must pay VAT",
    "HS code missing",
    "Please contact customs",
    "Documents not accepted",
    "No payment received",
    "Paperwork missing",
    "Proforma required",
    "Duties must be prepaid",
)
RECEIVED = (
    "Clearance information received",
    "Duties paid",
    "DDP - duties prepaid",
    "Customs information has been verified",
    "The customs documents have been accepted",
    "Awaiting final release; documents complete",
    "Shipment information sent to customs",
    "Sendungsdaten und Dokumente übermittelt",
    "Handelsrechnung erhalten",
    "Documents reçus",
    "Documentación recibida",
    "Documenti ricevuti",
    "Gegevens ontvangen",
    "Documentos recebidos",
    "Dokumenty otrzymane: otrzymano fakturę, dokumenty otrzymane",
)
RELEASED = (
    "Released by customs",
    "Customs clearance completed, duties paid",
    "Held for documents. Released by customs",
    "Clearance processing complete",
    "Inbound Out of Customs",
    "Vom Zoll freigegeben",
    "Zollabfertigung abgeschlossen",
    "Colis dédouané",
    "Liberado por la aduana",
    "Sdoganato",
    "Vrijgegeven door de douane",
    "Desembaraçado pela alfândega",
    "Przesyłka zwolniona przez urząd celny",
    "Odprawa celna zakończona",
)
NOTHING = (
    "Inbound into customs",
    "At the clearing agency awaiting final release",
    "Not yet released",
    "No duties payable",
    "No import duties or taxes due",
    "Keine Einfuhrabgaben",
    "Paperless clearance in progress",
    "Held at customs warehouse for routine inspection",
    "Duty-free shipment",
    "Customs clearance; free of duty",
    "Document shipment in customs",
    "Arrived at customs, no action required",
    "To be cleared by the broker",
    "Noch nicht freigegeben",
    "Muss vom Zoll freigegeben werden",
    "N’a pas encore été dédouané",
    "Aún no ha sido liberado",
    "Non ancora sdoganato",
    "Nog niet vrijgegeven",
    "Ainda não liberado",
    "Przesyłka nie została zwolniona",
    "",
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *((text, CustomsWord.ASKED) for text in ASKED),
        *((text, CustomsWord.RECEIVED) for text in RECEIVED),
        *((text, CustomsWord.RELEASED) for text in RELEASED),
        *((text, CustomsWord.NOTHING) for text in NOTHING),
    ],
)
def test_what_the_words_say(text: str, word: CustomsWord) -> None:
    assert customs_word(text) is word
