"""What needs a person: one rule a file, found by discovery, each with its own examples.

A rule is a function of a `Situation` (one shipment, its events, the moment) and says nothing or one `Finding`.
"""

import pkgutil
from functools import cache
from importlib import import_module

from mailroom.domain.alerts.situation import AlertRule


@cache
def alert_rules() -> tuple[AlertRule, ...]:
    """All rules, in the order of their kinds."""
    names = [one.name for one in pkgutil.iter_modules(__path__) if one.name not in ("situation", "examples")]
    return tuple(sorted((import_module(f"{__name__}.{one}").RULE for one in names), key=lambda rule: rule.kind))


def rule_modules() -> tuple[str, ...]:
    """Full names of the rules' modules, for a frozen build."""
    return tuple(f"{__name__}.{one.name}" for one in pkgutil.iter_modules(__path__))
