"""The list of operators: who works here, in which role, with a PIN or without. An administrator keeps it."""

from dataclasses import dataclass

from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator, Role
from mailroom.domain.sign_in import Person
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.sign_in import hashed
from mailroom.store import lists

_LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class People:
    """Use cases of the list of operators. Those who left stay on record, with what they did."""

    desk: Desk

    def all(self, who: Operator) -> tuple[Person, ...]:
        """Everybody who works or worked here, by name."""
        demand(who, "people.all")
        with self.desk.store.read() as connection:
            return lists.people(connection)

    def add(self, who: Operator, name: str, role: Role) -> str:
        """Put somebody on the list; the new id. Raises `operator_name_bad`, `operator_known`."""
        demand(who, "people.add")
        name = " ".join(name.split())
        if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
            raise MailroomError("operator_name_bad")
        if any(one.operator.name.casefold() == name.casefold() for one in self.all(who)):
            raise MailroomError("operator_known", operator=name)
        operator_id = new_id()
        self.desk.accept(who, "operator_added", operator_id, {"name": name, "role": role, "departments": []})
        return operator_id

    def change_role(self, who: Operator, operator_id: str, role: Role) -> None:
        """Another role, from the next time they are seated. Raises `operator_unknown`, `sign_in_nobody`."""
        demand(who, "people.change_role")
        self.desk.accept(who, "operator_role_changed", operator_id, {"role": role})

    def set_pin(self, who: Operator, operator_id: str, pin: str) -> None:
        """A new PIN; it also ends a wait after wrong ones. Raises `operator_unknown`, `pin_form`."""
        demand(who, "people.set_pin")
        self.desk.accept(who, "operator_pin_set", operator_id, {"hash": hashed(pin)})

    def clear_pin(self, who: Operator, operator_id: str) -> None:
        """No PIN any more. Raises `operator_unknown`, `sign_in_nobody`."""
        demand(who, "people.clear_pin")
        self.desk.accept(who, "operator_pin_set", operator_id, {"hash": ""})

    def set_active(self, who: Operator, operator_id: str, *, active: bool) -> None:
        """Whether they work here. Raises `operator_unknown`, `sign_in_nobody`, and `operator_self` for oneself."""
        demand(who, "people.set_active")
        if operator_id == who.id and not active:
            raise MailroomError("operator_self")
        self.desk.accept(who, "operator_active_set", operator_id, {"active": active})
