"""Is everything still there and as it was written?"""

from dataclasses import dataclass

from mailroom.domain.operator import Operator
from mailroom.domain.register import Fault
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.store import audit, integrity


@dataclass(frozen=True, slots=True)
class Safety:
    """Use cases of safety."""

    desk: Desk

    def check(self, who: Operator) -> tuple[Fault, ...]:
        """Database, chain, heads, counters and blobs; no fault means all holds. Raises `database_damaged`."""
        demand(who, "safety.check")
        return tuple(integrity.check(self.desk.store))

    def verify_chain(self, who: Operator) -> tuple[Fault, ...]:
        """The hash chain of every desk; the first bad command of each is named."""
        demand(who, "safety.verify_chain")
        with self.desk.store.read() as connection:
            return tuple(audit.verify_chain(connection))
