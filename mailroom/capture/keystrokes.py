"""Telling a wedge scanner from a typist, by time alone. No Qt: keys come in as tokens, decisions go out.

A wedge is a fast keyboard: its keys come less than 30 ms apart, six or more of them, and then Enter, Tab or nothing
for a while. Where nearly all come at a machine's pace, one that a busy computer held up still belongs to them. Nobody
types like that: twelve characters a second are 80 ms apart, and the quickest typists stay above 40 for more than two
or three. A slower scanner is told apart once it has been taught. While it is not known which it is, keys are held
back; so a wedge read never touches the focused field, and a typist's key is shown 30 ms late.

Where a busy computer holds up a scanner's keys for longer than that, the first ones are taken for a person's and the
rest comes as a burst of its own. So a complete burst names the keys let through shortly before it, in `lead`.

What the caller (the window's key filter) has to do, for every key press, before anything else sees it:

1. `char = key_char(event.text(), event.key(), ctrl)`; `step = gate.feed(token, char, now_ms, auto_repeat=…)`, where
   `token` is whatever the caller needs to deliver the key later (a copy of the event and its target) and `now_ms`
   is any monotonic clock in milliseconds, the same for all calls.
2. If `step.payload` is not None, a burst is complete: record it. If `step.too_long`, say so: it is not a payload.
3. Deliver the tokens of `step.replay` to their targets now, in order: a person typed them.
4. `step.action` says what becomes of the key itself: `PASS`, let it through; `HOLD`, swallow it (it comes back in a
   later `replay`, or never when it belongs to a wedge); `COMPLETE`, swallow it, it ended the burst.
5. Start a precise single-shot timer of `gate.wait(now_ms)` milliseconds, or stop it where that is None. When it
   fires call `gate.poll(now_ms)` and treat the answer by 2, 3 and 5; its action has no meaning.

While `gate.in_burst` is true no shortcut may fire: swallow shortcut overrides too. Replayed keys must not be fed
again. Before the window loses the keyboard, call `gate.flush()` and replay what it gives.
"""

from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from mailroom.domain.reading import MAX_PAYLOAD

Key = TypeVar("Key")

GAP_MS = 30.0  # between two keys: above, a person
MOST_GAP_MS = 60.0  # of the slowest scanner that can be taught
FIRST_MS = 50.0  # so long is a first key held: a busy computer may hold up the second
IDLE_MS = 60.0  # the silence that ends the burst of a scanner known to send no suffix
HELD_UP_MS = 150.0  # the same of one that is not known: so long may a key be held up on its way
SUFFIX_MS = 400.0  # the same of one that sent its suffix the last time: it is going to send it again
FAST_MS = 15.0  # a machine's pace; three in a row are beyond any person
FAST_FOR_ONE = 3  # keys at that pace for each one that may come late
SCANNER_MS = 4.0  # of a scanner's first two keys: they are waited for as if they were so many
TAIL_MS = 150.0  # an Enter so soon after a burst that ended in silence is its late suffix, not a person's
LEAD_MS = 1500.0  # keys let through so shortly before a burst may be its beginning
_LEAD_KEYS = 24
REPEAT_MS = 200.0  # so long is a key held down at the least before it repeats
SURE_KEYS = 3  # so many keys in a row without a gap open a burst
LEAST_KEYS = 6  # a shorter run is a person rolling over the keys
_GRAIN = 0.001  # milliseconds: a timer set for the very moment must find it come, whatever the clock rounds
TERMINATORS = frozenset("\r\n\t")
LEADING_CONTROLS = frozenset("\x02\x1d")  # STX and a leading FNC1; any other chord that begins a run is a shortcut


class KeyAction(StrEnum):
    """What becomes of the key that was fed."""

    PASS = "pass"  # noqa: S105 - let through
    HOLD = "hold"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Passed(Generic[Key]):
    """What was let through: a key held in vain, or (without a key) the text of a burst that ended in silence."""

    key: Key | None
    text: str
    at: float  # ms; when the key was pressed, or the last one of the burst


@dataclass(frozen=True, slots=True)
class KeyStep(Generic[Key]):
    """The answer to one key or to the timer; see the module's text for the order of doing things."""

    action: KeyAction = KeyAction.PASS
    replay: tuple[Key, ...] = ()
    payload: str | None = None  # of a complete burst: control characters kept, prefix and suffix taken off
    too_long: bool = False  # a burst of more characters than any bar code holds has ended; there is no payload
    end: str = ""  # of a complete burst: the key that ended it, empty for silence
    slowest: float = 0.0  # of a complete burst: the longest pause between two keys in ms
    lead: tuple[Passed[Key], ...] = ()  # of a complete burst: what was let through shortly before it, oldest first
    pause: float = 0.0  # of a complete burst: ms between the last of `lead` and its first key


class KeystrokeGate(Generic[Key]):
    """Holds keys back until it knows whose they are. One thread, no clock of its own."""

    def __init__(self, *, prefix: str = "", suffix: str = "", gap: float = GAP_MS, limit: int = MAX_PAYLOAD) -> None:
        self._prefix = prefix
        self._suffix = suffix
        self._gap = gap
        self._idle = max(IDLE_MS, 2 * gap)
        self._slowest = 0.0
        self._fast = self._late = 0  # pauses of the run at a machine's pace, and above a person's limit
        self._silent = False  # the last burst ended without a suffix
        self._suffixed = False  # the last burst ended with one
        self._limit = limit
        self._held: list[Passed[Key]] = []  # for replay; empty once the run is too long to be a person's
        self._passed: deque[Passed[Key]] = deque(maxlen=_LEAD_KEYS)
        self._began = 0.0  # when the first key of the run came
        self._chars: list[str] = []
        self._count = 0  # characters of the run, those over the limit too
        self._last = 0.0  # when the last key of the run came
        self._ended = -1e9  # when the last burst ended: what follows at once is the machine's too
        self._machine = False  # the run began right behind a burst

    @property
    def in_burst(self) -> bool:
        """Is a scanner sending, as far as can be known?"""
        return self._count >= SURE_KEYS or (self._machine and self._count > 0)

    def feed(self, key: Key, char: str, now: float, *, auto_repeat: bool = False) -> KeyStep[Key]:
        """One key press; `char` is its character, or empty for a key that types none (arrows, F-keys, Shift)."""
        before = self._end_if_over(now)
        # Within a run, or sooner than a finger's, a repeat is the scanner's: where it sends the same digit twice in
        # one millisecond the system takes the second for a repeat.
        soon = bool(self._passed) and self._passed[-1].key is not None and now - self._passed[-1].at < REPEAT_MS
        if auto_repeat and not self._count and not soon:
            return replace(before, action=KeyAction.PASS, replay=before.replay + self.flush())
        after = self._take(key, char, now)
        told = after if before.payload is None else before
        return replace(
            told,
            action=after.action,
            replay=before.replay + after.replay,
            too_long=before.too_long or after.too_long,
        )

    def poll(self, now: float) -> KeyStep[Key]:
        """The timer has fired: the run may be over."""
        return self._end_if_over(now)

    def wait(self, now: float) -> float | None:
        """Milliseconds until `poll` is due, or none while nothing is held."""
        if not self._count and not self._held:
            return None
        return max(0.0, self._last + self._patience() - now)

    def forget_lead(self) -> None:
        """What was let through so far has been told as a read: it leads to nothing further."""
        self._passed.clear()

    def flush(self) -> tuple[Key, ...]:
        """Give up waiting: the keys held, for replay; a burst that was being sent is dropped."""
        self._passed.clear()
        return self._let_through(flushed=True)

    def _patience(self) -> float:
        if self._fast >= FAST_FOR_ONE * (self._late + 1) and not self._silent:
            sure = self._suffixed and self._count >= LEAST_KEYS
            return max(SUFFIX_MS if sure else HELD_UP_MS, self._idle)
        if self._count == 1 and not self._machine:
            return max(FIRST_MS, self._gap)
        if self.in_burst and (self._machine or self._count >= LEAST_KEYS):
            return self._idle
        return max(FIRST_MS, self._gap) if self._fast and not self._late else self._gap

    def _end_if_over(self, now: float) -> KeyStep[Key]:
        if (not self._count and not self._held) or now - self._last < self._patience() - _GRAIN:
            return KeyStep()
        if self._is_burst():
            return self._complete(self._last, KeyAction.PASS)
        return KeyStep(KeyAction.PASS, self._let_through())

    def _is_burst(self) -> bool:
        return self._count >= (1 if self._machine else LEAST_KEYS)

    def _take(self, key: Key, char: str, now: float) -> KeyStep[Key]:
        close_behind = now - self._ended < self._gap
        if char in TERMINATORS and char:
            if self._is_burst():
                return self._complete(now, KeyAction.COMPLETE, char)
            if now - self._ended < TAIL_MS and not self._count:
                self._passed.clear()
                return KeyStep(KeyAction.COMPLETE)  # the second half of CR LF, Tab and Enter, or a late suffix
            return KeyStep(KeyAction.PASS, self.flush())
        idle = not self._count and not self._held
        if idle and not self._opens(char, close_behind):
            if char:  # an arrow or Shift says nothing; Enter, Escape, a chord or Backspace is a person's
                self._passed.clear()
            return KeyStep(KeyAction.PASS)
        if idle:
            self._machine = close_behind
            self._began = now
        self._hold(key, char, now)
        return KeyStep(KeyAction.HOLD)

    def _opens(self, char: str, close_behind: bool) -> bool:
        """May this key be the first of a burst? Keys that type nothing and chords are not: shortcuts stay prompt."""
        if not char:
            return False
        return close_behind or char.isprintable() or char in LEADING_CONTROLS or self._prefix.startswith(char)

    def _hold(self, key: Key, char: str, now: float) -> None:
        if self._count:
            pause = now - self._last
            self._slowest = max(self._slowest, pause)
            sure = pause <= SCANNER_MS and not self._fast
            self._fast += FAST_FOR_ONE if sure else pause <= FAST_MS
            self._late += pause >= self._gap
        self._last = now
        self._count += len(char)
        if self._count <= self._limit:
            self._chars.append(char)
        if self._count < LEAST_KEYS:
            self._held.append(Passed(key, char, now))
        else:
            self._held.clear()  # nobody will replay these

    def _complete(self, ended: float, action: KeyAction, end: str = "") -> KeyStep[Key]:
        too_long, slowest = self._count > self._limit, self._slowest
        self._silent, self._suffixed = not end, bool(end)
        payload = "".join(self._chars).removeprefix(self._prefix).removesuffix(self._suffix)
        lead = tuple(one for one in self._passed if self._began - one.at <= LEAD_MS)
        pause = self._began - lead[-1].at if lead else 0.0
        self._passed.clear()
        if not end and not too_long:  # it may be the middle of a read that was held up more than once
            self._passed.extend((*lead, Passed(None, payload, self._last)))
        self._clear()
        self._ended = ended
        return KeyStep(action, (), None if too_long else payload, too_long, end, slowest, lead, pause)

    def _let_through(self, *, flushed: bool = False) -> tuple[Key, ...]:
        """The run is a person's, or given up."""
        held = [] if self.in_burst and self._count >= LEAST_KEYS else list(self._held)
        if not flushed:
            self._passed.extend(held)
        self._clear()
        return tuple(one.key for one in held if one.key is not None)

    def _clear(self) -> None:
        self._held.clear()
        self._chars.clear()
        self._count = 0
        self._slowest = 0.0
        self._fast = self._late = 0
        self._machine = False


def key_char(text: str, key: int, ctrl: bool) -> str:
    """The character of a key press: its text, or the control character of Ctrl with a key from @ to underscore.

    Scanners send GS as Ctrl+]. `key` is the key's code, which for these keys is ASCII.
    """
    if ctrl and 0x40 <= key <= 0x5F:
        return chr(key & 0x1F)
    return text
