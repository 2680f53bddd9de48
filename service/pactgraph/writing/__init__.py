"""Writes: a change is tried, checked, journaled, applied and only then acknowledged."""
