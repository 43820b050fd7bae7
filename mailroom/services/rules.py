"""Rule tables that ship with Mailroom, read once when first needed."""

from functools import cache

from mailroom import resources
from mailroom.domain.claim_rules import parse_rules
from mailroom.domain.claims import ClaimRule


@cache
def claim_rules() -> tuple[ClaimRule, ...]:
    """The carriers' filing rules, the most particular first."""
    return parse_rules(resources.file("rules/claim_rules.csv").read_text("utf-8"))
