"""``python -m pactgraph.cli``."""

from pactgraph.cli import main

main()
