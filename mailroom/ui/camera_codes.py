"""From what frames show to labels to act on: second numbers are waited for, doubtful codes get a second opinion."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailroom.domain.bench_codes import looks_like_bench_code
from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import Check, Recognition

if TYPE_CHECKING:
    from mailroom.capture.live import Look
    from mailroom.capture.sightings import Sighting

Recognise = Callable[[Symbology, str], Recognition]

_SECOND_NUMBER = 0.35  # seconds that a label waits for another number seen on it that is not sure yet
_NUMBER_COMES = 1.2  # seconds that other codes wait for the tracking number of their label
_LINEAR = frozenset({Symbology.CODE128, Symbology.CODE39, Symbology.CODE93, Symbology.CODABAR, Symbology.ITF})


@dataclass(slots=True)
class LabelGate:
    """Used by the decode thread alone. `now` is seconds, monotonic."""

    recognise: Recognise
    _asked: dict[tuple[Symbology, str], Recognition] = field(default_factory=dict)
    _held: list["Sighting"] = field(default_factory=list)
    _since: float = 0.0
    _shown: bool = False  # a label of this picture was acted on: what else it shows belongs to it

    def check(self, symbology: Symbology, text: str) -> bool:
        """Whether a check digit holds in what the payload says; what is asked about is seen, but not sure yet."""
        found = self._known(symbology, text)
        return found.best is not None and found.best.check is Check.OK

    def begin(self) -> None:
        """A new frame is looked at."""
        self._asked.clear()

    def doubtful(self, one: "Sighting") -> bool:
        """Whether a linear code is of a number without a check digit that holds: another decoder is asked, too."""
        found = self._known(one.symbology, one.text)
        return one.symbology in _LINEAR and bool(found.candidates) and not self.check(one.symbology, one.text)

    def settle(self, look: "Look", accepted: tuple["Sighting", ...], now: float) -> tuple["Sighting", ...]:
        """The codes of a label to act on now; none while there is something to wait for."""
        pieces = {piece for one in self._held for piece in self._pieces(one.symbology, one.text)}
        if accepted and not self._held:
            self._since = now
        for one in accepted:
            if self._pieces(one.symbology, one.text) and not pieces:
                self._since = now
            self._held.append(one)
        if not self._held:
            self._shown = self._shown and bool(look.in_view)
            return ()
        pieces = {piece for one in self._held for piece in self._pieces(one.symbology, one.text)}
        if pieces:
            seen = {piece for code in self._asked for piece in self._pieces(*code)}
            ready = not seen - pieces or now - self._since > _SECOND_NUMBER
        else:
            alone = any(looks_like_bench_code(one.text) for one in self._held)
            ready = self._shown or now - self._since > (_SECOND_NUMBER if alone else _NUMBER_COMES)
        if not ready:
            return ()
        label, self._held = tuple(self._held), []
        self._shown = True
        return tuple(sorted(label, key=lambda one: not self._pieces(one.symbology, one.text)))

    def forget(self) -> None:
        """Nothing is held any more."""
        self._held.clear()
        self._asked.clear()
        self._shown = False

    def _known(self, symbology: Symbology, text: str) -> Recognition:
        code = symbology, text
        if code not in self._asked:
            self._asked[code] = self.recognise(symbology, text)
        return self._asked[code]

    def _pieces(self, symbology: Symbology, text: str) -> set[str]:
        found = self._asked.get((symbology, text)) or self.recognise(symbology, text)
        best = found.best or next(iter(found.candidates), None)
        return {best.piece} if best is not None else set()
