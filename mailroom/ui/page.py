"""What a page is, what it is given, and how the window finds the pages: every module of `entries` has a `PAGE`."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import mailroom.ui.entries
from mailroom.services.office import Office
from mailroom.ui.actions import Action
from mailroom.ui.desk import Desk
from mailroom.ui.parts.notices import Notices
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.runners import Runners


class Routes(QObject):
    """Ways between pages, as signals: ids travel as objects."""

    page_wanted = Signal(str)  # id of a page
    shipment_wanted = Signal(object)  # id of a shipment: Shipments opens it
    tables_dropped = Signal(object)  # tuple of Path: tables and carriers' notices, imported by Shipments
    files_dropped = Signal(object)  # tuple of Path: read and recorded by Scan
    readings_taken = Signal(object)  # tuple of Reading of one label, from any device
    shipments_changed = Signal(object)  # tuple of ids, changed by this window or any other process
    record_moved = Signal()  # something was put on record, here or by another process
    alerts_wanted = Signal()  # have judged what needs a person, now
    alerts_handled = Signal(object)  # frozenset of rule and shipment id acted about in this window; empty: any
    alerts_judged = Signal(object)  # AlertCounts: the alerts are in step with the record
    office_changed = Signal()  # the office's settings
    find_wanted = Signal()
    operator_changed = Signal()  # a badge or a PIN seated somebody else, or rights fell back
    teaching = Signal(bool)  # the next reads of the wedge teach Mailroom the scanner
    taught = Signal(object)  # Burst: one of these reads


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a page is given: the use cases, the threads, the notices, the ways out, the desk's settings."""

    office: Office
    runners: Runners
    notices: Notices
    routes: Routes
    desk: Desk

    @property
    def zone(self) -> tzinfo:
        """The office's zone now."""
        return ZoneInfo(self.office.settings.zone_name())


class Page(QWidget):
    """A page: `head` is shown above the notices, the widget itself below them."""

    def __init__(self, bench: Bench, head: PageHead) -> None:
        super().__init__()
        self.bench = bench
        self.head = head

    def actions_offered(self) -> Iterable[Action]:
        """What Find and the keyboard can start here, at any time."""
        return ()

    def entered(self) -> None:
        """Called each time the page comes to the front."""

    def open_shipment(self, shipment_id: str) -> None:
        """Show one shipment; only the Shipments page does."""

    def shipments_changed(self, ids: tuple[str, ...]) -> None:
        """Called with the ids that changed on record, by this window or another process."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the rail: its words and icon, its place (100 and more stand at the foot), and where it is.

    Pages are a sixth of all that a window loads, and one of them is seen at first.
    """

    id: str
    title: Callable[[], str]  # in the reader's language
    icon: str
    order: int
    place: str  # "module:class"

    def load(self) -> Callable[[Bench], Page]:
        """The page's class, loaded now if it was not yet."""
        module, _colon, name = self.place.partition(":")
        found: Callable[[Bench], Page] = getattr(importlib.import_module(module), name)
        return found


def pages() -> tuple[PageEntry, ...]:
    """The pages there are, in their order."""
    found = []
    for module in pkgutil.iter_modules(mailroom.ui.entries.__path__):
        found.append(importlib.import_module(f"mailroom.ui.entries.{module.name}").PAGE)
    return tuple(sorted(found, key=lambda one: one.order))
