"""The Claims page: filters by state with counts, the claims with their money, and the chosen one beside them."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from mailroom.domain.claim_life import APPEALS, BEFORE_FILING, ClaimFilter, ClaimRow, ClaimState
from mailroom.domain.money import Money
from mailroom.ui import theme
from mailroom.ui.actions import Action
from mailroom.ui.claim_draft_view import ClaimDraftView
from mailroom.ui.claim_list import ClaimsList, ClaimsModel
from mailroom.ui.claim_office_work import ClaimOfficeWork
from mailroom.ui.claim_pane import ClaimPane
from mailroom.ui.claim_work import ClaimWork
from mailroom.ui.entries.claims import PAGE
from mailroom.ui.flow_row import FlowRow
from mailroom.ui.page import Bench, Page
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.empty_page import Beginning, EmptyPage
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.filter_chip import FilterChip
from mailroom.ui.parts.labels import Text, hairline, upright_hairline
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.rule_work import RuleWork
from mailroom.ui.table_roles import Role
from mailroom.wording import _, plural
from mailroom.wording.postage import money_text

WIDTHS = ((1240, 316), (850, 266), (0, 236))  # from this width of the page the list has that one, px at 100 %
GROUPS: dict[str, tuple[ClaimState, ...]] = {
    "prepare": tuple(BEFORE_FILING),
    "filed": (ClaimState.FILED, ClaimState.DOCUMENTS_ASKED),
    "decided": (ClaimState.APPROVED, ClaimState.PART, ClaimState.DENIED),
    "appeal": tuple(APPEALS),
    "paid": (ClaimState.PAID,),
    "closed": (ClaimState.CLOSED,),
}
_BOTH_FROM = 1340  # px of the page at 100 % that list, claim and preview need
_TYPING = 200  # ms after the last key before the list is asked for


class ClaimsPage(Page):
    """List left, claim right."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, PageHead(_("Claims")))
        self.model = ClaimsModel(self)
        self.list = ClaimsList(self.model)
        self.pane = ClaimPane()
        self.strip = ProgressStrip()
        self.search = LineEdit(_("Number, reference or name"), icon="search")
        self.search.setAccessibleName(_("Search claims"))
        self.filters = {
            key: FilterChip(word)
            for key, word in (
                ("prepare", _("To file")),
                ("filed", _("Filed")),
                ("decided", _("Decided")),
                ("appeal", _("Appeal")),
                ("paid", _("Paid")),
                ("closed", _("Closed")),
            )
        }
        self.work = ClaimWork(bench, self, self.pane, self.strip)
        self.office_work = ClaimOfficeWork(bench, self, self.strip)
        self.rule_work = RuleWork(bench, self)
        self.more = Button(_("More"), "dots", "ghost")
        self.new = Button(_("New claim"), "plus")
        self.draft = ClaimDraftView(bench)
        self.look = Button(_("Preview"), "file-text", "ghost")
        self.look.setCheckable(True)
        self.look.setVisible(False)
        self.head.add(self.look)
        self.head.add(self.more)
        self.head.add(self.new)
        self._foot = Text("", 12, 400, "text2", tabular=True)
        self._asking = self._again = False
        self._show_after = ""
        self._whole = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._lay_out()
        self._connect()

    # what the window calls

    def entered(self) -> None:
        """Read the claims."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def shipments_changed(self, ids: tuple[str, ...]) -> None:
        """Bring list and claim in step with the record."""
        if self.isVisible() and any(one.claim.shipment_id in ids for one in self.model.rows):
            self.refresh()
            if self.work.shown:
                self.work.show(self.work.shown)

    def actions_offered(self) -> Iterable[Action]:
        """Opening a claim, from anywhere."""
        return (Action("claims.new", _("New claim"), "shield-check", self.ask_new, "Ctrl+Shift+C"),)

    def ask_new(self) -> None:
        """Go to the page and ask for a piece."""
        self.bench.routes.page_wanted.emit(PAGE.id)
        self.office_work.ask_new()

    # building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        filled = QWidget()
        row = QHBoxLayout(filled)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(upright_hairline())
        row.addWidget(self.pane, 3)
        row.addWidget(self.draft, 2)
        self._whole.addWidget(filled)
        self._whole.addWidget(self._empty())
        column.addWidget(self._whole, 1)

    def _left(self) -> QWidget:
        self._side = left = QWidget()
        left.setObjectName("surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(16, 0, 16, 0)
        inset.setSpacing(10)
        inset.addWidget(self.search)
        flow = FlowRow(6)
        for chip in self.filters.values():
            flow.add(chip)
        inset.addWidget(flow)
        column.addLayout(inset)
        column.addSpacing(10)
        column.addWidget(hairline())
        self._list = QStackedWidget()
        self._list.addWidget(self.list)
        nothing = QWidget()
        inside = QVBoxLayout(nothing)
        inside.addStretch(1)
        inside.addWidget(Text(_("No claim fits"), 15, 600), 0, Qt.AlignmentFlag.AlignHCenter)
        self.clear = Button(_("Show all claims"))
        inside.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(2)
        self._list.addWidget(nothing)
        column.addWidget(self._list, 1)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        self._foot.setWordWrap(True)
        foot.addWidget(self._foot, 1)
        column.addLayout(foot)
        self.restyle()
        return left

    def _empty(self) -> EmptyPage:
        new = Beginning(
            "shield-check",
            _("Open a claim"),
            _("Type the number of a piece that was lost or came damaged. What is on record fills the claim."),
            _("New claim"),
            "Ctrl ⇧ C",
            self.ask_new,
        )
        look = Beginning(
            "package",
            _("Look for the piece"),
            _("Shipments shows which pieces stall, and until when a claim for them can be filed."),
            _("Open Shipments"),
            "Ctrl 2",
            self._on_shipments_wanted,
        )
        return EmptyPage(_("No claims yet"), _("Clocks run on every shipment; nothing is missed here."), (new, look))

    def _connect(self) -> None:
        self.new.clicked.connect(self.office_work.ask_new)
        self.look.toggled.connect(self._on_look)
        self.draft.closed.connect(self._on_draft_closed)
        self.work.view_shown.connect(self._on_view_shown)
        self.more.clicked.connect(self._on_more)
        self.pane.export_wanted.connect(self._on_export)
        self.pane.rule_wanted.connect(self._on_rule)
        self.rule_work.changed.connect(self._on_office_changed)
        self.work.changed.connect(self._on_changed)
        self.work.gone.connect(self.refresh)
        self.office_work.opened.connect(self._on_opened)
        self.office_work.changed.connect(self._on_office_changed)
        self.office_work.book_wanted.connect(self.work.make_book)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.opened.connect(self._on_row_opened)
        self.clear.clicked.connect(self._on_clear)
        self.search.textEdited.connect(self._on_typed)
        self._timer.timeout.connect(self.refresh)
        for chip in self.filters.values():
            chip.clicked.connect(self.refresh)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.office_work.ask_new)

    def restyle(self) -> None:
        """Take the new text size."""
        self._side.setFixedWidth(theme.px(next(wide for least, wide in WIDTHS if self.width() >= theme.px(least))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the claim the room where there is little."""
        super().resizeEvent(event)
        self.restyle()
        self._make_room()

    # the list

    @property
    def wanted(self) -> ClaimFilter:
        """What the list is asked for."""
        states = [state for key, chip in self.filters.items() if chip.isChecked() for state in GROUPS[key]]
        return ClaimFilter(states=tuple(states), text=self.search.text().strip())

    def refresh(self) -> None:
        """Read the list again; one question in flight, the newest next."""
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        office, wanted = self.bench.office, self.wanted

        def read() -> tuple[tuple[ClaimRow, ...], Mapping[ClaimState, int]]:
            return office.claims.find(office.operator, wanted), office.claims.counts(office.operator)

        self.bench.runners.run("reader", read, self._on_read, self._on_not_read)

    def _on_read(self, answer: tuple[tuple[ClaimRow, ...], Mapping[ClaimState, int]]) -> None:
        self._asking = False
        rows, counts = answer
        total = sum(counts.values())
        for key, chip in self.filters.items():
            chip.set_count(sum(counts.get(state, 0) for state in GROUPS[key]))
        self._whole.setCurrentIndex(0 if total else 1)
        self._list.setCurrentIndex(0 if rows else 1)
        self.new.setVisible(bool(total))
        self.look.setVisible(bool(total))
        self.head.set_context(plural("{n} claim", "{n} claims", total) if total else "")
        shown = self._show_after or self.work.shown
        self._show_after = ""
        self.model.show(rows)
        self._choose(shown)
        self._foot.setText(_sums(rows))
        self._foot.setVisible(bool(rows))
        if self._again:
            self.refresh()

    def _on_not_read(self, error: BaseException) -> None:
        self._asking = False
        self.bench.notices.show(error)

    def _choose(self, claim_id: str) -> None:
        place = self.model.place_of(claim_id)
        if not place.isValid() and self.model.rows and not claim_id:
            place = self.model.index(0)
        if place.isValid() and self.list.currentIndex() != place:
            self.list.setCurrentIndex(place)
            self.list.scrollTo(place)

    # slots

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            claim_id = str(current.data(Role.ROW_ID))
            if claim_id != self.work.shown:
                self.work.show(claim_id)

    def _on_row_opened(self) -> None:
        self.pane.step.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_clear(self) -> None:
        for chip in self.filters.values():
            chip.setChecked(False)
        self.search.clear()
        self.refresh()

    def _on_changed(self, _claim_id: str) -> None:
        self.refresh()

    def _on_office_changed(self) -> None:
        self.refresh()
        if self.work.shown:
            self.work.show(self.work.shown)

    def _on_opened(self, claim_id: str) -> None:
        self._show_after = claim_id
        self.work.show(claim_id)
        self.refresh()

    def _on_look(self, on: bool) -> None:
        self.draft.setVisible(on)
        self._make_room()
        if on:
            self.draft.look_at(self.work.shown)

    def _make_room(self) -> None:
        """Where there is no room for the claim and its packet beside it, the packet takes the place."""
        wide = self.width() >= theme.px(_BOTH_FROM)
        self.pane.setVisible(wide or not self.draft.isVisibleTo(self))

    def _on_draft_closed(self) -> None:
        self.look.setChecked(False)

    def _on_view_shown(self) -> None:
        if self.look.isChecked():
            self.draft.look_at(self.work.shown)

    def _on_export(self) -> None:
        if self.work.shown:
            self.office_work.ask_export(self.work.shown)

    def _on_rule(self) -> None:
        view = self.pane.view
        if view is not None and view.clock.rule is not None:
            self.rule_work.ask(view.clock.rule)

    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(_("More"))
        menu.addAction(_("List of the claims shown")).triggered.connect(self._on_list)
        menu.addAction(_("Book of claims")).triggered.connect(self.office_work.ask_book)
        menu.addAction(_("Book of claims as a table (CSV)")).triggered.connect(self.office_work.ask_table)
        menu.addAction(_("Take in a carrier’s decisions (CSV)")).triggered.connect(self.office_work.ask_decisions)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_list(self) -> None:
        if self.model.rows:
            self.work.make_list(tuple(one.claim.id for one in self.model.rows))

    def _on_shipments_wanted(self) -> None:
        self.bench.routes.page_wanted.emit("shipments")


def _sums(rows: tuple[ClaimRow, ...]) -> str:
    """What the claims shown demand, and what was paid of it; one sum a currency."""
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        for what, amount in (("demanded", row.claim.demanded), ("paid", row.claim.received)):
            if amount is not None:
                sums[what, amount.currency] = sums.get((what, amount.currency), 0) + amount.mills
    told = {what: ", ".join(_amounts(sums, what)) for what in ("demanded", "paid")}
    parts = [_("Demanded {amount}").format(amount=told["demanded"])] if told["demanded"] else []
    if told["paid"]:
        parts.append(_("paid {amount}").format(amount=told["paid"]))
    return " · ".join(parts)


def _amounts(sums: dict[tuple[str, str], int], what: str) -> list[str]:
    return [money_text(Money(mills, currency)) for (kind, currency), mills in sorted(sums.items()) if kind == what]
