"""What is said of an error."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person reads of an error: what happened, why it happens, what to do. `{fact}` is filled in."""

    what: str
    cause: str
    remedy: str


def sentence(what: str, cause: str, remedy: str) -> Sentence:
    """A sentence from its three parts, each marked for the catalogues."""
    return Sentence(what, cause, remedy)
