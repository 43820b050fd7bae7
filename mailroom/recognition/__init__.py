"""From payloads to ranked candidates: pure, no clock, no files, no knowledge of a single carrier."""
