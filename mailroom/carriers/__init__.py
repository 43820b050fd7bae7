"""The carriers, found by discovery: each module (or package) here holds one `CARRIER`. Adding one is adding a file.

A package also has `tracking.py` with one `INTERFACE`; two packages (a reseller, an aggregator) have nothing but that.
"""

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from mailroom.recognition.formats import Carrier

if TYPE_CHECKING:
    from mailroom.carriers._interface import Interface

_INTERFACES_ONLY = frozenset({"easypost", "pitney_bowes"})  # they print no numbers of their own


@cache
def carrier_modules() -> tuple[str, ...]:
    """Full names of the carriers' modules, also for the frozen build, which cannot see them otherwise."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(
        f"{__name__}.{name}" for name in sorted(names) if not name.startswith("_") and name not in _INTERFACES_ONLY
    )


@cache
def interface_modules() -> tuple[str, ...]:
    """Full names of the modules of tracking interfaces, also for the frozen build."""
    return tuple(f"{__name__}.{one.name}.tracking" for one in pkgutil.iter_modules(__path__) if one.ispkg)


@cache
def all_carriers() -> tuple[Carrier, ...]:
    """Every carrier, by id. The tuple is the same at every call, so that recognition keeps its index of it."""
    return tuple(importlib.import_module(name).CARRIER for name in carrier_modules())


@cache
def all_interfaces() -> "tuple[Interface, ...]":
    """Every tracking interface, in the order in which they are asked; loaded when first wanted."""
    found = (importlib.import_module(name).INTERFACE for name in interface_modules())
    return tuple(sorted(found, key=lambda one: (one.order, one.id)))
