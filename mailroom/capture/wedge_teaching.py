"""Learning a wedge scanner from three reads: what it sends around a code, and what the keyboard makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailroom.capture.keyboards import LAYOUTS, Caps, meant, typed
from mailroom.capture.keystrokes import GAP_MS, MOST_GAP_MS

# Letters, small letters, digits and signs. Signs that are dead keys on some layout are not among them.
TEACHING = ("1/ABCDEFGHIJKLMNOPQRSTUVWXYZ", "2/abcdefghijklmnopqrstuvwxyz", "3/0123456789-_.,:;?()<>!@$%&*")
_AIM_LENGTH = 3
_GS1_AIM = ("]C1", "]e0", "]d2", "]Q3", "]J1")


@dataclass(frozen=True, slots=True)
class Burst:
    """What was heard of one read: its characters, the key that ended it, the longest pause between two keys in ms."""

    text: str
    end: str = ""  # "\r", "\t", or empty where silence ended it
    slowest: float = 0.0


@dataclass(frozen=True, slots=True)
class WedgeSetup:
    """How a scanner types. `prefix` and `suffix` are as they are typed, before anything is put right."""

    prefix: str = ""
    suffix: str = ""
    layout: str = "us"
    caps: Caps = Caps.OFF
    end: str = ""
    gap: float = GAP_MS
    aim: bool = False  # it sends AIM identifiers: they are taken off, GS1 data keeps its leading separator


def put_right(payload: str, setup: WedgeSetup) -> str:
    """A payload as the bar code has it. Prefix and suffix are off already."""
    text = meant(payload, setup.layout, setup.caps)
    if setup.aim and len(text) > _AIM_LENGTH and text[0] == "]" and text[1].isalpha():
        return ("\x1d" if text[:_AIM_LENGTH] in _GS1_AIM else "") + text[_AIM_LENGTH:]
    return text


def lesson_of(burst: Burst) -> int | None:
    """Which of the three codes was read, from 0, whatever the layout; none for any other code."""
    return next((at for at in range(len(TEACHING)) if _ways(burst, at)), None)


def learn(bursts: Sequence[Burst]) -> WedgeSetup | None:
    """The set-up that explains the reads of all three codes, in their order; none where none does."""
    if len(bursts) != len(TEACHING):
        return None
    ways = [_ways(burst, at) for at, burst in enumerate(bursts)]
    for key, (before, suffix) in ways[0].items():
        if not all(other.get(key) == (before, suffix) for other in ways[1:]):
            continue
        layout, caps = key
        shown = meant(before, layout, caps)
        aim = len(shown) >= _AIM_LENGTH and shown[-3] == "]" and shown[-2].isalpha() and shown[-1].isalnum()
        prefix = before[:-_AIM_LENGTH] if aim else before
        slowest = max(one.slowest for one in bursts)
        gap = min(max(GAP_MS, slowest * 1.5), MOST_GAP_MS)
        ends = {one.end for one in bursts}
        return WedgeSetup(prefix, suffix, layout, caps, ends.pop() if len(ends) == 1 else "", gap, aim)
    return None


def _ways(burst: Burst, at: int) -> dict[tuple[str, Caps], tuple[str, str]]:
    """By layout and Caps Lock: what stands before and behind the code, where it is in the burst at all."""
    found = {}
    for layout in LAYOUTS:
        for caps in Caps:
            expected = typed(TEACHING[at], layout, caps)
            before, code, behind = burst.text.partition(expected)
            if code:
                found[layout, caps] = (before, behind)
    return found
