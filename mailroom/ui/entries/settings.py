"""Settings in the rail."""

from mailroom.ui.page import PageEntry
from mailroom.wording import _

PAGE = PageEntry("settings", lambda: _("Settings"), "settings", 100, "mailroom.ui.settings_page:SettingsPage")
