"""Files in and out: CSV imports that change nothing when repeated and say why a row was refused."""

from mailroom.services.exchange.events import Exchange, ImportReport, RefusedRow

__all__ = ["Exchange", "ImportReport", "RefusedRow"]
