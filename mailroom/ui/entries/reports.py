"""Reports in the rail."""

from mailroom.ui.page import PageEntry
from mailroom.wording import _

PAGE = PageEntry("reports", lambda: _("Reports"), "file-text", 60, "mailroom.ui.reports_page:ReportsPage")
