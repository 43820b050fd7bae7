"""Claims in the rail."""

from mailroom.ui.page import PageEntry
from mailroom.wording import _

PAGE = PageEntry("claims", lambda: _("Claims"), "shield-check", 50, "mailroom.ui.claims_page:ClaimsPage")
