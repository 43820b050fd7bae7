"""Reading a blurred strip by fitting symbols: the row of symbols whose blurred shapes explain the line of grey best.

A decoder that looks for edges loses a code once its narrow bars no longer stand apart. Here whole symbols are compared
with what they look like through the same blur; a path through all places where symbols may begin and end (dynamic
programming) finds the row that leaves the least unexplained, while modules may grow and shrink along bent paper.
"""

from dataclasses import dataclass

import numpy as np

from mailroom.capture.alphabets import Alphabet, barred
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

    Each symbol begins at a sample of `starts` and is so many samples long (`lengths`).
    """

    values: list[int]
    rest: float
    starts: list[int]
    lengths: list[int]
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


def fit(line: Floats, alphabet: Alphabet, count: int, blur: float, *, thorough: bool = True) -> Fit:
    """The best row of `count` symbols and a stop in a line scaled to SAMPLES a module (`barends.scaled`).

    Not `thorough`: symbols hardly leave their places, which is enough to compare guesses.
    """
    slacks, band = (SLACK, _BAND) if thorough else (SLACK[1:-1], _BAND // 2)
    seen = _Line(line)
    usual = round(alphabet.modules * SAMPLES)
    shift = np.arange(-band, band + 1)
    begin = BEFORE * SAMPLES
    # The places are rounded from the true length, which need not be a whole number of samples.
    base = begin + np.round(np.arange(count + 1) * alphabet.modules * SAMPLES).astype(np.int32)
    starts = base[:-1, None] + shift[None]
    cost, best = _symbol_costs(seen, alphabet, starts, blur, slacks)
    stop_cost = _stop_costs(seen, alphabet, base[-1] + shift, blur, slacks)
    steps = np.diff(base) - usual
    end, total, back = _cheapest(cost, stop_cost, steps, np.array(slacks))
    values, places, lengths = [0] * count, [0] * count, [0] * count
    for k in range(count - 1, -1, -1):
        slack = int(back[k, end])
        end = min(max(end - slacks[slack] + int(steps[k]), 0), len(shift) - 1)
        values[k], places[k], lengths[k] = int(best[slack, k, end]), int(starts[k, end]), usual + slacks[slack]
    span = line[begin : begin + round((count * alphabet.modules + alphabet.stop_modules) * SAMPLES)]
    whole = float(((span - span.mean()) ** 2).sum()) + 1e-6
    return Fit(values, total / whole, places, lengths, blur)


def _symbol_costs(
    seen: _Line, alphabet: Alphabet, starts: Numbers, blur: float, slacks: tuple[int, ...]
) -> tuple[Doubles, Numbers]:
    """For each slack, symbol and place: what the best symbol leaves, and which it is."""
    usual = round(alphabet.modules * SAMPLES)
    cost, best = np.empty((len(slacks), *starts.shape)), np.empty((len(slacks), *starts.shape), np.int16)
    not_first, not_rest = barred(alphabet)
    for at, slack in enumerate(slacks):
        length = usual + slack
        inside = np.minimum(np.maximum(starts, 0), max(0, len(seen) - length - 1))
        stretch, size = seen.stretches(inside, length)
        # One small product a symbol: a single large one would wake BLAS's threads, which cost more than they give.
        alike = np.matmul(stretch, bank(alphabet, blur, length))
        alike[:1, :, not_first] = 0
        alike[1:, :, not_rest] = 0
        best[at] = alike.argmax(axis=-1)
        won = np.square(np.maximum(alike.max(axis=-1), 0))
        uneven = (usual / length) * (1 + _UNEVEN * slack * slack)
        cost[at] = (size - won) * uneven + np.where(inside == starts, 0, _NEVER / 1000)
    return cost, best


def weakest(line: Floats, alphabet: Alphabet, found: Fit) -> tuple[float, float]:
    """The least likeness of a symbol of a fit with its template (squared, 1: the same), and the least lead.

    The lead is how much more likely the symbol is than the next best, in the same measure.
    """
    seen, likeness, leads = _Line(line), [], []
    for k, (start, length) in enumerate(zip(found.starts, found.lengths, strict=True)):
        inside = max(0, min(start, len(line) - length - 1))
        stretch, size = seen.stretches(np.array([inside]), length)
        alike = np.matmul(stretch, bank(alphabet, found.blur, length))[0]
        alike[barred(alphabet)[1 if k else 0]] = 0
        first, second = (max(0.0, float(one)) ** 2 / float(size[0]) for one in np.sort(alike)[-2:][::-1])
        likeness.append(first)
        leads.append(first - second)
    return min(likeness), min(leads)


def _stop_costs(seen: _Line, alphabet: Alphabet, starts: Numbers, blur: float, slacks: tuple[int, ...]) -> Doubles:
    usual = round(alphabet.stop_modules * SAMPLES)
    cost = np.full(len(starts), _NEVER)
    for slack in slacks:
        length = usual + slack
        inside = np.minimum(np.maximum(starts, 0), max(0, len(seen) - length - 1))
        stretch, size = seen.stretches(inside, length)
        won = np.square(np.maximum(np.matmul(stretch, stop_bank(alphabet, blur, length))[:, 0], 0))
        left = (size - won) * (usual / length) + np.where(inside == starts, 0, _NEVER / 1000)
        cost = np.minimum(cost, left)
    return cost


def _cheapest(cost: Doubles, stop_cost: Doubles, steps: Numbers, slacks: Numbers) -> tuple[int, float, Numbers]:
    """Where the cheapest path ends, what it costs, and for each symbol and end the slack that led there."""
    count, places = cost.shape[1:]
    path = np.full(places, _NEVER)
    middle = places // 2
    path[middle - _LOOSE : middle + _LOOSE + 1] = 0
    # Where a symbol begins that ends at a place, for every slack, symbol and place at once: the loop is left with sums.
    source = np.arange(places) - slacks[:, None, None] + steps[:, None]
    inside = np.minimum(np.maximum(source, 0), places - 1)
    step = np.take_along_axis(cost, inside, axis=2)
    step[inside != source] += _NEVER
    inside, step = np.ascontiguousarray(inside.transpose(1, 0, 2)), np.ascontiguousarray(step.transpose(1, 0, 2))
    back = np.empty((count, places), np.int8)
    for k in range(count):
        options = path.take(inside[k])
        options += step[k]
        back[k] = options.argmin(axis=0)
        path = options.min(axis=0)
    path = path + stop_cost
    end = int(path.argmin())
    return end, float(path[end]), back
