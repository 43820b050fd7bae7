"""Asking for the PIN of the operator that a call names: from the environment, or at the terminal."""

import getpass
import os
import sys

from mailroom.errors import MailroomError
from mailroom.wording import _

VARIABLE = "MAILROOM_PIN"


def ask_pin(name: str) -> str:
    """The PIN as given, not yet looked at. Raises MailroomError `pin_needed` where nobody can be asked."""
    if given := os.environ.get(VARIABLE, ""):
        return given
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise MailroomError("pin_needed", operator=name, variable=VARIABLE)
    try:
        return getpass.getpass(_("PIN of {name}: ").format(name=name), sys.stderr)
    except EOFError:
        raise MailroomError("pin_needed", operator=name, variable=VARIABLE) from None
