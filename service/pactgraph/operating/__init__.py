"""What an operator does with a service: back it up, restore it, examine it."""
