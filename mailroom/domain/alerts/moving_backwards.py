"""It goes back and forth between the same places, or back the way it came."""

from collections.abc import Iterator
from datetime import date

from mailroom.domain.alerts.examples import bare, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.regions import Region, least_distance, region_of, region_of_code, town_of
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import TimelineEvent
from mailroom.domain.times import Precision

_FAR = 60.0  # kilometres between two states: not neighbours
_LEFT = 250.0  # kilometres out of the recipient's own state: farther than to the next hub
_LONG = 1000.0  # kilometres that no ordinary way goes out and back
_NEAR_WAYS = 3  # ways back within a state or to the next one that weigh as one: plant and post are ordinary
# Of two of these that border on each other the towns with plants lie far apart, but for those astride the border.
_WIDE = frozenset(
    {"AZ", "CA", "CO", "ID", "KS", "MT", "NE", "NM", "ND", "NV", "OK", "OR", "SD", "TX", "UT", "WA", "WY"}
)
_ASTRIDE = frozenset({frozenset({"OR", "WA"}), frozenset({"ID", "WA"}), frozenset({"NM", "TX"})})
# Every attempt begins at the post that the one before went back to.
_AT_THE_DOOR = frozenset({Status.OUT_FOR_DELIVERY, Status.ATTEMPTED, Status.AVAILABLE_FOR_PICKUP})
Step = dict[str, TimelineEvent]  # by town; several where nobody knows which of them came first
Back = tuple[TimelineEvent, Step]  # an event at a place that it had left, and the step before


def judge(seen: Situation) -> Finding | None:
    """Speaks when it came back to a place it had left as often as the threshold says, on its way out; or once, over a
    long way or out of the recipient's state, to one not on the way there. Ways back that are not far weigh a third,
    and between the post and the door nothing. Of bare days that share a day nobody knows the order.
    """
    if seen.shipment.status in FINAL or seen.shipment.status is Status.RETURN_TO_SENDER:
        return None
    if len(seen.moves) < 3:
        return None  # too few events for a way back
    places = list(map(town_of, seen.places))
    if len(set(places)) == len(places):
        return None  # as of most: nowhere twice
    back = _ways_back(seen.moves, places)
    if not back:
        return None
    far = sum(_is_far(*one) for one in back)
    if far + (len(back) - far) // _NEAR_WAYS < seen.thresholds.loops and not _away(seen, back[-1]):
        return None
    event = back[-1][0]
    return Finding(Urgency.SOON, event.sort_at, None, (("times", str(len(back))), *event_facts(event)))


def _ways_back(moves: tuple[TimelineEvent, ...], places: list[str]) -> list[Back]:
    """The events at a place that it must have left before, whichever order a day had."""
    back: list[Back] = []
    left: set[str] = set()
    last: Step = {}
    for step, at_the_door in _steps(moves, places):
        if at_the_door:
            last, left = step, set()
            continue
        if not step or step.keys() == last.keys():
            continue
        again = [event for town, event in step.items() if town in left and town not in last]
        back += [(event, last) for event in again[-1:]]
        left |= last.keys()
        last = step
    return back


def _steps(moves: tuple[TimelineEvent, ...], places: list[str]) -> Iterator[tuple[Step, bool]]:
    """Where it was, one place after the other, and whether it was at the door there; as one step what shares a day
    with a bare day, or a moment.
    """
    unsure = {one.happened.local.date() for one in moves if one.happened.precision is Precision.DAY}
    step: Step = {}
    door = False
    before: TimelineEvent | None = None
    for event, town in zip(moves, places, strict=True):
        if before is not None and not _together(before, event, unsure):
            yield step, door
            step, door = {}, False
        door = door or event.status in _AT_THE_DOOR
        if town:
            step[town] = event
        before = event
    yield step, door


def _together(one: TimelineEvent, other: TimelineEvent, unsure: set[date]) -> bool:
    day = one.happened.local.date()
    return one.sort_at == other.sort_at or (day in unsure and day == other.happened.local.date())


def _is_far(event: TimelineEvent, before: Step) -> bool:
    """Whether it came from another state that is no neighbour; of places that name neither state nor country it may."""
    here, theirs = region_of(event.place), [region_of(one.place) for one in before.values()]
    if here is not None and None not in theirs:
        return all(one is not None and _far_apart(here, one) for one in theirs)
    return all(_tail(one.place) != _tail(event.place) or not _tail(event.place) for one in before.values())


def _far_apart(here: Region, there: Region) -> bool:
    if here is there:
        return False
    wide = here.code in _WIDE and there.code in _WIDE and frozenset({here.code, there.code}) not in _ASTRIDE
    return wide or least_distance(here, there) >= _FAR


def _tail(place: str) -> str:
    """The two letters at the end of a place, as of one country: `pl`."""
    last = town_of(place).rpartition(" ")[2]
    return last if len(last) == 2 else ""


def _distance(here: Region, theirs: list[Region | None]) -> float:
    return min((least_distance(one, here) for one in theirs if one is not None), default=0.0)


def _away(seen: Situation, way: Back) -> bool:
    """Whether it last came back to a state that neither is nor borders on the recipient's: from one far enough, or
    from the recipient's own.
    """
    (event, before), shipment = way, seen.shipment
    code = shipment.destination.postal_code or shipment.fields.recipient.postal_code
    wanted = region_of_code(code) if seen.at_home else None
    here, theirs = region_of(event.place), [region_of(one.place) for one in before.values()]
    if here is None or wanted is None or None in theirs or least_distance(here, wanted) < _FAR:
        return False
    return _distance(here, theirs) >= (_LEFT if all(one is wanted for one in theirs) else _LONG)


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
        *(
            Example(
                f"once through a hub that is no detour, on its way to {code}",
                piece(*_between("MEMPHIS, TN", "INDIANAPOLIS, IN", "MEMPHIS, TN"), postal_code=code),
                None,
            )
            for code in ("85004", "90012", "99501", "46402")
        ),
        Example(
            "once back over a very long way",
            piece(*_between("MEMPHIS, TN", "SEATTLE, WA", "MEMPHIS, TN"), postal_code="90012"),
            Urgency.SOON,
        ),
        Example(
            "between two plants of neighbouring towns",
            piece(*_between("JERSEY CITY, NJ", "NEWARK, NJ", "JERSEY CITY, NJ", "NEWARK, NJ"), postal_code="90012"),
            None,
        ),
        Example(
            "between two plants of neighbouring towns for a week",
            piece(*_between(*("JERSEY CITY, NJ", "NEWARK, NJ") * 4), postal_code="90012"),
            Urgency.SOON,
        ),
        Example(
            "between two towns astride the border of two states",
            piece(*_between("PORTLAND, OR", "VANCOUVER, WA", "PORTLAND, OR", "VANCOUVER, WA"), postal_code="10001"),
            None,
        ),
        Example(
            "a code of another country that looks like one of a state",
            piece(*_between("MEMPHIS, TN", "SEATTLE, WA", "MEMPHIS, TN"), postal_code="50667", country="DE"),
            None,
        ),
        Example(
            "straight on, by days that it left and arrived on",
            piece(
                *(bare(4, Status.IN_TRANSIT, one) for one in ("CHICAGO, IL", "OMAHA, NE")),
                *(bare(3, Status.IN_TRANSIT, one) for one in ("DENVER, CO", "OMAHA, NE")),
                *(bare(2, Status.IN_TRANSIT, one) for one in ("RENO, NV", "DENVER, CO")),
                postal_code="89501",
            ),
            None,
        ),
        Example(
            "to and fro, by days",
            piece(
                *(
                    bare(6 - at, Status.IN_TRANSIT, one)
                    for at, one in enumerate(("RENO, NV", "OMAHA, NE", "RENO, NV", "OMAHA, NE"))
                ),
                postal_code="89501",
            ),
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
