"""Countries by name, each with its ISO 3166 alpha-2 code."""

from functools import cache

from mailroom.wording.moments import locale_of


@cache
def countries(language: str = "en") -> tuple[tuple[str, str], ...]:
    """Name and code of every country and territory, by name (Unicode CLDR, through Babel)."""
    names = locale_of(language).territories
    return tuple(
        sorted((str(name), code) for code, name in names.items() if len(code) == 2 and code.isalpha() and code != "ZZ")
    )
