"""Reading a blurred strip by fitting symbols: the row of symbols whose blurred shapes explain the line of grey best.

A decoder that looks for edges loses a code once its narrow bars no longer stand apart. Here whole symbols are compared
with what they look like through the same blur; a path through all places where symbols may begin and end (dynamic
programming) finds the row that leaves the least unexplained, while modules may grow and shrink along bent paper.
"""

from dataclasses import dataclass

import numpy as np

from mailroom.capture.alphabets import Alphabet
from mailroom.capture.arrays import Doubles, Floats, Numbers, windows
from mailroom.capture.templates import SAMPLES, SLACK, bank, stop_bank

BEFORE = 4  # modules of a scaled line before its first symbol, and after its last
_BAND = 12  # samples that a symbol may lie beside its place
_LOOSE = 4  # samples that the first may
_NEVER = 1e9
_UNEVEN = 0.01  # cost of a symbol that is longer or shorter than it should be, for a sample squared


@dataclass(frozen=True, slots=True)
class Fit:
    """The best row of symbols for a line: `rest` is the share that it leaves unexplained, 0 to 1.

    `likeness` of each symbol with its template (squared, 1: the same) and its `lead` before the next best symbol.
    """

    values: list[int]
    rest: float
    likeness: Floats
    lead: Floats
    blur: float


class _Line:
    """A scaled line of darkness with the sums that give any stretch's mean and energy at once."""

    def __init__(self, line: Floats) -> None:
        self.line = line
        self._sum = np.concatenate([[0.0], np.cumsum(line, dtype=np.float64)])
        self._squares = np.concatenate([[0.0], np.cumsum(line * line, dtype=np.float64)])

    def stretches(self, starts: Numbers, length: int) -> tuple[Floats, Doubles]:
        """The stretches that begin at `starts`, and the energy of each about its mean."""
        view = windows(self.line, length)[starts]
        total = self._sum[starts + length] - self._sum[starts]
        energy = self._squares[starts + length] - self._squares[starts] - total * total / length
        return view, np.maximum(energy, 1e-6)

    def __len__(self) -> int:
        return len(self.line)


def fit(line: Floats, alphabet: Alphabet, count: int, blur: float) -> Fit:
    """The best row of `count` symbols and a stop in a line scaled to SAMPLES a module (`barends.scaled`)."""
    seen = _Line(line)
    usual = round(alphabet.modules * SAMPLES)
    shift = np.arange(-_BAND, _BAND + 1)
    begin = BEFORE * SAMPLES
    # The places are rounded from the true length, which need not be a whole number of samples.
    base = begin + np.round(np.arange(count) * alphabet.modules * SAMPLES).astype(np.int32)
    starts = base[:, None] + shift[None]
    cost, best, second, energy = _symbol_costs(seen, alphabet, starts, blur)
    stop_cost = _stop_costs(seen, alphabet, begin + round(count * alphabet.modules * SAMPLES) + shift, blur)
    steps = np.diff([*base, begin + round(count * alphabet.modules * SAMPLES)]) - usual
    end, total, back = _cheapest(cost, stop_cost, steps)
    values: list[int] = []
    likeness, lead = np.empty(count, np.float32), np.empty(count, np.float32)
    for k in range(count - 1, -1, -1):
        slack = int(back[k, end])
        end = min(max(end - SLACK[slack] + int(steps[k]), 0), len(shift) - 1)
        value = int(best[slack, k, end])
        values.append(value)
        found, other, size = cost[slack, k, end], second[slack, k, end], energy[slack, k, end]
        likeness[k], lead[k] = 1 - found / size, other / size
    span = line[begin : begin + round((count * alphabet.modules + alphabet.stop_modules) * SAMPLES)]
    whole = float(((span - span.mean()) ** 2).sum()) + 1e-6
    return Fit(values[::-1], total / whole, likeness, lead, blur)


def _symbol_costs(
    seen: _Line, alphabet: Alphabet, starts: Numbers, blur: float
) -> tuple[Doubles, Numbers, Doubles, Doubles]:
    """For each slack, symbol and place: what the best symbol leaves, which it is, its lead, the stretch's energy."""
    usual = round(alphabet.modules * SAMPLES)
    shape = (len(SLACK), *starts.shape)
    cost, lead, energy = np.empty(shape), np.empty(shape), np.empty(shape)
    best = np.empty(shape, np.int16)
    first, rest = np.array(alphabet.first), np.array(alphabet.rest)
    for at, slack in enumerate(SLACK):
        length = usual + slack
        inside = np.clip(starts, 0, max(0, len(seen) - length - 1))
        stretch, size = seen.stretches(inside, length)
        # One small product a symbol: a single large one would wake BLAS's threads, which cost more than they give.
        alike = np.matmul(stretch, bank(alphabet, blur, length))
        top, value, runner_up = _top(alike[1:][..., rest], rest)
        top_first, value_first, runner_first = _top(alike[:1][..., first], first)
        best[at] = np.concatenate([value_first, value])
        won = np.square(np.maximum(np.concatenate([top_first, top]), 0))
        lead[at] = won - np.square(np.maximum(np.concatenate([runner_first, runner_up]), 0))
        uneven = (usual / length) * (1 + _UNEVEN * slack * slack)
        cost[at] = (size - won) * uneven + np.where(inside == starts, 0, _NEVER / 1000)
        energy[at] = size
    return cost, best, lead, energy


def _top(alike: Floats, values: Numbers) -> tuple[Floats, Numbers, Floats]:
    """The highest likeness along the last axis, whose it is, and the next highest."""
    at = alike.argmax(axis=-1)[..., None]
    top = np.take_along_axis(alike, at, axis=-1)[..., 0]
    if alike.shape[-1] == 1:
        return top, values[at[..., 0]], np.zeros_like(top)
    np.put_along_axis(alike, at, -1.0, axis=-1)
    return top, values[at[..., 0]], alike.max(axis=-1)


def _stop_costs(seen: _Line, alphabet: Alphabet, starts: Numbers, blur: float) -> Doubles:
    usual = round(alphabet.stop_modules * SAMPLES)
    cost = np.full(len(starts), _NEVER)
    for slack in SLACK:
        length = usual + slack
        inside = np.clip(starts, 0, max(0, len(seen) - length - 1))
        stretch, size = seen.stretches(inside, length)
        won = np.square(np.maximum(np.matmul(stretch, stop_bank(alphabet, blur, length))[:, 0], 0))
        left = (size - won) * (usual / length) + np.where(inside == starts, 0, _NEVER / 1000)
        cost = np.minimum(cost, left)
    return cost


def _cheapest(cost: Doubles, stop_cost: Doubles, steps: Numbers) -> tuple[int, float, Numbers]:
    """Where the cheapest path ends, what it costs, and for each symbol and end the slack that led there."""
    count, places = cost.shape[1:]
    path = np.full(places, _NEVER)
    middle = places // 2
    path[middle - _LOOSE : middle + _LOOSE + 1] = 0
    back = np.empty((count, places), np.int8)
    which = np.arange(len(SLACK))[:, None]
    for k in range(count):
        source = np.arange(places)[None] - np.array(SLACK)[:, None] + int(steps[k])
        inside = np.clip(source, 0, places - 1)
        options = path[inside] + cost[which, k, inside] + np.where(inside == source, 0, _NEVER)
        back[k] = options.argmin(axis=0)
        path = options.min(axis=0)
    path = path + stop_cost
    end = int(path.argmin())
    return end, float(path[end]), back
