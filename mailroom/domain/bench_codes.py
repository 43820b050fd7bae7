"""Bar codes that steer the bench: their payloads, apart from any carrier's number and the same on any keyboard.

A payload is `XJ`, one letter for what it does, 12 letters of a tag (a badge: 16), two check letters. All letters are
of `LETTERS`, upper case:

- No digit: French and Belgian layouts type digits with Shift, and every carrier's number holds some.
- No A, M, Q, W, Y, Z: they change places between English, German and French layouts. No punctuation: it moves on all.
- No I: Turkish layouts have two of it. No O: a person reads it as zero.
- Caps Lock turns all of them into small letters, which are read alike.

Layouts that move these letters too (Dvorak, Cyrillic, Greek) are put right once the scanner has been taught.

A tag is a keyed digest of what the code does and of the name it does it with; the key is the office's own. So a code
that was printed elsewhere, or made up by the sender of a parcel, is not carried out: it would have to guess 48 bits.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from mailroom.domain.folding import fold

LETTERS = "BCDEFGHKLNPRSTUV"  # a letter is four bits
HEAD = "XJ"
_TAG, _BADGE_TAG = 12, 16  # letters
_CHECK = 2


class BenchKind(StrEnum):
    """What a command bar code does; the value is a word for logs and results."""

    NEW_RUN = "new_run"
    CLOSE_RUN = "close_run"
    DEPARTMENT = "department"
    SERVICE = "service"
    METER = "meter"
    UNDO = "undo"
    KEEP = "keep"  # despite its check digit
    REPEAT = "repeat"  # the fields of the piece before
    BADGE = "badge"


NAMED = (BenchKind.DEPARTMENT, BenchKind.SERVICE, BenchKind.METER)  # these carry a name
ALONE = (BenchKind.NEW_RUN, BenchKind.CLOSE_RUN, BenchKind.UNDO, BenchKind.KEEP, BenchKind.REPEAT)
_LETTER = {
    BenchKind.NEW_RUN: "N",
    BenchKind.CLOSE_RUN: "C",
    BenchKind.DEPARTMENT: "D",
    BenchKind.SERVICE: "S",
    BenchKind.METER: "T",
    BenchKind.UNDO: "U",
    BenchKind.KEEP: "K",
    BenchKind.REPEAT: "R",
    BenchKind.BADGE: "B",
}
_KIND = {letter: kind for kind, letter in _LETTER.items()}


@dataclass(frozen=True, slots=True)
class BenchCode:
    """A command bar code as it was read. What its tag stands for, the office tells."""

    kind: BenchKind
    tag: str  # 12 letters; a badge: 16


def parse_bench_code(text: str) -> BenchCode | None:
    """The command in a payload; none where it is anything else, or was misread."""
    if len(text) not in (_length(_TAG), _length(_BADGE_TAG)) or not text.isascii():
        return None
    text = text.upper()
    kind = _KIND.get(text[2])
    if text[:2] != HEAD or kind is None or len(text) != _length(_tag_length(kind)):
        return None
    body, check = text[:-_CHECK], text[-_CHECK:]
    if any(letter not in LETTERS for letter in text[2:]) or _check(body) != check:
        return None
    return BenchCode(kind, body[3:])


def looks_like_bench_code(text: str) -> bool:
    """Whether a payload has the form of a command, also with a letter misread: then it is no other thing either."""
    upper = text.upper()
    whole = len(upper) in (_length(_TAG), _length(_BADGE_TAG)) and upper.isascii() and upper.isalpha()
    return whole and upper[:2] == HEAD


def spell_bench_code(code: BenchCode) -> str:
    """The payload of a command, to print as a bar code."""
    body = f"{HEAD}{_LETTER[code.kind]}{code.tag}"
    return body + _check(body)


def office_code(key: bytes, kind: BenchKind, name: str = "") -> BenchCode:
    """The command of an office with this secret key; names are the same however they are cased."""
    said = f"{kind.value}\0{fold(name)}".encode()
    return BenchCode(kind, _letters(hmac.new(key, said, hashlib.sha256).digest()[: _TAG // 2]))


def badge_code(secret: bytes) -> BenchCode:
    """The badge with these eight random bytes."""
    if len(secret) != _BADGE_TAG // 2:
        raise ValueError("a badge has eight bytes")
    return BenchCode(BenchKind.BADGE, _letters(secret))


def badge_digest(code: BenchCode) -> str:
    """What is kept of a badge: whoever reads the record cannot print the card from it."""
    return hashlib.sha256(f"badge\0{code.tag}".encode()).hexdigest()


def _length(tag: int) -> int:
    return len(HEAD) + 1 + tag + _CHECK


def _tag_length(kind: BenchKind) -> int:
    return _BADGE_TAG if kind is BenchKind.BADGE else _TAG


def _letters(value: bytes) -> str:
    return "".join(LETTERS[one >> 4] + LETTERS[one & 15] for one in value)


def _check(body: str) -> str:
    """CRC-8 (polynomial 0x07): finds every single wrong letter and every two neighbours that changed places."""
    register = 0
    for letter in body:
        register ^= ord(letter)
        for _ in range(8):
            register = (register << 1) ^ 0x107 if register & 0x80 else register << 1
    return _letters(bytes((register & 0xFF,)))
