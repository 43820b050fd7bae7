"""How roles are called."""

from mailroom.domain.operator import Role
from mailroom.wording import _, mark

WORDS: dict[Role, str] = {
    Role.CLERK: mark("clerk"),
    Role.STAFF: mark("staff"),
    Role.MANAGER: mark("manager"),
    Role.ADMIN: mark("administrator"),
}


def role_word(role: Role) -> str:
    """The role in one word, in the reader's language."""
    return _(WORDS[role])
