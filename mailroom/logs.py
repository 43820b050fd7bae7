"""Logs: JSON lines in a rotating file of the profile. No names and no full tracking numbers go in."""

import logging
import logging.handlers

from mailroom.config import Profile

_LARGEST = 1_000_000  # bytes a file
_KEPT = 5


def start_logging(profile: Profile) -> None:
    """Send everything from level INFO up to `logs/mailroom.log`; a profile that cannot be written goes without."""
    import structlog

    root = logging.getLogger()
    if any(getattr(one, "name", "") == "mailroom-file" for one in root.handlers):
        return
    try:
        profile.logs.mkdir(mode=0o700, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            profile.logs / "mailroom.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.name = "mailroom-file"
    # The JSON renderer escapes control characters, so no payload can forge a log line.
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def name_database(engine: str, version: str) -> None:
    """Which library or server keeps the record: the first question where one was damaged."""
    logging.getLogger(__name__).info("record opened with %s %s", engine, version)


def stop_logging() -> None:
    """Close the log file, so that the profile's folder can be removed."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if handler.name == "mailroom-file":
            root.removeHandler(handler)
            handler.close()
