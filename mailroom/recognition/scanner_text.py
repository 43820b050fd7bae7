"""What a scanner wraps around a payload, taken off: identifiers, separators in disguise, ends of transmission.

Sources: AIM identifiers from the programming guides of Zebra LS2208 (table B-3) and Honeywell 8600 (page 4-18);
stand-ins for GS as keyboard-wedge users report them.
"""

import re
import unicodedata
from dataclasses import dataclass

from mailroom.domain.numbers import BLANKS, DASHES, INVISIBLE
from mailroom.domain.reading import Symbology
from mailroom.recognition.formats import SEPARATOR, Envelope

_AIM = {
    "A": Symbology.CODE39,
    "C": Symbology.CODE128,
    "E": Symbology.EAN13,
    "F": Symbology.CODABAR,
    "G": Symbology.CODE93,
    "I": Symbology.ITF,
    "L": Symbology.PDF417,
    "Q": Symbology.QR,
    "U": Symbology.MAXICODE,
    "d": Symbology.DATA_MATRIX,
    "z": Symbology.AZTEC,
}
# FNC1 first: the payload begins with a GS1 application identifier. Caps lock flips the letter; `E0` stays EAN-13.
_AIM_GS1 = frozenset({"C1", "e0", "d2", "Q3", "J1", "c1", "D2", "q3", "j1"})
_AIM_CODES = frozenset("ABCDEFGHIJKLMNOPQRSTUVXYZcdepqoz")

_GS_WORDS = re.compile(
    r"<(?:GS|FNC1|F1|0x1D)>|\{(?:GS|FNC1)\}|\[(?:GS|FNC1)\]|\^\]|\\(?:x1d|u001d|F|035)(?=[0-9])|%1D", re.IGNORECASE
)
_RS_WORDS = re.compile(r"<RS>|\{RS\}|\[RS\]", re.IGNORECASE)
_END_WORDS = re.compile(r"<(?:EOT|CR|LF|ETX|STX)>|\{EOT\}|\[EOT\]", re.IGNORECASE)
# In a message (`[)>`) nothing else begins with a backslash or a circumflex: escapes are taken before any text.
_ESCAPED = re.compile(r"\\(?:x|u00|0)?(1[DE]|04|3[56])|\^[\]^D]", re.IGNORECASE)
_ESCAPES = {"1D": SEPARATOR, "35": SEPARATOR, "^]": SEPARATOR, "1E": "\x1e", "36": "\x1e", "^^": "\x1e"}
# Stand-ins of one character: the pictures of GS, RS and EOT, and what Alt+29 types on Windows.
_STAND_INS = {0x241D: SEPARATOR, 0x2194: SEPARATOR, 0x241E: "\x1e", 0x2404: "\x04"}
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
# Control characters besides separators and ends: text has none, an imprint of a meter many.
_BINARY = re.compile(r"[\x01\x05-\x08\x0e-\x1b\x7f-\x9f]")
# Ends of transmission, and what a scanner is set to send (or a table to write) around a number.
_ENDS = "\x00\x02\x03\x04\r\n\t\x0b\x0c ~#\"',;" + BLANKS
_HEAD = 8  # characters that stand before a message at most: an identifier and a prefix
_CODABAR = re.compile(r"[A-D][-0-9$:/.+]+[A-D]", re.IGNORECASE)  # with start and stop, which some decoders give
_COMPACT: dict[int, str | None] = dict.fromkeys(map(ord, BLANKS + DASHES + "()"))
_COMPACT[ord("|")] = SEPARATOR


@dataclass(frozen=True, slots=True)
class ScannerText:
    """A payload without its wrapping."""

    text: str  # compact, as number formats are matched: upper case, no blanks, GS kept between parts
    plain: str  # as it was sent, without identifier and ends
    symbology: Symbology | None
    gs1: bool = False  # begins with FNC1, so with a GS1 application identifier
    envelope: Envelope | None = None
    binary: bool = False  # holds characters that no keyboard and no label text has


def unwrap(raw: str, symbology: Symbology | None = None) -> ScannerText:
    """Take identifiers, disguised separators, blanks and ends of transmission off a payload; never fails."""
    text = raw.strip(_ENDS)
    if symbology is Symbology.CODABAR and _CODABAR.fullmatch(text):
        text = text[1:-1]
    if text.isascii() and text.isalnum():
        return ScannerText(text.upper(), text, symbology)
    binary = _BINARY.search(raw) is not None
    text = raw if raw.isascii() else unicodedata.normalize("NFKC", raw.translate(_STAND_INS)).translate(_UNSEEN)
    if "[)>" in text[:_HEAD]:
        text = _ESCAPED.sub(_unescaped, text)
    text = _END_WORDS.sub("", _RS_WORDS.sub("\x1e", _GS_WORDS.sub(SEPARATOR, text))) if _has_words(text) else text
    text = text.strip(_ENDS)
    gs1 = False
    if text[:1] == "]" and text[1:2] in _AIM_CODES and text[2:3].isalnum():
        identifier, text = text[1:3], text[3:].strip(_ENDS)
        gs1 = identifier in _AIM_GS1
        symbology = symbology or _aim_symbology(identifier)
    if text[:1] == SEPARATOR:
        gs1, text = True, text.lstrip(SEPARATOR)
    text = text.rstrip(SEPARATOR + _ENDS + ".")
    if text.isascii() and text.isalnum():
        return ScannerText(text.upper(), text, symbology, gs1, None, binary)
    if text[:1] == "*" == text[-1:] and len(text) > 2:  # Code 39 with its start and stop characters
        text = text[1:-1]
    envelope = _envelope(text) if text[:3] == "[)>" else None
    return ScannerText(text.translate(_COMPACT).upper(), text, symbology, gs1, envelope, binary)


def _has_words(text: str) -> bool:
    return "<" in text or "{" in text or "[" in text or "^" in text or "\\" in text or "%" in text


def _aim_symbology(identifier: str) -> Symbology | None:
    if identifier == "E4":
        return Symbology.EAN8
    letter = identifier[0]
    return _AIM.get(letter) or _AIM.get(letter.swapcase())


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get((found[1] or found[0]).upper(), "\x04")


def _envelope(text: str) -> Envelope | None:
    content = text[3:].replace("|", SEPARATOR).lstrip("\x1e\x1d ")
    header = content[:2]
    if not (len(header) == 2 and header.isascii() and header.isdigit()):
        return None
    fields = content[2:].partition("\x1e")[0].rstrip("\x04").split(SEPARATOR)
    return Envelope(header, tuple(fields[1:] if not fields[0] else fields))
