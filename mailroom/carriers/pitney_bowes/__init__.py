"""Pitney Bowes: sells postage of other carriers and tracks what was bought through it; no numbers of its own."""
