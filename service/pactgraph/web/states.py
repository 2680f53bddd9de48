"""How a law stands on a day."""

from __future__ import annotations


def law_state(day: str, start: str | None, end: str | None, *, bill: bool = False) -> str:
    """``proposal`` (a bill), ``in-force``, ``not-yet``, ``ended``, or ``unknown`` where the first day is not recorded.

    Days are YEAR-MONTH-DAY; the day of the end does not belong to the interval. The texts are ``law-{state}``.
    """
    if bill:
        return "proposal"
    if end and day >= end:
        return "ended"
    if not start:
        return "unknown"
    return "in-force" if day >= start else "not-yet"
