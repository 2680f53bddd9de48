"""The web service: SPARQL, questions, dereferenced things and pages. It never queries in its own process."""
