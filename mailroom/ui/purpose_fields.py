"""What a paper is for: the purpose, who asked for it, until when; printed on the paper and noted on the timeline."""

from typing import TypedDict

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailroom.ui.forms import side_by_side, typed
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.wording import _


class Why(TypedDict):
    """The purpose note of a paper; empty text is not given."""

    purpose: str
    asked_by: str
    needed_by: str


class PurposeFields(QWidget):
    """Three fields, each of which may stay empty."""

    def __init__(self) -> None:
        super().__init__()
        kinds = (_("Court filing"), _("Compliance"), _("Contract with a deadline"), _("Audit"))
        others = (_("Customer’s question"), _("Own files"))
        self.purpose = Field(
            _("Purpose, as it is to be printed"), Choice(("", *kinds, *others), editable=True), _("optional")
        )
        self.asked_by = Field(_("Asked for by"), LineEdit(_("Court, firm or person")), _("optional"))
        self.needed_by = Field(_("Needed by"), LineEdit(_("December 4, 2026"), icon="calendar"), _("optional"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.purpose)
        column.addLayout(side_by_side((self.asked_by, 3), (self.needed_by, 2)))

    @property
    def note(self) -> Why:
        """The purpose note, as issuing a paper takes it."""
        return {"purpose": typed(self.purpose), "asked_by": typed(self.asked_by), "needed_by": typed(self.needed_by)}
