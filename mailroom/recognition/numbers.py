"""Comparing numbers, under the name that users of recognition look for."""

from mailroom.domain.numbers import normal_number, same_number

__all__ = ["normal_number", "same_number"]
