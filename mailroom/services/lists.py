"""Departments and accounts, meters, and mail runs."""

from dataclasses import dataclass

from mailroom.domain.ids import new_id
from mailroom.domain.office import Account, MailRun, Meter
from mailroom.domain.operator import Operator
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.store import lists as stored


@dataclass(frozen=True, slots=True)
class Lists:
    """Use cases of the office's lists."""

    desk: Desk

    def departments(self, who: Operator) -> tuple[Account, ...]:
        """The first level of the tree of accounts, by name."""
        demand(who, "lists.departments")
        with self.desk.store.read() as connection:
            return tuple(one for one in stored.accounts(connection) if not one.parent_id)

    def accounts(self, who: Operator) -> tuple[Account, ...]:
        """The whole tree of accounts."""
        demand(who, "lists.accounts")
        with self.desk.store.read() as connection:
            return stored.accounts(connection)

    def meters(self, who: Operator) -> tuple[Meter, ...]:
        """All meters, by name."""
        demand(who, "lists.meters")
        with self.desk.store.read() as connection:
            return stored.meters(connection)

    def runs(self, who: Operator) -> tuple[MailRun, ...]:
        """Mail runs, newest first."""
        demand(who, "lists.runs")
        with self.desk.store.read() as connection:
            return stored.runs(connection)

    def add_department(self, who: Operator, name: str) -> str:
        """Add a department; its id. Raises `name_empty`."""
        demand(who, "lists.add_department")
        return self._add(who, "account_added", {"name": _named(name), "parent_id": "", "code": ""})

    def add_meter(self, who: Operator, name: str, serial: str = "", maker: str = "") -> str:
        """Add a meter; its id. Raises `name_empty`."""
        demand(who, "lists.add_meter")
        return self._add(who, "meter_added", {"name": _named(name), "serial": serial, "maker": maker})

    def open_run(self, who: Operator, name: str, carrier: str = "") -> str:
        """Open a mail run; its id. Raises `name_empty`."""
        demand(who, "lists.open_run")
        return self._add(who, "run_opened", {"name": _named(name), "carrier": carrier})

    def close_run(self, who: Operator, run_id: str) -> None:
        """Close a mail run: nothing more is put into it."""
        demand(who, "lists.close_run")
        self.desk.accept(who, "run_closed", run_id, {})

    def _add(self, who: Operator, kind: str, payload: dict[str, str]) -> str:
        new = new_id()
        self.desk.accept(who, kind, new, payload)
        return new


def _named(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise MailroomError("name_empty")
    return cleaned
