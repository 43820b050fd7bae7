"""Facts and rules of the mailroom. Standard library only; no clock, no file, no database."""
