"""A shipment's timeline as lines of text: newest first, each event with its source."""

from collections.abc import Iterator

from mailroom.domain.register import ShipmentDetail
from mailroom.domain.timeline import TimelineEvent
from mailroom.wording.events import event_title, source_text


def timeline_lines(detail: ShipmentDetail) -> Iterator[str]:
    """The events: when it happened as the source gave it, what, where, in whose words."""
    yield ""
    for event in detail.events:
        yield from _event(event)


def _event(event: TimelineEvent) -> Iterator[str]:
    happened = str(event.happened).replace("T", " ")
    title = "  ".join(part for part in (event_title(event), event.place) if part)
    yield f"{happened:<26}{title}"
    for words in (event.text, event.note, source_text(event)):
        if words:
            yield f"{'':<26}{words}"
