"""The carriers, found by discovery: each module (or package) here holds one `CARRIER`. Adding one is adding a file."""

import importlib
import pkgutil
from functools import cache

from mailroom.recognition.formats import Carrier


@cache
def carrier_modules() -> tuple[str, ...]:
    """Full names of the carriers' modules, also for the frozen build, which cannot see them otherwise."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(f"{__name__}.{name}" for name in sorted(names) if not name.startswith("_"))


@cache
def all_carriers() -> tuple[Carrier, ...]:
    """Every carrier, by id. The tuple is the same at every call, so that recognition keeps its index of it."""
    return tuple(importlib.import_module(name).CARRIER for name in carrier_modules())
