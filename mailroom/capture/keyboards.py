"""Keyboard layouts, as far as a wedge scanner needs them: what a computer types for the keys of a US keyboard.

A wedge sends keys, and nearly all are set to those of a US keyboard. Each layout names its 47 keys in the US order,
without and with Shift. A blank stands for a dead key: it types nothing by itself.
"""

from enum import StrEnum
from functools import cache

_US = ("`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./", '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?')
LAYOUTS: dict[str, tuple[str, str]] = {
    "us": _US,
    "gb": ("`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./", '¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?'),
    "de": (" 1234567890ß qwertzuiopü+#asdfghjklöäyxcvbnm,.-", "°!\"§$%&/()=? QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"),
    "ch": ("§1234567890' qwertzuiopü $asdfghjklöäyxcvbnm,.-", '°+"*ç%&/()=? QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_'),
    "fr": ("²&é\"'(-è_çà)=azertyuiop $*qsdfghjklmùwxcvbn,;:!", " 1234567890°+AZERTYUIOP £µQSDFGHJKLM%WXCVBN?./§"),
    "be": ("²&é\"'(§è!çà)-azertyuiop $µqsdfghjklmùwxcvbn,;:=", "³1234567890°_AZERTYUIOP *£QSDFGHJKLM%WXCVBN?./+"),
    "ca": ("#1234567890-=qwertyuiop  <asdfghjkl; zxcvbnm,.é", "|!\"/$%?&*()_+QWERTYUIOP  >ASDFGHJKL: ZXCVBNM'.É"),
    "es": ("º1234567890'¡qwertyuiop +çasdfghjklñ zxcvbnm,.-", 'ª!"·$%&/()=?¿QWERTYUIOP *ÇASDFGHJKLÑ ZXCVBNM;:_'),
    "it": ("\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-", '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_'),
    "se": ("§1234567890+ qwertyuiopå 'asdfghjklöäzxcvbnm,.-", '½!"#¤%&/()=? QWERTYUIOPÅ *ASDFGHJKLÖÄZXCVBNM;:_'),
    "tr": ('"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.', "é!' +%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:"),
    "dvorak": ("`1234567890[]',.pyfgcrl/=\\aoeuidhtns-;qjkxbmwvz", '~!@#$%^&*(){}"<>PYFGCRL?+|AOEUIDHTNS_:QJKXBMWVZ'),
    "ru": ("ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.", 'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,'),
    "gr": ("`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ 'ζχψωβνμ,./", '~!@#$%^&*()_+: ΕΡΤΥΘΙΟΠ{}|ΑΣΔΦΓΗΞΚΛ "ΖΧΨΩΒΝΜ<>?'),
}


class Caps(StrEnum):
    """What Caps Lock does to a scanner's keys, where it is on."""

    OFF = ""
    LETTERS = "letters"  # capitals become small letters and the reverse
    ALL = "all"  # digits too, as Windows does it with French keyboards


def typed(text: str, layout: str, caps: Caps = Caps.OFF) -> str:
    """What the computer types where a scanner sends this text: dead keys type nothing, control characters stay."""
    table = _table(layout, caps)
    return "".join(table.get(char, char) for char in text)


def meant(text: str, layout: str, caps: Caps = Caps.OFF) -> str:
    """What the scanner sent, from what was typed: the reverse of `typed`; what no key types is left as it is."""
    if layout == "us" and not caps:
        return text
    table = _reverse(layout, caps)
    return "".join(table.get(char, char) for char in text)


@cache
def _table(layout: str, caps: Caps) -> dict[str, str]:
    plain, shifted = LAYOUTS[layout]
    table: dict[str, str] = {}
    for at, (low, high) in enumerate(zip(*_US, strict=True)):
        first, second = plain[at], shifted[at]
        pair = first.isalpha() and (second == first.upper() != first or (first, second) == ("i", "İ"))
        flips = caps is Caps.ALL or (caps is Caps.LETTERS and pair)
        if flips:
            first, second = second, first
        table[low] = "" if first == " " else first
        table[high] = "" if second == " " else second
    return table


@cache
def _reverse(layout: str, caps: Caps) -> dict[str, str]:
    reverse: dict[str, str] = {}
    for char, shown in _table(layout, caps).items():
        if shown:
            reverse.setdefault(shown, char)
    return reverse
