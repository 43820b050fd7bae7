"""One claim packet while it is laid out: its history, its exhibits with their labels, and where each of them begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailroom.domain.claims import Exhibit, ExhibitStatus, ExhibitTitle
from mailroom.domain.documents import Attachment
from mailroom.domain.exhibits import exhibits_of
from mailroom.domain.money import Money
from mailroom.domain.papers import ClaimPacket
from mailroom.domain.timeline import TimelineEvent
from mailroom.reports.exhibit_files import PHOTO_ROLES, Prepared
from mailroom.reports.history import History
from mailroom.reports.page import Surroundings
from mailroom.wording import _
from mailroom.wording.moments import bare_amount, long_day, money, short_day


@dataclass(frozen=True, slots=True)
class ShownFile:
    """An attached file as it is shown: labels of its pages, empty where they are counted while drawing."""

    attachment: Attachment
    prepared: Prepared
    labels: tuple[str, ...]
    among_photos: bool = False  # in the exhibit of photographs

    @property
    def photo(self) -> bool:
        """Whether it stands with a caption, two a page."""
        return (self.among_photos or self.attachment.role in PHOTO_ROLES) and not self.prepared.data

    @property
    def key(self) -> str:
        """Its anchor."""
        return f"file_{self.attachment.id}"


class Case:
    """A packet with everything its parts refer to."""

    def __init__(self, packet: ClaimPacket, around: Surroundings, files: Mapping[str, Prepared]) -> None:
        self.packet, self.around = packet, around
        self.claim, self.shipment = packet.claim, packet.row.shipment
        self.language = packet.head.language
        self.width = around.sheet.text_width
        self.history = History(packet.head, self.shipment, packet.events, packet.attachments)
        self.exhibits = exhibits_of(packet)
        by_id = {one.id: one for one in packet.attachments}
        self._shown = {
            exhibit.letter: _labelled(exhibit, [by_id[each] for each in exhibit.attachment_ids], files)
            for exhibit in self.exhibits
        }

    def shown(self, letter: str) -> Sequence[ShownFile]:
        """The files of an exhibit in their order."""
        return self._shown.get(letter, ())

    def exhibit(self, title: ExhibitTitle) -> Exhibit | None:
        """The exhibit of a kind, if it is listed."""
        return next((one for one in self.exhibits if one.title is title), None)

    def has(self, title: ExhibitTitle) -> bool:
        """Whether a kind of document is present."""
        found = self.exhibit(title)
        return found is not None and found.status is ExhibitStatus.PRESENT

    def letters(self, status: ExhibitStatus) -> list[str]:
        """The letters of the exhibits with a status."""
        return [one.letter for one in self.exhibits if one.status is status]

    def event_reference(self, event: TimelineEvent) -> str:
        """`Exhibit D, event 6`."""
        return _("Exhibit D, event {number}").format(number=self.history.number(event))

    def money(self, amount: Money) -> str:
        """With its currency."""
        return money(amount, self.language)

    def bare(self, amount: Money) -> str:
        """Without its currency."""
        return bare_amount(amount, self.language)

    def day(self, day: object) -> str:
        """A date with the month in short, for tables."""
        return short_day(day, self.language)  # type: ignore[arg-type]

    def long_day(self, day: object) -> str:
        """A date with the month in full, for letters."""
        return long_day(day, self.language)  # type: ignore[arg-type]


def key_of(letter: str) -> str:
    """The anchor of an exhibit."""
    return f"exhibit_{letter}"


def _labelled(exhibit: Exhibit, files: list[Attachment], prepared: Mapping[str, Prepared]) -> tuple[ShownFile, ...]:
    counted = exhibit.title is ExhibitTitle.TRACKING_HISTORY  # its first pages are made from the record
    shown: list[ShownFile] = []
    number = 1
    for one in files:
        file = prepared[one.sha256]
        labels = () if counted else tuple(f"{exhibit.letter}-{number + at}" for at in range(file.pages))
        number += file.pages
        shown.append(ShownFile(one, file, labels, exhibit.title is ExhibitTitle.PHOTOGRAPHS))
    return tuple(shown)
