"""The wedge scanner's part of the settings: what it was taught, as text in the desk's settings."""

from mailroom.capture.keyboards import LAYOUTS, Caps
from mailroom.capture.wedge_teaching import WedgeSetup
from mailroom.config import DeskSettings
from mailroom.wording import _, mark

LAYOUT_NAMES = {
    "us": mark("English (US)"),
    "gb": mark("English (UK)"),
    "de": mark("German"),
    "ch": mark("Swiss German"),
    "fr": mark("French"),
    "be": mark("Belgian"),
    "ca": mark("Canadian French"),
    "es": mark("Spanish"),
    "it": mark("Italian"),
    "se": mark("Swedish, Finnish"),
    "tr": mark("Turkish"),
    "dvorak": mark("Dvorak"),
    "ru": mark("Russian"),
    "gr": mark("Greek"),
}


def setup_of(settings: DeskSettings) -> WedgeSetup:
    """How this desk's scanner types; a layout that is not known is taken for a US one."""
    layout = settings.wedge_layout if settings.wedge_layout in LAYOUTS else "us"
    return WedgeSetup(
        settings.wedge_prefix,
        settings.wedge_suffix,
        layout,
        Caps(settings.wedge_caps),
        gap=float(settings.wedge_gap),
        aim=settings.wedge_aim,
    )


def settings_of(setup: WedgeSetup) -> dict[str, object]:
    """The reverse of `setup_of`."""
    return {
        "wedge_prefix": setup.prefix,
        "wedge_suffix": setup.suffix,
        "wedge_layout": setup.layout,
        "wedge_caps": setup.caps.value,
        "wedge_aim": setup.aim,
        "wedge_gap": round(setup.gap),
    }


def setup_words(setup: WedgeSetup) -> str:
    """What is known of the scanner, in a line."""
    ends = {"\r": _("Enter at the end"), "\t": _("Tab at the end")}
    parts = (
        _("Keyboard: {layout}").format(layout=_(LAYOUT_NAMES[setup.layout])),
        _("Caps Lock on") if setup.caps else "",
        _("prefix {text}").format(text=shown(setup.prefix)) if setup.prefix else "",
        _("suffix {text}").format(text=shown(setup.suffix)) if setup.suffix else "",
        _("AIM identifiers taken off") if setup.aim else "",
        ends.get(setup.end, ""),
    )
    return " · ".join(part for part in parts if part)


def shown(text: str) -> str:
    """Text with its control characters as escapes, to be read and typed by a person."""
    return text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text


def unshown(text: str) -> str:
    """The reverse of `shown`; what is no escape is taken as it stands."""
    try:
        return text.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in text else text
    except UnicodeDecodeError:
        return text
