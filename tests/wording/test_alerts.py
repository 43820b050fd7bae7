"""What is said of alerts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mailroom.domain.alerts.situation import Alert, Finding, Urgency
from mailroom.wording.alerts import alert_evidence, alert_title, since_text

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (datetime(2026, 11, 24, 6, tzinfo=UTC), "True since 24 Nov. It clears"),  # the office's midnight
        (datetime(2026, 11, 24, 15, 30, tzinfo=UTC), "True since 24 Nov 09:30. It clears"),
    ],
)
def test_since_when_it_is_so_and_not_since_when_somebody_looked(since: datetime, told: str) -> None:
    alert = Alert("going_back_soon", "s", Finding(Urgency.SOON, since))
    assert since_text(alert, CHICAGO, date(2026, 12, 1)).startswith(told)


def test_a_delivery_long_before_the_record_is_not_told_as_before_the_mailing() -> None:
    facts = (("recorded_on", "2026-11-24"),)
    alert = Alert("number_twice", "s", Finding(Urgency.TODAY, datetime(2026, 11, 24, tzinfo=UTC), None, facts))
    assert alert_title(alert) == "Delivered long before it was put on record"
    assert "24 Nov" in alert_evidence(alert, CHICAGO, datetime(2026, 12, 1, tzinfo=UTC))
