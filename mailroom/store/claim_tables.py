"""The tables of claims on record, of their steps, and of the office's own versions of the carriers' rules."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Named, Table, Text, TypedColumns

from mailroom.store.columns import Big, UtcDateTime, metadata


class ClaimCaseColumns(TypedColumns):
    """A claim as it stands; it can be rebuilt from the commands. Dates are ISO text, empty for none; money is mills."""

    id = Column(Text, primary_key=True)
    opened_position = Column(Big, nullable=False, index=True)  # of the command that opened it
    changed_position = Column(Big, nullable=False)
    number: Named[str] = Column(Text, unique=True)
    shipment_id: Named[str] = Column(Text, ForeignKey("shipment.id"), index=True)
    version: Named[int]
    state: Named[str] = Column(Text)
    kind: Named[str] = Column(Text)
    terms: Named[str] = Column(Text)  # JSON of ClaimTerms
    currency: Named[str] = Column(Text)
    demanded_mills: Named[int | None] = Column(Big)
    granted_mills: Named[int | None] = Column(Big)  # by the carrier's last decision
    received_mills: Named[int | None] = Column(Big)
    reference: Named[str] = Column(Text)
    filed_on: Named[str] = Column(Text)
    decided_on: Named[str] = Column(Text)
    appeals: Named[int]
    reason: Named[str] = Column(Text)  # the carrier's, at its last decision
    opened_at: Named[datetime] = Column(UtcDateTime)
    opened_by: Named[str] = Column(Text)
    changed_at: Named[datetime] = Column(UtcDateTime)


claim_case = Table("claim_case", metadata, ClaimCaseColumns, Index(None, "state", "opened_position"))


class ClaimMoveColumns(TypedColumns):
    """Every step of a claim, never changed."""

    claim_id = Column(Text, ForeignKey("claim_case.id"), primary_key=True)
    ordinal = Column(Big, primary_key=True, autoincrement=False)  # from 1
    command_position = Column(Big, nullable=False)
    state: Named[str] = Column(Text)
    before: Named[str] = Column(Text)
    happened_on: Named[str] = Column(Text)
    reference: Named[str] = Column(Text)
    note: Named[str] = Column(Text)
    mills: Named[int | None] = Column(Big)
    currency: Named[str] = Column(Text)
    made_at: Named[datetime] = Column(UtcDateTime)
    made_by: Named[str] = Column(Text)


claim_move = Table("claim_move", metadata, ClaimMoveColumns)


class ClaimRuleChangeColumns(TypedColumns):
    """The office's own versions of the carriers' rules, all of them; the last one of a rule and a day counts."""

    command_position = Column(Big, primary_key=True, autoincrement=False)
    rule_id: Named[str] = Column(Text, index=True)
    body: Named[str] = Column(Text)  # JSON of a rule; empty: back to what ships with the program
    note: Named[str] = Column(Text)
    changed_at: Named[datetime] = Column(UtcDateTime)
    changed_by: Named[str] = Column(Text)


claim_rule_change = Table("claim_rule_change", metadata, ClaimRuleChangeColumns)
