"""The journal: what people said through the service, entry by entry, as RDF Patch; the build replays it."""
