"""What leaves the house: changes between builds in words."""
