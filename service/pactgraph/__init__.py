"""pactgraph: from a recommendation made in Geneva to the desk that must answer it."""

__version__ = "0.1.0"
