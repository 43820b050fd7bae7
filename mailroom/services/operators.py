"""Who sits at a profile. A fresh profile is open: one operator named after the system's user, with all rights."""

import getpass
import hashlib

from mailroom.domain.operator import Operator, Role
from mailroom.services.desk import Desk
from mailroom.store import lists as stored


def operator_of_profile(desk: Desk, desk_id: str, letter: str, name: str) -> Operator:
    """The operator called `name` (empty: the system's user); put on record where nobody is called so yet."""
    name = " ".join(name.split()) or _system_user()
    with desk.store.read() as connection:
        known = {one.name.casefold(): one for one in stored.operators(connection)}
    if found := known.get(name.casefold()):
        return Operator(found.id, found.name, found.role, desk_id, letter, found.departments)
    # Ids made from desk and name: of two first starts at once the second adds nothing.
    operator_id = fixed_id(desk_id, "operator", name.casefold())
    operator = Operator(operator_id, name, Role.ADMIN, desk_id, letter)
    payload = {"name": name, "role": Role.ADMIN, "departments": []}
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
