"""It goes back and forth between the same places."""

from functools import lru_cache

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.folding import fold
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import TimelineEvent

_folded = lru_cache(maxsize=4096)(fold)  # all pieces go through the same few places


def judge(seen: Situation) -> Finding | None:
    """Speaks when it came back to a place it had left as often as the threshold says, on its way out."""
    if seen.shipment.status in FINAL or seen.shipment.status is Status.RETURN_TO_SENDER:
        return None
    if len(seen.moves) <= seen.thresholds.loops + 1:
        return None  # too few events for so many ways back
    visited: list[str] = []
    back: list[TimelineEvent] = []
    for event in seen.moves:
        place = _folded(event.place)
        if not place or (visited and visited[-1] == place):
            continue
        if place in visited:
            back.append(event)
        visited.append(place)
    if len(back) < seen.thresholds.loops:
        return None
    facts = (("times", str(len(back))), *event_facts(back[-1]))
    return Finding(Urgency.SOON, back[-1].sort_at, None, facts)


def _between(*places: str) -> tuple[TimelineEvent, ...]:
    return tuple(happened(len(places) - at, Status.IN_TRANSIT, one) for at, one in enumerate(places))


RULE = AlertRule(
    "moving_backwards",
    judge,
    (
        Example("to and fro", piece(*_between("Omaha", "Denver", "Omaha", "Denver")), Urgency.SOON),
        Example("straight on", piece(*_between("Omaha", "Denver", "Reno")), None),
        Example("two events in one place", piece(*_between("Omaha", "Omaha", "Denver")), None),
        Example("once back is a detour", piece(*_between("Omaha", "Denver", "Omaha", "Reno")), None),
        Example(
            "on its way back to us",
            piece(*_between("Omaha", "Denver", "Omaha", "Denver"), happened(0.5, Status.RETURN_TO_SENDER)),
            None,
        ),
    ),
)
