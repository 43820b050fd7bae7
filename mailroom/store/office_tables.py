"""The tables of what an office keeps lists of, and of its settings."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Named, Table, Text, TypedColumns

from mailroom.store.columns import Big, UtcDateTime, metadata


class OperatorColumns(TypedColumns):
    """Who works here."""

    id = Column(Text, primary_key=True)
    name: Named[str] = Column(Text)
    role: Named[str] = Column(Text)
    desk: Named[str] = Column(Text)
    departments: Named[str] = Column(Text)  # JSON list


operator = Table("operator", metadata, OperatorColumns)


class SignInColumns(TypedColumns):
    """How an operator signs in; no row for those who have no PIN, are active and never tried one."""

    operator_id = Column(Text, ForeignKey("operator.id"), primary_key=True)
    pin_hash: Named[str] = Column(Text)  # argon2 in its own notation; empty for none
    active: Named[bool]
    misses: Named[int] = Column(Integer)  # PINs tried in a row without the right one
    missed_at: Named[datetime | None] = Column(UtcDateTime)


sign_in = Table("sign_in", metadata, SignInColumns)


class AccountColumns(TypedColumns):
    """The tree of accounts; a row without a parent is a department."""

    id = Column(Text, primary_key=True)
    parent_id: Named[str | None] = Column(Text, ForeignKey("account.id"))
    name: Named[str] = Column(Text)
    folded: Named[str] = Column(Text, index=True)  # the name as it is compared
    code: Named[str] = Column(Text)


account = Table("account", metadata, AccountColumns)


class MeterColumns(TypedColumns):
    """Franking machines."""

    id = Column(Text, primary_key=True)
    name: Named[str] = Column(Text)
    folded: Named[str] = Column(Text, index=True)
    serial: Named[str] = Column(Text)
    maker: Named[str] = Column(Text)


meter = Table("meter", metadata, MeterColumns)


class MeterReadingColumns(TypedColumns):
    """The registers of a meter at a moment."""

    id = Column(Text, primary_key=True)
    meter_id: Named[str] = Column(Text, ForeignKey("meter.id"), index=True)
    read_at: Named[datetime] = Column(UtcDateTime)
    used_mills = Column(Big, nullable=False)
    available_mills = Column(Big, nullable=False)
    currency: Named[str] = Column(Text)
    pieces: Named[int] = Column(Integer)
    command_position = Column(Big, nullable=False)


meter_reading = Table("meter_reading", metadata, MeterReadingColumns)


class RunColumns(TypedColumns):
    """Mail runs."""

    id = Column(Text, primary_key=True)
    name: Named[str] = Column(Text)
    folded: Named[str] = Column(Text, index=True)
    carrier: Named[str] = Column(Text)
    state: Named[str] = Column(Text)
    opened_at: Named[datetime] = Column(UtcDateTime)
    closed_at: Named[datetime | None] = Column(UtcDateTime)


run = Table("run", metadata, RunColumns)


class ContactColumns(TypedColumns):
    """The address book. Removed entries stay, unseen: pieces on record may name them."""

    id = Column(Text, primary_key=True)
    version: Named[int]
    place: Named[str] = Column(Text, index=True)  # folded name, company and postal code: what makes two entries one
    folded: Named[str] = Column(Text)  # name, then company, as they are compared
    words: Named[str] = Column(Text)  # everything it is found by, folded
    party: Named[str] = Column(Text)  # JSON
    email: Named[str] = Column(Text)
    note: Named[str] = Column(Text)
    uses = Column(Big, nullable=False)
    used_at: Named[datetime | None] = Column(UtcDateTime)
    removed: Named[bool]
    changed_position = Column(Big, nullable=False, index=True)  # of the last command that changed it


contact = Table("contact", metadata, ContactColumns)


class OfficeSettingColumns(TypedColumns):
    """The office's settings as they stand; their history is in the commands."""

    key = Column(Text, primary_key=True)
    value: Named[str] = Column(Text)  # JSON


office_setting = Table("office_setting", metadata, OfficeSettingColumns)
