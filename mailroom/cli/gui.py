"""`gui`, and `mailroom` without a command: the window."""

import argparse
import os
import sys

from mailroom.cli.wiring import Call
from mailroom.errors import MailroomError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The window takes the options of every command and no others."""


def run(call: Call) -> int:
    """Open the window and stay until it is closed. Raises `no_display` where none can be shown."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not (chosen or shown):
        raise MailroomError("no_display")
    return call.wiring.window(call.place)
