"""The profile folder and a desk's own settings: one TOML file, one table of settings for window and command line."""

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path

from mailroom.errors import MailroomError

SETTINGS_FILE = "desk.toml"


@dataclass(frozen=True, slots=True)
class Profile:
    """The folder that holds a desk's database, blobs, settings and logs."""

    folder: Path

    @property
    def settings_file(self) -> Path:
        """The TOML file with this desk's settings."""
        return self.folder / SETTINGS_FILE

    @property
    def window_file(self) -> Path:
        """The ini file that keeps window geometry and nothing else."""
        return self.folder / "window.ini"

    @property
    def logs(self) -> Path:
        """The folder of rotating log files."""
        return self.folder / "logs"


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What belongs to one desk: its identity, devices and looks. Office settings are commands in the store."""

    desk: str = ""  # id of the desk, made at first start
    letter: str = "A"  # stands in the numbers of papers
    database: str = ""  # URL; empty: SQLite in the profile
    operator: str = ""  # name; empty: the system user's
    language: str = ""  # empty: the system's
    theme: str = field(default="system", metadata={"choices": ("system", "light", "dark")})
    text_size: int = field(default=100, metadata={"choices": (100, 115, 130)})
    sounds: bool = True
    volume: int = field(default=80, metadata={"range": (0, 100)})
    reduced_motion: bool = False
    welcome_done: bool = False
    camera: str = ""  # the system's id of it; empty: the first
    camera_on: bool = False
    camera_size: str = ""  # pixels, such as 1280x720; empty: the size nearest to that
    label_photos: bool = True  # the frame that was read is kept with the piece
    serial_port: str = ""  # the system's name of it; empty: no serial scanner
    serial_baud: int = field(default=9600, metadata={"choices": (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)})
    serial_end: str = field(
        default="auto", metadata={"choices": ("auto", "cr", "lf", "crlf", "tab", "etx", "none")}
    )  # what ends a payload on the line
    wedge_prefix: str = ""  # what a wedge scanner types around a code, as it is typed
    wedge_suffix: str = ""
    wedge_layout: str = "us"  # the keyboard that the computer believes it to be: see `capture.keyboards`
    wedge_caps: str = field(default="", metadata={"choices": ("", "letters", "all")})  # what Caps Lock changes
    wedge_aim: bool = False  # it sends AIM identifiers: they are taken off
    wedge_gap: int = field(default=30, metadata={"range": (30, 60)})  # ms between two of its keys at most
    flash: bool = False  # the window's frame shows each outcome, for those who do not hear
    desktop_alerts: bool = True  # new urgent alerts as a message of the desktop
    printer: str = ""
    last_folder: str = ""


def setting_choices(name: str) -> tuple[object, ...]:
    """The values that a setting with a fixed choice may have, in their order."""
    (one,) = (one for one in dataclasses.fields(DeskSettings) if one.name == name)
    return tuple(one.metadata["choices"])


def default_folder() -> Path:
    """`MAILROOM_PROFILE`, else the platform's data folder."""
    if named := os.environ.get("MAILROOM_PROFILE"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("mailroom", appauthor=False))


def open_profile(folder: Path | None) -> Profile:
    """The profile in `folder` (default: the platform's), made private to the user where it is new.

    Raises MailroomError `profile_unusable` where it is a file, cannot be made, or cannot be written.
    """
    place = (folder or default_folder()).expanduser().absolute()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise MailroomError("profile_unusable", path=str(place), why=trouble.strerror or "") from trouble
    return Profile(place)


def load_desk(profile: Profile) -> DeskSettings:
    """This desk's settings; defaults where the file or a key is missing.

    Raises MailroomError `settings_broken` (bad TOML, unknown key, wrong type) with file and line.
    """
    path = profile.settings_file
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return DeskSettings()
    except (OSError, UnicodeDecodeError) as trouble:
        raise MailroomError("settings_broken", path=str(path), line=1, why="unreadable") from trouble
    import tomllib  # where there are settings: its patterns take a while to be made

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise MailroomError("settings_broken", path=str(path), line=_line_of_fault(str(trouble)), why="toml") from None
    known = {one.name: one for one in dataclasses.fields(DeskSettings)}
    for key, value in table.items():
        if key not in known or not _fits(known[key], value):
            why = "value" if key in known else "key"
            raise MailroomError("settings_broken", path=str(path), line=_line_of(key, text), why=f"{why} {key}")
    return DeskSettings(**table)


def save_desk(profile: Profile, settings: DeskSettings) -> None:
    """Write the settings that differ from the defaults: whole file or nothing (temporary file, fsync, rename)."""
    import tomli_w

    plain = DeskSettings()
    table = {
        one.name: getattr(settings, one.name)
        for one in dataclasses.fields(DeskSettings)
        if getattr(settings, one.name) != getattr(plain, one.name)
    }
    path = profile.settings_file
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with draft.open("wb") as stream:
            tomli_w.dump(table, stream)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as trouble:
        draft.unlink(missing_ok=True)
        raise MailroomError("profile_unusable", path=str(profile.folder), why=trouble.strerror or "") from trouble


def ensure_desk(profile: Profile, new_id: str) -> DeskSettings:
    """This desk's settings with an identity: `new_id` becomes the desk's id where it has none yet.

    Window and command line of one profile are one desk: of two first starts at once the earlier one's id holds.
    """
    settings = load_desk(profile)
    if settings.desk:
        return settings
    settings = dataclasses.replace(settings, desk=new_id)
    draft = profile.folder / f"desk.{new_id}.toml"
    if profile.settings_file.exists():
        save_desk(profile, settings)
        return settings
    try:
        draft.write_text(f'desk = "{new_id}"\n', "utf-8")
        try:
            os.link(draft, profile.settings_file)  # fails where another first start was quicker
        except FileExistsError:
            return load_desk(profile)
        except OSError:  # a file system without hard links
            draft.replace(profile.settings_file)
        return settings
    except OSError as trouble:
        raise MailroomError("profile_unusable", path=str(profile.folder), why=trouble.strerror or "") from trouble
    finally:
        draft.unlink(missing_ok=True)


def _fits(setting: "dataclasses.Field[object]", value: object) -> bool:
    if type(value) is not type(setting.default):
        return False
    if choices := setting.metadata.get("choices"):
        return value in choices
    if limits := setting.metadata.get("range"):
        return isinstance(value, int) and limits[0] <= value <= limits[1]
    return True


def _line_of(key: str, text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.partition("=")[0].strip().strip("\"'") == key or line.strip().startswith(f"[{key}"):
            return number
    return 1


def _line_of_fault(message: str) -> int:
    digits = message.partition("line ")[2].partition(",")[0].partition(" ")[0].rstrip(")")
    return int(digits) if digits.isdigit() else 1
