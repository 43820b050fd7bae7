"""The Attention page: what needs a person, the most urgent first, and what each rests on beside it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertCounts, AlertRow
from mailroom.domain.operator import Operator
from mailroom.domain.register import ShipmentDetail
from mailroom.ui.actions import Action
from mailroom.ui.attention_filters import AttentionFilters
from mailroom.ui.attention_list import AttentionList
from mailroom.ui.attention_model import AttentionModel, alert_lines
from mailroom.ui.attention_pane import AttentionPane
from mailroom.ui.attention_work import SHOWN, AttentionWork
from mailroom.ui.page import Bench, Page
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.empty_page import Beginning, EmptyPage, NothingFits
from mailroom.ui.parts.labels import Text, hairline, upright_hairline
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.threshold_work import ThresholdWork
from mailroom.wording import _, plural
from mailroom.wording.alerts import alert_title
from mailroom.wording.plain import one_line


class AttentionPage(Page):
    """List left, evidence right."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, PageHead(_("Attention")))
        self.counts = AlertCounts()
        self._people: tuple[Operator, ...] = ()
        self._judged = False
        self.model = AttentionModel(self)
        self.list = AttentionList(self.model)
        self.filters = AttentionFilters(bench.office.operator.id)
        self.pane = AttentionPane(bench.zone)
        self.work = AttentionWork(bench, self)
        self.days = ThresholdWork(bench, self)
        self.snooze_button = Button(_("Put off"), "clock-pause", "ghost")
        self.assign_button = Button(_("Give to"), "user", "ghost")
        self.done_button = Button(_("Done"), "check", "ghost")
        self.days_button = Button(_("When alerts speak"), "adjustments", "ghost")
        for button in (self.snooze_button, self.assign_button, self.done_button, self.days_button):
            self.head.add(button)
        self._foot = Text("", 12, 400, "text2", tabular=True)
        self._whole = QStackedWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_choice()

    # what the window calls

    def entered(self) -> None:
        """Have the newest judged and read."""
        self._order_tabs()
        if not self._judged:
            self.head.set_context(_("being looked through"))
        self.bench.routes.alerts_wanted.emit()
        self.work.ask_people()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_offered(self) -> Iterable[Action]:
        """What can be done about the chosen alerts, from anywhere."""
        return (
            Action("attention.snooze", _("Put the chosen alerts off"), "clock-pause", self._on_snooze),
            Action("attention.days", _("Set when alerts speak"), "adjustments", self.days.ask),
            Action(
                "attention.undo", _("Undo the last act about alerts"), "arrow-back-up", self.work.undo_last, "Ctrl+Z"
            ),
            Action("attention.done", _("Say that the chosen alerts are dealt with"), "check", self._on_done),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The evidence gives way where the page is narrow."""
        super().resizeEvent(event)
        self.pane.set_room(self.width())

    def _order_tabs(self) -> None:
        """Tab goes from the list to what can be done about its lines, and then to the evidence.

        Called when the page is entered: before, list and head are in no window together.
        """
        before: QWidget = self.list
        for button in (self.snooze_button, self.assign_button, self.done_button, self.days_button):
            QWidget.setTabOrder(before, button)
            before = button

    # building

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), 1)
        row.addWidget(upright_hairline())
        row.addWidget(self.pane)
        filled = QWidget()
        filled.setLayout(row)
        self._whole.addWidget(filled)
        self._whole.addWidget(self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setObjectName("surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(hairline())
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing_fits())
        column.addWidget(self._stack, 1)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 7, 20, 7)
        foot.addWidget(self._foot)
        foot.addStretch(1)
        column.addLayout(foot)
        return left

    def _nothing_fits(self) -> NothingFits:
        nothing = NothingFits(_("No alert fits"), "", _("Show all open alerts"))
        self.clear_button = nothing.button
        self.clear_button.clicked.connect(self.filters.clear)
        return nothing

    def _empty(self) -> EmptyPage:
        shipments = Beginning(
            "package",
            _("Look at the shipments"),
            _("Everything on record, the newest first."),
            _("Open Shipments"),
            "Ctrl 2",
            self._on_shipments_wanted,
        )
        events = Beginning(
            "file-import",
            _("Bring in tracking events"),
            _("Alerts come from events: import a carrier’s file, or type what it said."),
            _("Import on Shipments"),
            "",
            self._on_shipments_wanted,
        )
        line = _("What stalls, goes astray or runs out of time comes here by itself, with its evidence.")
        return EmptyPage(_("Nothing needs you"), line, (shipments, events))

    def _connect(self) -> None:
        routes = self.bench.routes
        routes.alerts_judged.connect(self._on_judged)
        self.filters.changed.connect(self._ask)
        self.work.listed.connect(self._on_listed)
        self.work.detailed.connect(self._on_detailed)
        self.work.peopled.connect(self._on_people)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.selectionModel().currentChanged.connect(self._on_selection)
        self.list.opened.connect(self._on_open)
        self.list.snooze_wanted.connect(self._on_snooze)
        self.list.assign_wanted.connect(self._on_assign)
        self.list.done_wanted.connect(self._on_done)
        self.list.reopen_wanted.connect(self._on_reopen)
        self.snooze_button.clicked.connect(self._on_snooze)
        self.assign_button.clicked.connect(self._on_assign)
        self.done_button.clicked.connect(self._on_done)
        self.days_button.clicked.connect(self.days.ask)
        self.pane.shipment_wanted.connect(self._on_open)
        self.pane.reopen_button.clicked.connect(self._on_reopen)
        for part in (self, self.head):
            key = QShortcut(QKeySequence.StandardKey.Undo, part)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self.work.undo_last)

    # the list

    def chosen(self) -> tuple[AlertRow, ...]:
        """The selected alerts, in the list's order."""
        return self.model.rows_at(self.list.selectionModel().selectedIndexes())

    def _ask(self) -> None:
        if self._judged:  # before, the list comes with the first judging
            self.work.ask(self.filters.wanted(SHOWN))

    def _on_judged(self, counts: AlertCounts) -> None:
        self.counts, self._judged = counts, True
        self.filters.set_counts(counts)
        today = counts.by_urgency.get(Urgency.TODAY, 0)
        told = plural("{n} open", "{n} open", counts.open)
        self.head.set_context(f"{told} · {plural('{n} today', '{n} today', today)}" if counts.open else told)
        nothing = not (counts.open or counts.snoozed or counts.done)
        self._whole.setCurrentIndex(1 if nothing else 0)
        for button in (self.snooze_button, self.assign_button, self.done_button):
            button.setVisible(not nothing)
        if self.isVisible() and not nothing:
            self._ask()

    def _on_listed(self, rows: tuple[AlertRow, ...]) -> None:
        chosen = [one.id for one in self.chosen()]
        at = self.list.currentIndex().row()
        now = datetime.now(UTC)
        if self.model.show(alert_lines(rows, self.bench.zone, now)):
            self._choose_again(chosen, at)
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            announce(self, _("No alert fits"))
        self._show_choice()

    def _choose_again(self, chosen: list[str], at: int) -> None:
        """The same alerts where they are still there, else the one that took their place."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.list.selectionModel()
        places = [place for one in chosen if (place := self.model.place_of(one)).isValid()]
        if not places:
            following = (self.model.index(row) for row in range(max(at, 0), self.model.rowCount()))
            place = next((one for one in following if self.model.row_at(one)), self.model.first())
            places = [place] if place.isValid() else []
        for number, place in enumerate(places):
            if number == 0:
                selection.setCurrentIndex(place, flags.ClearAndSelect)
                self.list.scrollTo(place)
            else:
                selection.select(place, flags.Select)

    def _on_selection(self) -> None:
        self._show_choice()

    def _show_choice(self) -> None:
        rows = self.chosen()
        shown = sum(line.row is not None for line in self.model.lines)
        text = plural("{n} alert", "{n} alerts", shown)
        if shown == SHOWN:
            text = _("The first {n} alerts; filters show others").format(n=shown)
        if len(rows) > 1:
            text = f"{text} · {plural('{n} selected', '{n} selected', len(rows))}"
        self._foot.setText(text)
        for button in (self.snooze_button, self.assign_button, self.done_button):
            if rows:
                button.enable()
            else:
                button.disable(_("Choose an alert first"))
        current = self.model.row_at(self.list.currentIndex()) or (rows[0] if rows else None)
        if current is None:
            self.pane.show_nothing()
            self.work.ask_shipment("")
            return
        self.pane.show_alert(current, reopen=self.filters.put_aside)
        self.work.ask_shipment(current.alert.shipment_id)

    def _on_detailed(self, detail: ShipmentDetail) -> None:
        self.pane.show_evidence(detail)

    def _on_people(self, people: tuple[Operator, ...]) -> None:
        self._people = people

    # acts

    def _on_open(self) -> None:
        row = self.model.row_at(self.list.currentIndex()) or next(iter(self.chosen()), None)
        if row is not None:
            self.bench.routes.shipment_wanted.emit(row.alert.shipment_id)

    def _on_snooze(self) -> None:
        rows = self.chosen()
        if rows:
            about = alert_title(rows[0].alert) if len(rows) == 1 else plural("{n} alert", "{n} alerts", len(rows))
            self.work.ask_snooze(rows, about)

    def _on_assign(self) -> None:
        if not self.chosen():
            return
        menu = self.people_menu()
        menu.popup(self.assign_button.mapToGlobal(QPoint(0, self.assign_button.height() + 4)))

    def people_menu(self) -> QMenu:
        """Whom the chosen alerts can be given to; the operator first."""
        menu = QMenu(self)
        menu.setAccessibleName(_("Give to"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        me = self.bench.office.operator.id
        for one in sorted(self._people, key=lambda person: (person.id != me, person.name.casefold())):
            name = one_line(one.name).replace("&", "&&")
            menu.addAction(_("{name} (you)").format(name=name) if one.id == me else name).setData(one.id)
        menu.addSeparator()
        menu.addAction(_("Nobody")).setData("")
        menu.triggered.connect(self._on_person_chosen)
        return menu

    def _on_person_chosen(self, action: QAction) -> None:
        to_id = str(action.data() or "")
        self.work.assign(self.chosen(), to_id, next((one.name for one in self._people if one.id == to_id), ""))

    def _on_done(self) -> None:
        self.work.done(self.chosen())

    def _on_reopen(self) -> None:
        if self.filters.put_aside:
            self.work.reopen(self.chosen())

    def _on_shipments_wanted(self) -> None:
        self.bench.routes.page_wanted.emit("shipments")
