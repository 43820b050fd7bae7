"""What each kind of command does to the tables: one function a kind, of the command and the database only."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from mailroom.store.journal import Change

Apply = Callable[[Change], Mapping[str, Any]]

# Module of this package -> kinds that are keys of its `APPLY`. A first reading waits for its own module only.
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "alerts": ("alert_handled",),
    "bench": ("reading_dropped", "badge_issued"),
    "claims": ("claim_opened", "claim_changed", "claim_moved", "rule_changed"),
    "contacts": ("contacts_added", "contact_changed", "contact_removed"),
    "edits": ("shipment_edited",),
    "events": (
        "events_added",
        "carrier_answered",
        "document_noted",
        "requester_told",
        "digest_sent",
        "statuses_derived",
    ),
    "imports": ("import_opened", "import_rows", "import_closed", "import_undone"),
    "office": ("account_added", "meter_added", "meter_reading_added", "operator_added", "office_changed"),
    "papers": (
        "attachment_added",
        "label_photo_kept",
        "label_photos_erased",
        "document_numbered",
        "document_issued",
        "claim_prepared",
    ),
    "pieces": ("piece_recorded", "piece_repeated", "reading_kept", "codes_added", "postage_added"),
    "runs": ("run_opened", "run_paused", "run_resumed", "run_closed", "run_handed_over"),
    "sign_in": (
        "operator_pin_set",
        "operator_active_set",
        "operator_role_changed",
        "operator_seated",
        "pin_tried",
        "sign_in_required",
    ),
    "undo": ("command_undone",),
}
_MODULES: Final = {kind: module for module, kinds in KINDS.items() for kind in kinds}


@cache
def apply_of(kind: str) -> Apply:
    """The function of a kind; KeyError for one that is unknown here."""
    found: Apply = import_module(f"{__name__}.{_MODULES[kind]}").APPLY[kind]
    return found
