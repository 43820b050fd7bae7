"""What was on the work list, and when, in words."""

from datetime import date, datetime, tzinfo

from mailroom.domain.alerts.situation import Alert
from mailroom.wording import _
from mailroom.wording.alerts import alert_evidence, alert_title
from mailroom.wording.short_times import day_text


def spell_days(first_on: date, last_on: date | None, today: date) -> str:
    """`Since 24 Nov`, `24 Nov`, `24 Nov – 30 Nov`; `last_on` none: still on the list."""
    first = day_text(first_on, today)
    if last_on is None:
        return _("Since {day}").format(day=first)
    return first if last_on == first_on else f"{first} – {day_text(last_on, today)}"


def spell_lines(alert: Alert, last_on: date | None, zone: tzinfo, now: datetime) -> tuple[str, str]:
    """The alert as on its last day, and whether it is still there."""
    ended = _("Cleared by itself: the evidence changed.") if last_on is not None else _("Still on the list.")
    return f"{alert_title(alert)}. {alert_evidence(alert, zone, now)}", ended
