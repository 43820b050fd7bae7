"""What the record keeps of a label that was doubtful when it was put on record."""

from mailroom.domain.piece_parts import reasons_from
from mailroom.domain.timeline import TimelineEvent
from mailroom.wording import _
from mailroom.wording.reasons import reason_text


def event_warnings(event: TimelineEvent) -> tuple[str, ...]:
    """The warnings that an event of ours keeps, each as one phrase; none for any other event."""
    facts = dict(event.facts)
    said = [reason_text(one) for one in reasons_from(facts.get("warnings", ""))]
    if facts.get("same_imprint"):
        said.append(_("The same imprint was on another piece already"))
    return tuple(said)
