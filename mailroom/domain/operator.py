"""Who does it: every use case takes the operator first."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an operator may do; a fresh profile has one operator with the role admin."""

    CLERK = "clerk"
    STAFF = "staff"
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Operator:
    """A person at a desk (`desk` is its id, `desk_letter` its letter in numbers); no `departments` means all."""

    id: str
    name: str
    role: Role
    desk: str
    desk_letter: str = "A"
    departments: tuple[str, ...] = ()
