"""What a menu, a key or Find starts."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its words, its icon, its keys (Qt's portable text, empty for none) and what it does."""

    id: str
    title: str
    icon: str
    act: Callable[[], object]
    keys: str = ""
