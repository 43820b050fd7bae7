"""Customs wait for papers."""

from datetime import timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.customs_words import CustomsWord, customs_word
from mailroom.domain.status import Status
from mailroom.domain.timeline import TimelineEvent


def judge(seen: Situation) -> Finding | None:
    """Speaks at once where the carrier's words ask for something, else after five days in customs; not of a piece that
    customs let go by the newest words.
    """
    if seen.shipment.status is not Status.CUSTOMS:
        return None
    event, word = _newest_words(seen)
    first = seen.begun(Status.CUSTOMS)
    if event is None or first is None or word is CustomsWord.RELEASED:
        return None
    asked = word is CustomsWord.ASKED
    days = seen.days_since(first.sort_at)
    if not asked and days < seen.thresholds.customs:
        return None
    since = event.sort_at if asked else first.sort_at + timedelta(days=seen.thresholds.customs)
    return Finding(Urgency.TODAY if asked else Urgency.SOON, since, None, (("days", str(days)), *event_facts(event)))


def released(seen: Situation) -> bool:
    """Whether customs let the piece go, by the carrier's newest words."""
    return _newest_words(seen)[1] is CustomsWord.RELEASED


def _newest_words(seen: Situation) -> tuple[TimelineEvent | None, CustomsWord]:
    """The newest event in customs, or one after it that has no status but says something, and what it says."""
    for one in reversed(seen.moves):
        word = customs_word(one.text)
        if one.status is Status.CUSTOMS:
            return one, word
        if word is not CustomsWord.NOTHING and one.status in (None, Status.UNKNOWN):
            return one, word
    return None, CustomsWord.NOTHING


RULE = AlertRule(
    "customs",
    judge,
    (
        Example(
            "held for papers", piece(happened(1, Status.CUSTOMS, "KRAKOW", "Held, awaiting documents")), Urgency.TODAY
        ),
        Example("six days inside", piece(happened(6, Status.CUSTOMS, "KRAKOW", "Inbound into customs")), Urgency.SOON),
        Example(
            "waiting for customs, not for us",
            piece(happened(1, Status.CUSTOMS, "KRAKOW", "At the clearing agency awaiting final release")),
            None,
        ),
        Example(
            "what was asked for has come",
            piece(happened(1, Status.CUSTOMS, "KRAKOW", "Clearance information received")),
            None,
        ),
        Example(
            "papers asked for in German",
            piece(happened(1, Status.CUSTOMS, "BERLIN", "Unterlagen fehlen: Handelsrechnung erforderlich")),
            Urgency.TODAY,
        ),
        Example(
            "papers asked for by an event without a status",
            piece(happened(2, Status.CUSTOMS, "LYON"), happened(1, None, "LYON", "Documents manquants")),
            Urgency.TODAY,
        ),
        Example(
            "what was asked for came, but the piece did not for six days",
            piece(happened(6, Status.CUSTOMS, "KRAKOW", "Clearance information received")),
            Urgency.SOON,
        ),
        Example("let go six days ago", piece(happened(6, Status.CUSTOMS, "X", "Released by customs")), None),
        Example(
            "let go, after papers were asked for",
            piece(
                happened(8, Status.CUSTOMS, "WARSZAWA", "Brak dokumentów"),
                happened(1, Status.CUSTOMS, "WARSZAWA", "Przesyłka zwolniona"),
            ),
            None,
        ),
        Example("two days inside", piece(happened(2, Status.CUSTOMS, "KRAKOW", "Inbound into customs")), None),
        Example(
            "out of the country long ago, into the other one today",
            piece(
                happened(9, Status.CUSTOMS, "JFK, NY", "Cleared export customs"),
                happened(7, Status.IN_TRANSIT, "FRANKFURT"),
                happened(0.1, Status.CUSTOMS, "WARSAW", "Import scan"),
            ),
            None,
        ),
        Example(
            "looked at again and again in one place",
            piece(
                happened(7, Status.CUSTOMS, "WARSAW, 00-950", "Inbound into customs"),
                happened(4, Status.IN_TRANSIT, "WARSAW", "Processed"),
                happened(1, Status.CUSTOMS, "Warsaw", "Inbound into customs"),
            ),
            Urgency.SOON,
        ),
        Example("through", piece(happened(6, Status.CUSTOMS), happened(1, Status.IN_TRANSIT)), None),
    ),
    frozenset({Status.CUSTOMS}),
)
