"""Who sits at a profile. A fresh profile is open: one operator named after the system's user, with all rights."""

import dataclasses
import getpass
import hashlib
from collections.abc import Callable

from mailroom.domain.operator import Operator, Role
from mailroom.domain.sign_in import without_pin
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.store import lists as stored
from mailroom.store import runs

AskPin = Callable[[str], str]  # an operator's name -> the PIN that was given for it


def operator_of_profile(desk: Desk, desk_id: str, letter: str, name: str, ask_pin: AskPin | None = None) -> Operator:
    """The operator called `name` (empty: the system's user); put on record where nobody is called so yet.

    Where people sign in, `ask_pin` is asked for somebody who has a PIN; without it, it is a clerk's rights at most.
    Raises `operator_inactive`, and with `ask_pin` also `operator_unknown` and what `SignIn.sit_down` does.
    """
    name = " ".join(name.split()) or _system_user()
    with desk.store.read() as connection:
        people = stored.people(connection)
        required = runs.setting(connection, "sign_in") == "true"
    found = next((one for one in people if one.operator.name.casefold() == name.casefold()), None)
    if found is not None:
        if not found.active:
            raise MailroomError("operator_inactive", operator=found.operator.name)
        operator = dataclasses.replace(found.operator, desk=desk_id, desk_letter=letter)
        if not required:
            return operator
        if ask_pin is None or not found.has_pin:
            return without_pin(operator)
        from mailroom.services.sign_in import SignIn  # most starts ask for no PIN

        return SignIn(desk).sit_down(without_pin(operator), operator.id, ask_pin(operator.name))
    if required and ask_pin is not None:
        raise MailroomError("operator_unknown")
    # Ids made from desk and name: of two first starts at once the second adds nothing.
    operator_id = fixed_id(desk_id, "operator", name.casefold())
    operator = Operator(operator_id, name, Role.CLERK if required else Role.ADMIN, desk_id, letter)
    payload = {"name": name, "role": operator.role, "departments": []}
    command_id = fixed_id(desk_id, "operator_added", name.casefold())
    desk.accept(operator, "operator_added", operator_id, payload, command_id=command_id)
    return operator


def _system_user() -> str:
    try:
        return getpass.getuser() or "operator"
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return "operator"


def fixed_id(*parts: str) -> str:
    """The same id for the same words, whoever makes it."""
    text = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    # The shape of a UUID version 8 (RFC 9562: made by a rule of one's own).
    return f"{text[:8]}-{text[8:12]}-8{text[13:16]}-8{text[17:20]}-{text[20:32]}"
