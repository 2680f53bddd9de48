"""What all exports of recommendations have in common: records, vocabularies, reconciliation, and their RDF."""
