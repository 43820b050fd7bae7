"""Signing in with a PIN: whether the office asks for it, whom one seats, and the fall back to a clerk's rights."""

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailroom.domain.operator import Operator
from mailroom.domain.sign_in import RAISED, Person, pin_text, without_pin
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.store import lists, runs

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_KEY = "sign_in"  # a setting of the office that its form does not show: only an administrator changes it


@dataclass(frozen=True, slots=True)
class SignIn:
    """Use cases of signing in. A fresh profile is open: nobody is asked for a PIN."""

    desk: Desk

    def required(self, who: Operator) -> bool:
        """Whether operators sign in with a PIN here."""
        demand(who, "sign_in.required")
        with self.desk.store.read() as connection:
            return runs.setting(connection, _KEY) == "true"

    def require(self, who: Operator, *, on: bool) -> None:
        """Switch it on or off. Raises `sign_in_nobody` where no administrator has a PIN."""
        demand(who, "sign_in.require")
        self.desk.accept(who, "sign_in_required", "office", {"on": on})

    def people(self, who: Operator) -> tuple[Person, ...]:
        """Who can be seated here, by name."""
        demand(who, "sign_in.people")
        with self.desk.store.read() as connection:
            return tuple(one for one in lists.people(connection) if one.active)

    def sit_down(self, who: Operator, operator_id: str, pin: str = "") -> Operator:
        """Who takes over this desk: with all rights by the right PIN, or where none is asked for.

        Raises `operator_unknown`, `pin_form`, `pin_wait`, `pin_wrong`. Each try is on record before it is looked at.
        """
        demand(who, "sign_in.sit_down")
        person = next((one for one in self.people(who) if one.operator.id == operator_id), None)
        if person is None:
            raise MailroomError("operator_unknown")
        seated = dataclasses.replace(person.operator, desk=who.desk, desk_letter=who.desk_letter)
        if not person.has_pin:
            if self.required(who):
                seated = without_pin(seated)
            self.desk.accept(who, "operator_seated", operator_id, {"by": "name"})
            return seated
        given = pin_text(pin)
        with self.desk.store.read() as connection:
            kept = lists.pin_hash(connection, operator_id)
        self.desk.accept(who, "pin_tried", operator_id, {})
        if not _matches(kept, given):
            raise MailroomError("pin_wrong", operator=person.operator.name)
        self.desk.accept(who, "operator_seated", operator_id, {"by": "pin"})
        return seated

    def fall_back(self, who: Operator) -> Operator:
        """Whoever sits there, with a clerk's rights and no more: nobody touched anything for a while."""
        demand(who, "sign_in.fall_back")
        if who.role not in RAISED or not self.required(who):
            return who
        self.desk.accept(who, "operator_seated", who.id, {"by": "idle"})
        return without_pin(who)


def hashed(pin: str) -> str:
    """The argon2 hash of a PIN, with its own salt. Raises `pin_form`."""
    return _hasher().hash(pin_text(pin))


def _matches(kept: str, pin: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # when first needed: no start pays for it

    # 19 MiB, two passes, one lane: what OWASP's Password Storage Cheat Sheet gives for argon2id.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
