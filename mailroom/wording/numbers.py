"""Tracking numbers as people read them: in groups, never cut."""


def grouped(number: str) -> str:
    """Groups of four: `9400 1118 9956 …`, `1Z 6R44 1003 …`, `RE 558 104 303 US`; for showing, never for copying."""
    if "-" in number:  # one of our own has its groups already
        return number
    if len(number) == 13 and number[:2].isalpha() and number[-2:].isalpha() and number[2:11].isdigit():
        return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:11]} {number[11:]}"
    if number.startswith("1Z"):
        return f"1Z {_fours(number[2:])}"
    return _fours(number)


def _fours(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
