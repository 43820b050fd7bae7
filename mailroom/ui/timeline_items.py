"""What the timeline shows, item by item: events newest first, and the silences between them in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, Gap, TimelineEvent, gaps, newest_first
from mailroom.recognition.statuses import entry_of
from mailroom.wording import _
from mailroom.wording.events import event_title, source_text, told_text
from mailroom.wording.explanations import code_words, explained_lines
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import day_text, happened_day, happened_lines, length_text, moment_text

SILENCE_WARNED = timedelta(days=4)  # from here on a silence is shown as a warning
PLAIN = frozenset({Status.IN_TRANSIT, Status.UNKNOWN})  # a small ring: one scan among many

SOURCE_ICONS: dict[EventSource, str] = {
    EventSource.CARRIER: "cloud-download",
    EventSource.IMPORT: "file-import",
    EventSource.NOTICE: "mail",
    EventSource.TYPED: "pencil",
    EventSource.MAILROOM: "device-desktop",
}


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of the timeline: an event, or a gap (then `gap` holds its words and only they are shown)."""

    key: str
    title: str = ""
    day: str = ""
    clocks: tuple[str, ...] = ()
    details: tuple[str, ...] = ()  # place, names, reasons: one line each
    words: str = ""  # the carrier's own, shown in quotes
    note: str = ""
    source: str = ""
    source_icon: str = ""
    status: Status | None = None  # of a milestone, drawn as a ring with its icon
    recorded: bool = False  # the moment it was put on record: a ring of its own
    gap: str = ""
    gap_days: float = 0.0
    warned: bool = False
    answer: tuple[str, ...] = ()  # what the event means, next, when to worry, what to do
    asks: bool = False  # offers the answer by a line of its own
    opened: bool = False  # shows the answer

    @property
    def spoken(self) -> str:
        """The whole item as one text, for screen readers and for copying."""
        if self.gap:
            return self.gap
        quoted = f"“{self.words}”" if self.words else ""
        answer = self.answer if self.opened else ()
        when = ", ".join((self.day, *self.clocks))
        return ". ".join(
            part for part in (self.title, when, *self.details, quoted, self.note, self.source, *answer) if part
        )


def timeline_items(
    events: tuple[TimelineEvent, ...], now: datetime, zone: tzinfo, *, finished: bool, carrier: str = ""
) -> tuple[TimelineItem, ...]:
    """Events newest first with their gaps; `now` is aware UTC, `zone` the office's, `finished` ends the last gap.

    `carrier` is the shipment's: its codes are explained.
    """
    today = now.astimezone(zone).date()
    silent = {gap.after: gap for gap in gaps(events, now, finished=finished)}
    items: list[TimelineItem] = []
    for event in newest_first(events):
        if event.id in silent:
            items.append(_gap_item(silent[event.id]))
        items.append(_event_item(event, zone, today, carrier))
    return tuple(items)


def _event_item(event: TimelineEvent, zone: tzinfo, today: date, carrier: str) -> TimelineItem:
    milestone = event.kind is EventKind.TRACKING and event.status is not None and event.status not in PLAIN
    return TimelineItem(
        key=event.id,
        title=one_line(event_title(event)),
        day=day_text(happened_day(event.happened, zone), today, weekday=True),
        clocks=happened_lines(event.happened, zone),
        details=_details(event),
        words=one_line(event.text),
        note=one_line(event.note),
        source=one_line(_source(event, zone, today)),
        source_icon=SOURCE_ICONS[event.source],
        status=event.status if milestone else None,
        recorded=event.kind is EventKind.RECORDED,
        answer=_answer(event, carrier),
        asks=milestone,
    )


def _answer(event: TimelineEvent, carrier: str) -> tuple[str, ...]:
    if event.kind is not EventKind.TRACKING:
        return ()
    code = entry_of(carrier, event.code) if event.code else None
    return explained_lines(event.status, code_words(code.carrier, code.code) if code else "")


def _details(event: TimelineEvent) -> tuple[str, ...]:
    lines = [event.place, told_text(event)]
    if event.name_given:
        lines.append(_("Name given: {name}").format(name=event.name_given))
    if event.next_place:
        lines.append(_("Next: {place}").format(place=event.next_place))
    if event.reason:
        lines.append(_("Reason: {reason}").format(reason=event.reason))
    if event.promised_on:
        lines.append(_("Expected {day}").format(day=event.promised_on))
    if event.code and event.kind is EventKind.TRACKING:
        lines.append(_("Code {code}").format(code=event.code))
    return tuple(one_line(line) for line in lines if line)


def _source(event: TimelineEvent, zone: tzinfo, today: date) -> str:
    text = source_text(event)
    when = moment_text(event.recorded_at, zone, today)
    if event.source is EventSource.MAILROOM:
        return text
    if event.source in (EventSource.CARRIER, EventSource.NOTICE):
        return _("{source} · read {when}").format(source=text, when=when)
    return f"{text} · {when}"


def _gap_item(gap: Gap) -> TimelineItem:
    length = length_text(gap.length)
    if gap.before:
        text = _("{length} without movement").format(length=length)
    else:
        text = _("{length} without movement, until now").format(length=length)
    return TimelineItem(
        key=f"gap {gap.after}",
        gap=text,
        gap_days=gap.length / timedelta(days=1),
        warned=gap.length >= SILENCE_WARNED,
    )
