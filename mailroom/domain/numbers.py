"""Tracking numbers as they are compared: in upper case, without blanks and dashes."""

# Everything that people and labels put between the groups of a number: blanks, dashes, invisible characters.
BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"

_DROPPED = dict.fromkeys(map(ord, BLANKS + DASHES + INVISIBLE))


def normal_number(text: str) -> str:
    """The number in upper case without blanks, dashes and invisible characters; what searching and comparing use."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return text.translate(_DROPPED).upper()


def same_number(one: str, other: str) -> bool:
    """Whether two texts are the same number, however they are grouped."""
    return normal_number(one) == normal_number(other)
