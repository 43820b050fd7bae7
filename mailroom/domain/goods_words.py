"""Whether a description of goods says enough: carriers do not pay for "stuff", "goods" or "electronics"."""

import re

from mailroom.domain.folding import fold

_WORD = re.compile(r"[^\W_]+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMPTY = _set(
    "a an the of for and or with in some one two three several few many lot lots assorted various misc miscellaneous"
    " other different mixed general new used old sundry set sets pair pack box boxes carton parcel package bag bags"
    " pc pcs piece pieces unit units item items etc my our his her their"
)
# What names a whole class of goods; the key tells which example is shown beside the refusal.
_CLASSES: dict[str, frozenset[str]] = {
    "electronics": _set(
        "electronic electronics electrical device devices gadget gadgets computer computers laptop laptops phone phones"
        " smartphone telephone tablet camera equipment hardware accessory accessories cable cables"
    ),
    "clothes": _set("clothes clothing apparel garment garments wear shoes fashion shirt shirts dress textile textiles"),
    "papers": _set(
        "document documents papers paper paperwork letter letters file files book books printed matter print"
    ),
    "parts": _set("part parts spare spares component components tool tools machine machinery"),
    "goods": _set(
        "good goods stuff thing things merchandise product products contents content article articles property"
        " material materials sample samples gift gifts present presents order household supplies supply freight"
        " cosmetics medicine jewelry jewellery food toys toy art unknown none na n"
    ),
}


def vague_class(description: str) -> str:
    """Which class of goods a description stops at; empty where it names brand, model, size, colour or a number.

    A description is too vague where every word of it is a filler or names a whole class, or where it is one word
    without a figure.
    """
    words = [word for word in _WORD.findall(fold(description)) if not word.isdigit() or len(word) > 3]
    telling = [word for word in words if word not in _EMPTY and not any(word in group for group in _CLASSES.values())]
    classes = [name for word in words for name, group in _CLASSES.items() if word in group]
    figures = any(any(char.isdigit() for char in word) for word in telling)
    if figures or len(telling) >= 2 or (telling and classes):  # such as "Harlow camera": a name and what it is
        return ""
    return classes[0] if classes else "goods"
