"""What is said about cameras and serial scanners: their troubles with what to do, and hints that help a reading."""

from mailroom.wording import _, mark

_CAMERA: dict[str, tuple[str, str]] = {
    "camera_none": (mark("No camera"), mark("Plug one in: it is taken as soon as it is there")),
    "camera_in_use": (mark("Camera in use"), mark("Close the other program that shows its picture")),
    "camera_refused": (mark("Camera refused"), mark("Allow Mailroom the camera in the system’s settings")),
    "camera_gone": (mark("Camera unplugged"), mark("Plug it in again: it goes on by itself")),
    "camera_silent": (mark("No picture"), mark("The camera sends nothing; unplug it and plug it in again")),
    "camera_failed": (mark("Camera stopped"), mark("Switch it off and on again, or choose another")),
}
_HINTS: dict[str, str] = {
    "closer": mark("Closer"),
    "hold_still": mark("Hold still"),
    "tilt": mark("Tilt it: glare"),
}
_SERIAL: dict[str, str] = {
    "serial_gone": mark("The scanner at {port} is unplugged; it goes on by itself when it is back"),
    "serial_in_use": mark("Another program uses {port}; it is tried again every second"),
    "serial_refused": mark("The system does not let Mailroom open {port}; ask for the right to use serial ports"),
    "serial_failed": mark("{port} cannot be used as a serial port; choose another in the settings"),
}
_ENDS: dict[str, str] = {
    "auto": mark("As it comes"),
    "cr": mark("Enter (CR)"),
    "lf": mark("Line feed (LF)"),
    "crlf": mark("Enter and line feed (CR LF)"),
    "tab": mark("Tab"),
    "etx": mark("End of text (ETX)"),
    "none": mark("Nothing: a pause"),
}


def camera_trouble(code: str) -> tuple[str, str]:
    """Why there is no picture in two words, and what to do."""
    word, remedy = _CAMERA[code]
    return _(word), _(remedy)


def camera_hint(code: str) -> str:
    """What would help to read the label; empty for no hint."""
    return _(_HINTS[code]) if code else ""


def serial_trouble(code: str, port: str) -> str:
    """Why the serial scanner is not heard."""
    return _(_SERIAL[code]).format(port=port)


def serial_end(code: str) -> str:
    """The name of what ends a payload on the line."""
    return _(_ENDS[code])
