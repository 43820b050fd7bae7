"""The small parts that every page is made of; each paints or styles itself from the tokens."""
