"""What to do about a label that is on record but should be looked at."""

from mailroom.domain.recognition import Reason
from mailroom.wording import _, mark
from mailroom.wording.reasons import reason_text

_STEPS = {
    "zip_differs": mark("Compare the label with the recipient before it leaves."),
    "country_differs": mark("Compare the label with the recipient before it leaves."),
    "service_differs": mark("Correct the class, or make a new label."),
    "carrier_differs": mark("Set the run’s carrier anew, or put the piece into another run."),
    "other_number_on_label": mark("Cover the number that does not count."),
    "codes_disagree": mark("Make a new label if the number is not the one you see."),
    "poor_print": mark("Re-label it before it leaves."),
    "number_reused": mark("Nothing to do; look at the older piece if that is a surprise."),
    "imprint_amount_differs": mark("Correct the postage if the imprint is right."),
    "imprint_day_differs": mark("Correct the day, or frank it anew."),
    "imprint_meter_differs": mark("Choose the meter that franked it."),
    "imprint_used": mark("One of the two was read wrongly, or the imprint was copied: compare them."),
}


def warning_text(reason: Reason) -> str:
    """A warning as sentences: what is doubtful, then what to do."""
    step = _STEPS.get(reason.code)
    said = _("{reason}.").format(reason=reason_text(reason))
    return f"{said} {_(step)}" if step else said
