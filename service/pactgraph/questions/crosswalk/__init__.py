"""The crosswalk between two rounds of a review: which new recommendations and tasks take up which earlier ones."""
