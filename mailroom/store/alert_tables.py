"""The table of what people did about alerts; the alerts themselves are judged anew from the record."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named, Table, Text, TypedColumns

from mailroom.store.columns import Big, UtcDateTime, metadata


class AlertActColumns(TypedColumns):
    """Every act about an alert, never changed; `evidence_key` tells which alert of its rule and shipment it was."""

    command_position = Column(Big, primary_key=True, autoincrement=False)
    shipment_id: Named[str] = Column(Text, ForeignKey("shipment.id"), index=True)
    kind: Named[str] = Column(Text)
    act: Named[str] = Column(Text)  # snoozed, assigned, done, reopened
    evidence_key: Named[str] = Column(Text)
    urgency: Named[str] = Column(Text)
    until: Named[str] = Column(Text)  # ISO date of the office, empty for none
    reason: Named[str] = Column(Text)
    to_id: Named[str] = Column(Text)
    to_name: Named[str] = Column(Text)
    made_at: Named[datetime] = Column(UtcDateTime)
    made_by: Named[str] = Column(Text)


alert_act = Table("alert_act", metadata, AlertActColumns)
