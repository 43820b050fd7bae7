"""The sentences of claims and of their rules."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

CLAIMS: dict[str, Sentence] = {
    "claim_unknown": _s(
        mark("This claim is not on record."),
        mark("It was never opened here, or belongs to a department you do not see."),
        mark("Choose a claim from the list."),
    ),
    "claim_changed_meanwhile": _s(
        mark("Claim {number} was changed in the meantime."),
        mark("Somebody else changed it after it was opened here."),
        mark("Look at it again, then make your change."),
    ),
    "claim_moved_meanwhile": _s(
        mark("Claim {number} was moved on in the meantime."),
        mark("Somebody else entered a step of it after it was opened here."),
        mark("Look at it again, then go on from where it stands."),
    ),
    "claim_move_not_possible": _s(
        mark("Claim {number} cannot take this step now."),
        mark("A claim is filed before it is decided, decided before it is appealed, and appealed at most twice."),
        mark("Enter the step that comes before it first."),
    ),
    "claim_filed_already": _s(
        mark("Claim {number} is with the carrier and is not changed any more."),
        mark("What was filed has to stay what the record shows."),
        mark("Enter that documents were asked for, or appeal, and add what is new."),
    ),
    "claim_open_already": _s(
        mark("Claim {number} is open already for what happened to this piece."),
        mark("It was opened while this packet was being made."),
        mark("Make the packet again: it then goes on with that claim."),
    ),
    "insurer_unknown": _s(
        mark("No rules of an insurer named “{name}” are on record."),
        mark("A claim can be made under the cover of the carrier or of an insurer whose rules Mailroom has."),
        mark("Name one of these: {known}."),
    ),
    "claim_reference_needed": _s(
        mark("Claim {number} needs the carrier’s own number."),
        mark("The carrier gives one when a claim is filed, and every later letter has to name it."),
        mark("Type the number from the carrier’s confirmation."),
    ),
    "claim_not_ready": _s(
        mark("Claim {number} is not ready: {open} of its documents are open, or its goods are not named yet."),
        mark("Every document is there, or it is said why not; goods are described, and an amount is demanded."),
        mark("Attach what is missing or type why it is not there; the claim can also be filed as it is."),
    ),
    "claim_money_needed": _s(
        mark("Claim {number} needs the amount that was granted."),
        mark("Approved in part means less than what was demanded."),
        mark("Type the amount from the carrier’s decision."),
    ),
    "claim_day_ahead": _s(
        mark("{day} lies in the future."),
        mark("A step of a claim is something that has happened."),
        mark("Correct the date."),
    ),
    "claim_amount_missing": _s(
        mark("Claim {number} demands nothing yet."),
        mark("A claim is a demand for an amount; without one a carrier takes it for a report only."),
        mark("Enter the goods with their value, or the amount demanded."),
    ),
    "no_claim_chosen": _s(
        mark("No claim is chosen."),
        mark("A list of claims needs at least one."),
        mark("Choose claims in the list."),
    ),
    "export_too_large": _s(
        mark("The packet of {number} has {size} bytes; the carrier takes {limit}."),
        mark("Its PDFs are large, and only pictures can be made smaller."),
        mark("Attach smaller copies of the PDFs, or export the exhibits as separate files."),
    ),
    "claims_several": _s(
        mark("Several claims go by {number}."),
        mark("The row does not say which one is meant."),
        mark("Add a column “claim” with the number of our claim, such as CLM-2026-A0007."),
    ),
    "claim_not_found": _s(
        mark("No claim goes by “{number}”."),
        mark("It was not opened here, or its number is misspelt."),
        mark("Correct the row; our own number, the carrier’s, or the tracking number will do."),
    ),
    "decision_unknown": _s(
        mark("“{text}” is not a decision."),
        mark("A decision is approved, part, denied, paid, or that documents were asked for."),
        mark("Correct the word in the file."),
    ),
    "item_too_vague": _s(
        mark("“{text}” is too vague to be paid."),
        mark("A carrier pays for goods that are named: brand, model, size, colour, serial number."),
        mark("Write it like this: {example}."),
    ),
    "item_bad": _s(
        mark("“{text}” has no quantity or no value."),
        mark("A quantity is 1 or more, a value not below zero."),
        mark("Correct the line."),
    ),
    "items_too_many": _s(
        mark("A claim has {count} lines; {limit} are the limit."),
        mark("Longer lists do not fit a statement of amount."),
        mark("Put goods of the same kind into one line, or open a second claim."),
    ),
    "item_less_over_value": _s(
        mark("More is taken off “{text}” than it is worth."),
        mark("A discount or depreciation is at most quantity times unit value."),
        mark("Correct the amount to be taken off."),
    ),
    "item_repair_over_value": _s(
        mark("Mending “{text}” would cost more than it is worth."),
        mark("Carriers pay a repair up to the value of the goods, never above it."),
        mark("Leave the repair empty and claim the value."),
    ),
    "rule_days_bad": _s(
        mark("The days {first} to {last} of the rule do not fit together."),
        mark("Days count from 0, and the last one does not lie before the first."),
        mark("Correct the days."),
    ),
    "rule_dates_bad": _s(
        mark("The rule ends on {last}, before it begins on {first}."),
        mark("A rule is in force from its first to its last day of mailing."),
        mark("Correct the dates."),
    ),
    "rule_source_missing": _s(
        mark("The rule needs its source."),
        mark("A deadline is only as good as the text it comes from."),
        mark("Type where the rule stands, such as the carrier’s page and its date."),
    ),
    "rule_checked_later": _s(
        mark("{day} lies in the future."),
        mark("A rule was looked up on a day that has been."),
        mark("Correct the day it was checked."),
    ),
}
