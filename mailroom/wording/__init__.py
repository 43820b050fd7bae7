"""All text that a person reads, through gettext catalogues in `resources/translations/`.

`_()` marks and translates at once; a reader's language is chosen with `use_language` (window, command line)
or for one document with `in_language`.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mailroom import resources

DOMAIN = "mailroom"

_current: ContextVar[gettext.NullTranslations | None] = ContextVar("catalogue", default=None)


def _(message: str) -> str:
    """The message in the reader's language; English where a catalogue lacks it."""
    catalogue = _current.get()
    return message if catalogue is None else catalogue.gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """The singular or plural form for `count`, with `{n}` filled in."""
    catalogue = _current.get() or gettext.NullTranslations()
    return catalogue.ngettext(one, many, count).format(n=count)


def mark(message: str) -> str:
    """Mark a message for the catalogue without translating it yet (tables that are filled at import)."""
    return message


def use_language(language: str) -> None:
    """Switch this context to a language such as `en` or `de`; an unknown one gives English."""
    _current.set(_catalogue(language))


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Run a block in another language: a document has a language of its own."""
    token = _current.set(_catalogue(language))
    try:
        yield
    finally:
        _current.reset(token)


def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, resources.folder("translations"), languages=[language], fallback=True)
