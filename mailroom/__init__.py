"""Mailroom: a desk for outgoing accountable mail."""

__version__ = "0.1.0"
