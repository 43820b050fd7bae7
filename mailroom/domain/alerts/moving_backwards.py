"""It goes back and forth between the same places, or back the way it came."""

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.regions import least_distance, region_of, region_of_code, town_of
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import TimelineEvent

_FAR = 60.0  # kilometres between two states: not neighbours
# Every attempt begins at the post that the one before went back to.
_AT_THE_DOOR = frozenset({Status.OUT_FOR_DELIVERY, Status.ATTEMPTED, Status.AVAILABLE_FOR_PICKUP})


def judge(seen: Situation) -> Finding | None:
    """Speaks when it came back to a place it had left as often as the threshold says, on its way out; or once, over a
    long way and to a state that is not on the way to the recipient's. From the post to the door and back is none.
    """
    if seen.shipment.status in FINAL or seen.shipment.status is Status.RETURN_TO_SENDER:
        return None
    if len(seen.moves) < 3:
        return None  # too few events for a way back
    places = list(map(town_of, seen.places))
    if len(set(places)) == len(places):
        return None  # as of most: nowhere twice
    visited: list[str] = []
    back: list[TimelineEvent] = []
    for event, place in zip(seen.moves, places, strict=True):
        if event.status in _AT_THE_DOOR:
            visited = [place] if place else []
            continue
        if not place or (visited and visited[-1] == place):
            continue
        if place in visited:
            back.append(event)
        visited.append(place)
    if not back or (len(back) < seen.thresholds.loops and not _away(seen, back)):
        return None
    facts = (("times", str(len(back))), *event_facts(back[-1]))
    return Finding(Urgency.SOON, back[-1].sort_at, None, facts)


def _away(seen: Situation, back: list[TimelineEvent]) -> bool:
    """Whether it last came back from far to a state that neither is nor borders on the recipient's."""
    shipment, event = seen.shipment, back[-1]
    here = region_of(event.place)
    wanted = region_of_code(shipment.destination.postal_code or shipment.fields.recipient.postal_code)
    before = [one for one in seen.moves if one.place and (one.sort_at, one.id) < (event.sort_at, event.id)]
    there = region_of(before[-1].place) if before else None
    if here is None or there is None or wanted is None:
        return False
    return least_distance(there, here) >= _FAR and least_distance(here, wanted) >= _FAR


def _between(*places: str) -> tuple[TimelineEvent, ...]:
    return tuple(happened(len(places) - at, Status.IN_TRANSIT, one) for at, one in enumerate(places))


RULE = AlertRule(
    "moving_backwards",
    judge,
    (
        Example("to and fro", piece(*_between("Omaha", "Denver", "Omaha", "Denver")), Urgency.SOON),
        Example("straight on", piece(*_between("Omaha", "Denver", "Reno")), None),
        Example("two events in one place", piece(*_between("Omaha", "Omaha", "Denver")), None),
        Example(
            "a second attempt, and a third",
            piece(
                *(
                    happened(days, status, place)
                    for day in (3, 2, 1)
                    for days, status, place in (
                        (day + 0.3, Status.IN_TRANSIT, "LECANTO, FL 34461"),
                        (day + 0.1, Status.OUT_FOR_DELIVERY, "HERNANDO, FL 34442"),
                        (day, Status.ATTEMPTED, "HERNANDO, FL 34442"),
                    )
                ),
                postal_code="34442",
            ),
            None,
        ),
        Example(
            "to and fro after an attempt",
            piece(happened(5, Status.ATTEMPTED, "Omaha"), *_between("Omaha", "Denver", "Omaha", "Denver")),
            Urgency.SOON,
        ),
        Example(
            "to and fro between towns that are spelled now so, now otherwise",
            piece(
                *_between(
                    *("OMAHA, NE 68108", "DENVER, CO 80202", "OMAHA, NE"),
                    *("DENVER, CO", "OMAHA, NE 68108", "DENVER CO"),
                )
            ),
            Urgency.SOON,
        ),
        Example("two offices of one town", piece(*_between("OMAHA, NE 68108", "OMAHA, NE 68102", "Omaha NE")), None),
        Example("once back is a detour", piece(*_between("Omaha", "Denver", "Omaha", "Reno")), None),
        Example(
            "once back over a long way, away from the recipient",
            piece(*_between("MEMPHIS, TN", "DALLAS, TX", "MEMPHIS, TN"), postal_code="77002"),
            Urgency.SOON,
        ),
        Example(
            "once through a hub far away and back to the recipient's own state",
            piece(*_between("CHICAGO, IL", "MEMPHIS, TN", "CHICAGO, IL"), postal_code="60622"),
            None,
        ),
        Example(
            "on its way back to us",
            piece(*_between("Omaha", "Denver", "Omaha", "Denver"), happened(0.5, Status.RETURN_TO_SENDER)),
            None,
        ),
    ),
)
