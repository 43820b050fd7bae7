"""What the Shipments page shows instead of a list: how to begin, and that no shipment fits."""

from collections.abc import Callable

from mailroom.ui.parts.empty_page import Beginning, EmptyPage, NothingFits
from mailroom.wording import _


def no_shipment_fits() -> NothingFits:
    """The filters leave nothing."""
    hint = _("Type less of the number or name, or take the filters away.")
    return NothingFits(_("No shipment fits"), hint, _("Show all shipments"))


def first_steps(
    scan_wanted: Callable[[], object], labels_wanted: Callable[[], object], table_wanted: Callable[[], object]
) -> EmptyPage:
    """Nothing is on record yet."""
    scan = Beginning(
        "scan",
        _("Scan a label"),
        _("Pull the trigger of a handheld scanner, or type the number. It works on any page."),
        _("Open Scan"),
        "Ctrl 1",
        scan_wanted,
    )
    picture = Beginning(
        "photo",
        _("Take a label from a file"),
        _("A photo, a scan or a PDF with labels. Drop it anywhere in the window, or choose it."),
        _("Choose files"),
        "",
        labels_wanted,
    )
    table = Beginning(
        "table",
        _("Bring in a table"),
        _("What a carrier’s or shipping program exports, as CSV or Excel. You see first what would be recorded."),
        _("Choose a table"),
        "Ctrl I",
        table_wanted,
    )
    line = _("Everything stays on this computer. No account, no carrier’s interface and no server is needed.")
    return EmptyPage(_("Your first shipment is one scan away"), line, (scan, picture, table))
