"""Customs wait for papers."""

from datetime import timedelta

from mailroom.domain.alerts.examples import bare, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.customs_words import CustomsWord, customs_word
from mailroom.domain.regions import town_of
from mailroom.domain.status import Status
from mailroom.domain.timeline import TimelineEvent
from mailroom.domain.times import Precision

_MOVED = frozenset({Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY})


def judge(seen: Situation) -> Finding | None:
    """Speaks at once where the carrier's words ask for something, else after five days in customs; not of a piece that
    customs let go by the newest words, nor, where nothing was asked for, of one that was elsewhere on the same bare
    day: nobody knows whether before or after.
    """
    if seen.shipment.status is not Status.CUSTOMS:
        return None
    event, word = _newest_words(seen)
    first = seen.begun(Status.CUSTOMS)
    if event is None or first is None or word is CustomsWord.RELEASED:
        return None
    asked = word is CustomsWord.ASKED
    if not asked and went_on(seen):
        return None
    days = seen.days_since(first.sort_at)
    if not asked and days < seen.thresholds.customs:
        return None
    since = event.sort_at if asked else first.sort_at + timedelta(days=seen.thresholds.customs)
    return Finding(Urgency.TODAY if asked else Urgency.SOON, since, None, (("days", str(days)), *event_facts(event)))


def released(seen: Situation) -> bool:
    """Whether customs let the piece go, by the carrier's newest words."""
    return _newest_words(seen)[1] is CustomsWord.RELEASED


def went_on(seen: Situation) -> bool:
    """Whether the piece was in customs by a bare day and moved at another place on that day: it may be out of them."""
    event = seen.newest(Status.CUSTOMS)
    if event is None or event.happened.precision is not Precision.DAY or not event.place:
        return False
    day, town = event.happened.local.date(), town_of(event.place)
    same_day = (one for one in seen.moves if one.status in _MOVED and one.happened.local.date() == day)
    return any(one.place and town_of(one.place) != town for one in same_day)


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
            "papers asked for in one word",
            piece(happened(1, Status.CUSTOMS, "BONN", "Zollunterlagen fehlen")),
            Urgency.TODAY,
        ),
        Example("nothing is to be paid", piece(happened(1, Status.CUSTOMS, "KRAKOW", "No duties payable")), None),
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
        Example(
            "in customs and under way on one bare day, nobody knows in which order",
            piece(bare(6, Status.IN_TRANSIT, "CHICAGO, IL"), bare(6, Status.CUSTOMS, "JFK, NY", "Customs clearance")),
            None,
        ),
        Example(
            "in customs by bare days, and nowhere else that day",
            piece(bare(7, Status.IN_TRANSIT, "PARIS"), bare(6, Status.CUSTOMS, "JFK, NY", "Customs clearance")),
            Urgency.SOON,
        ),
        Example("through", piece(happened(6, Status.CUSTOMS), happened(1, Status.IN_TRANSIT)), None),
    ),
    frozenset({Status.CUSTOMS}),
)
