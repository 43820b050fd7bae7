"""The one error that a user may see. It carries a code and facts, never a sentence; wording makes that."""

from collections.abc import Mapping


class MailroomError(Exception):
    """Expected trouble: `code` names it in snake_case, `facts` are what its sentence is filled with."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} ({shown})" if shown else self.code
