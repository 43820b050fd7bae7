"""What reportlab does again and again for the same words and numbers, done once and kept.

Numbers of a page are written from a table of those written before: the same text for the same number. It is put in
place of reportlab's own function (2.4 of 19 ms a report were spent there) by `install`, once a process.
"""

import sys
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from reportlab.lib.rl_accel import fp_str

_one: Callable[[float], str] = lru_cache(maxsize=50_000)(fp_str)


def number_text(*numbers: Any) -> str:  # noqa: ANN401 - as reportlab calls it
    """Numbers as a page holds them, with blanks between."""
    if len(numbers) == 1:
        first = numbers[0]
        return _one(first) if isinstance(first, int | float) else " ".join([_one(one) for one in first])
    return " ".join([_one(one) for one in numbers])


@cache
def install() -> None:
    """Have reportlab's drawing write its numbers by `number_text`; the first call of a process counts."""
    import reportlab.pdfgen.canvas
    import reportlab.platypus.flowables
    import reportlab.platypus.tables  # noqa: F401 - those that hold the function by name

    for name, module in list(sys.modules.items()):
        own = name.startswith(("reportlab.pdfgen.", "reportlab.platypus.", "reportlab.graphics."))
        if own and getattr(module, "fp_str", None) is fp_str:
            module.fp_str = number_text  # type: ignore[attr-defined]
