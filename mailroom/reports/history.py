"""Events on a page: numbered, oldest first, each with its source; and the table that says what every source is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable, Spacer

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.papers import PaperHead
from mailroom.domain.shipment import Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent, gaps, newest_first
from mailroom.reports.elements import Cell, heading, table
from mailroom.reports.record import in_fours
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe
from mailroom.reports.words import text
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name
from mailroom.wording.events import event_title
from mailroom.wording.moments import given_of, office_time

_PRINTED = (EventKind.RECORDED, EventKind.TRACKING)
_ORDER = tuple(EventSource)
_SILENCE = timedelta(days=4)  # shorter ones are ordinary on a paper


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its label (`S1`), a word for the table, what it is, and when it was captured."""

    label: str
    word: str
    what: Markup
    captured: str


class History:
    """The printed events of a shipment with their numbers and sources."""

    def __init__(
        self,
        head: PaperHead,
        shipment: Shipment,
        events: Sequence[TimelineEvent],
        attachments: Sequence[Attachment] = (),
    ) -> None:
        self.head = head
        self.shipment = shipment
        self.attachments = tuple(attachments)
        self.all = tuple(reversed(newest_first(tuple(events))))
        self.events = tuple(one for one in self.all if one.kind in _PRINTED)
        self.tracked = tuple(one for one in self.events if one.kind is EventKind.TRACKING)
        self._keys: list[tuple[object, ...]] = []
        self._first: dict[tuple[object, ...], list[TimelineEvent]] = {}
        for event in sorted(self.events, key=lambda one: _ORDER.index(one.source)):
            self._first.setdefault(_key(event), []).append(event)
        self._keys = list(self._first)
        self._files: list[Attachment] = []

    @property
    def delivery(self) -> TimelineEvent | None:
        """The newest event that reports a delivery; of two at one moment the carrier's own before others' words."""
        found = [one for one in self.tracked if one.status is Status.DELIVERED]
        if not found:
            return None
        latest = max(one.sort_at for one in found)
        return min((one for one in found if one.sort_at == latest), key=lambda one: _ORDER.index(one.source))

    def after(self, event: TimelineEvent) -> TimelineEvent | None:
        """The last tracking event with another status that happened later than this one."""
        later = [
            one
            for one in self.tracked
            if one.sort_at > event.sort_at and one.status not in (None, Status.UNKNOWN, event.status)
        ]
        return later[-1] if later else None

    def number(self, event: TimelineEvent) -> int:
        """The event's number in the table."""
        return self.events.index(event) + 1

    def label(self, event: TimelineEvent) -> str:
        """The source's label, such as `S1`."""
        return f"S{self._keys.index(_key(event)) + 1}"

    def file_label(self, attachment: Attachment) -> str:
        """The label of an attached file that a statement rests on; it is listed among the sources."""
        if attachment not in self._files:
            self._files.append(attachment)
        return f"S{len(self._keys) + self._files.index(attachment) + 1}"

    def who_says(self, event: TimelineEvent) -> str:
        """Whose word an event is: only what was fetched from the carrier is the carrier's own."""
        return whose(event, self.shipment)

    def sources(self) -> list[Source]:
        """All sources named so far, files last."""
        found = [
            Source(f"S{at}", _word(events[0], self.shipment), self._what(events), self._captured(events))
            for at, events in enumerate(self._first.values(), 1)
        ]
        for at, one in enumerate(self._files, len(found) + 1):
            what = fill(
                _("File {name}, SHA-256 {digest} …, handed in by {person}; supplied by {supplier}"),
                name=one.name,
                digest=in_fours(one.sha256),
                person=one.added_by or _("a person not named"),
                supplier=one.source_name or _("a party not named"),
            )
            found.append(Source(f"S{at}", _("file"), what, self._office(one.added_at)))
        return found

    def _office(self, moment: datetime) -> str:
        return office_time(moment, self.head.zone, self.head.language)

    def _captured(self, events: list[TimelineEvent]) -> str:
        return self._office(max(one.recorded_at for one in events))

    def _what(self, events: list[TimelineEvent]) -> Markup:
        event = events[0]
        name = event.source_name or carrier_name(self.shipment.carrier)
        people = ", ".join(dict.fromkeys(one.recorded_by for one in events if one.recorded_by))
        person = people or _("a person not named")
        if event.source is EventSource.CARRIER:
            return fill(_("{name} tracking events, fetched by Mailroom from the carrier’s interface"), name=name)
        if event.source is EventSource.NOTICE:
            return fill(_("E-mail notice that names {name} as its sender"), name=name)
        if event.source is EventSource.IMPORT:
            named = event.source_name or _("nobody")
            template = _("Rows of the file {file}, which names {name} as their source; imported by {person}")
            return fill(template, file=event.file_name or _("not named"), name=named, person=person)
        if event.source is EventSource.TYPED:
            origin = event.source_name or _("a source not given")
            copies = [one.name for one in self.attachments if one.role is AttachmentRole.SNAPSHOT]
            kept = fill(_("a copy is on file: {names}"), names=", ".join(copies)) if copies else _("no copy was kept")
            return fill(_("Typed by {person} from {origin}; {kept}"), person=person, origin=origin, kept=kept)
        return fill(_("Mailroom, the sender’s own record; operator {person}"), person=person)

    def story(self, width: float, now: datetime) -> list[Flowable]:
        """Heading, events and the notes below them."""
        notes = [_("A time without a zone stands as its source gave it: local to the place.")]
        others = len(self.all) - len(self.events)
        if others:
            notes.append(
                plural(
                    "The record also holds {n} entry of the office’s own work, not printed here.",
                    "The record also holds {n} entries of the office’s own work, not printed here.",
                    others,
                )
            )
        return [self.table(width, now), Spacer(1, 4), text(" ".join(notes), "note")]

    def table(self, width: float, now: datetime) -> Flowable:
        """The events with gaps between them."""
        every = gaps(self.tracked, now, finished=self.shipment.final)
        silent = {gap.after: gap for gap in every if gap.length >= _SILENCE}
        rows: list[list[Cell]] = []
        tinted: list[int] = []

        def say(silence: str) -> None:
            tinted.append(len(rows))
            rows.append([text(italic(silence), "cell_note"), "", "", "", ""])

        last = ""
        for at, event in enumerate(self.events, 1):
            rows.append(self._row(at, event))
            if event.id not in silent:
                continue
            before = silent[event.id].before
            count = self._days(event, before, now)
            days = plural("{n} day without movement", "{n} days without movement", count)
            if before:
                say(days)
            else:  # it lasts to the end, also where the piece was put on record later
                last = _("{days}, to the day this paper was issued").format(days=days)
        if last:
            say(last)
        share = width / 492
        widths = [20 * share, 122 * share, 178 * share, 106 * share, 66 * share]
        head = [
            _("No."),
            _("When (place of event)"),
            _("What happened, in the source’s words"),
            _("Where"),
            _("Source"),
        ]
        return table(head, rows, widths, tinted=tinted, empty=_("No events on record"))

    def _days(self, event: TimelineEvent, before: str, now: datetime) -> int:
        """Calendar days from an event to the one `before` names, or to the day of the paper."""
        newer = next((one.happened.local.date() for one in self.tracked if one.id == before), None)
        until = newer or now.astimezone(ZoneInfo(self.head.zone)).date()
        return (until - event.happened.local.date()).days

    def _row(self, number: int, event: TimelineEvent) -> list[Cell]:
        title = _("Put on record by the sender") if event.kind is EventKind.RECORDED else event_title(event)
        said = [bold(title)]
        if event.text:
            said.append(fill("<br/>“{words}”", words=event.text))
        for label, value in (
            (_("Name given: {value}"), event.name_given),
            (_("Reason given: {value}"), event.reason),
            (_("Next: {value}"), event.next_place),
            (_("Code {value}"), event.code),
        ):
            if value and value != event.text:
                said.append(Markup(f"<br/>{fill(label, value=value)}"))
        if event.kind is EventKind.RECORDED:
            when = self._office(event.recorded_at)
        else:
            when = given_of(event, self.head.language)
        where: Markup = safe(event.place) if event.place else italic(_("not given"))
        origin = fill("{label} {word}", label=self.label(event), word=_word(event, self.shipment))
        return [
            text(str(number), "cell"),
            text(when, "cell"),
            text(joined(said, ""), "cell"),
            text(where, "cell"),
            text(origin, "cell"),
        ]

    def sources_story(self, width: float) -> list[Flowable]:
        """The table of sources; nothing when there are none."""
        rows: list[list[Cell]] = [
            [text(bold(one.label), "cell"), text(one.what, "cell"), text(one.captured, "cell")]
            for one in self.sources()
        ]
        if not rows:
            return []
        share = width / 492
        head = [_("Source"), _("What it is"), _("Captured")]
        return [*heading(_("Sources named above")), table(head, rows, [40 * share, 324 * share, 128 * share])]


def _key(event: TimelineEvent) -> tuple[object, ...]:
    match event.source:
        case EventSource.CARRIER | EventSource.NOTICE:
            return event.source, event.source_name
        case EventSource.IMPORT:
            return event.source, event.file_name, event.source_name
        case EventSource.TYPED:
            return event.source, event.recorded_by, event.source_name
    return event.source, event.recorded_by


def _word(event: TimelineEvent, shipment: Shipment) -> str:
    match event.source:
        case EventSource.CARRIER:
            return event.source_name or carrier_name(shipment.carrier)
        case EventSource.NOTICE:
            return _("e-mail")
        case EventSource.IMPORT:
            return _("file")
        case EventSource.TYPED:
            return _("typed")
    return "Mailroom"


def whose(event: TimelineEvent, shipment: Shipment) -> str:
    """`USPS`, `the file week.csv, which names USPS`, `an entry typed by I. Calloway`."""
    match event.source:
        case EventSource.CARRIER:
            return event.source_name or carrier_name(shipment.carrier)
        case EventSource.NOTICE:
            return _("an e-mail notice that names {name}").format(name=event.source_name or _("nobody"))
        case EventSource.IMPORT:
            file = event.file_name or _("not named")
            if event.source_name:
                return _("the file {file}, which names {name}").format(file=file, name=event.source_name)
            return _("the file {file}, which names no source").format(file=file)
        case EventSource.TYPED:
            person = event.recorded_by or _("a person not named")
            if event.source_name:
                return _("an entry typed by {person} from {origin}").format(person=person, origin=event.source_name)
            return _("an entry typed by {person}").format(person=person)
    return _("the sender’s own record")
