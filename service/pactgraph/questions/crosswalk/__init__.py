"""The crosswalk between two rounds of a review: which recommendations and tasks of the new one take up which of the earlier one."""
