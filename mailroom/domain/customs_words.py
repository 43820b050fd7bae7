"""What the words of a carrier say of a piece in customs, in the languages that posts write: that something is asked
for, that it has come, or that customs let the piece go.
"""

import re
from enum import StrEnum
from functools import lru_cache

from mailroom.domain.folding import fold


class CustomsWord(StrEnum):
    """What a text says."""

    NOTHING = "nothing"
    ASKED = "asked"  # papers, an answer or money
    RECEIVED = "received"  # what was asked for has come, or was sent to customs; the piece is still there
    RELEASED = "released"


# Beginnings of folded words, by language.
_ASKED = {
    "": r"eori\b|hs[ -]?codes?\b",
    "en": r"document|papers?\b|paperwork|invoice|pro-?forma|information|held\b|clearance delay|payment"
    r"|dut(?:y|ies)\b|vat\b|tax(?:es)?\b|power of attorney|commodity code"
    r"|contact (?:\w+ ){0,3}customs|clearance instructions? .*required",
    "de": r"\w*unterlage|\w*dokument|\w*vollmacht|zollinhaltserklarung|steuernummer|zolltarifnummer"
    r"|\w*rechnung|angaben|zuruckgehalten|angehalten|zahlung|\w*abgaben\b|zollgebuhr",
    "fr": r"document|procuration|facture|renseignement|information|retenu|bloque|paiement|droits|taxes",
    "es": r"documento|documentacion|factura|informacion|retenid|pago\b|arancel|derechos|impuesto",
    "it": r"document|fattura|informazion|trattenut|bloccat|pagamento|dazi\b|dirit",
    "nl": r"document|papieren|\w*factuur|gegevens|informatie|vastgehouden|tegengehouden|betaling|\w*rechten\b",
    "pt": r"documento|documentacao|fatura|informac|retid|pagamento|impostos|taxas|direitos",
    "pl": r"dokument|faktur|informacj|zatrzyman|oplat[aey]?\b|platnosc|naleznosc",
}
_RECEIVED = {
    "en": r"received\b|paid\b|submitted\b|provided\b|sent\b|transmitted\b",
    "de": r"eingegangen\b|erhalten\b|bezahlt\b|eingereicht\b|ubermittelt\b",
    "fr": r"recue?s?\b|payee?s?\b|acquittee?s?\b|transmise?s?\b|envoyee?s?\b",
    "es": r"recibid[oa]s?\b|pagad[oa]s?\b|abonad[oa]s?\b|enviad[oa]s?\b",
    "it": r"ricevut[oaie]\b|pagat[oaie]\b|inviat[oaie]\b|trasmess[oaie]\b",
    "nl": r"ontvangen\b|betaald\b|verzonden\b",
    "pt": r"recebid[oa]s?\b|efetuad[oa]s?\b|enviad[oa]s?\b",
    "pl": r"otrzyman[aeoy]\b|oplacon[aeoy]\b|wplynel[aoy]\b|przekazan[aeoy]\b",
}
# Behind what is asked for, in one part of a sentence: it is there, and in order.
_SETTLED = re.compile(
    r"\b(?:prepaid|verified|accepted|validated|approved|complete|ok|gepruft|akzeptiert|acceptee?s?)\b"
)
_MONEY = (
    r"(?:dut(?:y|ies)|vat|tax(?:es)?|payments?|\w*abgaben|zollgebuhr\w*|zahlung|droits|paiement|derechos|impuestos"
    r"|daz\w+|pagament\w+|\w*rechten|betaling)\b"
)
# That nothing is to be paid, or what the piece is; a number of the tax office may be asked for all the same.
_NOTHING_ASKED = re.compile(
    r"\bdocuments? shipments?\b|\bduty[ -]free\b|\bfree of duty\b|\bheld (?:\w+ ){0,6}inspection\b"
    r"|\b(?:no|exempt from|not subject to|kein\w*|aucune?s?|exento de|nessun\w*|geen) (?:\w+ ){0,2}?"
    rf"{_MONEY}(?: (?:or|and|oder|und) (?:\w+ )?{_MONEY})*(?! (?:number|id|identification|code))"
)
_RELEASED = {
    "en": r"released\b|cleared\b|completed\b|clearance (?:processing )?complete\b|out of customs\b",
    "de": r"freigegeben\b|verzollt\b|abgefertigt\b|abgeschlossen\b|freigabe erteilt\b",
    "fr": r"dedouanee?s?\b|liberee?s?\b|terminee?s?\b|mainlevee\b",
    "es": r"liberad[oa]s?\b|despachad[oa]s?\b|finalizad[oa]\b|completad[oa]\b|levante\b",
    "it": r"svincolat[oa]\b|sdoganat[oa]\b|rilasciat[oa]\b|completat[oa]\b|conclus[oa]\b",
    "nl": r"vrijgegeven\b|ingeklaard\b|voltooid\b|afgerond\b",
    "pt": r"liberad[oa]s?\b|desembaracad[oa]\b|desalfandegad[oa]\b|concluid[oa]\b",
    "pl": r"zwolnion[aeoy]\b|odprawion[aeoy]\b|zakonczon[aeoy]\b",
}
# Before such a word in its part of the sentence: it has not happened, or not yet.
_NOT_YET = re.compile(
    r"\b(?:not|no|cannot|be|until|before|awaiting|waiting|pending|once|if"
    r"|nicht|kein\w*|bis|bevor|wart\w+|ausstehend\w*|sobald|wenn"
    r"|pas|aucune?|sans|jusqu|avant|attente|sera|etre|doit"
    r"|sin|hasta|antes|pendientes?|espera|ser"
    r"|non|nessun\w*|senza|fino|prima|attesa|essere"
    r"|niet|geen|tot|voordat|wacht\w*|worden"
    r"|nao|sem|ate|aguard\w*|pendentes?"
    r"|nie|bez|do czasu|oczek\w*|zostanie|bedzie)\b"
)
_NOT_DONE = re.compile(r" (?:werden|worden)\b")  # behind it
_PARTS = re.compile(r"[.;:,!?()|/]+| [-–] ")


def _one_of(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.values())})")


_ANY_ASKED, _ANY_RECEIVED, _ANY_RELEASED = map(_one_of, (_ASKED, _RECEIVED, _RELEASED))


@lru_cache(maxsize=2048)
def customs_word(text: str) -> CustomsWord:
    """What a text says: a release counts wherever it stands in it, else the last part of the sentence that says any."""
    found = CustomsWord.NOTHING
    for part in _PARTS.split(fold(text)):
        if _has(_ANY_RELEASED, part):
            return CustomsWord.RELEASED
        if _has(_ANY_RECEIVED, part):
            found = CustomsWord.RECEIVED
        elif _ANY_ASKED.search(part):
            if _has(_SETTLED, part):
                found = CustomsWord.RECEIVED
            elif _ANY_RECEIVED.search(part) or _ANY_ASKED.search(_NOTHING_ASKED.sub("", part)):
                found = CustomsWord.ASKED
    return found


def _has(words: re.Pattern[str], part: str) -> bool:
    """Whether a part says that it has happened."""
    return any(
        not _NOT_YET.search(part, 0, match.start()) and not _NOT_DONE.match(part, match.end())
        for match in words.finditer(part)
    )
