"""Attention in the rail."""

from mailroom.ui.page import PageEntry
from mailroom.wording import _

PAGE = PageEntry("attention", lambda: _("Attention"), "bell", 30, "mailroom.ui.attention_page:AttentionPage")
