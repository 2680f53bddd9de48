"""The pages, data and dumps of the graph as files that any web server can host: ``pactgraph export site``."""
