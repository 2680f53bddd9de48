"""The kinds of reports: one module each, with a function ``draft``."""
