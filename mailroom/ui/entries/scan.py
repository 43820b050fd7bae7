"""Scan in the rail."""

from mailroom.ui.page import PageEntry
from mailroom.wording import _

PAGE = PageEntry("scan", lambda: _("Scan"), "scan", 10, "mailroom.ui.scan_page:ScanPage")
