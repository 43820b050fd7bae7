"""Shipments in the rail."""

from mailroom.ui.page import PageEntry
from mailroom.wording import _

PAGE = PageEntry("shipments", lambda: _("Shipments"), "package", 20, "mailroom.ui.shipments_page:ShipmentsPage")
